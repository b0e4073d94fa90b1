using Plenaria.Imports;
using Plenaria.Members;
using Plenaria.Thesaurus;

namespace Plenaria.Experiences.Import;

/// <summary>A row of a table of practices, read and found good.</summary>
internal sealed record PracticeRow(
    int Number,
    Language Language,
    string Title,
    string? Summary,
    MemberLine? Member,
    string? City,
    string? Country,
    PartialDate? Year,
    IReadOnlyList<string> Terms,
    string? Link
)
{
    /// <summary>By what the same practice is known again.</summary>
    public string Match => MatchOf(Title, Country);

    public static string MatchOf(string title, string? country) => $"{Folding.Fold(title)}|{country}";
}

/// <summary>Reads practices from the rows of a table.</summary>
internal sealed class PracticeRows(IMembers members, ThesaurusService thesaurus)
{
    private static readonly char[] Separators = [';', '|', '\n'];

    private Dictionary<string, string>? _terms;

    /// <summary>The columns that a file may have.</summary>
    public static IReadOnlyList<ImportColumn> Columns { get; } =
    [
        Column("title", ["title", "titol", "titulo", "titre", "name", "nom", "nombre", "nome"], isNeeded: true),
        Column(
            "summary",
            ["summary", "abstract", "resum", "resumen", "resume", "resumo", "description", "descripcion"]
        ),
        Column(
            "member",
            ["member", "membre", "miembro", "membro", "institution", "institucio", "institucion", "instituicao"]
        ),
        Column(
            "city",
            ["city", "ciutat", "ciudad", "ville", "cidade", "town", "place", "lloc", "lugar", "lieu", "local"]
        ),
        Column("country", ["country", "pais", "pays"]),
        Column("year", ["year", "any", "ano", "annee", "start", "inici", "inicio", "debut", "since", "date"]),
        Column("topics", ["topics", "topic", "temes", "temas", "tema", "themes", "theme", "subjects", "tags"]),
        Column("link", ["link", "links", "url", "web", "website", "enllac", "enlace", "lien", "ligacao"]),
        Column("language", ["language", "llengua", "idioma", "lengua", "langue", "lingua"]),
    ];

    /// <summary>The practice; null where the row breaks a rule, which it is told.</summary>
    public async Task<PracticeRow?> ReadAsync(ImportRow row, Language fileLanguage, CancellationToken cancel)
    {
        var title = row.Text("title", Experience.TitleMaxLength);
        if (title is null)
            row.Refuse("title", "experiences.title-missing");
        var summary = row.Text("summary", Experience.SummaryMaxLength);
        var member = await members.Find(row["member"], cancel);
        if (member is null && row["member"] is not null)
            row.Note("member", "experiences.import.no-member");
        var practice = new PracticeRow(
            row.Number,
            LanguageOf(row) ?? fileLanguage,
            title ?? "",
            summary,
            member,
            row.Text("city", Experience.PlaceMaxLength) ?? member?.City,
            row.Country("country") ?? member?.Country,
            row.Date("year"),
            await TermsOfAsync(row, cancel),
            row.WebAddress("link", MediaItem.UrlMaxLength)
        );
        return row.IsRefused ? null : practice;
    }

    private static Language? LanguageOf(ImportRow row)
    {
        if (row["language"] is not { } text)
            return null;
        foreach (var language in Language.All)
            if (Folding.Fold(text) == language.Code || Folding.Fold(text) == Folding.Fold(language.OwnName))
                return language;
        row.Refuse(
            "language",
            "experiences.import.language",
            _ => string.Join("; ", Language.All.Select(l => l.OwnName))
        );
        return null;
    }

    /// <summary>The terms of the thesaurus; a word that it does not know is told and left out.</summary>
    private async Task<IReadOnlyList<string>> TermsOfAsync(ImportRow row, CancellationToken cancel)
    {
        if (row["topics"] is not { } text)
            return [];
        _terms ??= NamesOf(await thesaurus.Read(cancel));
        var terms = new List<string>();
        foreach (
            var word in text.Split(Separators, StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
        )
            if (_terms.TryGetValue(Folding.Fold(word), out var term))
                terms.Add(term);
            else
                row.Note("topics", "experiences.import.no-topic", _ => word);
        return [.. terms.Distinct()];
    }

    // Of a word that several vocabularies have, topics and issues come first.
    private static Dictionary<string, string> NamesOf(Vocabulary vocabulary)
    {
        var names = new Dictionary<string, string>();
        foreach (
            var concept in vocabulary
                .All.Where(c => !c.IsDeprecated)
                .OrderBy(c =>
                    c.Scheme is "topics" ? 0
                    : c.Scheme is "issues" ? 1
                    : 2
                )
        )
        foreach (var name in Language.All.SelectMany(concept.NamesIn).Append(concept.Code))
            names.TryAdd(Folding.Fold(name), concept.Code);
        return names;
    }

    private static ImportColumn Column(string key, IReadOnlyCollection<string> headings, bool isNeeded = false) =>
        new(key, $"experiences.import.column.{key}", headings, isNeeded);
}
