using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Plenaria.Plans;
using Plenaria.Platform.Access;
using Plenaria.Platform.Journal;

namespace Plenaria.Tests.Governance.Plans.Follow;

/// <summary>The pages on which an action's whole record is edited.</summary>
public class ActionRecordTests(SharedHosts houses) : IClassFixture<SharedHosts>
{
    private static async Task<PlanAction> Find(TestHost house, int number, int year = 2013) =>
        (await house.Within(s => s.GetRequiredService<PlanStore>().Find(year, default)))!.Actions.Single(a =>
            a.Number == number
        );

    [Theory, BothDatabases]
    public async Task An_action_moves_to_another_area_with_partners_regions_and_the_action_it_continues(
        Provider provider
    )
    {
        await using var house = await TestHost.Open(provider);
        var staff = await house.Visit(Role.Staff);
        await staff.Submit(
            "/es/plans/new",
            "main form",
            ("Input.Year", "2014"),
            ("Input.Language", "es"),
            ("Input.Title", "Plan 2014")
        );
        await staff.Submit("/es/plans/2014/areas/new", "main form", ("Input.Title", "Conocimiento"));
        await staff.Submit("/es/plans/2014/areas/new", "main form", ("Input.Title", "Visibilidad"));
        await staff.Submit("/es/plans/2014/actions/new", "main form", ("Input.Title", "Distinción"));
        const string path = "/es/plans/2014/actions/1";
        var form = await staff.Get($"{path}/scope");
        Assert.NotNull(form.Page.QuerySelector("[name='Input.Continues'] option[value='OIDP-2013-A04']"));
        Assert.Null(form.Page.QuerySelector("[name='Input.Continues'] option[value='OIDP-2014-A01']"));
        var saved = await staff.Submit(
            form,
            "main form",
            ("Input.Direction", "2"),
            ("Input.Partners", "Universidad\n\n  Ayuntamiento \n"),
            ("Input.Regions", "150"),
            ("Input.Regions", "005"),
            ("Input.Continues", "oidp-2013-a04"),
            ("Why", "Así lo pidió la asamblea.")
        );
        Assert.Equal(path, saved.Location);
        var action = await Find(house, 1, 2014);
        Assert.Equal(["Universidad", "Ayuntamiento"], action.Partners.Select(p => p.Name.ToString()));
        Assert.Equal(["005", "150"], action.Regions);
        var page = await house.Visit().Get("/en/plans/2014/actions/1");
        Assert.Contains("Visibilidad", page.Text(".page-head"));
        Assert.Contains("South America, Europe", page.Text("dd"));
        Assert.Equal("/r/OIDP-2013-A04", page.Page.QuerySelector("dd a[href^='/r/']")!.GetAttribute("href"));
        using var json = JsonDocument.Parse((await house.Visit().Get("/api/v1/plans/2014")).Body);
        Assert.Equal(
            "OIDP-2013-A04",
            json.RootElement.GetProperty("directions")[1].GetProperty("actions")[0].GetProperty("continues").GetString()
        );
        var entry = (await house.Within(s => s.GetRequiredService<Journal>().Read("plan:OIDP-2014", 1, default)))[0];
        Assert.Equal("Así lo pidió la asamblea.", entry.Why);
        Assert.Contains("## Conocimiento", entry.What!.Value.GetProperty("before").GetString());
        Assert.Contains("- continues: OIDP-2013-A04", entry.What!.Value.GetProperty("after").GetString());
        // The form keeps what is ticked.
        Assert.Equal(
            ["005", "150"],
            (await staff.Get($"{path}/scope"))
                .Page.QuerySelectorAll("input[name='Input.Regions'][checked]")
                .Select(b => b.GetAttribute("value"))
        );
        await staff.Submit($"{path}/scope", "main form", ("Input.Continues", ""), ("Input.Partners", ""));
        Assert.Equal(
            (null, 0),
            ((await Find(house, 1, 2014)).ContinuesId, (await Find(house, 1, 2014)).Partners.Count)
        );
    }

