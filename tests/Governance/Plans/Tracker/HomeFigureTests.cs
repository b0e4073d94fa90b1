using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Plenaria.Plans;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;

namespace Plenaria.Tests.Governance.Plans.Tracker;

/// <summary>The home page of a network that has carried nothing out yet shows no nought.</summary>
public class HomeFigureTests
{
    private static Task SetAll(TestHost house, ActionState state) =>
        house.Within(s =>
            s.GetRequiredService<PlenariaDb>()
                .Set<PlanAction>()
                .ExecuteUpdateAsync(a => a.SetProperty(x => x.State, state))
        );

    private static string Words(Answer page) =>
        string.Join(' ', page.Text(".promise-figure").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    [Theory, BothDatabases]
    public async Task A_plan_that_has_just_begun_shows_what_was_decided_and_promised(Provider provider)
    {
        await using var house = await TestHost.Open(provider);
        await SetAll(house, ActionState.NotStarted);
        var fresh = await house.Visit().Get("/en");
        Assert.Contains("actions to carry out", Words(fresh));
        var figure = fresh.Page.QuerySelector("a[href='/en/resolutions?binding=true']")!;
        Assert.Contains("decisions adopted", figure.TextContent);
        Assert.DoesNotContain("decisions carried out", fresh.Body);
        // The number is that of the list behind it.
        var listed = (await house.Visit().Get("/en/resolutions?binding=true")).Page.QuerySelectorAll(".actions > li");
        Assert.Contains($"{listed.Length}", figure.TextContent);
        Assert.True(
            (await house.Visit().Get("/en/resolutions")).Page.QuerySelectorAll(".actions > li").Length > listed.Length
        );

        await SetAll(house, ActionState.UnderWay);
        var staff = await house.Visit(Role.Staff);
        Assert.Contains("actions under way", Words(await staff.Get("/en")));
        await SetAll(house, ActionState.Complete);
        var done = await staff.Get("/en");
        Assert.Contains("actions complete", Words(done));
        Assert.Contains("carried out", done.Body);
    }

    [Theory, BothDatabases]
    public async Task Without_any_decision_there_is_no_figure_of_them(Provider provider)
    {
        await using var house = await TestHost.Open(provider, withSample: false);
        Assert.DoesNotContain("decision", (await house.Visit().Get("/en")).Text("main"));
    }
}
