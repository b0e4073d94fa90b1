using System.Text;
using System.Text.RegularExpressions;
using CsvHelper;
using MiniExcelLibs;
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

/// <summary>A column of a file: its heading, the first value below it, and which column of ours it means.</summary>
internal sealed record SheetColumn(string Heading, string Sample, string? Meaning);

/// <summary>
/// Reads rows of members from CSV or from the first sheet of an Excel workbook, one at a time: a file of any length
/// takes the same memory.
/// </summary>
internal sealed partial class MemberRows(ChoiceWords words)
{
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
    public IEnumerable<MemberRow> Read(
        Stream content,
        List<Refusal> refused,
        List<Refusal> notes,
        IReadOnlyDictionary<string, string>? map
    )
    {
        return IsWorkbook(content) ? Sheet(content, refused, notes, map) : Text(content, refused, notes, map);
    }

    private static bool IsWorkbook(Stream content)
    {
        var start = new byte[4];
        var length = content.ReadAtLeast(start, 4, throwOnEndOfStream: false);
        content.Position = 0;
        return length == 4 && start.AsSpan().SequenceEqual("PK\u0003\u0004"u8);
    }

    /// <summary>
    /// The file's columns in their order: the heading, the first value below it, and the column of ours that it means,
    /// if any.
    /// </summary>
    /// <param name="map">As for <see cref="Read"/>.</param>
    public static IReadOnlyList<SheetColumn> ReadColumns(Stream content, IReadOnlyDictionary<string, string>? map)
    {
        var (headings, first) = IsWorkbook(content) ? FirstOfSheet(content) : FirstOfText(content);
        content.Position = 0;
        return
        [
            .. headings.Select(
                (heading, i) =>
                    new SheetColumn(heading, i < first.Count ? first[i] : "", Meaning(Folding.Fold(heading), map))
            ),
        ];
    }

    private static (IReadOnlyList<string> Headings, IReadOnlyList<string> First) FirstOfText(Stream content)
    {
        using var csv = OpenText(content);
        var headings = csv.Headers.ToList();
        try
        {
            return csv.Read()
                ? (headings, [.. Enumerable.Range(0, csv.FieldCount).Select(i => csv.GetString(i) ?? "")])
                : (headings, []);
        }
        catch (CsvFormatException)
        {
            // Reading the rows says where.
            return (headings, []);
        }
    }

    private static (IReadOnlyList<string> Headings, IReadOnlyList<string> First) FirstOfSheet(Stream content)
    {
        using var rows = OpenSheet(content);
        List<string> CellsOf(int number) =>
            Next(rows, number) ? [.. rows.Current.Values.Select(c => Word(c) ?? "")] : [];
        return (CellsOf(1), CellsOf(2));
    }

    private static CsvReader OpenText(Stream content) =>
        CsvReader.Create(
            new StreamReader(
                content,
                EncodingOf(content),
                detectEncodingFromByteOrderMarks: true,
                bufferSize: 1 << 16,
                leaveOpen: true
            ),
            CsvReaderOptions.Default with
            {
                TrimWhitespace = true,
                MissingField = CsvMissingFieldHandling.ReturnEmpty,
                FieldCountMismatch = CsvFieldCountHandling.Allow,
                TrackLineNumbers = true,
                MaxRecordSize = 1 << 20,
            }
        );

    private IEnumerable<MemberRow> Text(
        Stream content,
        List<Refusal> refused,
        List<Refusal> notes,
        IReadOnlyDictionary<string, string>? map
    )
    {
        using var csv = OpenText(content);
        bool Next()
        {
            try
            {
                return csv.Read();
            }
            catch (CsvFormatException fault)
            {
                throw new RuleViolationException(
                    "members.import.unreadable",
                    ("line", csv.LineNumber),
                    ("reason", fault.GetType().Name)
                );
            }
        }
        var columns = ColumnsOf(csv.Headers, map);
        while (Next())
            if (ReadRow((int)csv.LineNumber, Cell, refused, notes) is { } row)
                yield return row;

        string? Cell(string column) =>
            columns.TryGetValue(column, out var i) && i < csv.FieldCount && csv.GetString(i) is { Length: > 0 } cell
                ? cell
                : null;
    }

