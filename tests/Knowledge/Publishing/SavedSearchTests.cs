using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Plenaria.Correspondence;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;
using Plenaria.Platform.Site;
using Plenaria.Search;

namespace Plenaria.Tests.Knowledge.Publishing;

public class SavedSearchTests
{
    private static async Task Publish(Browser staff, string title, string summary)
    {
        var begun = await staff.Submit("/en/library/new", "main form", ("Input.Kind", "News"), ("Input.Title", title));
        await staff.Press(
            await staff.Get(begun.Location!.Replace("/news/", "/library/", StringComparison.Ordinal)),
            "main form",
            "Publish",
            ("Input.Summary", summary)
        );
    }

    [Theory, BothDatabases]
    public async Task Who_keeps_a_search_hears_by_mail_what_is_new_in_it_and_nothing_twice(Provider provider)
    {
        await using var house = await TestHost.Open(
            provider,
            replace: s => s.AddSingleton(new SiteAddress("http://network.example"))
        );
        var (city, staff) = (await house.Visit(Role.Member), await house.Visit(Role.Staff));
        var kept = await city.Submit(
            "/en/search?q=riverbank&kind=news",
            ".new form",
            ("rhythm", "Daily"),
            ("name", "Rivers")
        );
        Assert.Equal(HttpStatusCode.Redirect, kept.Status);
        // The same one again is the same.
        await city.Submit("/en/search?q=riverbank&kind=news", ".new form", ("rhythm", "Daily"), ("name", "Rivers"));
        Assert.Single((await city.Get("/en/searches")).Page.QuerySelectorAll("main .action-link"));
        Assert.Empty((await staff.Get("/en/searches")).Page.QuerySelectorAll("main .action-link"));
        await Publish(staff, "A park by the water", "On the riverbank.");
        await Publish(staff, "A school", "In the hills.");
        async Task<List<string>> Letters()
        {
            await house.Within(s => SavedSearchLetters.Send(s, default));
            return await house.Within(s =>
                s.GetRequiredService<PlenariaDb>()
                    .Set<OutboxMessage>()
                    .AsNoTracking()
                    .Where(l => l.To == "member@example.org" && l.Text.Contains("/en/searches"))
                    .OrderBy(l => l.CreatedAt)
                    .Select(l => l.Text)
                    .ToListAsync()
            );
        }
        Assert.Empty(await Letters());
        // A day has passed.
        Task LastToldDaysAgo(int days) =>
            house.Within(s =>
            {
                var at = DateTimeOffset.UtcNow.AddDays(-days);
                return s.GetRequiredService<PlenariaDb>()
                    .Set<SavedSearch>()
                    .ExecuteUpdateAsync(u => u.SetProperty(x => x.ToldUntil, at));
            });
        await LastToldDaysAgo(2);
        var letter = Assert.Single(await Letters());
        Assert.Contains("A park by the water", letter);
        Assert.Contains("http://network.example/en/news/a-park-by-the-water", letter);
        Assert.DoesNotContain("A school", letter);
        Assert.Single(await Letters());
        await city.Press(await city.Get("/en/searches"), "main form", "Rhythm", ("rhythm", "Never"));
        await LastToldDaysAgo(9);
        Assert.Single(await Letters());
        await city.Press(await city.Get("/en/searches"), "main form", "Remove");
        Assert.Empty((await city.Get("/en/searches")).Page.QuerySelectorAll("main .action-link"));
    }

    [Theory, BothDatabases]
    public async Task Nobody_changes_the_search_of_another_and_one_that_says_nothing_is_not_kept(Provider provider)
    {
        await using var house = await TestHost.Open(provider);
        var (city, staff) = (await house.Visit(Role.Member), await house.Visit(Role.Staff));
        await city.Submit("/en/search?q=water", ".new form", ("rhythm", "Never"));
        var mine = await city.Get("/en/searches");
        await staff.Submit("/en/search?q=water", ".new form", ("rhythm", "Never"));
        var id = mine.Page.QuerySelector("input[name=id]")!.GetAttribute("value")!;
        Assert.Equal(
            HttpStatusCode.NotFound,
            (await staff.Press(await staff.Get("/en/searches"), "main form", "Remove", ("id", id))).Status
        );
        var empty = await staff.Get("/en/search?q=water");
        Assert.Equal(
            HttpStatusCode.UnprocessableEntity,
            (await staff.Submit(empty, ".new form", ("query", "?evil=1"))).Status
        );
        Assert.DoesNotContain("search.saved", (await house.Visit().Get("/en/search?q=water")).Body);
        Assert.Empty((await house.Visit().Get("/en/search?q=water")).Page.QuerySelectorAll(".new form"));
    }
}
