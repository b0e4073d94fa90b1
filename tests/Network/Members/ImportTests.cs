using System.Text;
using System.Text.Json;
using Plenaria.Imports;
using Plenaria.Members.Import;
using Plenaria.Platform.Places;

namespace Plenaria.Tests.Network.Members;

/// <summary>
/// Files of members as people have them: in the encodings, names, words and figures of their countries.
/// </summary>
public class ImportTests(SharedHosts houses) : IClassFixture<SharedHosts>
{
    private static Task<ImportResult> Import(
        TestHost house,
        byte[] content,
        bool isDryRun = true,
        string name = "members.csv"
    ) => house.Import(new MemoryStream(content), name, isDryRun, Language.Spanish);

    private static Task<ImportResult> Import(TestHost house, string csv, bool isDryRun = true) =>
        Import(house, Encoding.UTF8.GetBytes(csv), isDryRun);

    private static string[] Said(IEnumerable<RowFault> refused) =>
        [.. refused.Select(r => $"{r.Row} {r.Column} {r.Rule} {r.Value}")];

    private static DirectoryInfo Trial(string name) =>
        new(Path.Combine(Sources.Path(""), "..", "shared", "data", "trials", name));

    [Theory, BothDatabases]
    public async Task Bytes_that_are_no_utf8_are_windows_1252(Provider provider)
    {
        await using var house = await TestHost.Open(provider);
        const string csv =
            "nombre;país;ciudad\r\nAjuntament de l’Hospitalet;España;L’Hospitalet\r\nMairie d’Œuilly – Marne;Francia;Œuilly\r\n“Évora” €;Portugal;Évora\r\n";
        var result = await Import(
            house,
            CodePagesEncodingProvider.Instance.GetEncoding(1252)!.GetBytes(csv),
            isDryRun: false
        );
        Assert.Equal((3, 0), (result.Taken, result.Refused.Count));
        Assert.Contains(
            "Mairie d’Œuilly – Marne",
            (await house.Visit().Get("/fr/members?country=FR")).Text(".actions")
        );
        Assert.Contains("L’Hospitalet", (await house.Visit().Get("/es/members.csv?country=ES")).Body);
        // The same file in any declared or detectable encoding is the same file.
        foreach (
            var encoding in (Encoding[])
                [new UTF8Encoding(true), new UTF8Encoding(false), Encoding.Unicode, Encoding.BigEndianUnicode]
        )
            Assert.Equal(3, (await Import(house, [.. encoding.GetPreamble(), .. encoding.GetBytes(csv)])).Unchanged);
        // What Windows-1252 has no character for is refused, not stored.
        Assert.Equal(
            ["2 name site.not-usable"],
            (await Import(house, [.. "name,country\nVilla "u8, 0x81, 0xE9, .. ",ES\n"u8])).Refused.Select(r =>
                $"{r.Row} {r.Column} {r.Rule}"
            )
        );
    }