    private IEnumerable<MemberRow> Sheet(
        Stream content,
        List<Refusal> refused,
        List<Refusal> notes,
        IReadOnlyDictionary<string, string>? map
    )
    {
        Dictionary<string, int>? columns = null;
        using (var rows = OpenSheet(content))
            for (var number = 1; Next(rows, number); number++)
            {
                var cells = rows.Current.Values.Select(Word).ToArray();
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

    private static IEnumerator<IDictionary<string, object?>> OpenSheet(Stream content)
    {
        try
        {
            Platform.Documents.InputGuard.DemandHarmless(
                content,
                MemberImport.MaxBytes * 8L,
                new("members.import.too-large", ("limit", MemberImport.MaxBytes >> 20))
            );
            return content.Query(useHeaderRow: false).Cast<IDictionary<string, object?>>().GetEnumerator();
        }
        catch (Exception fault) when (fault is InvalidDataException or System.Xml.XmlException)
        {
            throw new RuleViolationException(
                "members.import.unreadable",
                ("line", 0),
                ("reason", fault.GetType().Name)
            );
        }
    }

    private static bool Next(IEnumerator<IDictionary<string, object?>> rows, int number)
    {
        try
        {
            return rows.MoveNext();
        }
        catch (Exception fault) when (fault is not OutOfMemoryException)
        {
            throw new RuleViolationException(
                "members.import.unreadable",
                ("line", number),
                ("reason", fault.GetType().Name)
            );
        }
    }

    // A date in a sheet is a date; a year is a number.
    private static string? Word(object? cell) =>
        cell switch
        {
            null => null,
            DateTime date => date.TimeOfDay == TimeSpan.Zero ? $"{date:yyyy-MM-dd}" : $"{date:O}",
            IFormattable number => number.ToString(null, System.Globalization.CultureInfo.InvariantCulture),
            _ => cell.ToString()?.Trim() is { Length: > 0 } text ? text : null,
        };

    /// <summary>An empty word of the map leaves the column out.</summary>
    private static string? Meaning(string heading, IReadOnlyDictionary<string, string>? map) =>
        map?.GetValueOrDefault(heading) is { } said
            ? said.Length == 0
                ? null
                : Headings.ContainsKey(said)
                    ? said
                    : throw new RuleViolationException(
                        "members.import.unknown-column",
                        ("column", said),
                        ("known", string.Join(", ", Headings.Keys))
                    )
            : Headings.FirstOrDefault(h => h.Value.Contains(heading)).Key;

    private static Dictionary<string, int> ColumnsOf(
        IReadOnlyList<string> headings,
        IReadOnlyDictionary<string, string>? map
    )
    {
        var columns = headings
            .Select((heading, i) => (Name: Meaning(Folding.Fold(heading), map), i))
            .Where(c => c.Name is not null)
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

    /// <summary>
    /// UTF-8 with or without its byte order mark, UTF-16 with one; what is none of these is Windows-1252, which
    /// spreadsheets write in western countries.
    /// </summary>
    private static Encoding EncodingOf(Stream content)
    {
        var strict = new UTF8Encoding(false, throwOnInvalidBytes: true).GetDecoder();
        var (bytes, chars) = (new byte[1 << 16], new char[1 << 16]);
        try
        {
            int read;
            while ((read = content.Read(bytes)) > 0)
            {
                if (content.Position == read && read > 1 && (bytes[0], bytes[1]) is (0xFF, 0xFE) or (0xFE, 0xFF))
                    return Encoding.Unicode;
                strict.GetChars(bytes.AsSpan(0, read), chars, flush: false);
            }
            strict.GetChars([], chars, flush: true);
            return Encoding.UTF8;
        }
        catch (DecoderFallbackException)
        {
            return CodePagesEncodingProvider.Instance.GetEncoding(1252)!;
        }
        finally
        {
            content.Position = 0;
        }
    }

    // What spreadsheets show in place of a value they could not compute, in the five languages; and LibreOffice's
    // numbered errors.
    [GeneratedRegex(
        @"^(#N/[AD]|#NV|#[¡¿]?[\p{Lu}][\p{Lu}\d/_]*[!?]|#GETTING_DATA|Err:\d{3})$",
        RegexOptions.CultureInvariant
    )]
    private static partial Regex CellError();
}
