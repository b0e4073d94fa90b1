using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Plenaria.Experiences;
using Plenaria.Experiences.Import;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;

namespace Plenaria.Tests.Knowledge.Experiences;

public class ImportTests
{
    private const string Cases = """
        [
          {"id":"1","type":"case","title":"Assembly of Springs","country":"Italia","city":"Roma","latitude":"41° 53' 30.84\" N","longitude":"12° 30' 40.68\" E","issues":["planning_development"],"decision_methods":["voting"],"start_date":"2010-05-01T00:00:00","ongoing":true,"number_of_participants":120,"original_language":"en","published":true},
          {"id":"2","type":"case","title":"Nowhere","country":"Atlantis","published":true},
          {"id":"3","type":"case","title":"Unseen","country":"France","published":false},
          {"id":"4","type":"case","country":"Deutschland","city":"Köln","latitude":"0° 0' 0\" N","longitude":"0° 0' 0\" E","original_language":"de","published":true},
          {"id":"5","type":"case","published":true},
          {"id":"6","type":"method","title":"A method"},
          {"id":"1","type":"case","title":"Again"},
          {"type":"case","title":"No number"}
        ]
        """;

    private const string Bodies = """
        {"id": 1, "kind": "case", "htmlbody": "<h3>Problem and Purpose</h3><p>The <b>springs</b> ran dry.</p><h3>Methods</h3><table><tr><td>Year</td><td>People</td></tr><tr><td>2010</td><td>120</td></tr></table><script>alert(1)</script>"}
        {"id": 9, "kind": "organization", "htmlbody": "<p>x</p>", "title": "Not a case"}
        """;

    private static Task<SourceResult> Run(TestHost house, bool dryRun, params (string Name, string Text)[] files) =>
        house.Within(services =>
            services
                .GetRequiredService<ExperienceImport>()
                .Run(
                    [
                        .. files.Select(f =>
                            (f.Name, (Func<Stream>)(() => new MemoryStream(Encoding.UTF8.GetBytes(f.Text))))
                        ),
                    ],
                    dryRun,
                    house.Acting(),
                    default
                )
        );

    [Theory, BothDatabases]
    public async Task Every_record_is_taken_or_refused_by_name_and_the_second_time_nothing_changes(Provider provider)
    {
        await using var house = await TestHost.Open(provider);
        var files = new[] { ("cases.json", Cases), ("bodies.ndjson", Bodies) };
        var dry = await Run(house, true, files);
        Assert.Equal(
            0,
            await house.Within(s =>
                s.GetRequiredService<PlenariaDb>().Set<Experience>().CountAsync(e => e.SourceKey != null)
            )
        );
        var first = await Run(house, false, files);
        Assert.Equal((2, 1, 0, 0), (first.Taken, first.Unnamed, first.Changed, first.Unchanged));
        Assert.Equal(dry.Refused, first.Refused);
        Assert.Equal(
            [
                ("bodies.ndjson", 2, "experiences.import.not-a-case"),
                ("cases.json", 2, "members.country-unknown"),
                ("cases.json", 3, "experiences.import.unpublished"),
                ("cases.json", 5, "experiences.title-missing"),
                ("cases.json", 6, "experiences.import.not-a-case"),
                ("cases.json", 7, "experiences.import.twice"),
                ("cases.json", 8, "experiences.import.no-id"),
            ],
            first.Refused.Select(r => (r.File, r.Row, r.Rule))
        );
        Assert.Equal(first.Records, first.Taken + first.Refused.Count);
        var again = await Run(house, false, files);
        Assert.Equal((0, 0, 2), (again.Taken, again.Changed, again.Unchanged));

        var springs = await house.Within(s =>
            s.GetRequiredService<PlenariaDb>()
                .Set<Experience>()
                .AsNoTracking()
                .SingleAsync(e => e.SourceKey == "participedia:1")
        );
        Assert.Equal(
            ("IT", "Roma", 120L, true),
            (springs.Country, springs.City, springs.Participants, springs.IsOngoing)
        );
        Assert.Equal(41.8919, springs.Latitude!.Value, 4);
        Assert.Contains("issues:planning-development", springs.Terms);
        Assert.Contains("**springs**", springs.Narrative[NarrativeHeading.Problem].For(Language.English));
        Assert.Contains("| 2010 | 120 |", springs.Narrative[NarrativeHeading.Methods].For(Language.English));
        Assert.DoesNotContain("alert", springs.Narrative[NarrativeHeading.Methods].For(Language.English));
        var page = await house.Visit().Get("/fr" + springs.Path);
        Assert.Equal(2, page.Page.QuerySelectorAll("section table tr").Length);
        Assert.Contains("Assembly of Springs", (await house.Visit().Get("/es/search?q=springs")).Text(".results"));

        // Without a name it waits for an editor, who finds it; nobody else does.
        var cologne = await house.Within(s =>
            s.GetRequiredService<PlenariaDb>()
                .Set<Experience>()
                .AsNoTracking()
                .SingleAsync(e => e.SourceKey == "participedia:4")
        );
        Assert.Equal((EditorialState.Draft, "de", null), (cologne.State, cologne.WrittenIn, cologne.Latitude));
        Assert.Contains(
            "Köln",
            (await (await house.Visit(Role.Staff)).Get("/en/experiences/desk")).Text("#unnamed + ul")
        );
        Assert.Equal(System.Net.HttpStatusCode.NotFound, (await house.Visit().Get("/en" + cologne.Path)).Status);
    }

