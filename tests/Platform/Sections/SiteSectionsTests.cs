using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Plenaria.Platform.Access;
using Plenaria.Platform.Modules;
using Plenaria.Platform.Sections;

namespace Plenaria.Tests.Platform.Sections;

public class SiteSectionsTests(SharedHosts houses) : IClassFixture<SharedHosts>
{
    /// <summary>Pages of no section: the network itself, ways in, answers to what somebody was sent, errors.</summary>
    private static readonly string[] Outside =
    [
        "/about",
        "/account",
        "/answers",
        "/contact",
        "/error",
        "/forms",
        "/logo",
        "/membership",
        "/outbox",
        "/reviews",
        "/search",
        "/set-up",
        "/sign-in",
        "/sign-out",
        "/site/page",
        "/staff",
        "/style",
        "/workspace",
    ];

    [Fact]
    public async Task Every_page_stands_in_a_section_in_the_staff_area_or_among_the_visitors_own()
    {
        var house = await houses.On(Provider.Sqlite);
        var catalog = house.Services.GetRequiredService<ModuleCatalog>();
        string[] places =
        [
            .. catalog.Declared<SectionTab>().Select(t => t.Path),
            .. catalog.Declared<StaffTool>().Select(t => t.Path),
            .. catalog.Declared<WorkspacePage>().Select(p => p.Path.Split('#')[0]),
            .. Outside,
        ];
        var lost = Visits
            .All.Select(v => v.Path.Split('?')[0])
            .Where(p =>
                p.Length > 0 && !places.Any(place => p == place || p.StartsWith(place + "/", StringComparison.Ordinal))
            );
        Assert.Equal([], lost.Distinct().Order());
    }

    [Fact]
    public async Task A_page_shows_its_section_its_tab_and_the_way_back()
    {
        var house = await houses.On(Provider.Sqlite);
        var anyone = house.Visit();
        var index = await anyone.Get("/en/plans");
        Assert.Equal("What we decide", index.Text(".sections [aria-current]"));
        Assert.Equal("Work plans", index.Text(".tabs [aria-current=page]"));
        var action = await anyone.Get("/en/plans/2013/actions/9");
        Assert.Equal("What we decide", action.Text(".sections [aria-current]"));
        Assert.Equal("Work plans", action.Text(".tabs [aria-current=true]"));
        Assert.Equal(
            ["/en/plenaries", "/en/plans", "/en/plans/2013"],
            action.Page.QuerySelectorAll(".crumbs a").Select(a => a.GetAttribute("href"))
        );
        // The first page of all stands in none.
        Assert.Empty((await anyone.Get("/en")).Page.QuerySelectorAll(".tabs, .crumbs"));
    }

    [Fact]
    public async Task The_header_names_the_places_of_whoever_is_signed_in()
    {
        var house = await houses.On(Provider.Sqlite);
        async Task<string> Own(Browser visitor) => (await visitor.Get("/en/plans")).Text(".site-head .own nav");
        var (anyone, member, staff) = (
            await Own(house.Visit()),
            await Own(await house.ActsFor(Role.Member, "ville-de-dakar")),
            await Own(await house.Visit(Role.Staff))
        );
        Assert.Contains("Sign in", anyone);
        Assert.DoesNotContain("My work", anyone);
        Assert.Contains("My institution", member);
        Assert.DoesNotContain("Administration", member);
        Assert.Contains("My work", staff);
        Assert.Contains("Administration", staff);
        Assert.DoesNotContain("My institution", staff);
    }

    [Theory, BothDatabases]
    public async Task The_header_counts_the_tasks_that_wait_and_the_next_page_says_what_a_form_did(Provider provider)
    {
        var house = await houses.On(provider);
        var juror = await house.Visit(Role.Juror);
        var page = await juror.Get("/en/workspace");
        Assert.Empty(page.Page.QuerySelectorAll(".site-head .waiting"));
        var me = page.Page.QuerySelector("#Input_Assignee option")!.GetAttribute("value")!;
        var given = await juror.Submit(
            page,
            "details.new form",
            ("Input.Assignee", me),
            ("Input.Title", "Read the candidacies")
        );
        Assert.Equal(HttpStatusCode.Redirect, given.Status);
        var after = await juror.Get("/en/workspace");
        Assert.Equal("Task assigned", after.Text(".acted[role=status]"));
        Assert.Equal("1", after.Page.QuerySelector(".site-head .own .waiting")!.TextContent);
        // Once: the page after it is an ordinary one.
        Assert.Empty((await juror.Get("/en/workspace")).Page.QuerySelectorAll(".acted"));
    }

    [Theory, BothDatabases]
    public async Task What_was_done_can_be_taken_back_from_the_line_that_says_it(Provider provider)
    {
        var house = await houses.On(provider);
        var auditor = await house.Visit(Role.Auditor);
        var page = await auditor.Get("/en/workspace");
        var me = page.Page.QuerySelector("#Input_Assignee option")!.GetAttribute("value")!;
        await auditor.Submit(page, "details.new form", ("Input.Assignee", me), ("Input.Title", "Read the accounts"));
        var done = await auditor.Submit("/en/workspace", "ol.actions form");
        Assert.Equal(HttpStatusCode.Redirect, done.Status);
        var after = await auditor.Get("/en/workspace");
        Assert.DoesNotContain("Read the accounts", after.Text("ol.actions"));
        Assert.Equal("Task done", after.Text(".acted p"));
        Assert.Equal(HttpStatusCode.Redirect, (await auditor.Submit(after, "#undo")).Status);
        Assert.Contains("Read the accounts", (await auditor.Get("/en/workspace")).Text("ol.actions"));
    }

    [Fact]
    public async Task A_line_that_the_house_did_not_seal_is_not_shown()
    {
        var house = await houses.On(Provider.Sqlite);
        var staff = await house.Visit(Role.Staff);
        staff.Cookies.Add(house.Address, new Cookie("plenaria-acted", "tasks.done"));
        Assert.Empty((await staff.Get("/en/workspace")).Page.QuerySelectorAll(".acted"));
    }
}