    [Theory]
    [InlineData("Input.Continues", "OIDP-2013-A05", "not an action of an earlier year")]
    [InlineData("Input.Continues", "OIDP-1999-A01", "not an action of an earlier year")]
    [InlineData("Input.Continues", "??", "not an action of an earlier year")]
    [InlineData("Input.Direction", "77", "no such priority area")]
    [InlineData("Input.Regions", "999", "cannot be used")]
    public async Task What_does_not_belong_is_refused_and_nothing_is_half_written(
        string field,
        string value,
        string reason
    )
    {
        var house = await houses.On(Provider.Sqlite);
        (string Name, string Value)[] whole = [("Input.Partners", "Somebody new"), ("Input.Direction", "3")];
        var refused = await (await house.Visit(Role.Staff)).Submit(
            "/en/plans/2013/actions/2/scope",
            "main form",
            [.. whole.Where(f => f.Name != field), (field, value)]
        );
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        Assert.Contains(reason, refused.Text(".validation-summary-errors"));
        Assert.Contains("Somebody new", refused.Text("textarea"));
        var action = await Find(house, 2);
        Assert.DoesNotContain("Somebody new", action.Partners.Select(p => p.Name.ToString()));
        Assert.DoesNotContain("Somebody new", (await house.Visit().Get("/en/plans/2013/actions/2")).Body);
    }

    [Theory, BothDatabases]
    public async Task A_partner_named_as_before_keeps_its_translations(Provider provider)
    {
        var house = await houses.On(provider);
        var number = (await house.Within(s => s.GetRequiredService<PlanStore>().Find(2013, default)))!
            .Actions.First(a => a.Partners.Count > 0)
            .Number;
        var first = (await Find(house, number)).Partners[0];
        Assert.Equal(
            HttpStatusCode.Redirect,
            (
                await (await house.Visit(Role.Staff)).Submit(
                    $"/en/plans/2013/actions/{number}/scope",
                    "main form",
                    ("Input.Partners", $"Una universidad\r\n{first.Name}")
                )
            ).Status
        );
        var partners = (await Find(house, number)).Partners;
        Assert.Equal(["Una universidad", first.Name.ToString()], partners.Select(p => p.Name.ToString()));
        Assert.Equal(first, partners[1]);
        Assert.Single(partners[0].Name.Wordings);
    }

    [Theory]
    [InlineData("/en/plans/1912/actions/1/milestones")]
    [InlineData("/en/plans/1912/areas/new")]
    [InlineData("/en/resolutions/NOT-THERE/edit")]
    public async Task A_refused_form_of_what_is_not_there_is_no_fault(string path)
    {
        var staff = await (await houses.On(Provider.Sqlite)).Visit(Role.Staff);
        var token = (await staff.Get("/en/plans/new"))
            .Page.QuerySelector("input[name=__RequestVerificationToken]")!
            .GetAttribute("value")!;
        var answer = await staff.Http.PostAsync(
            path,
            new FormUrlEncodedContent([
                new("Why", new string('x', 501)),
                new("Input.Title", ""),
                new("Input.For", "x"),
                new("__RequestVerificationToken", token),
            ])
        );
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
    }

    [Theory, BothDatabases]
    public async Task Priority_and_place_are_edited_with_the_words_and_shown(Provider provider)
    {
        var house = await houses.On(provider);
        var staff = await house.Visit(Role.Staff);
        var refused = await staff.Submit(
            "/en/plans/2013/actions/15/edit",
            "main form",
            ("Input.PriorityBy", "la sesión interna")
        );
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        Assert.Contains("Tick that it is one", refused.Text(".validation-summary-errors"));
        await staff.Submit(
            refused,
            "main form",
            ("Input.IsPriority", "true"),
            ("Input.PriorityBy", "la sesión interna"),
            ("Input.Place", "Bogotá")
        );
        var page = await house.Visit().Get("/en/plans/2013/actions/15");
        Assert.Contains("set by la sesión interna", page.Text("dd"));
        Assert.Contains("Bogotá", page.Text("dd"));
        await staff.Submit("/en/plans/2013/actions/15/edit", "main form", ("Input.IsPriority", "false"));
        Assert.DoesNotContain("la sesión interna", (await house.Visit().Get("/en/plans/2013/actions/15")).Body);
    }