    [Theory, BothDatabases]
    public async Task A_poorer_file_takes_nothing_away_and_what_people_edited_stays_theirs(Provider provider)
    {
        await using var house = await TestHost.Open(provider);
        await Run(house, false, ("cases.json", Cases), ("bodies.ndjson", Bodies));
        const string Export =
            "\uFEFFid,type,country,city_best,approaches\n1,case,Italy,Roma,\"{cogovernance,consultation}\"\n4,case,Germany,Cologne,{}\n";
        var poorer = await Run(house, false, ("export.csv", Export));
        Assert.Equal((0, 2, 0, 0), (poorer.Taken, poorer.Changed, poorer.Unchanged, poorer.Refused.Count));
        var springs = await house.Within(s =>
            s.GetRequiredService<PlenariaDb>()
                .Set<Experience>()
                .AsNoTracking()
                .SingleAsync(e => e.SourceKey == "participedia:1")
        );
        Assert.Equal("Assembly of Springs", springs.Title.For(Language.English));
        Assert.Contains("approaches:co-governance", springs.Terms);
        Assert.NotEmpty(springs.Narrative);
        var staff = await house.Visit(Role.Staff);
        Assert.Equal(
            System.Net.HttpStatusCode.Redirect,
            (await staff.Submit($"/en{springs.Path}/edit", "main form", ("Input.Title", "Our name for it"))).Status
        );
        var richer = await Run(house, false, ("cases.json", Cases), ("bodies.ndjson", Bodies));
        Assert.Equal((1, 1), (richer.Changed, richer.Unchanged));
        Assert.Contains("Our name for it", (await house.Visit().Get("/en" + springs.Path)).Text("h1"));
    }

    [Theory, BothDatabases]
    public async Task The_collection_itself_goes_in_and_is_browsed_in_five_languages(Provider provider)
    {
        var folder = new DirectoryInfo(Path.Combine(Sources.Root, "..", "shared", "data", "participedia"));
        Assert.SkipUnless(folder.Exists, "The collection is not here.");
        await using var house = await TestHost.Open(provider);
        (string, Func<Stream>) File(params string[] path) =>
            (path[^1], () => System.IO.File.OpenRead(Path.Combine([folder.FullName, .. path])));
        var result = await house.Within(s =>
            s.GetRequiredService<ExperienceImport>()
                .Run(
                    [
                        File("2018-migration", "cases.json"),
                        File("2016-bodies.ndjson.gz"),
                        File("old-dot-net-urls-map.json"),
                    ],
                    false,
                    house.Acting(),
                    default
                )
        );
        Assert.Equal(result.Records, result.Taken + result.Refused.Count);
        Assert.True(result.Taken > 300);
        foreach (var language in Language.All)
        {
            var page = await house.Visit().Get($"/{language}/experiences");
            Assert.Equal(20, page.Page.QuerySelectorAll(".results > li").Length);
        }
    }
}
