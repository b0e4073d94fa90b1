using Plenaria.Imports;

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

/// <summary>Reads members from the rows of a table.</summary>
internal sealed class MemberRows(ChoiceWords words)
{
    /// <summary>The columns that a file may have.</summary>
    public static IReadOnlyList<ImportColumn> Columns { get; } =
    [
        Column(
            "name",
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
            isNeeded: true
        ),
        Column("country", ["country", "pais", "pays", "code", "codi", "codigo"], isNeeded: true),
        Column("kind", ["kind", "type", "tipus", "tipo"]),
        Column("class", ["class", "membership", "classe", "clase"]),
        Column("city", ["city", "ciutat", "ciudad", "ville", "cidade", "town"]),
        Column(
            "population",
            ["population", "poblacio", "poblacion", "populacao", "inhabitants", "habitants", "habitantes"]
        ),
        Column("website", ["website", "web", "site", "url", "web site", "sitio web", "lloc web", "site web"]),
        Column(
            "since",
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
            ]
        ),
    ];

    /// <summary>The member; null where the row breaks a rule, which it is told.</summary>
    public MemberRow? Read(ImportRow row)
    {
        T? Choice<T>(string column)
            where T : struct, Enum
        {
            if (row[column] is not { } text)
                return null;
            if (words.Find<T>(text) is { } value)
                return value;
            row.Refuse(column, "members.import.unknown-choice", words.Choices<T>);
            return null;
        }
        var name = row.Text("name", Member.NameMaxLength);
        if (name is null)
            row.Refuse("name", "members.name-missing");
        var country = row.Country("country");
        if (row["country"] is null)
            row.Refuse("country", "members.country-missing");
        var member = (
            Website: row.WebAddress("website", Member.WebsiteMaxLength),
            Since: row.Date("since"),
            Kind: Choice<MemberKind>("kind") ?? MemberKind.LocalGovernment,
            Class: Choice<MemberClass>("class") ?? MemberClass.Associate,
            City: row.Text("city", Member.CityMaxLength),
            Population: PopulationOf(row)
        );
        return row.IsRefused
            ? null
            : new(
                row.Number,
                name!,
                country!,
                member.Kind,
                member.Class,
                member.City,
                member.Population,
                member.Website,
                member.Since
            );
    }

    private PopulationClass? PopulationOf(ImportRow row)
    {
        if (row["population"] is not { } text)
            return null;
        if (words.Find<PopulationClass>(text) is { } named)
            return named;
        if (PopulationFigure.Read(text) is { } inhabitants)
            return PopulationFigure.ClassOf(inhabitants);
        row.Refuse("population", "members.import.unknown-population", words.Choices<PopulationClass>);
        return null;
    }

    private static ImportColumn Column(string key, IReadOnlyCollection<string> headings, bool isNeeded = false) =>
        new(key, $"members.import.column.{key}", headings, isNeeded);
}
