using System.Text.RegularExpressions;

namespace Plenaria.Correspondence;

/// <summary>
/// What a server's answer means: by its enhanced status code (RFC 3463) where that says something, and by its words,
/// since many servers give 5.0.0 or 5.7.1 for everything. Only nobody at an address is final: a filter that refuses one
/// letter may take the next.
/// </summary>
internal static class BounceRules
{
    private const RegexOptions Options =
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking;

    /// <summary>The answer is about one mailbox, not about the whole domain.</summary>
    public static bool IsAboutMailbox(string answer) => FindStatus(answer) is [_, '.', '1' or '2', '.', ..];

    /// <summary>The verdict on what a server said.</summary>
    /// <param name="status">As the report gives it beside the words.</param>
    public static BounceVerdict Judge(string answer, string? status = null)
    {
        var text = answer.ReplaceLineEndings(" ");
        var code = Specific(status) ?? Specific(FindStatus(text)) ?? status ?? "";
        // Whatever the words are, what is temporary is not final.
        var isTemporary = code.StartsWith('4');
        foreach (var (words, reason) in SoftWords)
            if (words.IsMatch(text))
                return new(BounceKind.Soft, reason);
        if (Mailboxes.IsMatch(text) || AnswersUnknown.IsMatch(text))
            return new(
                isTemporary || IsFilter(code) || IsDoubtful(text, status, code) ? BounceKind.Soft : BounceKind.Hard,
                "unknown-user"
            );
        if (Moved.IsMatch(text))
            return new(isTemporary ? BounceKind.Soft : BounceKind.Hard, "moved");
        if (Hosts.IsMatch(text))
            return new(isTemporary ? BounceKind.Soft : BounceKind.Hard, "unknown-host");
        return ByCode(code);
    }

    private static BounceVerdict ByCode(string code) =>
        code.Split('.') is not ["4" or "5", var subject, var detail] ? new(BounceKind.Soft, "undelivered")
        : code[0] == '4' ? new(BounceKind.Soft, subject == "4" ? "expired" : "temporary")
        : (subject, detail) switch
        {
            ("1", "0" or "1" or "3" or "10") => new(BounceKind.Hard, "unknown-user"),
            ("1", "2") => new(BounceKind.Hard, "unknown-host"),
            ("1", "6") => new(BounceKind.Hard, "moved"),
            ("2", "2") => new(BounceKind.Soft, "mailbox-full"),
            ("2", "3") or ("3", "4") => new(BounceKind.Soft, "too-large"),
            ("2", _) => new(BounceKind.Soft, "mailbox"),
            ("4", _) => new(BounceKind.Soft, "network"),
            ("7", _) => new(BounceKind.Soft, "policy"),
            _ => new(BounceKind.Soft, "undelivered"),
        };

    // Servers that do not tell strangers who is there give these codes beside the words.
    private static bool IsFilter(string code) =>
        code.StartsWith("5.7.", StringComparison.Ordinal) || code is "5.2.0" or "5.2.2" or "5.2.3";

    // What is said once the letter itself was sent is about the letter. The answer of RFC 5321 for all refusals says
    // nothing, nor does one that filters give too. A code of its own takes the doubt away.
    private static bool IsDoubtful(string text, string? status, string code) =>
        !code.StartsWith("5.1.", StringComparison.Ordinal)
        && (AfterData.IsMatch(text) || AnyRefusal.IsMatch(text) || status is not null && BareAnswer.IsMatch(text));

    private static string? Specific(string? status) =>
        status is null || status.EndsWith(".0.0", StringComparison.Ordinal) ? null : status;

    private static string? FindStatus(string text) =>
        EnhancedStatus.Match(text) is { Success: true } found ? found.Groups[1].Value : null;

    private static readonly Regex EnhancedStatus = new(
        @"(?:^|[\s#(:;-])([245]\.\d{1,3}\.\d{1,3})(?:$|[\s):;,=-])",
        Options
    );

    private static readonly Regex Sender = new(
        @"sender (address|domain)?.{0,40}(rejected|denied|does not exist|not verified|not found)|"
            + @"(after|in reply to) mail from|domain of sender|purported responsible|"
            + @"email address is not verified",
        Options
    );

    private static readonly Regex Spam = new(
        @"\bspam|\bunsolicited|\bjunk mail|bulk mail|blacklist|blocklist|black list|\brbl\b|dnsbl|"
            + @"spamhaus|reputation|spamcop|barracuda|suspicious|mcspam",
        Options
    );

    private static readonly Regex Virus = new(@"\bvirus|malware|infected|phish", Options);

    private static readonly Regex Policy = new(
        @"polic(y|ies)\b|dmarc|\bdkim\b|\bspf\b|not compliant|authenticat|access denied|"
            + @"content (rejected|filter)|message (was )?(blocked|filtered)|not authori[sz]ed|"
            + @"unauthori[sz]ed|permission to (post|send)|not allowed to (post|send)|moderat(ed|or)|"
            + @"restricted",
        Options
    );

    private static readonly Regex Network = new(
        @"(client host|your (ip|host|server)|ip address|connections?|adresse ip).{0,80}(rejected|"
            + @"blocked|banned|bloqu|not accepted|refused|listed)|reverse dns|\bptr\b|ip name lookup|"
            + @"blocked (using|by)|banned|rate limit|receiving mail at a rate|too many (connections|"
            + @"messages|recipients)|temporarily deferred|greylist|grey-list",
        Options
    );

