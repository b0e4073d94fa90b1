using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Plenaria.Imports;
using Plenaria.Members;
using Plenaria.Members.Offices;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;

namespace Plenaria.Tests.Network.Members;

public class MemberTests(SharedHosts houses) : IClassFixture<SharedHosts>
{
    private static (string, string)[] Form(string name, string country) =>
        [
            ("Input.Name", name),
            ("Input.Kind", "University"),
            ("Input.Country", country),
            ("Input.City", "Montréal"),
            ("Input.Population", "Metropolis"),
            ("Input.Website", "www.example.org"),
            ("Input.Class", "Collaborating"),
            ("Input.Since", "2020-02"),
        ];

    internal static async Task<List<string>> Faults(TestHost house) =>
        await house.Within(async services =>
        {
            var faults = new List<string>();
            await foreach (var fault in MemberCheck.Faults(services, default))
                faults.Add(fault);
            return faults;
        });

    [Theory, BothDatabases]
    public async Task A_member_is_added_found_leaves_and_comes_back_with_both_periods_kept(Provider provider)
    {
        await using var house = await TestHost.Open(provider);
        var staff = await house.Visit(Role.Staff);
        var total = JsonDocument
            .Parse((await house.Visit().Get("/api/v1/composition")).Body)
            .RootElement.GetProperty("total")
            .GetInt64();
        var added = await staff.Submit("/fr/members/new", "main form", Form("Université de l’Île", "canadá"));
        Assert.Equal("/fr/members/universite-de-l-ile", added.Location);
        var page = await house.Visit().Get("/en/members/universite-de-l-ile");
        Assert.Contains("Montréal, Canada", page.Text(".page-head"));
        Assert.Contains("https://www.example.org/", page.Text("dd"));
        Assert.Contains(
            "Université de l’Île",
            (await house.Visit().Get("/pt/members?q=ILE&country=CA&kind=University")).Text(".actions")
        );
        Assert.Equal(
            total + 1,
            JsonDocument
                .Parse((await house.Visit().Get("/api/v1/composition")).Body)
                .RootElement.GetProperty("total")
                .GetInt64()
        );

        var edit = await staff.Get("/en/members/universite-de-l-ile/edit");
        Assert.Equal(
            HttpStatusCode.UnprocessableEntity,
            (await staff.Press(edit, "section form", "Leave", ("On", "2999"))).Status
        );
        Assert.Equal(
            HttpStatusCode.Redirect,
            (await staff.Press(edit, "section form", "Leave", ("On", "2026-01"), ("Reason", "It merged"))).Status
        );
        Assert.Contains("until", (await house.Visit().Get("/en/members/universite-de-l-ile")).Text("[role=note]"));
        Assert.DoesNotContain("Université de l’Île", (await house.Visit().Get("/pt/members?q=ile")).Text(".actions"));
        // The form opened before is out of date by now, and said to be.
        Assert.Equal(
            HttpStatusCode.UnprocessableEntity,
            (await staff.Press(edit, "section form", "Leave", ("On", "2026-02"))).Status
        );

        Assert.Equal(
            HttpStatusCode.Redirect,
            (
                await staff.Press(
                    await staff.Get("/en/members/universite-de-l-ile/edit"),
                    "section form",
                    "Rejoin",
                    ("AsWhat", "Promoter"),
                    ("On", "2026-03")
                )
            ).Status
        );
        var periods = JsonDocument
            .Parse((await house.Visit().Get("/api/v1/members/universite-de-l-ile")).Body)
            .RootElement.GetProperty("periods")
            .EnumerateArray()
            .Select(p => $"{p.GetProperty("class")} {p.GetProperty("from")} {p.GetProperty("until")}");
        Assert.Equal(["collaborating 2020-02 2026-01", "promoter 2026-03 "], periods.OrderBy(p => p));
        Assert.Empty(await Faults(house));
    }

