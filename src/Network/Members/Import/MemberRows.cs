using System.Text.RegularExpressions;
using Plenaria.Platform.Places;
using Plenaria.Platform.Site;

namespace Plenaria.Members.Import;

/// <summary>A row of a file of members, read and found good.</summary>
internal sealed record MemberRow(
    int Number,
    string Name,
    string Country,
    MemberKind Kind,
    MemberClass Class,
    string? City,
    PopulationClass? Population,
    string? Website,
    PartialDate? Since
)
{
    public string Match => Member.MatchOf(Name, Country);
}

/// <summary>
/// What a file's columns mean where somebody said it: by heading, folded, or by position, in which an empty word leaves
/// the column out.
/// </summary>
internal sealed record ColumnMap(
    IReadOnlyDictionary<string, string>? ByHeading = null,
    IReadOnlyList<string>? ByPosition = null
);

/// <summary>A column of a file: its heading, the first value below it, and which column of ours it means.</summary>
internal sealed record SheetColumn(string Heading, string Sample, string? Meaning);

/// <summary>
/// Reads rows of members from CSV or from the first sheet of an Excel workbook, one at a time: a file of any length
/// takes the same memory.
/// </summary>
internal sealed partial class MemberRows(ChoiceWords words)
{
    private const int MaxColumns = 200,
        MaxShown = 100;

    private static readonly Dictionary<string, string[]> Headings = new()
    {
        ["name"] =
        [
            "name",
            "institution",
            "nom",
            "nombre",
            "nome",
            "institucion",
            "institucio",
            "instituicao",
            "membre",
            "miembro",
            "member",
            "name of the institution",
            "nom de la institucio",
            "nombre de la institucion",
            "nom de l institution",
            "nome da instituicao",
        ],
        ["country"] = ["country", "pais", "pays", "code", "codi", "codigo"],
        ["kind"] = ["kind", "type", "tipus", "tipo"],
        ["class"] = ["class", "membership", "classe", "clase"],
        ["city"] = ["city", "ciutat", "ciudad", "ville", "cidade", "town"],
        ["population"] = ["population", "poblacio", "poblacion", "populacao", "inhabitants", "habitants", "habitantes"],
        ["website"] = ["website", "web", "site", "url", "web site", "sitio web", "lloc web", "site web"],
        ["since"] =
        [
            "since",
            "member since",
            "des de",
            "desde",
            "depuis",
            "joined",
            "miembro desde",
            "membro desde",
            "membre des de",
            "membre depuis",
            "any d adhesio",
            "ano de adhesion",
            "annee d adhesion",
            "ano de adesao",
        ],
    };

    /// <summary>The columns that a file may have; it needs <c>name</c> and <c>country</c>.</summary>
    public static IReadOnlyCollection<string> Columns => Headings.Keys;

    /// <summary>The good rows in order; each fault of the others is told to <paramref name="refused"/>.</summary>
    /// <exception cref="RuleViolationException">It is no table, or a column that is needed is missing.</exception>
    public IEnumerable<MemberRow> Read(Stream content, List<Refusal> refused, List<Refusal> notes, ColumnMap? map)
    {
        return SheetReader.IsWorkbook(content)
            ? Sheet(content, refused, notes, map)
            : Text(content, refused, notes, map);
    }

    /// <summary>
    /// The file's columns in their order: the heading, the first value below it, and the column of ours that it means,
    /// if any.
    /// </summary>
    /// <exception cref="RuleViolationException">It is no table, or has more columns than a list of members.</exception>
    public static IReadOnlyList<SheetColumn> ReadColumns(Stream content)
    {
        var (headings, first) = SheetReader.ReadFirst(content);
        content.Position = 0;
        if (headings.Count is 0 or > MaxColumns || headings.Any(h => h.Any(char.IsControl)))
            throw new RuleViolationException("members.import.no-table");
        return
        [
            .. headings.Select(
                (heading, i) =>
                    new SheetColumn(
                        Folding.Cut(heading, MaxShown),
                        Folding.Cut(i < first.Count ? first[i] : "", MaxShown),
                        Meaning(Folding.Fold(heading), null)
                    )
            ),
        ];
    }

    private IEnumerable<MemberRow> Text(Stream content, List<Refusal> refused, List<Refusal> notes, ColumnMap? map)
    {
        using var csv = SheetReader.OpenText(content);
        var columns = ColumnsOf(SheetReader.HeadersOf(csv), map);
        while (SheetReader.Next(csv))
            if (ReadRow((int)csv.LineNumber, Cell, refused, notes) is { } row)
                yield return row;

        string? Cell(string column) =>
            columns.TryGetValue(column, out var i) && i < csv.FieldCount && csv.GetString(i) is { Length: > 0 } cell
                ? cell
                : null;
    }

    private IEnumerable<MemberRow> Sheet(Stream content, List<Refusal> refused, List<Refusal> notes, ColumnMap? map)
    {
        Dictionary<string, int>? columns = null;
        using (var rows = SheetReader.OpenSheet(content))
            for (var number = 1; SheetReader.Next(rows, number); number++)
            {
                var cells = rows.Current.Values.Select(SheetReader.Word).ToArray();
                if (columns is null)
                    columns = ColumnsOf([.. cells.Select(c => c ?? "")], map);
                else if (cells.Any(c => c is not null) && ReadRow(number, Cell, refused, notes) is { } row)
                    yield return row;

                string? Cell(string column) =>
                    columns.TryGetValue(column, out var i) && i < cells.Length ? cells[i] : null;
            }
        if (columns is null)
            ColumnsOf([], map);
    }

