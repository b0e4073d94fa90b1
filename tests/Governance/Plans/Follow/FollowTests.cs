using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Plenaria.Plans;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;
using Plenaria.Platform.Journal;

namespace Plenaria.Tests.Governance.Plans.Follow;

public class FollowTests(SharedHosts houses) : IClassFixture<SharedHosts>
{
    [Theory, BothDatabases]
    public async Task An_action_is_completed_with_a_record_and_the_public_sees_both(Provider provider)
    {
        var house = await houses.On(provider);
        var staff = await house.Visit(Role.Staff);
        var saved = await staff.Submit(
            "/en/plans/2013/actions/3/progress",
            "main form",
            ("Input.State", "Complete"),
            ("Input.Note", "Accounts opened."),
            ("Input.Kind", "Link"),
            ("Input.Text", "The account"),
            ("Input.Date", "2013-06"),
            ("Input.Target", "https://example.org/account")
        );
        Assert.Equal("/en/plans/2013/actions/3", saved.Location);
        var seen = await house.Visit().Get("/pt/plans/2013/actions/3");
        Assert.Contains("Concluída", seen.Text(".page-head .state"));
        Assert.Empty(seen.Text(".page-head .undocumented"));
        Assert.Equal(
            "https://example.org/account",
            seen.Page.QuerySelector(".evidence .strong a")!.GetAttribute("href")
        );
        Assert.Contains("Accounts opened.", seen.Text(".history"));
        Assert.Contains("Secretariat staff", seen.Text(".history"));
    }

    [Theory, BothDatabases]
    public async Task A_claim_without_a_record_is_accepted_and_shown_as_to_be_documented(Provider provider)
    {
        var house = await houses.On(provider);
        await (await house.Visit(Role.Staff)).Submit(
            "/en/plans/2013/actions/6/progress",
            "main form",
            ("Input.State", "Complete")
        );
        Assert.Contains(
            "To be documented",
            (await house.Visit().Get("/en/plans/2013/actions/6")).Text(".page-head .undocumented")
        );
        Assert.Contains("OIDP-2013-A06", (await (await house.Visit(Role.Staff)).Get("/en/workspace")).Text(".actions"));
    }

    [Theory]
    [InlineData("Link", "javascript:alert(1)", "2013", "web address")]
    [InlineData("Link", "", "2013", "web address")]
    [InlineData("Published", "OIDP-NOT-THERE", "2013", "OIDP-NOT-THERE")]
    [InlineData("Declaration", "", "", "needs a date")]
    [InlineData("Declaration", "", "June", "Write a year")]
    public async Task A_record_that_cannot_be_kept_is_refused_and_what_was_typed_stays(
        string kind,
        string target,
        string date,
        string reason
    )
    {
        var staff = await (await houses.On(Provider.Sqlite)).Visit(Role.Staff);
        var refused = await staff.Submit(
            "/en/plans/2013/actions/10/progress",
            "main form",
            ("Input.State", "Complete"),
            ("Input.Note", "A long story."),
            ("Input.Kind", kind),
            ("Input.Text", "It shows"),
            ("Input.Date", date),
            ("Input.Target", target)
        );
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        Assert.Contains(reason, refused.Text("form"));
        Assert.Contains("A long story.", refused.Text("textarea"));
        Assert.Contains("Not started", (await staff.Get("/en/plans/2013/actions/10")).Text(".page-head .state"));
    }

    [Theory, BothDatabases]
    public async Task Of_two_people_on_one_action_the_second_is_told_and_loses_nothing(Provider provider)
    {
        var house = await houses.On(provider);
        var (first, second) = (await house.Visit(Role.Staff), await house.Visit(Role.Staff));
        var (a, b) = (
            await first.Get("/en/plans/2013/actions/12/edit"),
            await second.Get("/en/plans/2013/actions/12/edit")
        );
        Assert.Equal(
            HttpStatusCode.Redirect,
            (await first.Submit(a, "main form", ("Input.Title", "Renovar el convenio"))).Status
        );
        var refused = await second.Submit(
            b,
            "main form",
            ("Input.Title", "Otro título"),
            ("Input.Condition", "Si es viable")
        );
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        Assert.Contains("Somebody else", refused.Text(".validation-summary-errors"));
        Assert.Equal("Otro título", refused.Page.QuerySelector("#Input_Title")!.GetAttribute("value"));
        var page = await house.Visit().Get("/es/plans/2013/actions/12");
        Assert.Contains("Renovar el convenio", page.Text("h1"));
        Assert.DoesNotContain("Si es viable", page.Body);
    }

