using System.Text.RegularExpressions;
using MimeKit;

namespace Plenaria.Correspondence;

/// <summary>
/// Says what a mail is that came back for a letter: a report of non-delivery (RFC 3464), a complaint (RFC 5965), an
/// automatic answer (RFC 3834), or the prose of a server that follows none of them.
/// </summary>
internal static class BounceClassifier
{
    private const int MaxText = 20_000,
        MaxRecipients = 100;

    private const RegexOptions Options =
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking;

    private static readonly BounceReport Nothing = new(BounceKind.None, [], "none");

    public static BounceReport Classify(MimeMessage message)
    {
        var original = FindOriginal(message);
        var report =
            SesNotification.FindIn(TextOf(message))
            ?? FindComplaint(message, original)
            ?? FindDeliveryReport(message)
            ?? (IsFromServer(message) ? FromProse(message, original) : null)
            ?? (IsAutoReply(message) ? new(BounceKind.AutoReply, SenderOf(message), "auto-reply") : Nothing);
        return report with { MessageId = report.MessageId ?? original?[HeaderId.MessageId]?.Trim().Trim('<', '>') };
    }

    // RFC 5965: a complaint names its kind; the only one that is none is praise.
    private static BounceReport? FindComplaint(MimeMessage message, HeaderList? original)
    {
        var feedback = message.BodyParts.OfType<MessageFeedbackReport>().FirstOrDefault();
        if (feedback is null)
            return null;
        var kind = feedback.Fields["Feedback-Type"]?.Trim().ToLowerInvariant() ?? "abuse";
        if (kind == "not-spam")
            return Nothing;
        var named = feedback
            .Fields.Where(f => f.Field is "Original-Rcpt-To" or "Removal-Recipient")
            .SelectMany(f => AddressesIn(f.Value));
        var recipients = named.Concat(AddressesIn(original?[HeaderId.To] ?? ""));
        return new(BounceKind.Complaint, Distinct(recipients), kind);
    }

    private static BounceReport? FindDeliveryReport(MimeMessage message)
    {
        var prose = ProseOf(message);
        var verdicts = new List<(string? Recipient, BounceVerdict Verdict)>();
        var groups = message.BodyParts.OfType<MessageDeliveryStatus>().SelectMany(GroupsOf).ToList();
        foreach (var group in groups)
        {
            var action = group["Action"]?.Trim().ToLowerInvariant();
            // Of those that arrived, or were handed on, there is nothing to say.
            if (action is "delivered" or "relayed" or "expanded")
                continue;
            var recipient = AddressesIn(group["Final-Recipient"] ?? group["Original-Recipient"] ?? "").FirstOrDefault();
            verdicts.Add((recipient, Judge(group, action, prose, groups.Count == 1)));
        }
        if (verdicts.Count == 0)
            return null;
        var worst = verdicts.MaxBy(v => v.Verdict.Kind).Verdict;
        var recipients = verdicts.Where(v => v.Verdict.Kind == worst.Kind).Select(v => v.Recipient).OfType<string>();
        return new(worst.Kind, Distinct(recipients), worst.Reason);
    }

    // The first group is about the message, the others each about a recipient; some servers write only one.
    private static IEnumerable<HeaderList> GroupsOf(MessageDeliveryStatus status)
    {
        try
        {
            return
            [
                .. status.StatusGroups.Where(g =>
                    g.Contains("Final-Recipient") || g.Contains("Original-Recipient") || g.Contains("Action")
                ),
            ];
        }
        catch (FormatException)
        {
            return [];
        }
    }

    private static BounceVerdict Judge(HeaderList group, string? action, string prose, bool isOnly)
    {
        var status = StatusCode.Match(group["Status"] ?? "") is { Success: true } found ? found.Value : null;
        var diagnostic = group["Diagnostic-Code"] ?? "";
        if (action == "delayed")
            return new(BounceKind.Soft, "delayed");
        // A program on the addressee's own server could not store it (RFC 3464, section 2.3.6).
        if (diagnostic.TrimStart().StartsWith("x-unix", StringComparison.OrdinalIgnoreCase))
            return new(BounceKind.Soft, "system");
        var words = diagnostic.Length > 0 ? diagnostic[(diagnostic.IndexOf(';') + 1)..] : "";
        var (verdict, told) = (BounceRules.Judge(words, status), BounceRules.Judge(prose, status));
        // What the server tells people is that there is no room now, whatever it tells programs.
        return verdict.Reason == "undelivered" || isOnly && told.Reason == "mailbox-full" ? told : verdict;
    }