    private static string? Meaning(string heading, IReadOnlyDictionary<string, string>? map) =>
        map?.GetValueOrDefault(heading) is { } said
            ? Headings.ContainsKey(said)
                ? said
                : throw new RuleViolationException(
                    "members.import.unknown-column",
                    ("column", said),
                    ("known", string.Join(", ", Headings.Keys))
                )
            : Headings.FirstOrDefault(h => h.Value.Contains(heading)).Key;

    private static Dictionary<string, int> ColumnsOf(IReadOnlyList<string> headings, ColumnMap? map)
    {
        if (headings.Count > MaxColumns)
            throw new RuleViolationException("members.import.no-table");
        var columns = headings
            .Select(
                (heading, i) =>
                    (
                        Name: map?.ByPosition is { } said
                            ? said.ElementAtOrDefault(i)
                            : Meaning(Folding.Fold(heading), map?.ByHeading),
                        i
                    )
            )
            .Where(c => !string.IsNullOrEmpty(c.Name))
            .GroupBy(c => c.Name!)
            .ToDictionary(g => g.Key, g => g.First().i);
        foreach (var needed in (string[])["name", "country"])
            if (!columns.ContainsKey(needed))
                throw new RuleViolationException(
                    "members.import.no-column",
                    ("column", needed),
                    ("found", string.Join(", ", headings))
                );
        return columns;
    }

    private MemberRow? ReadRow(int number, Func<string, string?> cell, List<Refusal> refused, List<Refusal> notes)
    {
        var before = refused.Count;
        Refusal At(string column, string rule, Func<Language, string>? choices = null) =>
            new(number, column, rule, cell(column) is { Length: > 80 } value ? value[..80] : cell(column))
            {
                Choices = choices,
            };
        void Refuse(string column, string rule, Func<Language, string>? choices = null) =>
            refused.Add(At(column, rule, choices));
        // A formula that failed says nothing about the institution, in whichever cell it stands.
        foreach (var column in Headings.Keys.Where(c => cell(c) is { } text && CellError().IsMatch(text.Trim())))
            Refuse(column, "members.import.cell-error");
        if (refused.Count > before)
            return null;
        string? Text(string column, int most)
        {
            // An export keeps formulas from running by an apostrophe before them; here it goes again.
            var text =
                cell(column) is { } c && c.StartsWith('\'') && c.Length > 1 && c[1] is '=' or '+' or '-' or '@'
                    ? cell(column)![1..]
                    : cell(column);
            if (text?.Length > most)
                Refuse(column, "members.import.too-long");
            if (text?.Any(char.IsControl) == true)
                Refuse(column, "site.not-usable");
            return text;
        }
        T? Choice<T>(string column)
            where T : struct, Enum
        {
            if (cell(column) is not { } text)
                return null;
            if (words.Find<T>(text) is { } value)
                return value;
            Refuse(column, "members.import.unknown-choice", words.Choices<T>);
            return null;
        }
        PopulationClass? Population()
        {
            if (cell("population") is not { } text)
                return null;
            if (words.Find<PopulationClass>(text) is { } named)
                return named;
            if (PopulationFigure.Read(text) is { } inhabitants)
                return PopulationFigure.ClassOf(inhabitants);
            Refuse("population", "members.import.unknown-population", words.Choices<PopulationClass>);
            return null;
        }
        var (name, country) = (Text("name", Member.NameMaxLength), Countries.Find(cell("country")));
        if (name is null)
            Refuse("name", "members.name-missing");
        var former = Countries.FindFormer(cell("country"));
        Func<Language, string>? now = former is null
            ? null
            : reader => string.Join(", ", former.Select(c => Countries.NameOf(c, reader)));
        if (country is null && former is not null)
            Refuse("country", "members.import.former-country", now);
        else if (country is null)
            Refuse("country", cell("country") is null ? "members.country-missing" : "members.country-unknown");
        var site = WebAddress.Of(Text("website", Member.WebsiteMaxLength));
        if (cell("website") is not null && site is null)
            Refuse("website", "site.web-address");
        PartialDate? since = null;
        if (cell("since") is { } date)
            if (PartialDate.TryParseIso(date, out var read))
                since = read;
            else
                Refuse("since", "site.date-form");
        var row = (
            Kind: Choice<MemberKind>("kind") ?? MemberKind.LocalGovernment,
            Class: Choice<MemberClass>("class") ?? MemberClass.Associate,
            City: Text("city", Member.CityMaxLength),
            Population: Population()
        );
        if (refused.Count > before)
            return null;
        if (former is not null)
            notes.Add(At("country", "members.import.renamed-country", now));
        return new(number, name!, country!, row.Kind, row.Class, row.City, row.Population, site, since);
    }

    [GeneratedRegex(
        @"^(#N/[AD]|#NV|#[¡¿]?[\p{Lu}][\p{Lu}\d/_]*[!?]|#GETTING_DATA|Err:\d{3})$",
        RegexOptions.CultureInvariant
    )]
    private static partial Regex CellError();
}