    [Theory, BothDatabases]
    public async Task Whoever_works_for_an_office_reaches_its_territory_and_no_further(Provider provider)
    {
        await using var house = await TestHost.Open(provider);
        await house.Within(async services =>
        {
            var (db, accounts) = (services.GetRequiredService<PlenariaDb>(), services.GetRequiredService<Accounts>());
            var account = db.Set<Account>().Single(a => a.Email == "regional@example.org");
            db.RemoveRange(db.Set<AccountGrant>().Where(g => g.AccountId == account.Id));
            var office = db.Set<RegionalOffice>().Single(o => o.Slug == "porto-alegre");
            services
                .GetRequiredService<Plenaria.Platform.Journal.Journal>()
                .Append(house.Acting(), account.Stream, "access.role-revoked", null, new { });
            await db.SaveChangesAsync();
            await accounts.Grant(
                account.Id,
                Role.Regional,
                Scope.Of(office.Id),
                "Porto Alegre",
                house.Acting(),
                default
            );
            await db.SaveChangesAsync();
        });
        var regional = await house.Visit(Role.Regional);
        Assert.Equal(
            HttpStatusCode.Redirect,
            (await regional.Submit("/es/members/new", "main form", Form("Municipalidad de Rosario", "AR"))).Status
        );
        Assert.Equal(
            HttpStatusCode.Forbidden,
            (await regional.Submit("/es/members/new", "main form", Form("Ville de Lyon", "FR"))).Status
        );
        Assert.Equal(HttpStatusCode.OK, (await regional.Get("/es/members/municipalidad-de-rosario/edit")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await regional.Get("/es/members/ajuntament-de-barcelona/edit")).Status);
        // Nor is a member carried out of the territory.
        Assert.Equal(
            HttpStatusCode.Forbidden,
            (
                await regional.Submit(
                    "/es/members/municipalidad-de-rosario/edit",
                    "main > form",
                    ("Input.Country", "FR")
                )
            ).Status
        );
    }

    [Fact]
    public async Task What_cannot_be_a_member_is_refused_beside_the_field_and_stays_typed()
    {
        var house = await houses.On(Provider.Sqlite);
        var staff = await house.Visit(Role.Staff);
        var refused = await staff.Submit(
            "/ca/members/new",
            "main form",
            ("Input.Name", "Vila"),
            ("Input.Country", "Atlàntida"),
            ("Input.Website", "javascript:alert(1)"),
            ("Input.Since", "ahir")
        );
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        Assert.Equal(3, refused.Page.QuerySelectorAll(".field-validation-error").Length);
        Assert.Equal("Atlàntida", refused.Page.QuerySelector("#Input_Country")!.GetAttribute("value"));
    }

    [Theory, BothDatabases]
    public async Task Pages_of_a_long_list_hold_everybody_once_in_the_order_of_names(Provider provider)
    {
        // The last of the beginnings is a Cyrillic letter: its names come last, their slugs do not.
        await using var house = await TestHost.Open(provider);
        var file =
            "name,country\n"
            + string.Concat(
                Enumerable
                    .Range(0, 130)
                    .Select(i =>
                        $"{((string[])["Éa", "ea", "Eb", "Œe", "Эe"])[i % 5]} {i:000},{(i % 2 == 0 ? "FR" : "sénégal")}\n"
                    )
            );
        await house.Import(file);
        var (names, path) = (new List<string>(), "/en/members?q=e");
        for (var page = 0; page < 9 && path is not null; page++)
        {
            var answer = await house.Visit().Get(path);
            names.AddRange(answer.Page.QuerySelectorAll(".actions li > a").Select(e => e.TextContent.Trim()));
            path = answer.Page.QuerySelector("a[rel=next]")?.GetAttribute("href");
        }
        Assert.Equal(names.Count, names.Distinct().Count());
        var ours = names.Where(n => n.Length == 6 && char.IsDigit(n[^1])).ToList();
        Assert.Equal(130, ours.Count);
        Assert.Equal(ours.Order(StringComparer.Create(Language.English.Culture, ignoreCase: true)), ours);
        // All that the figures say is behind them: the JSON pages hold as many as the composition counts.
        var (count, next) = (0, "/api/v1/members");
        while (next is not null)
        {
            var json = JsonDocument.Parse((await house.Visit().Get(next)).Body).RootElement;
            count += json.GetProperty("members").GetArrayLength();
            next = json.GetProperty("next").GetString();
        }
        Assert.Equal(
            JsonDocument
                .Parse((await house.Visit().Get("/api/v1/composition")).Body)
                .RootElement.GetProperty("total")
                .GetInt64(),
            count
        );
        Assert.Equal(count + 2, (await house.Visit().Get("/en/members.csv")).Body.Split('\n').Length);
        Assert.Empty(await Faults(house));
    }