    private static readonly Regex Full = new(
        @"quota|(mailbox|inbox|mail box|account|user|storage|boîte|buzón|caixa|bústia).{0,60}\b(full|"
            + @"pleine|lleno|cheia|plena)|(mailbox|storage|disk|inbox).{0,40}exceed|exceed.{0,60}(mailbox|"
            + @"storage|disk|space)|insufficient (disk|system|storage)|no space left|not enough (disk|"
            + @"storage|space)|over its (disk|limit)|too (many|much) (mail|messages) (in|stored)|disk full|"
            + @"mailfolder is full|is over",
        Options
    );

    private static readonly Regex Large = new(
        @"(message|mail|size|length|file|headers?).{0,40}(too (large|big|long)|exceed)|"
            + @"exceed.{0,40}(message|size) (size|limit)|maximum (message )?size|size limit|recipsizelimit",
        Options
    );

    private static readonly Regex Suspended = new(
        @"(account|mailbox|user|address|recipient|compte).{0,80}\b(disabled|discontinued|suspended|"
            + @"inactive|locked|deactivated|bloqu|is blocked|frozen|expired|not active)|"
            + @"temporarily (disabled|locked|suspended)",
        Options
    );

    private static readonly Regex Relay = new(
        @"relay(ing)? (access )?(denied|not|prohibited)|(unable|not permitted|cannot|"
            + @"not allowed) to relay|not a gateway",
        Options
    );

    private static readonly Regex Loop = new(
        @"too many hops|hop count|routing loop|mail loop|loops? back|malformed or unexpected",
        Options
    );

    private static readonly Regex Expired = new(
        @"timed? ?out|retry time(out)? (not|exceeded)|could not be delivered (for|within)|"
            + @"delivery (time )?expired|no route to host|connection (refused|reset|dropped)|queue too long|"
            + @"will (be )?retr(y|ied)|(unable|failed) to connect|not been delivered (for|after)|"
            + @"for more than \d+ (hours|days)|did not accept our requests to connect|"
            + @"delivery (is )?delayed|temporary (failure|problem)",
        Options
    );

    private static readonly Regex System = new(
        @"internal (system )?error|local configuration error|service (currently |"
            + @"temporarily )?(unavailable|not available)|can't create|cannot create|resources temporarily|"
            + @"i/o error|command (parameter )?not implemented|transaction failed|duplicate header",
        Options
    );

    private static readonly Regex Mailboxes = new(
        @"(unknown|invalid|no such|unrouteable|undeliverable|non-?existent|illegal|bad|incorrect|"
            + @"unrecognized) (e-?mail |local )?(user|recipient|mailbox|account|address|addressee|"
            + @"local ?part|alias|person|customer)|(user|recipient|mailbox|account|addressee|local ?part|"
            + @"alias)s?( name)?\)?:?.{0,70}\b(unknown|not known|not found|not exist|n't exist|invalid|"
            + @"not listed|unavailable|no longer|not recogni[sz]ed|not local)|(does not|doesn't|"
            + @"do not) (have|exist)|no mailbox|not a (valid|known) (user|mailbox|recipient|address)|"
            + @"address(es)? (had|has) (permanent|unknown)|address rejected|recipnotfound|not our customer|"
            + @"not listed in|no longer (here|valid|available|exists)|no account|there is no one|"
            + @"not in (the )?directory|no valid recipients|見つかりません|存在しません|destinataire (inconnu|invalide)|"
            + @"usuario desconocido|utilisateur inconnu|inexist",
        Options
    );

    private static readonly Regex AnswersUnknown = new(
        @"user (not )?unknown|\bunknown user|unknown to (address|us)|is unknown|" + @"\bnobody\b by that name",
        Options
    );

    private static readonly Regex AfterData = new(
        @"(after|in reply to|smtp command)[\s-]{1,4}((the )?end of )?data\b",
        Options
    );

    private static readonly Regex AnyRefusal = new(@"requested action not taken", Options);

    private static readonly Regex BareAnswer = new(@"^\s*550 unknown user \S+@\S+\s*$", Options);

    private static readonly Regex Moved = new(
        @"no longer on server|has moved|address (has )?changed|new address is",
        Options
    );

    private static readonly Regex Hosts = new(
        @"(host|domain)( name)?.{0,50}\b(unknown|not found|not exist|n't exist|invalid|n't receive|"
            + @"not accept)|(unknown|invalid|no such|non-?existent|illegal) (host|domain)|"
            + @"unrouteable mail domain|nxdomain|name (service|server).{0,40}(error|not found)|no (mx|"
            + @"mail exchanger)|null ?mx|not accept mail|couldn't find any host|"
            + @"records point to non-existent hosts|indicated no smtp service|no such domain|"
            + @"(host|domain) is not valid",
        Options
    );

    // The first that fits is the reason: what a filter did comes before what it says of the address.
    private static readonly (Regex Words, string Reason)[] SoftWords =
    [
        (Sender, "sender"),
        (Spam, "spam"),
        (Virus, "virus"),
        (Policy, "policy"),
        (Network, "blocked"),
        (Full, "mailbox-full"),
        (Large, "too-large"),
        (Suspended, "suspended"),
        (Relay, "relay"),
        (Loop, "network"),
        (Expired, "expired"),
        (System, "system"),
    ];
}
