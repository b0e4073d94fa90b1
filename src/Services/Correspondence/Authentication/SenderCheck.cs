using MimeKit;

namespace Plenaria.Correspondence;

/// <summary>How a record in the DNS is.</summary>
internal enum DnsRecordState
{
    Right,
    Missing,
    Wrong,

    /// <summary>The DNS did not answer, or what is asked of it is not set.</summary>
    Unknown,
}

/// <summary>One of the records by which others tell whether a letter is the network's.</summary>
/// <param name="Name">SPF, DKIM or DMARC.</param>
/// <param name="TextKey">What is right or wrong with it.</param>
/// <param name="Host">The name in the DNS.</param>
/// <param name="Found">What the DNS has there.</param>
/// <param name="Wanted">What it has to have; null where it is right, or nobody can say.</param>
internal sealed record DnsRecordCheck(
    string Name,
    DnsRecordState State,
    string TextKey,
    string Host,
    IReadOnlyList<string> Found,
    string? Wanted
);

/// <summary>Looks in the DNS for the records of the domain that letters are sent from.</summary>
internal sealed class SenderCheck(IDnsLookup dns, MailOptions options, LetterSigner signer, TimeProvider time)
{
    private const int MaxLookups = 10;

    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(10);

    private static readonly (string Server, string Mechanism)[] Providers =
    [
        ("amazonaws.com", "include:amazonses.com"),
        ("sendgrid.net", "include:sendgrid.net"),
        ("mailgun.org", "include:mailgun.org"),
        ("postmarkapp.com", "include:spf.mtasv.net"),
        ("mailjet.com", "include:spf.mailjet.com"),
        ("brevo.com", "include:spf.brevo.com"),
        ("gmail.com", "include:_spf.google.com"),
        ("google.com", "include:_spf.google.com"),
        ("office365.com", "include:spf.protection.outlook.com"),
        ("outlook.com", "include:spf.protection.outlook.com"),
        ("ovh.net", "include:mx.ovh.com"),
        ("gandi.net", "include:_mailcust.gandi.net"),
        ("infomaniak.com", "include:spf.infomaniak.ch"),
    ];

    private string From => OutboxMessage.DomainOf(MailboxAddress.Parse(options.From).Address);

    /// <summary>Whether there is a domain to look up: not where the sender is of this machine.</summary>
    public bool HasDomain => From.Contains('.');

    /// <summary>All three, in a bounded time.</summary>
    public async Task<IReadOnlyList<DnsRecordCheck>> RunAsync(CancellationToken cancel)
    {
        using var patience = new CancellationTokenSource(Longest, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, patience.Token);
        var checks = await Task.WhenAll(
            TryAsync("SPF", EnvelopeDomain, CheckSpfAsync, either.Token),
            TryAsync("DKIM", KeyHost, CheckDkimAsync, either.Token),
            TryAsync("DMARC", $"_dmarc.{From}", CheckDmarcAsync, either.Token)
        );
        cancel.ThrowIfCancellationRequested();
        return checks;
    }

    private static async Task<DnsRecordCheck> TryAsync(
        string name,
        string host,
        Func<string, CancellationToken, Task<DnsRecordCheck>> check,
        CancellationToken cancel
    )
    {
        try
        {
            return await check(host, cancel);
        }
        catch (Exception fault) when (fault is DnsFailureException or OperationCanceledException)
        {
            return new(name, DnsRecordState.Unknown, "mail.dns.unreachable", host, [], null);
        }
    }

    // SPF is about the envelope sender (RFC 7208, section 2.4).
    private string EnvelopeDomain =>
        options.ReturnPath is { } path ? OutboxMessage.DomainOf(MailboxAddress.Parse(path).Address) : From;

    private string KeyHost => options.Dkim is { } dkim ? $"{dkim.Selector}._domainkey.{dkim.Domain}" : From;

    private string? Mechanism =>
        options.SpfMechanism
        ?? (
            options.Server is not { } server ? null
            : Array.Find(Providers, p => IsWithin(server.ToLowerInvariant(), p.Server)) is { Mechanism: { } known }
                ? known
            : server is "localhost" || System.Net.IPAddress.TryParse(server, out _) ? null
            : $"a:{server}"
        );

    private static bool IsWithin(string host, string domain) =>
        host == domain || host.EndsWith($".{domain}", StringComparison.Ordinal);

    private async Task<DnsRecordCheck> CheckSpfAsync(string host, CancellationToken cancel)
    {
        var found = await ReadSpfAsync(host, cancel);
        var needed = Mechanism;
        DnsRecordCheck Say(DnsRecordState state, string key, string? wanted) =>
            new("SPF", state, $"mail.dns.spf.{key}", host, found, wanted);
        if (found.Count > 1)
            return Say(DnsRecordState.Wrong, "several", Join(found.SelectMany(TermsOf), needed));
        if (found.Count == 0)
            return Say(DnsRecordState.Missing, "missing", Join(needed is null ? ["mx"] : [], needed));
        var terms = TermsOf(found[0]);
        if (terms.Exists(t => t is "all" or "+all" or "?all"))
            return Say(DnsRecordState.Wrong, "open", Join(terms, needed));
        var walk = new SpfWalk();
        await CollectAsync(terms, walk, cancel);
        if (walk.Lookups > MaxLookups)
            return Say(DnsRecordState.Wrong, "lookups", null);
        return needed is null ? Say(DnsRecordState.Unknown, "unknown-server", null)
            : walk.Terms.Contains(needed) ? Say(DnsRecordState.Right, "right", null)
            : Say(DnsRecordState.Wrong, "not-allowed", Join(terms, needed));
    }