    [Theory, BothDatabases]
    public async Task A_file_is_taken_once_its_faults_are_named_and_a_formula_does_not_leave_as_one(Provider provider)
    {
        await using var house = await TestHost.Open(provider);
        const string file =
            "Institución;País;Tipo;Web;Desde\nVille de Thiès;Sénégal;local government;thies.example.org;2012\n=1+1 City;Portugal;;;\nNowhere;Atlantis;;;\nVille de THIES;SN;;;\nSeoul;kr;castle;;\nOslo;Norge;;;13/2012\nPorto;PT;university;;2012-06\n";
        var dry = await house.Import(file, isDryRun: true);
        Assert.Equal((3, 0, 0), (dry.Taken, dry.Changed, dry.Unchanged));
        Assert.Equal(
            [
                "4 country imports.country-unknown",
                "5 name imports.twice",
                "6 kind members.import.unknown-choice",
                "7 country imports.country-unknown",
                "7 since site.date-form",
            ],
            dry.Refused.Select(r => $"{r.Row} {r.Column} {r.Rule}")
        );
        Assert.Equal(HttpStatusCode.NotFound, (await house.Visit().Get("/en/members/ville-de-thies")).Status);
        Assert.Equal(3, (await house.Import(file)).Taken);
        var again = await house.Import(file);
        Assert.Equal((0, 0, 3), (again.Taken, again.Changed, again.Unchanged));
        var changed = await house.Import(
            file.Replace("thies.example.org", "ville.example.org", StringComparison.Ordinal)
        );
        Assert.Equal((0, 1, 2), (changed.Taken, changed.Changed, changed.Unchanged));
        var csv = (await house.Visit().Get("/en/members.csv?country=PT")).Body;
        Assert.DoesNotContain(",=1+1", csv);
        Assert.Contains("=1+1 City", csv);
        using var sheet = new MemoryStream(await house.Visit().Http.GetByteArrayAsync("/en/members.xlsx?country=PT"));
        var cells = MiniExcelLibs
            .MiniExcel.Query(sheet, useHeaderRow: true)
            .Cast<IDictionary<string, object?>>()
            .ToDictionary(r => (string)r["name"]!, r => r["slug"]);
        Assert.Equal("porto", cells["Porto"]);
        Assert.Contains("'=1+1 City", cells.Keys);
        Assert.Equal(csv.Trim().Split('\n').Length - 1, cells.Count);
        // What was taken out is taken in again: nothing is new.
        sheet.Position = 0;
        var back = await house.Import(sheet, "members.xlsx", isDryRun: true);
        Assert.Equal((0, 0), (back.Taken, back.Refused.Count));
        Assert.Empty(await Faults(house));
        await Assert.ThrowsAsync<RuleViolationException>(() => house.Import("who,where\nA,B\n"));
    }