    private static BounceReport? FromProse(MimeMessage message, HeaderList? original)
    {
        var text = ProseOf(message);
        var named = AddressesIn(message.Headers["X-Failed-Recipients"] ?? "").ToList();
        var recipients =
            named.Count > 0
                ? named
                : AddressesIn(text).Except(OwnOf(message), StringComparer.OrdinalIgnoreCase).Take(1).ToList();
        if (recipients.Count == 0)
            recipients = [.. AddressesIn(original?[HeaderId.To] ?? "")];
        if (IsSuccess.IsMatch(message.Subject ?? ""))
            return null;
        var blocks = BlocksOf(text);
        if (blocks.Count < 2)
        {
            var verdict = JudgeProse(text);
            return new(verdict.Kind, Distinct(recipients), verdict.Reason);
        }
        var verdicts = blocks.Select(b => (Recipient: b.Key, Verdict: JudgeProse(b.Value))).ToList();
        var worst = verdicts.MaxBy(v => v.Verdict.Kind).Verdict;
        return new(
            worst.Kind,
            Distinct(verdicts.Where(v => v.Verdict.Kind == worst.Kind).Select(v => v.Recipient)),
            worst.Reason
        );
    }

    // What is said of each addressee, where lines begin with one.
    private static Dictionary<string, string> BlocksOf(string text)
    {
        var blocks = new Dictionary<string, string>();
        string? current = null;
        foreach (var line in text.Split('\n'))
        {
            if (AddressAtStart.IsMatch(line))
                current = AddressesIn(line).First().ToLowerInvariant();
            if (current is not null)
                blocks[current] = $"{blocks.GetValueOrDefault(current)}{line}\n";
        }
        return blocks;
    }

    // An answer that is quoted says more than the words around it, unless those say to what it was the answer.
    private static BounceVerdict JudgeProse(string text)
    {
        var whole = BounceRules.Judge(text);
        if (whole.Reason is "sender" or "unknown-user")
            return whole;
        var answers = string.Join(' ', QuotedAnswer.Matches(text).Select(m => m.Groups[1].Value.Trim()));
        var verdict = answers.Length > 0 ? BounceRules.Judge(answers) : default;
        return verdict is { Kind: BounceKind.Hard } ? verdict : whole;
    }

    // What the server wrote itself: the first text, without the letter that it returns.
    private static string ProseOf(MimeMessage message)
    {
        var text = TextOf(message);
        text = text.Length > MaxText ? text[..MaxText] : text;
        return Returned.Match(text) is { Success: true } found ? text[..found.Index] : text;
    }

    private static string TextOf(MimeMessage message)
    {
        var part = message.BodyParts.OfType<TextPart>().FirstOrDefault(t => !t.IsAttachment);
        var text = part is null ? "" : Decode(part);
        return part is { IsHtml: true } ? Tags.Replace(text, " ") : text;
    }

    private static string Decode(TextPart part)
    {
        try
        {
            return part.Text ?? "";
        }
        catch (Exception fault) when (fault is NotSupportedException or ArgumentException)
        {
            return "";
        }
    }

    // The letter that came back: whole, or its head alone, as a part or below the prose.
    private static HeaderList? FindOriginal(MimeMessage message)
    {
        foreach (var part in message.BodyParts)
            if (part is MessagePart { Message: { } whole })
                return whole.Headers;
            else if (part is TextPart text && text.ContentType.IsMimeType("text", "rfc822-headers"))
                return Parse(Decode(text));
        return
            message.BodyParts.OfType<TextPart>().FirstOrDefault() is { } prose
            && Returned.Match(Decode(prose)) is { Success: true } found
            && HeadBelow.Match(Decode(prose)[found.Index..]) is { Success: true } head
            ? Parse(Decode(prose)[(found.Index + head.Index)..])
            : null;
    }

