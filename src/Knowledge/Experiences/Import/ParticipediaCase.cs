using System.Globalization;
using System.Text.RegularExpressions;
using Plenaria.Platform.Documents;
using Plenaria.Platform.Places;

namespace Plenaria.Experiences.Import;

/// <summary>What a row breaks: its place, the column and the rule, as the key of a text.</summary>
internal sealed record ImportRefusal(string File, int Row, string Column, string Rule, string? Value);

/// <summary>One of Participedia's cases, put together from all rows of the files that bear its number.</summary>
internal static partial class ParticipediaCase
{
    private static readonly (string Field, string Scheme)[] Fields =
    [
        ("general_issues", "issues"),
        ("issues", "issues"),
        ("specific_topics", "topics"),
        ("tags", "tags"),
        ("tags", "practices"),
        ("scope_of_influence", "scope"),
        ("purposes", "purposes"),
        ("approaches", "approaches"),
        ("public_spectrum", "spectrum"),
        ("open_limited", "openness"),
        ("recruitment_method", "recruitment"),
        ("targeted_participants", "participants"),
        ("method_types", "method-types"),
        ("tools_techniques_types", "tools"),
        ("facetoface_online_or_both", "presence"),
        ("participants_interactions", "interactions"),
        ("learning_resources", "learning"),
        ("decision_methods", "decisions"),
        ("if_voting", "voting"),
        ("insights_outcomes", "outcomes"),
        ("organizer_types", "organizers"),
        ("change_types", "changes"),
        ("implementers_of_change", "implementers"),
    ];

    private static readonly Dictionary<string, string> OtherNames = new()
    {
        ["the netherlands"] = "NL",
        ["czech republic"] = "CZ",
        ["republic of korea"] = "KR",
        ["korea south"] = "KR",
        ["korea republic of"] = "KR",
        ["russian federation"] = "RU",
        ["viet nam"] = "VN",
        ["iran islamic republic of"] = "IR",
        ["tanzania united republic of"] = "TZ",
        ["bolivia plurinational state of"] = "BO",
        ["venezuela bolivarian republic of"] = "VE",
        ["moldova republic of"] = "MD",
        ["macedonia"] = "MK",
        ["republic of north macedonia"] = "MK",
        ["congo the democratic republic of the"] = "CD",
        ["democratic republic of the congo"] = "CD",
        ["palestine state of"] = "PS",
        ["palestinian territory"] = "PS",
        ["united states of america"] = "US",
        ["usa"] = "US",
        ["england"] = "GB",
        ["scotland"] = "GB",
        ["wales"] = "GB",
        ["northern ireland"] = "GB",
        ["uk"] = "GB",
        ["great britain"] = "GB",
        ["ivory coast"] = "CI",
        ["cape verde"] = "CV",
        ["burma"] = "MM",
        ["swaziland"] = "SZ",
        ["taiwan province of china"] = "TW",
        ["hong kong"] = "HK",
        ["macao"] = "MO",
        ["syrian arab republic"] = "SY",
        ["lao people s democratic republic"] = "LA",
        ["brunei darussalam"] = "BN",
        ["deutschland"] = "DE",
        ["osterreich"] = "AT",
        ["schweiz"] = "CH",
    };

