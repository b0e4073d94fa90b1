using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Plenaria.Platform.Access;
using Plenaria.Platform.FirstSteps;

namespace Plenaria.Tests.Platform.Site;

public class FirstStepsTests
{
    [Theory, BothDatabases]
    public async Task A_new_network_has_its_first_steps_on_the_workspace_until_all_are_done(Provider provider)
    {
        await using var empty = await TestHost.Open(provider, withSample: false);
        var all = await empty.Within(s => s.GetRequiredService<FirstStepList>().GetAsync(default));
        Assert.Equal(7, all.Count);
        Assert.DoesNotContain(all, s => s.IsDone);

        await using var house = await TestHost.Open(provider);
        var (staff, editor) = (await house.Visit(Role.Staff), await house.Visit(Role.Editor));
        // The sample has done all of them.
        Assert.Empty((await staff.Get("/en/workspace")).Page.QuerySelectorAll("#steps"));
        var changed = await staff.Submit(
            "/en/settings",
            "main form",
            [.. Enumerable.Range(0, Language.All.Count).Select(i => ($"Input.Purposes[{i}]", ""))]
        );
        Assert.Equal(HttpStatusCode.Redirect, changed.Status);
        var steps = (await staff.Get("/en/workspace")).Page.QuerySelectorAll("#steps ~ ol li");
        Assert.Equal(7, steps.Length);
        var open = Assert.Single(steps, s => s.ClassName != "met");
        Assert.Equal("/en/settings", open.QuerySelector("a")!.GetAttribute("href"));
        // Whoever does not set the network up is not asked.
        Assert.Empty((await editor.Get("/en/workspace")).Page.QuerySelectorAll("#steps"));
    }
}
