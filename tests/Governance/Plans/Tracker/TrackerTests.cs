using System.Net;
using System.Text.Json;
using System.Xml.Linq;

namespace Plenaria.Tests.Governance.Plans.Tracker;

public class TrackerTests(SharedHosts houses) : IClassFixture<SharedHosts>
{
    [Theory, BothDatabases]
    public async Task A_plan_shows_a_square_for_every_action_and_the_same_in_figures(Provider provider)
    {
        var visitor = (await houses.On(provider)).Visit();
        var plan = await visitor.Get("/fr/plans/2013");
        Assert.Equal(HttpStatusCode.OK, plan.Status);
        Assert.Equal(17, plan.Page.QuerySelectorAll(".progress a").Length);
        Assert.Equal(17, plan.Page.QuerySelectorAll(".actions > li").Length);
        Assert.Equal(
            17,
            plan.Page.QuerySelectorAll(".numbers tbody td:not(:last-child)").Sum(c => int.Parse(c.TextContent))
        );
        Assert.Contains("Plan de travail", plan.Text("h1"));
    }

    [Theory, BothDatabases]
    public async Task Filters_narrow_the_list_and_say_how_far(Provider provider)
    {
        var visitor = (await houses.On(provider)).Visit();
        var advanced = await visitor.Get("/en/plans/2013?state=WellAdvanced");
        Assert.Contains("award", Assert.Single(advanced.Page.QuerySelectorAll(".actions > li")).TextContent);
        Assert.Contains("1 of 17", advanced.Text("[role=status]"));
        // The whole of Europe holds its parts.
        Assert.Equal(4, (await visitor.Get("/en/plans/2013?region=150")).Page.QuerySelectorAll(".actions > li").Length);
        Assert.NotEmpty((await visitor.Get("/en/plans/2013?state=Dropped")).Text(".empty"));
        Assert.Equal(
            17,
            (await visitor.Get("/en/plans/2013?direction=99999999999999")).Page.QuerySelectorAll(".actions > li").Length
        );
    }

    [Theory, BothDatabases]
    public async Task An_action_shows_its_chain_and_what_nothing_documents(Provider provider)
    {
        var visitor = (await houses.On(provider)).Visit();
        var action = await visitor.Get("/en/plans/2013/actions/5");
        Assert.Contains("working group on the local observatories", action.Text("blockquote"));
        Assert.Contains("11 June 2012 / 11 July 2012", action.Text(".chain"));
        Assert.Contains("cited with different dates", action.Text(".undocumented"));
        Assert.Contains("To be documented", action.Text(".page-head"));
        Assert.Equal(
            1,
            (await visitor.Get("/en/plans/2013/actions/9")).Page.QuerySelectorAll(".evidence .weak").Length
        );
    }

    [Theory]
    [InlineData("/en/plans/1912")]
    [InlineData("/en/plans/2013/actions/99")]
    [InlineData("/en/resolutions/NOT-THERE")]
    [InlineData("/xx/plans")]
    [InlineData("/api/v1/plans/1912")]
    public async Task What_is_not_there_is_absent(string path)
    {
        var answer = await (await houses.On(Provider.Sqlite)).Visit().Get(path);
        Assert.Equal(HttpStatusCode.NotFound, answer.Status);
        Assert.NotEmpty(answer.Body);
    }

    [Theory, BothDatabases]
    public async Task Programs_get_json_csv_and_a_feed(Provider provider)
    {
        var visitor = (await houses.On(provider)).Visit();
        using var plan = JsonDocument.Parse((await visitor.Get("/api/v1/plans/2013")).Body);
        Assert.Equal(
            [6, 2, 3, 6],
            plan.RootElement.GetProperty("directions")
                .EnumerateArray()
                .Select(d => d.GetProperty("actions").GetArrayLength())
        );
        using var plans = JsonDocument.Parse((await visitor.Get("/api/v1/plans")).Body);
        Assert.Equal(
            [(2026, 10), (2013, 17)],
            plans
                .RootElement.EnumerateArray()
                .Select(p => (p.GetProperty("year").GetInt32(), p.GetProperty("actions").GetInt32()))
        );
        using var resolutions = JsonDocument.Parse((await visitor.Get("/api/v1/resolutions")).Body);
        Assert.Equal(4, resolutions.RootElement.EnumerateArray().Count(r => r.GetProperty("binding").GetBoolean()));

        var csv = await visitor.Get("/pt/plans/2013/actions.csv");
        Assert.Equal("text/csv", csv.Response.Content.Headers.ContentType!.MediaType);
        Assert.Equal(18, csv.Body.Trim().Split('\n').Length);
        var feed = XDocument.Parse((await visitor.Get("/ca/plans/2013/feed.atom")).Body);
        XNamespace atom = "http://www.w3.org/2005/Atom";
        Assert.All(feed.Root!.Elements(atom + "entry"), e => Assert.NotNull(e.Element(atom + "id")));
        Assert.Equal(8, feed.Root.Elements(atom + "entry").Count());
    }
}