    [Theory, BothDatabases]
    public async Task A_translation_is_written_beside_its_original_which_makes_it_stale_when_it_changes(
        Provider provider
    )
    {
        var house = await houses.On(provider);
        var staff = await house.Visit(Role.Staff);
        var page = await staff.Get("/en/plans/2013/actions/13/edit?in=fr");
        Assert.Contains("modelo de financiación", page.Text(".hint[lang=es]"));
        await staff.Submit(page, "main form", ("Input.Condition", "Si les moyens le permettent"));
        Assert.Contains(
            "Si les moyens le permettent",
            (await house.Visit().Get("/fr/plans/2013/actions/13")).Text("dd")
        );
        var entry = (
            await house.Within(s => s.GetRequiredService<Journal>().Read("plan:OIDP-2013", 20, default))
        ).First(l => l.Subject == "OIDP-2013-A13");
        Assert.Contains(
            "Si les moyens le permettent",
            entry.What!.Value.GetProperty("translation").GetProperty("after").GetRawText()
        );
    }

    [Theory, BothDatabases]
    public async Task Approving_keeps_a_version_and_later_changes_are_told_apart(Provider provider)
    {
        await using var house = await TestHost.Open(provider);
        var staff = await house.Visit(Role.Staff);
        Assert.Equal(
            HttpStatusCode.UnprocessableEntity,
            (await staff.Submit("/en/plans/2013/versions/approve", "#confirm", ("On", "soon"))).Status
        );
        Assert.Equal(
            HttpStatusCode.Redirect,
            (await staff.Submit("/en/plans/2013/versions/approve", "#confirm", ("On", "2013-07-02"))).Status
        );
        Assert.Contains(
            "Approved by the members · approved 2 July 2013",
            (await house.Visit().Get("/en/plans/2013")).Text(".page-head")
        );
        // Nothing has changed: there is nothing to amend.
        var nothing = await staff.Get("/en/plans/2013/versions/approve");
        Assert.Equal("Nothing has changed since the last version.", nothing.Text("#obstacle"));
        Assert.Null(nothing.Page.QuerySelector("#confirm"));
        await staff.Submit(
            "/en/plans/2013/actions/15/edit",
            "main form",
            ("Input.Title", "Boletín mensual"),
            ("Input.CarriedOut", "2013-03")
        );
        var versions = await house.Visit().Get("/en/plans/2013/versions");
        Assert.Contains("Boletín mensual", versions.Text("ins"));
        Assert.Contains("Boletín de la red", versions.Text("del"));
        // Carried out in March, approved in July: for the plenary to ratify.
        Assert.Contains(
            "Newsletter",
            (await house.Visit().Get("/en/plans/2013/check")).Text("[aria-labelledby=ratify]")
        );
        Assert.Null((await house.Visit().Get("/en/plans/2013/versions")).Page.QuerySelector("main form"));
    }