    /// <summary>Puts the rows into <paramref name="into"/>, or says what keeps them out.</summary>
    public static IReadOnlyList<ImportRefusal> Read(
        IReadOnlyList<SourceRow> rows,
        Experience? into,
        out LocalizedText title
    )
    {
        var refused = new List<ImportRefusal>();
        SourceRow Where(string field) => rows.LastOrDefault(r => r.First(field) is not null) ?? rows[0];
        string? First(string field) => Where(field).First(field);
        void Refuse(string field, string rule, string? value) =>
            refused.Add(
                new(
                    Where(field).File,
                    Where(field).Number,
                    field,
                    rule,
                    value is { Length: > 80 } ? value[..80] : value
                )
            );

        var written = First("original_language")?.Split('-', '_')[0].ToLowerInvariant();
        var language = Language.TryParse(written, out var known) ? known : Language.English;
        var name = First("title") ?? Titled(rows.Select(r => r.First("address")).FirstOrDefault(a => a is not null));
        title = LocalizedText.Original(language, Cut(name, Experience.TitleMaxLength) ?? "");
        if (First("published") is { } published && IsFalse(published))
            Refuse("published", "experiences.import.unpublished", published);
        if (First("hidden") is { } hidden && IsTrue(hidden))
            Refuse("hidden", "experiences.import.hidden", hidden);
        var country = CountryOf(First("country") ?? First("country_best"));
        if (country == "")
            Refuse("country", "members.country-unknown", First("country") ?? First("country_best"));
        var (latitude, longitude) = (Degrees(First("latitude")), Degrees(First("longitude")));
        if (latitude is < -90 or > 90 || longitude is < -180 or > 180)
            Refuse("latitude", "experiences.latitude", First("latitude"));
        var city = Cut(
            First("city") ?? (First("city_best") is { } best && best != "Unknown" ? best : null),
            Experience.PlaceMaxLength
        );
        if (title.IsEmpty && (into is null || into.Title.IsEmpty))
        {
            // An editor will name it; where not even the place is known there is nothing to name it by.
            if (city is null && string.IsNullOrEmpty(country))
                Refuse("title", "experiences.title-missing", null);
            title = LocalizedText.Original(
                language,
                $"{string.Join(", ", ((string?[])[city, string.IsNullOrEmpty(country) ? null : Countries.NameOf(country, language)]).OfType<string>())} [{rows[0].Id}]"
            );
        }
        if (refused.Count > 0 || into is null)
            return refused;

        // What the files do not say stays as it is.
        LocalizedText Own(string? text) => LocalizedText.Original(language, text ?? "");
        into.Title = title.IsEmpty ? into.Title : title;
        into.WrittenIn =
            written is null ? into.WrittenIn
            : Language.TryParse(written, out _) ? null
            : written;
        into.Country = string.IsNullOrEmpty(country) ? into.Country : country;
        into.City = city ?? into.City;
        if (latitude is not null && longitude is not null && (latitude, longitude) != (0, 0))
            (into.Latitude, into.Longitude) = (latitude, longitude);
        (into.Start, into.End) = (Day(First("start_date")) ?? into.Start, Day(First("end_date")) ?? into.End);
        if (into.Start is { } start && into.End is { } end && end.CompareTo(start) < 0)
            into.End = null;
        into.IsOngoing = First("ongoing") is { } ongoing ? IsTrue(ongoing) : into.IsOngoing;
        into.Participants = long.TryParse(
            First("number_of_participants"),
            NumberStyles.None,
            CultureInfo.InvariantCulture,
            out var people
        )
            ? people
            : into.Participants;
        var said = Fields
            .SelectMany(f =>
                rows.SelectMany(r => r.All(f.Field)).Select(v => (f.Scheme, Term: SourceTerms.All.Find(f.Scheme, v)))
            )
            .Where(t => t.Term is { Length: > 0 })
            .ToList();
        into.Terms =
        [
            .. said.Select(t => t.Term!)
                .Concat(
                    into.Terms.Where(t => !said.Exists(s => t.StartsWith(s.Scheme + ":", StringComparison.Ordinal)))
                )
                .Distinct(),
        ];
        var (summary, narrative) = Told(
            rows.Select(r => r.First("htmlbody") ?? r.First("body")).LastOrDefault(b => b is not null)
        );
        into.Summary = Own(
            Cut(First("description") ?? summary ?? FirstSentence(narrative), Experience.SummaryMaxLength)
        )
            is { IsEmpty: false } told
            ? told
            : into.Summary;
        into.Narrative =
            narrative.Count == 0
                ? into.Narrative
                : narrative.ToDictionary(n => n.Key, n => Own(Cut(n.Value, Experience.TextMaxLength)));
        var links = rows.SelectMany(r => r.All("links").Concat(r.All("videos")).Concat(r.All("evaluation_links")))
            .Where(u =>
                Uri.TryCreate(u, UriKind.Absolute, out var uri)
                && uri.Scheme is "http" or "https"
                && u.Length <= MediaItem.UrlMaxLength
            )
            .Distinct()
            .Take(30)
            .ToList();
        into.Media =
            links.Count == 0
                ? into.Media
                :
                [
                    .. links.Select(u => new MediaItem(
                        null,
                        u,
                        new Uri(u).Host,
                        null,
                        LocalizedText.Empty,
                        null,
                        null
                    )),
                ];
        return refused;
    }