    [Theory, BothDatabases]
    public async Task Milestones_keep_their_translations_where_the_original_stays(Provider provider)
    {
        var house = await houses.On(provider);
        var staff = await house.Visit(Role.Staff);
        var number = (await house.Within(s => s.GetRequiredService<PlanStore>().Find(2013, default)))!
            .Actions.First(a => a.Milestones.Count > 1)
            .Number;
        var before = (await Find(house, number)).Milestones;
        var form = await staff.Get($"/en/plans/2013/actions/{number}/milestones");
        Assert.Equal(before.Count + 2, form.Page.QuerySelectorAll("[name$='.Text']").Length);
        // The first is dropped, so the second moves up; a new one follows.
        await staff.Submit(
            form,
            "main form",
            ("Rows[0].Text", ""),
            ("Rows[0].Due", ""),
            ("Rows[0].Met", ""),
            ("Rows[1].Met", "2013-09"),
            ($"Rows[{before.Count}].Text", "Primer informe"),
            ($"Rows[{before.Count}].Due", "2013-10-01")
        );
        var after = (await Find(house, number)).Milestones;
        Assert.Equal(before.Count, after.Count);
        Assert.Equal(before[1] with { Met = PartialDate.Parse("2013-09") }, after[0]);
        Assert.Equal(("Primer informe", "2013-10-01"), (after[^1].Text.ToString(), $"{after[^1].Due}"));
        // Reworded in its place: the translations stay, and say that they are of what stood there before.
        await staff.Submit(
            $"/en/plans/2013/actions/{number}/milestones",
            "main form",
            ("Rows[0].Text", "Otra redacción")
        );
        var reworded = (await Find(house, number)).Milestones[0].Text;
        Assert.Equal(
            ("Otra redacción", WordingState.Stale),
            (reworded.ToString(), reworded.In(Language.English)!.State)
        );
        // What takes the place of something that was emptied is not a translation of it.
        await staff.Submit(
            $"/en/plans/2013/actions/{number}/milestones",
            "main form",
            ("Rows[0].Text", ""),
            ("Rows[0].Due", ""),
            ("Rows[0].Met", ""),
            ($"Rows[{after.Count}].Text", "Segundo informe")
        );
        var last = (await Find(house, number)).Milestones;
        Assert.Equal((after.Count, "Segundo informe"), (last.Count, last[^1].Text.ToString()));
        Assert.Single(last[^1].Text.Wordings);
        Assert.Contains(
            "2013-09",
            (await house.Within(s => s.GetRequiredService<Journal>().Read("plan:OIDP-2013", 2, default)))[1]
                .What!.Value.GetProperty("after")
                .GetRawText()
        );
    }

    [Theory, BothDatabases]
    public async Task Origins_are_decisions_findings_and_standing_work(Provider provider)
    {
        var house = await houses.On(provider);
        var staff = await house.Visit(Role.Staff);
        const string path = "/en/plans/2013/actions/10";
        Assert.Empty((await Find(house, 10)).Origins);
        var form = await staff.Get($"{path}/origins");
        Assert.NotNull(form.Page.QuerySelector("[name='Rows[0].Resolution'] option[value='OIDP-R-2012-01']"));
        var saved = await staff.Submit(
            form,
            "main form",
            ("Rows[0].Kind", "Resolution"),
            ("Rows[0].Resolution", "oidp-r-2012-01")
        );
        Assert.Equal(path, saved.Location);
        await staff.Submit(
            $"{path}/origins",
            "main form",
            ("Rows[1].Kind", "Finding"),
            ("Rows[1].Text", "Pocas visitas"),
            ("Rows[1].Date", "2012-12"),
            ("Rows[1].Figure", "12 %")
        );
        var page = await house.Visit().Get(path);
        Assert.Contains("working group", page.Text("blockquote"));
        Assert.Contains("Pocas visitas 12 %", page.Text(".chain"));
        Assert.Contains(
            "OIDP-2013-A10",
            (await house.Visit().Get("/en/resolutions/OIDP-R-2012-01")).Body.Replace(
                "/en/plans/2013/actions/10",
                "OIDP-2013-A10",
                StringComparison.Ordinal
            )
        );
        Assert.DoesNotContain(
            "/actions/10\"",
            (await house.Visit().Get("/en/plans/2013/check")).Page.QuerySelector("[aria-labelledby=origin]")!.InnerHtml
        );
        var first = (await Find(house, 10)).Origins.Select(o => o.Id).Order().ToList();
        // What stays as it was is the same row; what is emptied is gone.
        await staff.Submit(
            $"{path}/origins",
            "main form",
            ("Rows[1].Kind", ""),
            ("Rows[1].Text", ""),
            ("Rows[1].Date", ""),
            ("Rows[1].Figure", ""),
            ("Rows[2].Kind", "StandingWork")
        );
        var origins = (await Find(house, 10)).Origins.InOrder().ToList();
        Assert.Equal([OriginKind.Resolution, OriginKind.StandingWork], origins.Select(o => o.Kind));
        Assert.Contains(origins[0].Id, first);
        var entry = (await house.Within(s => s.GetRequiredService<Journal>().Read("plan:OIDP-2013", 1, default)))[0];
        Assert.Contains(
            "- origin: Finding Pocas visitas 2012-12 12 %",
            entry.What!.Value.GetProperty("before").GetString()
        );
        Assert.Contains("- origin: Resolution OIDP-R-2012-01", entry.What!.Value.GetProperty("after").GetString());
    }