    [Theory, BothDatabases]
    public async Task What_was_reworded_after_it_was_read_is_not_approved_and_a_version_rewritten_later_is_found(
        Provider provider
    )
    {
        await using var house = await TestHost.Open(provider);
        var (reader, writer) = (await house.Visit(Role.Staff), await house.Visit(Role.Staff));
        var read = await reader.Get("/en/plans/2013/versions/approve");
        await writer.Submit("/en/plans/2013/actions/15/edit", "main form", ("Input.Title", "Boletín diario"));
        var refused = await reader.Submit(read, "#confirm", ("On", "2013-07-02"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        Assert.Contains("Somebody else", refused.Text("[role=alert]"));
        Assert.Equal(HttpStatusCode.Redirect, (await reader.Submit(refused, "#confirm")).Status);

        async Task<List<string>> Faults() =>
            await house.Within(async services =>
            {
                var faults = new List<string>();
                await foreach (var fault in VersionCheck.Faults(services, default))
                    faults.Add(fault);
                return faults;
            });
        Assert.Empty(await Faults());
        var (text, hash) = ("# Another plan\n", Convert.FromHexString(PlanVersion.HashOf("# Another plan\n")));
        await house.Within(s =>
            s.GetRequiredService<PlenariaDb>()
                .Database.ExecuteSqlAsync($"UPDATE plans_versions SET text = {text}, hash = {hash}")
        );
        Assert.Contains(
            "is not the one the journal holds",
            Assert.Single(await Faults(), f => f.StartsWith("OIDP-2013:", StringComparison.Ordinal))
        );
    }

    [Fact]
    public async Task Whoever_was_told_of_a_conflict_saves_on_the_second_try_with_what_was_typed()
    {
        var house = await houses.On(Provider.Sqlite);
        var (one, other) = (await house.Visit(Role.Staff), await house.Visit(Role.Staff));
        var page = await one.Get("/en/plans/2013/actions/16/progress");
        Assert.Equal(
            HttpStatusCode.Redirect,
            (
                await other.Submit(
                    "/en/plans/2013/actions/16/progress",
                    "main form",
                    ("Input.State", "CarriedOver"),
                    ("Input.Note", "Next year")
                )
            ).Status
        );
        var refused = await one.Submit(page, "main form", ("Input.State", "Complete"), ("Input.Note", "All of it"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        Assert.Contains("All of it", refused.Text("#Input_Note"));
        Assert.Equal(HttpStatusCode.Redirect, (await one.Submit(refused, "main form")).Status);
        Assert.Contains("All of it", (await house.Visit().Get("/en/plans/2013/actions/16")).Body);
    }

    [Theory, BothDatabases]
    public async Task What_was_published_here_is_named_by_its_title(Provider provider)
    {
        var house = await houses.On(provider);
        var staff = await house.Visit(Role.Staff);
        const string path = "/en/plans/2013/actions/12";
        var form = await staff.Get($"{path}/progress");
        var option = form
            .Page.QuerySelectorAll("#published option")
            // An event has the title of the plenary, too.
            .First(o => o.TextContent.StartsWith("OIDP-2013-A", StringComparison.Ordinal) && !IsEvent(o));
        static bool IsEvent(AngleSharp.Dom.IElement option) =>
            option.GetAttribute("value")!.StartsWith("Plenary of the members", StringComparison.Ordinal);
        (string, string)[] evidence =
        [
            ("Input.Kind", "Published"),
            ("Input.Text", "See there"),
            ("Input.Date", "2013-06"),
        ];
        var unknown = await staff.Submit(form, "main form", [.. evidence, ("Input.Target", "No such title")]);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, unknown.Status);
        var saved = await staff.Submit(
            unknown,
            "main form",
            [.. evidence, ("Input.Target", option.GetAttribute("value")!)]
        );
        Assert.Equal(path, saved.Location);
        Assert.NotNull(
            (await house.Visit().Get(path)).Page.QuerySelector($".evidence a[href='/r/{option.TextContent}']")
        );
    }

    [Theory, BothDatabases]
    public async Task A_member_may_not_approve_a_plan(Provider provider)
    {
        var house = await houses.On(provider);
        var member = await house.Visit(Role.Member);
        var token = (await member.Get("/en/workspace"))
            .Page.QuerySelector("input[name=__RequestVerificationToken]")!
            .GetAttribute("value")!;
        var answer = await member.Http.PostAsync(
            "/en/plans/2013/versions/approve",
            new FormUrlEncodedContent([new("On", "2013"), new("__RequestVerificationToken", token)])
        );
        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
    }
}