    [Fact]
    public void Countries_are_known_by_their_usual_names_in_five_languages_and_by_their_codes()
    {
        foreach (
            var (code, names) in ((string, string[])[])
                [
                    ("TR", ["Turkey", "Türkiye", "TUR", "tr", "República de Türkiye"]),
                    ("CI", ["Ivory Coast", "Côte d'Ivoire", "Costa de Marfil", "CIV"]),
                    (
                        "CD",
                        [
                            "Democratic Republic of the Congo",
                            "DR Congo",
                            "République démocratique du Congo",
                            "República Democrática del Congo",
                            "COD",
                            "Congo (Democratic Republic of the)",
                        ]
                    ),
                    ("CG", ["Republic of the Congo", "Congo", "COG", "République du Congo"]),
                    ("GB", ["UK", "U.K.", "United Kingdom", "Great Britain", "Regne Unit", "GBR"]),
                    (
                        "US",
                        [
                            "USA",
                            "U.S.A.",
                            "United States of America",
                            "Estados Unidos de América",
                            "EE. UU.",
                            "États-Unis",
                        ]
                    ),
                    ("KR", ["Republic of Korea", "South Korea", "Korea, Republic of", "KOR"]),
                    ("KP", ["Democratic People's Republic of Korea", "North Korea"]),
                    ("NL", ["The Netherlands", "Países Bajos", "Pays-Bas", "NLD"]),
                    ("PS", ["Palestine", "Palestina", "State of Palestine", "PSE"]),
                    ("BO", ["Bolivia (Plurinational State of)", "Bolivia", "Estado Plurinacional de Bolivia"]),
                    ("IR", ["Iran (Islamic Republic of)", "Islamic Republic of Iran"]),
                    ("TZ", ["Tanzania", "United Republic of Tanzania"]),
                    ("VE", ["Venezuela (Bolivarian Republic of)"]),
                    ("MD", ["Republic of Moldova", "Moldova"]),
                    ("ST", ["São Tomé e Príncipe", "Sao Tome and Principe", "São Tomé & Príncipe"]),
                    ("TT", ["Trinidad and Tobago", "Trinidad y Tobago"]),
                    ("LC", ["Saint Lucia", "St. Lucia", "Sainte-Lucie"]),
                    ("GW", ["Guinea Bissau", "Guinée-Bissau"]),
                    ("ES", ["Estat espanyol", "Kingdom of Spain", "Reino de España", "ESP"]),
                    ("CZ", ["Czech Republic", "Czechia", "República Txeca"]),
                    ("CV", ["Cape Verde", "Cabo Verde"]),
                    ("HK", ["Hong Kong"]),
                    ("MO", ["Macao"]),
                    ("DO", ["Dominican Republic", "República Dominicana"]),
                    ("DM", ["Dominica"]),
                    ("NE", ["Niger"]),
                    ("NG", ["Nigeria"]),
                    ("GM", ["The Gambia"]),
                    ("MM", ["Burma", "Myanmar"]),
                    ("SZ", ["Swaziland", "Eswatini"]),
                    ("MK", ["Macedonia", "North Macedonia"]),
                    ("CN", ["People's Republic of China", "China"]),
                ]
        )
        foreach (var name in names)
            Assert.True(Countries.Find(name) == code, $"{name}: {Countries.Find(name)}, not {code}");
        foreach (
            var nowhere in (string[])
                [
                    "Atlantis",
                    "Korea",
                    "Yugoslavia",
                    "USSR",
                    "Czechoslovakia",
                    "Norge",
                    "Republic",
                    "The",
                    "Zzz",
                    "XX",
                    "",
                    "East Germany",
                    "Catalonia",
                ]
        )
            Assert.True(Countries.Find(nowhere) is null, $"{nowhere}: {Countries.Find(nowhere)}");
        Assert.Equal(["MM"], Countries.FindFormer("Burma"));
        Assert.Equal(["CZ", "SK"], Countries.FindFormer("Txecoslovàquia"));
        Assert.Null(Countries.FindFormer("Spain"));
    }