    [Theory, BothDatabases]
    public async Task A_workbook_and_headings_in_words_of_their_own_are_taken_as_a_csv_is(Provider provider)
    {
        await using var house = await TestHost.Open(provider);
        using var sheet = new MemoryStream();
        await MiniExcelLibs.MiniExcel.SaveAsAsync(
            sheet,
            new[]
            {
                new Dictionary<string, object?>
                {
                    ["Nom officiel"] = "Ville de Foix",
                    ["Pays"] = "France",
                    ["Depuis"] = 2012,
                },
                new Dictionary<string, object?>
                {
                    ["Nom officiel"] = "Nowhere",
                    ["Pays"] = "Atlantis",
                    ["Depuis"] = null,
                },
            }
        );
        Task<ImportResult> Run(Stream content, IReadOnlyDictionary<string, string>? map) =>
            house.Import(content, "members.xlsx", language: Language.French, map: map is null ? null : new(map));
        Assert.Equal(
            "imports.no-column",
            (await Assert.ThrowsAsync<RuleViolationException>(() => Run(new MemoryStream(sheet.ToArray()), null))).Key
        );
        Assert.Equal(
            "imports.unknown-column",
            (
                await Assert.ThrowsAsync<RuleViolationException>(() =>
                    Run(
                        new MemoryStream(sheet.ToArray()),
                        new Dictionary<string, string> { ["nom officiel"] = "title" }
                    )
                )
            ).Key
        );
        var map = new Dictionary<string, string> { ["nom officiel"] = "name" };
        var taken = await Run(new MemoryStream(sheet.ToArray()), map);
        Assert.Equal(
            (1, 0, "3 country imports.country-unknown"),
            (taken.Taken, taken.Changed, string.Join(' ', taken.Refused.Select(r => $"{r.Row} {r.Column} {r.Rule}")))
        );
        Assert.Equal(1, (await Run(new MemoryStream(sheet.ToArray()), map)).Unchanged);
        Assert.Contains("2012", (await house.Visit().Get("/en/members/ville-de-foix")).Text(".facts"));
        Assert.Empty(await Faults(house));
    }

    [Fact]
    public async Task A_prospect_named_by_a_file_becomes_a_member_and_every_new_member_has_its_chain()
    {
        await using var house = await TestHost.Open(Provider.Sqlite);
        Assert.Equal(
            (2, 1),
            await house.Import("name,country\nCity of Example,US\nCity of One,US\nCity of Two,CA\n") is var result
                ? (result.Taken, result.Changed)
                : default
        );
        Assert.Equal(HttpStatusCode.OK, (await house.Visit().Get("/en/members/city-of-example")).Status);
        await house.Within(async services =>
        {
            await foreach (
                var fault in services.GetRequiredService<Plenaria.Platform.Journal.Journal>().Faults(default)
            )
                Assert.Fail(fault);
            Assert.Single(
                await services
                    .GetRequiredService<Plenaria.Platform.Journal.Journal>()
                    .Read("member:city-of-two", 9, default)
            );
        });
        Assert.Empty(await Faults(house));
    }

    [Fact]
    public async Task Whatever_others_send_is_taken_refused_by_row_or_refused_with_a_reason()
    {
        var folder = new DirectoryInfo(Path.Combine(Sources.Path(""), "..", "shared", "data", "uploads", "made-here"));
        Assert.SkipUnless(folder.Exists, "The data of others is not here.");
        var house = await houses.On(Provider.Sqlite);
        foreach (var file in folder.EnumerateFiles())
            try
            {
                await using var content = file.OpenRead();
                await house.Import(content, file.Name, isDryRun: true);
            }
            catch (RuleViolationException refused)
            {
                Assert.StartsWith("imports.", refused.Key);
            }
    }

    [Theory, BothDatabases]
    public async Task Two_who_add_members_of_one_kind_at_once_are_both_counted(Provider provider)
    {
        await using var house = await TestHost.Open(provider);
        await Task.WhenAll(
            Enumerable
                .Range(0, 8)
                .Select(i =>
                    house.Within(async services =>
                    {
                        var (members, acting) = (services.GetRequiredService<MemberStore>(), house.Acting());
                        var member = new Member
                        {
                            Id = new(Guid.CreateVersion7()),
                            Slug = $"at-once-{i}",
                            Kind = MemberKind.Other,
                        };
                        await members.Change(
                            member,
                            "members.member-added",
                            acting,
                            () =>
                            {
                                member.Call(LocalizedText.Original(Language.English, $"At once {i}"));
                                member.Settle("KH");
                                member.Join(MemberClass.Associate, null, acting.At);
                            },
                            default
                        );
                    })
                )
        );
        Assert.Empty(await Faults(house));
        Assert.Contains("8 members", (await house.Visit().Get("/en/members?country=KH")).Text("[role=status]"));
    }
}
