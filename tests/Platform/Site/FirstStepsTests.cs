using Plenaria.Platform.Access;

namespace Plenaria.Tests.Platform.Site;

public class FirstStepsTests
{
    [Theory, BothDatabases]
    public async Task A_new_network_has_its_first_steps_on_the_workspace_until_all_are_done(Provider provider)
    {
        await using var sample = await TestHost.Open(provider);
        // The sample has done all of them.
        Assert.Empty((await (await sample.Visit(Role.Staff)).Get("/en/workspace")).Page.QuerySelectorAll("#steps"));

        await using var house = await TestHost.Open(provider, withSample: false);
        var staff = await house.Visit(Role.Staff);
        var steps = (await staff.Get("/en/workspace")).Page.QuerySelectorAll("#steps ~ ol li");
        Assert.Equal(5, steps.Length);
        Assert.DoesNotContain(steps, s => s.ClassName == "met");
        await staff.Submit("/en/plans/new", "main form", ("Input.Title", "A first plan"));
        var after = (await staff.Get("/en/workspace")).Page.QuerySelectorAll("#steps ~ ol li.met");
        Assert.Equal("Import the work plan", Assert.Single(after).QuerySelector("a")!.TextContent);
        // Whoever does not set the network up is not asked.
        Assert.Empty((await (await house.Visit(Role.Editor)).Get("/en/workspace")).Page.QuerySelectorAll("#steps"));
    }
}