    [Fact]
    public void Names_of_iso_3166_are_all_known()
    {
        var file = new FileInfo(Path.Combine(Sources.Path(""), "..", "shared", "data", "geo", "iso3166-1-names.json"));
        Assert.SkipUnless(file.Exists, "The list of names is not here.");
        using var content = file.OpenRead();
        var wrong = new List<string>();
        // Nobody governs Antarctica; and one name of the list is misspelt.
        foreach (
            var country in JsonDocument
                .Parse(content)
                .RootElement.EnumerateArray()
                .Where(c => c.GetProperty("alpha_2").GetString() != "AQ")
        )
        foreach (var key in (string[])["alpha_2", "alpha_3", "en", "es", "fr", "pt", "ca"])
            if (
                country.TryGetProperty(key, out var name)
                && !name.GetString()!.Contains("holandsea", StringComparison.Ordinal)
                && Countries.Find(name.GetString()) is var found
                && found != country.GetProperty("alpha_2").GetString()
            )
                wrong.Add($"{country.GetProperty("alpha_2")} {key} {name}: {found}");
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    [Theory, BothDatabases]
    public async Task Former_states_are_refused_with_what_they_are_now_and_renamed_ones_are_taken_by_their_present_name(
        Provider provider
    )
    {
        var house = await houses.On(provider);
        var result = await Import(
            house,
            "name,country\nTown 1,Yugoslavia\nTown 2,Burma\nTown 3,Atlantis\nTown 4,Spain\n"
        );
        Assert.Equal(2, result.Taken);
        Assert.Equal(
            ["2 country imports.former-country Yugoslavia", "4 country imports.country-unknown Atlantis"],
            Said(result.Refused)
        );
        Assert.Contains("Croacia", result.Refused[0].Choices!(Language.Spanish));
        Assert.Equal(["3 country imports.renamed-country Burma"], Said(result.Notes));
        Assert.Contains("Birman", result.Notes[0].Choices!(Language.French));
    }

    [Theory, BothDatabases]
    public async Task Population_is_read_in_any_grouping_and_kinds_in_the_words_of_the_interface(Provider provider)
    {
        var house = await houses.On(provider);
        (string Kind, string Population)[] given =
        [
            ("Gobierno local", "254.804"),
            ("Universidad", "18000"),
            ("Université ou centre de recherche", "1 234 567"),
            ("Collectivité locale", "1,234,567"),
            ("societat civil", "1'234'567"),
            ("REDE", "1’234’567"),
            ("local government", "1\u202F234\u202F567"),
            ("Other", "20 000,00"),
            ("CivilSociety", "Metropolis"),
            ("Network", "De 20.000 a 100.000 habitantes"),
            ("Castle", "1.23.456"),
            ("", "1.234,567"),
            ("", "many"),
            ("", "0"),
            ("", "-5"),
            ("", "1,2 millones"),
        ];
        var rows = string.Join('\n', given.Select((r, i) => $"Villa {i};ES;{r.Kind};{r.Population}"));
        var result = await Import(house, $"nombre;país;tipo;población\n{rows}\n");
        Assert.Equal(10, result.Taken);
        string[] figures = ["1.23.456", "1.234,567", "many", "0", "-5", "1,2 millones"];
        Assert.Equal(
            (string[])
                [
                    "12 kind members.import.unknown-choice Castle",
                    .. figures.Select((f, i) => $"{12 + i} population members.import.unknown-population {f}"),
                ],
            Said(result.Refused)
        );
        Assert.Contains("Gobierno local", result.Refused[0].Choices!(Language.Spanish));
        foreach (
            var (inhabitants, expected) in ((long, string)[])
                [
                    (1, "Small"),
                    (19_999, "Small"),
                    (20_000, "Medium"),
                    (100_000, "Medium"),
                    (100_001, "Large"),
                    (500_001, "VeryLarge"),
                    (1_000_001, "Metropolis"),
                ]
        )
            Assert.Equal(expected, PopulationFigure.ClassOf(inhabitants).ToString());
    }

    [Theory, BothDatabases]
    public async Task A_cell_that_holds_an_error_refuses_its_row_in_a_workbook_and_in_csv(Provider provider)
    {
        var house = await houses.On(provider);
        string[] errors =
        [
            "#N/A",
            "#N/D",
            "#REF!",
            "#¡REF!",
            "#VALUE!",
            "#¡VALOR!",
            "#DIV/0!",
            "#NAME?",
            "#¿NOMBRE?",
            "#NOM?",
            "#NUM!",
            "#NULL!",
            "#SPILL!",
            "#GETTING_DATA",
            "Err:502",
        ];
        var result = await Import(
            house,
            "name,country,city\n"
                + string.Concat(errors.Select((e, i) => i % 2 == 0 ? $"{e},ES,\n" : $"Town {i},ES,{e}\n"))
                + "#1 City,ES,\n"
        );
        Assert.Equal((1, errors.Length), (result.Taken, result.Refused.Count));
        Assert.All(result.Refused, r => Assert.Equal("imports.cell-error", r.Rule));
        using var sheet = new MemoryStream();
        await MiniExcelLibs.MiniExcel.SaveAsAsync(
            sheet,
            new[]
            {
                new Dictionary<string, object?>
                {
                    ["name"] = "Town",
                    ["country"] = "ES",
                    ["population"] = 254804d,
                },
                new Dictionary<string, object?>
                {
                    ["name"] = "#N/A",
                    ["country"] = "ES",
                    ["population"] = null,
                },
            }
        );
        Assert.Equal(
            ["3 name imports.cell-error #N/A"],
            Said((await Import(house, sheet.ToArray(), name: "members.xlsx")).Refused)
        );
    }

    [Theory, BothDatabases]
    public async Task The_files_that_went_wrong_are_taken_as_they_should_be(Provider provider)
    {
        Assert.SkipUnless(Trial("01-csv-cp1252").Exists, "The data of others is not here.");
        var house = await houses.On(provider);
        async Task<(int, string)> Try(string folder, string file)
        {
            var result = await Import(
                house,
                await File.ReadAllBytesAsync(Path.Combine(Trial(folder).FullName, file)),
                name: file
            );
            return (result.Taken, string.Join('\n', result.Refused.Select(r => $"{r.Row} {r.Column} {r.Rule}")));
        }
        Assert.Equal((3, ""), await Try("01-csv-cp1252", "members.csv"));
        Assert.Equal((2, ""), await Try("02-csv-sep", "members.csv"));
        Assert.Equal((2, ""), await Try("02-csv-sep", "no-sep.csv"));
        Assert.Equal((42, ""), await Try("04-country-names", "members.csv"));
        Assert.Equal((3, ""), await Try("04b-population-and-kind", "miembros.csv"));
        Assert.Equal((6, ""), await Try("32-letters-without-decomposition", "members.csv"));
        var (_, errors) = await Try("03-xlsx-error-cells", "members.xlsx");
        Assert.NotEmpty(errors);
        Assert.All(errors.Split('\n'), e => Assert.EndsWith("imports.cell-error", e));
        // A date typed as text that two countries read differently is no date.
        Assert.Equal((5, "7 since imports.date-ambiguous"), await Try("03-xlsx-error-cells", "dates.xlsx"));
    }
}
