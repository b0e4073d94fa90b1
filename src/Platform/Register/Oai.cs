using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Xml.Linq;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Plenaria.Platform.Data;
using Plenaria.Platform.Language;
using Plenaria.Platform.Places;
using Plenaria.Platform.Site;

namespace Plenaria.Platform.Register;

/// <summary>
/// The public register for harvesters: OAI-PMH 2.0 (openarchives.org, protocol version of 14 June 2002) with Dublin
/// Core.
/// Sets are kinds of records; what was withdrawn stays as deleted for good; times are to the second.
/// </summary>
internal static class Oai
{
    private const int PageSize = 100;
    private const string Format = "oai_dc",
        Instant = "yyyy-MM-dd'T'HH:mm:ss'Z'",
        Day = "yyyy-MM-dd";

    private static readonly XNamespace Pmh = "http://www.openarchives.org/OAI/2.0/",
        Xsi = "http://www.w3.org/2001/XMLSchema-instance",
        OaiDc = "http://www.openarchives.org/OAI/2.0/oai_dc/",
        Dc = "http://purl.org/dc/elements/1.1/";

    private static readonly Dictionary<string, (string[] Required, string[] Optional)> Verbs = new()
    {
        ["Identify"] = ([], []),
        ["ListMetadataFormats"] = ([], ["identifier"]),
        ["ListSets"] = ([], ["resumptionToken"]),
        ["GetRecord"] = (["identifier", "metadataPrefix"], []),
        ["ListIdentifiers"] = (["metadataPrefix"], ["from", "until", "set", "resumptionToken"]),
        ["ListRecords"] = (["metadataPrefix"], ["from", "until", "set", "resumptionToken"]),
    };

    private sealed class Error(string code, string says) : Exception(says)
    {
        public string Code { get; } = code;
    }