    private static HeaderList? Parse(string head)
    {
        try
        {
            using var bytes = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(head.TrimStart() + "\n\n"));
            return HeaderList.Load(bytes);
        }
        catch (FormatException)
        {
            return null;
        }
    }

    private static bool IsFromServer(MimeMessage message) =>
        message.Headers.Contains("X-Failed-Recipients")
        // RFC 5321, section 4.5.5: reports have no sender to answer to, and return the letter.
        || message.Headers[HeaderId.ReturnPath]?.Trim() is "<>"
            && message.BodyParts.OfType<MessagePart>().Any()
            && !IsAutoReply(message)
        || TypeOf(message).IsMimeType("multipart", "report")
        || ServerName.IsMatch(message.Headers[HeaderId.From] ?? "")
        || ServerSubject.IsMatch(message.Subject ?? "");

    private static ContentType TypeOf(MimeMessage message) =>
        message.Body?.ContentType ?? new ContentType("text", "plain");

    private static bool IsAutoReply(MimeMessage message) =>
        message.Headers[HeaderId.AutoSubmitted] is { } auto
            && auto.TrimStart().StartsWith("auto-replied", StringComparison.OrdinalIgnoreCase)
        || message.Headers.Contains("X-Autoreply")
        || message.Headers.Contains("X-Autorespond")
        || message.Headers["Precedence"]?.Trim().ToLowerInvariant() is "auto_reply"
        || AwaySubject.IsMatch(message.Subject ?? "");

    // The server's address and that of whoever is told.
    private static IEnumerable<string> OwnOf(MimeMessage message) =>
        message.From.Mailboxes.Concat(message.To.Mailboxes).Select(m => m.Address);

    private static List<string> SenderOf(MimeMessage message) => [.. message.From.Mailboxes.Select(m => m.Address)];

    private static List<string> Distinct(IEnumerable<string> addresses) =>
        [.. addresses.Select(a => a.ToLowerInvariant()).Distinct().Take(MaxRecipients)];

    private static IEnumerable<string> AddressesIn(string text) =>
        Address.Matches(text.Length > MaxText ? text[..MaxText] : text).Select(m => m.Value.TrimEnd('.'));

    private static readonly Regex StatusCode = new(@"[245]\.\d{1,3}\.\d{1,3}", Options);

    private static readonly Regex Address = new(
        @"[a-z0-9!#$%&'*+/=?^_`{|}~.-]{1,64}@[a-z0-9.-]{1,180}[a-z0-9]",
        Options
    );

    private static readonly Regex AddressAtStart = new(
        @"^[ \t]*[<""]?[a-z0-9!#$%&'*+/=?^_`{|}~.-]{1,64}@[a-z0-9.-]{1,180}[a-z0-9][>""]?[ \t\r]*(:|$)",
        Options
    );

    private static readonly Regex QuotedAnswer = new(@"^[ \t<>]*(5\d\d[ -][^\n]+)$", Options | RegexOptions.Multiline);

    private static readonly Regex Tags = new(@"<[^>]{0,2000}>", Options);

    private static readonly Regex Returned = new(
        @"^[ \t>]*(-{2,}[^\n]{0,60}(original|copy of|returned|below this line|undelivered|unsent|"
            + @"message header|header)[^\n]{0,80}$|[^\n]{0,60}(copy of (the|your) message|"
            + @"original message (follows|headers?)|included (below|here))[^\n]{0,60}$|(received|"
            + @"return-path): [^\n]+$)",
        Options | RegexOptions.Multiline
    );

    private static readonly Regex HeadBelow = new(
        @"^(received|return-path|from|date|message-id|subject|x-[a-z-]+):",
        Options | RegexOptions.Multiline
    );

    private static readonly Regex ServerName = new(
        @"mailer.?daemon|postmaster|mail delivery|mail administrator|delivery subsystem|mail server",
        Options
    );

    private static readonly Regex ServerSubject = new(
        @"undeliver|non-?deliver|not delivered|returned mail|delivery (status|failure|failed|error|"
            + @"problem|notification|report|unsuccessful|has failed)|failure (notice|delivery)|"
            + @"mail (system error|delivery failed|error)|delivery attempts|could not (be )?deliver|"
            + @"returned to sender|message (status|delivery)|warning: could not send|user unknown|"
            + @"dsn: failed|loop alert",
        Options
    );

    private static readonly Regex IsSuccess = new(@"success|delivered\)?$|read:|relayed", Options);

    private static readonly Regex AwaySubject = new(
        @"^(auto(matic)?[ -]?(re(ply|sponse|spuesta)|:)|out of (the )?office|away:|vacation|absence|"
            + @"abwesen|réponse automatique|respuesta automática|resposta automàtica|resposta automática|"
            + @"fuera de (la )?oficina|absent |ausente?\b|fora d)",
        Options
    );
}