    private async Task<IReadOnlyList<string>> ReadSpfAsync(string host, CancellationToken cancel) =>
        [
            .. (await dns.ReadTextsAsync(host, cancel)).Where(t =>
                t.Equals("v=spf1", StringComparison.OrdinalIgnoreCase)
                || t.StartsWith("v=spf1 ", StringComparison.OrdinalIgnoreCase)
            ),
        ];

    private static List<string> TermsOf(string record) =>
        [.. record.Split(' ', StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(t => t.ToLowerInvariant())];

    private static string Join(IEnumerable<string> terms, string? needed)
    {
        var kept = terms.Where(t => !t.EndsWith("all", StringComparison.Ordinal) || t.Contains(':')).ToList();
        if (needed is not null && !kept.Contains(needed))
            kept.Insert(0, needed);
        return $"v=spf1 {string.Join(' ', kept.Distinct())} ~all";
    }

    private sealed class SpfWalk
    {
        public int Lookups { get; set; }
        public HashSet<string> Terms { get; } = [];
    }

    // RFC 7208, section 4.6.4: who asks more often than ten times is refused.
    private async Task CollectAsync(IEnumerable<string> terms, SpfWalk walk, CancellationToken cancel)
    {
        foreach (var term in terms)
        {
            var plain = term.TrimStart('+');
            walk.Terms.Add(plain);
            var (kind, value) = (plain.Split(':', '=', '/')[0], plain[(plain.IndexOfAny([':', '=']) + 1)..]);
            if (kind is not ("include" or "redirect" or "a" or "mx" or "ptr" or "exists"))
                continue;
            if (++walk.Lookups > MaxLookups)
                return;
            if (
                kind is "include" or "redirect"
                && !value.Contains('%')
                && await ReadSpfAsync(value, cancel) is [var one]
            )
                await CollectAsync(TermsOf(one), walk, cancel);
        }
    }

    private async Task<DnsRecordCheck> CheckDkimAsync(string host, CancellationToken cancel)
    {
        if (signer.PublicKey is not { } key)
            return new("DKIM", DnsRecordState.Unknown, "mail.dns.dkim.unset", host, [], null);
        var found = (await dns.ReadTextsAsync(host, cancel)).Where(t => TagsOf(t).ContainsKey("p")).ToList();
        DnsRecordCheck Say(DnsRecordState state, string text) =>
            new(
                "DKIM",
                state,
                $"mail.dns.dkim.{text}",
                host,
                found,
                state == DnsRecordState.Right ? null : LetterSigner.RecordOf(key)
            );
        if (found.Count == 0)
            return Say(DnsRecordState.Missing, "missing");
        // Two keys under one name: which is taken is left open (RFC 6376, section 3.6.2.2).
        if (found.Count > 1 || TagsOf(found[0])["p"].Replace(" ", "", StringComparison.Ordinal) != key)
            return Say(DnsRecordState.Wrong, "other-key");
        return IsAligned(options.Dkim!.Domain.ToLowerInvariant(), From)
            ? Say(DnsRecordState.Right, "right")
            : new("DKIM", DnsRecordState.Wrong, "mail.dns.dkim.not-aligned", host, found, null);
    }

    // Relaxed alignment, as far as one can say without the list of public suffixes.
    private static bool IsAligned(string one, string other) => IsWithin(one, other) || IsWithin(other, one);

    private async Task<DnsRecordCheck> CheckDmarcAsync(string host, CancellationToken cancel)
    {
        // RFC 7489, section 6.6.3: the domain itself, or else the one above it.
        var labels = From.Split('.');
        IReadOnlyList<string> found = [];
        for (var skip = 0; skip <= Math.Max(0, labels.Length - 2) && found.Count == 0; skip++)
            found =
            [
                .. (await dns.ReadTextsAsync($"_dmarc.{string.Join('.', labels.Skip(skip))}", cancel)).Where(t =>
                    t.StartsWith("v=DMARC1", StringComparison.OrdinalIgnoreCase)
                ),
            ];
        var reports = options.DmarcReportsTo is { } to ? $"; rua=mailto:{to}" : "";
        DnsRecordCheck Say(DnsRecordState state, string key, string? wanted) =>
            new("DMARC", state, $"mail.dns.dmarc.{key}", host, found, wanted);
        if (found.Count == 0)
            return Say(DnsRecordState.Missing, "missing", $"v=DMARC1; p=none{reports}");
        var tags = TagsOf(found[0]);
        var policy = tags.GetValueOrDefault("p")?.ToLowerInvariant();
        if (found.Count > 1 || policy is not ("none" or "quarantine" or "reject"))
            return Say(DnsRecordState.Wrong, "unreadable", $"v=DMARC1; p=none{reports}");
        if (
            options.DmarcReportsTo is { } address
            && tags.GetValueOrDefault("rua")?.Contains(address, StringComparison.OrdinalIgnoreCase) != true
        )
            return Say(DnsRecordState.Wrong, "no-reports", $"v=DMARC1; p={policy}{reports}");
        return Say(DnsRecordState.Right, policy == "none" ? "watching" : "right", null);
    }

    private static Dictionary<string, string> TagsOf(string record)
    {
        var tags = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var part in record.Split(';'))
            if (part.Split('=', 2) is [var name, var value])
                tags.TryAdd(name.Trim(), value.Trim());
        return tags;
    }
}
