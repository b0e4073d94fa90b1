using System.Net;
using Plenaria.Platform.Access;

namespace Plenaria.Tests.Platform.Home;

public class HomePageTests
{
    private static async Task<List<string>> Headings(Browser visitor) =>
        [.. (await visitor.Get("/en")).Page.QuerySelectorAll("main h2").Select(h => h.TextContent.Trim())];

    [Theory, BothDatabases]
    public async Task The_network_orders_and_hides_the_blocks_of_its_home_page(Provider provider)
    {
        await using var house = await TestHost.Open(provider);
        var (anyone, staff) = (house.Visit(), await house.Visit(Role.Staff));
        var before = await Headings(anyone);
        Assert.True(before.IndexOf("Coming up") < before.IndexOf("Recent practices"));
        Assert.Contains("What we promised", before);

        var page = await staff.Get("/en/settings/home");
        int RowOf(string block) =>
            page
                .Page.QuerySelectorAll(".arrange tbody tr")
                .Select((r, i) => (Name: r.QuerySelector("th")!.TextContent.Trim(), i))
                .Single(r => r.Name == block)
                .i;
        var (practices, promise) = (RowOf("Recent practices"), RowOf("What we promised"));
        var saved = await staff.Submit(
            page,
            "main form",
            ($"Input.Rows[{practices}].Position", "0"),
            ($"Input.Rows[{promise}].IsShown", "false")
        );
        Assert.Equal(HttpStatusCode.Redirect, saved.Status);
        var after = await Headings(anyone);
        Assert.True(after.IndexOf("Recent practices") < after.IndexOf("Coming up"));
        Assert.DoesNotContain("What we promised", after);
        // Who arranges it at the same time is told.
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await staff.Submit(page, "main form")).Status);
    }

    [Theory, BothDatabases]
    public async Task What_is_next_has_a_date_and_one_button_each(Provider provider)
    {
        await using var house = await TestHost.Open(provider);
        var next = (await house.Visit().Get("/en")).Page.QuerySelectorAll(".home-next .record-card");
        Assert.NotEmpty(next);
        foreach (var card in next)
        {
            Assert.NotNull(card.QuerySelector(".date-block .day"));
            Assert.Equal(
                card.QuerySelector("h3 a")!.GetAttribute("href"),
                Assert.Single(card.QuerySelectorAll(".button")).GetAttribute("href")
            );
        }
        Assert.Contains("See the agenda", next.Select(c => c.QuerySelector(".button")!.TextContent));
    }

    [Theory, BothDatabases]
    public async Task The_home_page_measures_what_was_promised_by_what_was_done(Provider provider)
    {
        await using var house = await TestHost.Open(provider);
        var page = await house.Visit().Get("/en");
        var done = page.Page.QuerySelectorAll(".home-promise a:has(.mark-fill[height='40'])").Length;
        Assert.Equal(
            done.ToString(System.Globalization.CultureInfo.InvariantCulture),
            page.Text(".promise-figure strong")
        );
        Assert.InRange(done, 1, page.Page.QuerySelectorAll(".home-promise svg a").Length - 1);
    }

    [Theory, BothDatabases]
    public async Task An_empty_network_says_that_nothing_has_been_published(Provider provider)
    {
        await using var house = await TestHost.Open(provider, withSample: false);
        var page = await house.Visit().Get("/en");
        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.Equal("Nothing has been published yet.", page.Text("main .empty"));
    }
}