    /// <summary>Where a list goes on: its conditions, and the last entry given out.</summary>
    private sealed record Cursor(
        DateTimeOffset? From,
        DateTimeOffset? Until,
        string? Set,
        DateTimeOffset After,
        Guid Id,
        int Given
    );

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet(
                "/oai",
                (
                    HttpContext context,
                    PlenariaDb db,
                    Network network,
                    Localizer texts,
                    TimeProvider time,
                    CancellationToken cancel
                ) =>
                    Answer(
                        context,
                        [.. context.Request.Query.SelectMany(q => q.Value.Select(v => (q.Key, v ?? "")))],
                        db,
                        network,
                        texts,
                        time,
                        cancel
                    )
            )
            .AllowAnonymous();
        app.MapPost(
                "/oai",
                async (
                    HttpContext context,
                    PlenariaDb db,
                    Network network,
                    Localizer texts,
                    TimeProvider time,
                    CancellationToken cancel
                ) =>
                    await Answer(
                        context,
                        context.Request.ContentType?.StartsWith(
                            "application/x-www-form-urlencoded",
                            StringComparison.OrdinalIgnoreCase
                        ) == true
                            ?
                            [
                                .. (await context.Request.ReadFormAsync(cancel)).SelectMany(q =>
                                    q.Value.Select(v => (q.Key, v ?? ""))
                                ),
                            ]
                            : [],
                        db,
                        network,
                        texts,
                        time,
                        cancel
                    )
            )
            .AllowAnonymous()
            .DisableAntiforgery();
    }

    private static async Task<IResult> Answer(
        HttpContext context,
        List<(string Name, string Value)> asked,
        PlenariaDb db,
        Network network,
        Localizer texts,
        TimeProvider time,
        CancellationToken cancel
    )
    {
        var site = $"{context.Request.Scheme}://{context.Request.Host}";
        var contributions = context.RequestServices.GetRequiredService<Contributions>();
        var request = new XElement(Pmh + "request", $"{site}/oai");
        XElement body;
        try
        {
            var said = Checked(asked);
            foreach (var (name, value) in said)
                request.SetAttributeValue(name, value);
            body = await Body(said, context.Request.Host.Host, site, db, contributions, network, texts, cancel);
        }
        catch (Error fault)
        {
            if (fault.Code is "badVerb" or "badArgument")
                request.RemoveAttributes();
            body = new(Pmh + "error", new XAttribute("code", fault.Code), fault.Message);
        }
        var document = new XDocument(
            new XElement(
                Pmh + "OAI-PMH",
                new XAttribute(XNamespace.Xmlns + "xsi", Xsi),
                new XAttribute(Xsi + "schemaLocation", $"{Pmh} http://www.openarchives.org/OAI/2.0/OAI-PMH.xsd"),
                new XElement(Pmh + "responseDate", Utc(time.GetUtcNow())),
                request,
                body
            )
        );
        using var bytes = new MemoryStream();
        await document.SaveAsync(bytes, SaveOptions.DisableFormatting, cancel);
        return Results.Bytes(bytes.ToArray(), "text/xml; charset=utf-8");
    }

    private static Dictionary<string, string> Checked(List<(string Name, string Value)> asked)
    {
        if (
            asked.Where(a => a.Name == "verb").ToList() is not [var (_, verb)]
            || !Verbs.TryGetValue(verb, out var arguments)
        )
            throw new Error("badVerb", "The verb is missing, repeated or unknown.");
        var said = new Dictionary<string, string>();
        foreach (var (name, value) in asked)
            if (
                name != "verb" && !arguments.Required.Contains(name) && !arguments.Optional.Contains(name)
                || !said.TryAdd(name, value)
            )
                throw new Error("badArgument", $"The argument {Clean(name)} is unknown here or repeated.");
            else if (Clean(value) != value)
                throw new Error("badArgument", $"The argument {name} holds characters that XML does not.");
        if (said.ContainsKey("resumptionToken"))
            return said.Count == 2 ? said : throw new Error("badArgument", "resumptionToken is exclusive.");
        return arguments.Required.FirstOrDefault(r => !said.ContainsKey(r)) is { } missing
            ? throw new Error("badArgument", $"The argument {missing} is missing.")
            : said;
    }

    private static async Task<XElement> Body(
        Dictionary<string, string> said,
        string host,
        string site,
        PlenariaDb db,
        Contributions contributions,
        Network network,
        Localizer texts,
        CancellationToken cancel
    )
    {
        var verb = said["verb"];
        if (said.GetValueOrDefault("metadataPrefix") is { } prefix && prefix != Format)
            throw new Error("cannotDisseminateFormat", $"Only {Format} is given out.");
        var profile = await network.Profile(cancel);
        var entries = await db.Set<RegisterEntry>()
            .AsNoTracking()
            .Where(e => e.Audience == Audience.Public)
            .OfUsedModulesAsync(contributions, cancel);
        switch (verb)
        {
            case "Identify":
                var earliest =
                    await entries
                        .OrderBy(e => e.ChangedAt)
                        .Select(e => (DateTimeOffset?)e.ChangedAt)
                        .FirstOrDefaultAsync(cancel)
                    ?? DateTimeOffset.UnixEpoch;
                return new(
                    Pmh + verb,
                    new XElement(Pmh + "repositoryName", profile.Name.For(Kernel.Language.English)),
                    new XElement(Pmh + "baseURL", $"{site}/oai"),
                    new XElement(Pmh + "protocolVersion", "2.0"),
                    new XElement(Pmh + "adminEmail", $"postmaster@{host}"),
                    new XElement(Pmh + "earliestDatestamp", Utc(earliest)),
                    new XElement(Pmh + "deletedRecord", "persistent"),
                    new XElement(Pmh + "granularity", "YYYY-MM-DDThh:mm:ssZ")
                );
            case "ListSets":
                if (said.ContainsKey("resumptionToken"))
                    throw new Error("badResumptionToken", "The list of sets is given whole.");
                var kinds = await entries.Select(e => e.Kind).Distinct().OrderBy(k => k).ToListAsync(cancel);
                return kinds.Count == 0
                    ? throw new Error("noSetHierarchy", "There is nothing yet.")
                    : new(
                        Pmh + verb,
                        kinds.Select(k => new XElement(
                            Pmh + "set",
                            new XElement(Pmh + "setSpec", k),
                            new XElement(Pmh + "setName", texts.Get(Kernel.Language.English, $"register.kind.{k}"))
                        ))
                    );
            case "ListMetadataFormats":
                if (said.TryGetValue("identifier", out var of))
                    _ = await One(entries, of, host, cancel);
                return new(
                    Pmh + verb,
                    new XElement(
                        Pmh + "metadataFormat",
                        new XElement(Pmh + "metadataPrefix", Format),
                        new XElement(Pmh + "schema", "http://www.openarchives.org/OAI/2.0/oai_dc.xsd"),
                        new XElement(Pmh + "metadataNamespace", OaiDc.NamespaceName)
                    )
                );
            case "GetRecord":
                return new(Pmh + verb, Record(await One(entries, said["identifier"], host, cancel), host, site));
            default:
                return await List(verb, said, entries, host, site, profile.Prefix, cancel);
        }
    }

    private static async Task<XElement> List(
        string verb,
        Dictionary<string, string> said,
        IQueryable<RegisterEntry> entries,
        string host,
        string site,
        string key,
        CancellationToken cancel
    )
    {
        var cursor = said.TryGetValue("resumptionToken", out var token)
            ? Read(token, key)
            : new(
                Moment(said, "from", isEnd: false),
                Moment(said, "until", isEnd: true),
                said.GetValueOrDefault("set"),
                DateTimeOffset.MinValue,
                Guid.Empty,
                0
            );
        if (
            said.TryGetValue("from", out var from)
            && said.TryGetValue("until", out var until)
            && from.Length != until.Length
        )
            throw new Error("badArgument", "from and until are not of one granularity.");
        if (cursor.From > cursor.Until)
            throw new Error("badArgument", "from is later than until.");
        if (cursor.From is { } first)
            entries = entries.Where(e => e.ChangedAt >= first);
        if (cursor.Until is { } last)
            entries = entries.Where(e => e.ChangedAt < last);
        if (cursor.Set is { } set)
            entries = entries.Where(e => e.Kind == set);
        var all = await entries.CountAsync(cancel);
        if (cursor.Given > 0)
            entries = entries.Where(e =>
                e.ChangedAt > cursor.After || e.ChangedAt == cursor.After && e.Id.CompareTo(cursor.Id) > 0
            );
        var page = await entries
            .OrderBy(e => e.ChangedAt)
            .ThenBy(e => e.Id)
            .Include(e => e.Texts)
            .Take(PageSize + 1)
            .ToListAsync(cancel);
        if (page.Count == 0 && cursor.Given == 0)
            throw new Error("noRecordsMatch", "Nothing matches.");
        var shown = page.Take(PageSize).ToList();
        var list = new XElement(
            Pmh + verb,
            shown.Select(e => verb == "ListRecords" ? Record(e, host, site) : Header(e, host))
        );
        if (page.Count > PageSize || cursor.Given > 0)
            list.Add(
                new XElement(
                    Pmh + "resumptionToken",
                    new XAttribute("completeListSize", all),
                    new XAttribute("cursor", cursor.Given),
                    page.Count > PageSize
                        ? Write(
                            cursor with
                            {
                                After = shown[^1].ChangedAt,
                                Id = shown[^1].Id,
                                Given = cursor.Given + shown.Count,
                            },
                            key
                        )
                        : ""
                )
            );
        return list;
    }

    private static async Task<RegisterEntry> One(
        IQueryable<RegisterEntry> entries,
        string identifier,
        string host,
        CancellationToken cancel
    ) =>
        identifier.StartsWith($"oai:{host}:", StringComparison.Ordinal)
        && Reference.TryParse(identifier[$"oai:{host}:".Length..], null, out var reference)
        && await entries.Include(e => e.Texts).SingleOrDefaultAsync(e => e.Reference == reference, cancel) is { } entry
            ? entry
            : throw new Error("idDoesNotExist", "There is no such record.");

    private static XElement Header(RegisterEntry entry, string host) =>
        new(
            Pmh + "header",
            entry.Withdrawn ? new XAttribute("status", "deleted") : null,
            new XElement(Pmh + "identifier", $"oai:{host}:{entry.Reference}"),
            new XElement(Pmh + "datestamp", Utc(entry.ChangedAt)),
            new XElement(Pmh + "setSpec", entry.Kind)
        );

    private static XElement Record(RegisterEntry entry, string host, string site)
    {
        var record = new XElement(Pmh + "record", Header(entry, host));
        if (entry.Withdrawn)
            return record;
        IEnumerable<XElement> Each(string name, Func<RegisterText, string> pick) =>
            entry
                .Texts.Where(t => pick(t).Length > 0)
                .Select(t => new XElement(
                    Dc + name,
                    new XAttribute(XNamespace.Xml + "lang", t.Language.Code),
                    Clean(pick(t))
                ));
        record.Add(
            new XElement(
                Pmh + "metadata",
                new XElement(
                    OaiDc + "dc",
                    new XAttribute(XNamespace.Xmlns + "oai_dc", OaiDc),
                    new XAttribute(XNamespace.Xmlns + "dc", Dc),
                    new XAttribute(XNamespace.Xmlns + "xsi", Xsi),
                    new XAttribute(Xsi + "schemaLocation", $"{OaiDc} http://www.openarchives.org/OAI/2.0/oai_dc.xsd"),
                    Each("title", t => t.Title),
                    Each("description", t => t.Summary),
                    entry.Topics.Select(t => new XElement(Dc + "subject", t)),
                    entry.Date is { } date ? new XElement(Dc + "date", date) : null,
                    new XElement(Dc + "type", entry.Kind),
                    new XElement(Dc + "identifier", $"{site}/r/{entry.Reference}"),
                    entry.Texts.Select(t => new XElement(Dc + "language", t.Language.Code)),
                    entry.Place is { Length: 2 } place
                        ? new XElement(Dc + "coverage", Countries.NameOf(place, Kernel.Language.English))
                        : null
                )
            )
        );
        return record;
    }

    private static DateTimeOffset? Moment(Dictionary<string, string> said, string name, bool isEnd)
    {
        if (!said.TryGetValue(name, out var text))
            return null;
        foreach (
            var (format, step) in ((string, TimeSpan)[])
                [(Instant, TimeSpan.FromSeconds(1)), (Day, TimeSpan.FromDays(1))]
        )
            if (
                DateTime.TryParseExact(
                    text,
                    format,
                    CultureInfo.InvariantCulture,
                    DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
                    out var at
                )
            )
            {
                var moment = new DateTimeOffset(at, TimeSpan.Zero);
                return !isEnd ? moment
                    : moment > DateTimeOffset.MaxValue - step ? DateTimeOffset.MaxValue
                    : moment + step;
            }
        throw new Error("badArgument", $"{name} is no day and no moment.");
    }

    // Another house's token, or one that was tampered with, does not carry this network's mark.
    private static string Write(Cursor cursor, string key)
    {
        var text = string.Join(
            '|',
            cursor.From?.UtcTicks,
            cursor.Until?.UtcTicks,
            cursor.Set,
            cursor.After.UtcTicks,
            cursor.Id.ToString("N"),
            cursor.Given
        );
        return Convert.ToHexStringLower(Encoding.UTF8.GetBytes($"{Mark(text, key)}|{text}"));
    }

    private static Cursor Read(string token, string key)
    {
        try
        {
            var text = Encoding.UTF8.GetString(Convert.FromHexString(token));
            if (
                text.Split('|') is [var mark, var from, var until, var set, var after, var id, var given]
                && mark == Mark(text[(mark.Length + 1)..], key)
            )
            {
                DateTimeOffset? At(string ticks) =>
                    ticks.Length == 0 ? null : new(long.Parse(ticks, CultureInfo.InvariantCulture), TimeSpan.Zero);
                return new(
                    At(from),
                    At(until),
                    set.Length == 0 ? null : set,
                    At(after)!.Value,
                    Guid.ParseExact(id, "N"),
                    int.Parse(given, CultureInfo.InvariantCulture)
                );
            }
        }
        catch (FormatException)
        {
            // Said below.
        }
        throw new Error("badResumptionToken", "This token is not of this repository, or damaged.");
    }

    private static string Mark(string text, string key) =>
        Convert.ToHexStringLower(
            HMACSHA256.HashData(Encoding.UTF8.GetBytes($"oai {key}"), Encoding.UTF8.GetBytes(text)).AsSpan(0, 6)
        );

    private static string Utc(DateTimeOffset at) => at.UtcDateTime.ToString(Instant, CultureInfo.InvariantCulture);

    private static string Clean(string text) =>
        string.Concat(text.Where(c => System.Xml.XmlConvert.IsXmlChar(c) || char.IsSurrogate(c)));
}
