using Microsoft.Extensions.DependencyInjection;
using Plenaria.Platform.Access;
using Plenaria.Platform.Site.SetUp;

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
        var staff = house.Visit();
        var key = house.Services.GetRequiredService<SetUpKey>().Value;
        var made = await staff.Submit(
            $"/en/set-up?token={key}",
            "main form",
            ("Input.Name", "Network of towns"),
            ("Input.ShortName", "Towns"),
            ("Input.Prefix", "TOWN"),
            ("Input.Email", "first@example.org")
        );
        await staff.Submit(made.Location!, "main form");
        var steps = (await staff.Get("/en/workspace")).Page.QuerySelectorAll("#steps ~ ol li");
        Assert.Equal(5, steps.Length);
        Assert.DoesNotContain(steps, s => s.ClassName == "met");
        await staff.Submit("/en/plans/new", "main form", ("Input.Title", "A first plan"));
        var after = (await staff.Get("/en/workspace")).Page.QuerySelectorAll("#steps ~ ol li.met");
        Assert.Equal("Import the work plan", Assert.Single(after).QuerySelector("a")!.TextContent);
    }
}