    [Theory]
    [InlineData("origins", "Rows[0].Kind=Resolution", "Choose the decision")]
    [InlineData("origins", "Rows[0].Kind=Resolution&Rows[0].Resolution=OIDP-R-1999-01", "OIDP-R-1999-01")]
    [InlineData("origins", "Rows[0].Kind=Finding", "what it was")]
    [InlineData("origins", "Rows[0].Kind=Finding&Rows[0].Text=It shows&Rows[0].Date=2012-13", "")]
    [InlineData("origins", "Rows[0].Text=Because", "kind of origin")]
    [InlineData("origins", "Rows[0].Kind=Whim", "")]
    [InlineData("milestones", "Rows[0].Due=2013", "what is to be achieved")]
    [InlineData("milestones", "Rows[0].Text=Report&Rows[0].Due=2013-13", "")]
    [InlineData("milestones", "Rows[0].Text=Report&Rows[0].Met=soon", "")]
    public async Task A_row_that_cannot_be_kept_is_refused_and_nothing_is_half_written(
        string page,
        string typed,
        string reason
    )
    {
        var house = await houses.On(Provider.Sqlite);
        var refused = await (await house.Visit(Role.Staff)).Submit(
            $"/en/plans/2013/actions/16/{page}",
            "main form",
            typed.Split('&').Select(f => (f.Split('=')[0], f.Split('=')[1]))
        );
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        Assert.NotEmpty(refused.Text(".field-validation-error, .validation-summary-errors"));
        Assert.Contains(reason, refused.Text(".field-validation-error, .validation-summary-errors"));
        var action = await Find(house, 16);
        Assert.Empty(action.Origins);
        Assert.Empty(action.Milestones);
    }

    [Theory, BothDatabases]
    public async Task Of_two_people_on_one_actions_origins_the_second_is_told(Provider provider)
    {
        var house = await houses.On(provider);
        var (first, second) = (await house.Visit(Role.Staff), await house.Visit(Role.Staff));
        var (a, b) = (
            await first.Get("/en/plans/2013/actions/11/origins"),
            await second.Get("/en/plans/2013/actions/11/origins")
        );
        var c = await second.Get("/en/plans/2013/actions/11/milestones");
        var row = a.Page.QuerySelectorAll("[name$='.Kind']").Length - 1;
        Assert.Equal(
            HttpStatusCode.Redirect,
            (await first.Submit(a, "main form", ($"Rows[{row}].Kind", "StandingWork"))).Status
        );
        foreach (
            var refused in (Answer[])
                [
                    await second.Submit(
                        b,
                        "main form",
                        ($"Rows[{row}].Kind", "Finding"),
                        ($"Rows[{row}].Text", "Mine")
                    ),
                    await second.Submit(c, "main form", ("Rows[0].Text", "Mine")),
                ]
        )
        {
            Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
            Assert.Contains("Somebody else", refused.Text(".validation-summary-errors"));
            Assert.Contains("Mine", refused.Page.QuerySelector("main form")!.OuterHtml);
        }
        Assert.DoesNotContain("Mine", (await house.Visit().Get("/en/plans/2013/actions/11")).Body);
    }
}