    /// <summary>Whether the files tell what it is called.</summary>
    public static bool IsNamed(IReadOnlyList<SourceRow> rows) =>
        rows.Any(r => r.First("title") is not null || Titled(r.First("address")) is not null);

    // "0° 0' 0\"" is how the export says that nobody knows.
    private static double? Degrees(string? text)
    {
        if (text is null)
            return null;
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var plain))
            return plain;
        if (Dms().Match(text) is not { Success: true } parts)
            return null;
        double Number(int i) => double.Parse(parts.Groups[i].Value, CultureInfo.InvariantCulture);
        var degrees = Number(1) + Number(2) / 60 + Number(3) / 3600;
        return parts.Groups[4].Value is "S" or "W" ? -degrees : degrees;
    }

    /// <summary>The country's code; null when none is said; empty when nobody knows it.</summary>
    private static string? CountryOf(string? said) =>
        said is null || said.Equals("Unknown", StringComparison.OrdinalIgnoreCase)
            ? null
            : Countries.Find(said)
                ?? OtherNames.GetValueOrDefault(Folding.Fold(said))
                ?? Elsewhere.Value.GetValueOrDefault(Folding.Fold(said))
                ?? "";

    // Cases are written in more languages than ours, and name their countries in them.
    private static readonly Lazy<Dictionary<string, string>> Elsewhere = new(() =>
    {
        var names = new Dictionary<string, string>();
        foreach (var code in Countries.All)
        foreach (
            var language in (string[])["de", "it", "nl", "zh", "pl", "tr", "ru", "sv", "da", "ja", "ko", "el", "ar"]
        )
            names.TryAdd(Folding.Fold(new RegionInfo($"{language}-{code}").NativeName), code);
        return names;
    });

    // An export's midnight on the first of January means the year, or is the day itself: nobody knows, and the day is
    // what it says.
    private static PartialDate? Day(string? text) =>
        text is { Length: >= 10 }
        && DateOnly.TryParseExact(
            text[..10],
            "yyyy-MM-dd",
            CultureInfo.InvariantCulture,
            DateTimeStyles.None,
            out var day
        )
        && day.Year is > 1000 and < 2200
            ? PartialDate.On(day)
        : PartialDate.TryParse(text, out var partial) ? partial
        : null;

    private static bool IsTrue(string text) => text.ToLowerInvariant() is "true" or "t" or "1" or "yes";

    private static bool IsFalse(string text) => text.ToLowerInvariant() is "false" or "f" or "0" or "no";

    // "/en/cases/array-things-chicago" names the case when nothing else does.
    private static string? Titled(string? address)
    {
        if (address is null || !address.Contains("/cases/", StringComparison.Ordinal))
            return null;
        var words = Uri.UnescapeDataString(address[(address.LastIndexOf('/') + 1)..]).Replace('-', ' ').Trim();
        return words.Length == 0 ? null : char.ToUpperInvariant(words[0]) + words[1..];
    }

    /// <summary>
    /// The body under our headings; what stands before the first heading is its summary when it is short, its problem
    /// and purpose otherwise.
    /// </summary>
    private static (string? Summary, Dictionary<NarrativeHeading, string> Narrative) Told(string? body)
    {
        var told = new Dictionary<NarrativeHeading, string>();
        if (string.IsNullOrWhiteSpace(body))
            return (null, told);
        var (heading, summary) = ((NarrativeHeading?)null, (string?)null);
        foreach (var part in Heading().Split(HtmlText.IsHtml(body) ? HtmlText.ToMarkdown(body) : body))
        {
            var text = part.Trim();
            if (text.StartsWith("###", StringComparison.Ordinal))
            {
                var end = text.IndexOf('\n', StringComparison.Ordinal);
                var said = (end < 0 ? text : text[..end]).Trim('#', ' ', '*');
                var rest = end < 0 ? "" : text[end..].Trim();
                if (HeadingOf(said) is { } meant)
                    (heading, text) = (meant, rest);
                else if (
                    Folding.Fold(said) is "summary" or "definition" or "introduction" or "zusammenfassung" or "overview"
                )
                {
                    summary ??= rest.Length == 0 ? null : rest;
                    (heading, text) = (
                        NarrativeHeading.Background,
                        summary == rest && rest.Length <= Experience.SummaryMaxLength ? "" : rest
                    );
                }
            }
            if (text.Length == 0)
                continue;
            var under = heading ?? NarrativeHeading.Background;
            told[under] = told.TryGetValue(under, out var before) ? $"{before}\n\n{text}" : text;
        }
        return (summary is null ? null : FirstSentence(new() { [NarrativeHeading.Background] = summary }), told);
    }

    private static NarrativeHeading? HeadingOf(string said)
    {
        var words = $" {Folding.Fold(said)} ";
        bool Has(params string[] any) => any.Any(a => words.Contains(a, StringComparison.Ordinal));
        return Has("problem", "purpose", "motivation", "ausgangs", " ziel") ? NarrativeHeading.Problem
            : Has("history", "background", "context", "hintergrund", "geschichte") ? NarrativeHeading.Background
            : Has("funding", "originating", "organiz", "organis", "supporting", "finanz") ? NarrativeHeading.Organizers
            : Has("recruitment", "participant selection", "selection", "teilnehmer") ? NarrativeHeading.Recruitment
            : Has("deliberation", "decisions", "public interaction", "entscheidung") ? NarrativeHeading.Deliberation
            : Has("method", "tools", "process", "verfahren", "format") ? NarrativeHeading.Methods
            : Has("influence", "outcome", "effects", "impact", "ergebnis", "wirkung") ? NarrativeHeading.Influence
            : Has("analysis", "lessons", "critici", "evaluation", "bewertung") ? NarrativeHeading.Lessons
            : Has("see also", "related cases") ? NarrativeHeading.SeeAlso
            : Has("reference", "sources", "bibliograph", "literatur", "quellen", "further reading")
                ? NarrativeHeading.References
            : Has("external link", " links ", "weblinks") ? NarrativeHeading.Links
            : Has("note", "anmerkung") ? NarrativeHeading.Notes
            : null;
    }

    private static string? FirstSentence(Dictionary<NarrativeHeading, string> narrative)
    {
        if (narrative.Count == 0)
            return null;
        var text = Marks()
            .Replace(narrative.OrderBy(n => n.Key).First().Value, m => m.Groups[1].Value)
            .Replace("\n", " ", StringComparison.Ordinal);
        var end = Sentence().Match(text) is { Success: true } first ? first.Index + 1 : text.Length;
        return Cut(text[..end].Trim(), Experience.SummaryMaxLength);
    }

    private static string? Cut(string? text, int most)
    {
        if (text is null || text.Length <= most)
            return text;
        var end = most - 1;
        if (char.IsHighSurrogate(text[end - 1]))
            end--;
        return text[..end] + "…";
    }

    [GeneratedRegex(@"^\s*([\d.]+)°\s*([\d.]+)'\s*([\d.]+)""?\s*([NSEW])?")]
    private static partial Regex Dms();

    [GeneratedRegex(@"(?m)(?=^#{3,6} )")]
    private static partial Regex Heading();

    [GeneratedRegex(@"\[([^\[\]]*)\]\(<[^<>]*>\)|[*#>]+|\\(?=[\\`*_\[\]<>&|~#])")]
    private static partial Regex Marks();

    [GeneratedRegex(@"(?<=.{60})[.!?](?=\s)")]
    private static partial Regex Sentence();
}
