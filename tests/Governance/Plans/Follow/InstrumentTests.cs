using System.Net;
using Plenaria.Platform.Access;

namespace Plenaria.Tests.Governance.Plans.Follow;

public class InstrumentTests(SharedHosts houses) : IClassFixture<SharedHosts>
{
    [Theory, BothDatabases]
    public async Task An_action_bound_to_a_region_shows_a_figure_that_equals_the_list_behind_it_and_can_be_kept(
        Provider provider
    )
    {
        var house = await houses.On(provider);
        var staff = await house.Visit(Role.Staff);
        var page = await staff.Get("/en/plans/2013/actions/8/instruments");
        Assert.Equal(
            HttpStatusCode.Redirect,
            (await staff.Press(page, "main > form", "Add", ("Choice", "members-by-region/150"))).Status
        );
        var seen = await house.Visit().Get("/fr/plans/2013/actions/8");
        var figure = seen.Page.QuerySelector(".instruments .figure a")!;
        var listed = await house.Visit().Get(figure.GetAttribute("href")!);
        var count = listed.Page.QuerySelectorAll(".actions > li").Length;
        Assert.NotEqual(0, count);
        Assert.Equal($"{count} membres", figure.TextContent);
        // Twice the same is refused.
        page = await staff.Get("/en/plans/2013/actions/8/instruments");
        Assert.Equal(
            HttpStatusCode.UnprocessableEntity,
            (await staff.Press(page, "main > form", "Add", ("Choice", "members-by-region/150"))).Status
        );
        Assert.Equal(
            HttpStatusCode.UnprocessableEntity,
            (await staff.Press(page, "main > form", "Add", ("Choice", "nothing/at-all"))).Status
        );

        var bound = await staff.Get("/en/plans/2013/actions/8/instruments");
        await staff.Press(bound, "main li form", "Keep");
        var kept = await house.Visit().Get("/pt/plans/2013/actions/8");
        Assert.Contains($"{count} membros", kept.Text(".evidence .strong"));
        Assert.Empty(kept.Text(".page-head .undocumented"));
        // The page from before the figure was kept is out of date, and said to be.
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await staff.Press(bound, "main li form", "Remove")).Status);
        await staff.Press(await staff.Get("/en/plans/2013/actions/8/instruments"), "main li form", "Remove");
        Assert.Null((await house.Visit().Get("/fr/plans/2013/actions/8")).Page.QuerySelector(".instruments"));
    }

    [Theory, BothDatabases]
    public async Task Decisions_are_counted_by_what_binds_in_the_period(Provider provider)
    {
        var house = await houses.On(provider);
        var staff = await house.Visit(Role.Staff);
        await staff.Press(
            await staff.Get("/en/plans/2013/actions/17/instruments"),
            "main > form",
            "Add",
            ("Choice", "decisions/all")
        );
        var figure = (await staff.Get("/en/plans/2013/actions/17")).Page.QuerySelector(".instruments .figure a")!;
        Assert.Equal("0 decisions of the members", figure.TextContent);
        Assert.Empty((await staff.Get(figure.GetAttribute("href")!)).Page.QuerySelectorAll(".actions > li"));
        Assert.Equal(
            2,
            (await staff.Get("/en/resolutions?from=2012-01-01&to=2012-12-31"))
                .Page.QuerySelectorAll(".actions > li")
                .Length
        );
    }
}
