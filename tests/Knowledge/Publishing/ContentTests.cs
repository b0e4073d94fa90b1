using System.Net;
using System.Text;
using System.Text.Json;
using Ical.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;
using Plenaria.Publishing.Content;
using Plenaria.Tests.Knowledge.Experiences;

namespace Plenaria.Tests.Knowledge.Publishing;

public class ContentTests(SharedHosts houses) : IClassFixture<SharedHosts>
{
    private static readonly byte[] Pdf = Encoding.ASCII.GetBytes("%PDF-1.4\n%%EOF");

    private static async Task<string> Begin(Browser who, string kind, string title)
    {
        var begun = await who.Submit("/en/library/new", "main form", ("Input.Kind", kind), ("Input.Title", title));
        Assert.Equal(HttpStatusCode.Redirect, begun.Status);
        // Where it leads is a page.
        Assert.Equal(HttpStatusCode.OK, (await who.Get(begun.Location!)).Status);
        var path = begun.Location![..^"/edit".Length];
        return ((await who.Get(path)).Location ?? path)[3..];
    }

    private static string EditOf(string path) => $"/library/{path[(path.LastIndexOf('/') + 1)..]}/edit";

    [Theory, BothDatabases]
    public async Task A_city_writes_news_its_editor_publishes_it_and_it_stands_on_the_home_page(Provider provider)
    {
        var house = await houses.On(provider);
        var (city, staff, anybody) = (await house.Visit(Role.Member), await house.Visit(Role.Staff), house.Visit());
        var path = await Begin(city, "News", "The assemblies begin in spring");
        var page = await city.Get("/en" + EditOf(path));
        Assert.DoesNotContain("handler=Publish", page.Body);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await city.Press(page, "main form", "Submit")).Status);
        Assert.Equal(
            HttpStatusCode.Redirect,
            (await city.Press(page, "main form", "Submit", ("Input.Summary", "In eleven districts."))).Status
        );
        Assert.Equal(HttpStatusCode.NotFound, (await anybody.Get("/en" + path)).Status);
        Assert.Contains("The assemblies begin in spring", (await staff.Get("/en/workspace")).Text(".actions"));
        Assert.Equal(
            HttpStatusCode.Redirect,
            (await staff.Press(await staff.Get("/en" + path), ".card form", "Publish")).Status
        );
        Assert.Equal(HttpStatusCode.OK, (await anybody.Get("/en" + path)).Status);
        Assert.Contains("The assemblies begin in spring", (await anybody.Get("/en")).Text(".home-panels"));
        Assert.Contains(
            "The assemblies begin in spring",
            (await anybody.Get("/en/search?q=eleven+districts")).Text(".results")
        );
        // It belongs to the city, and no other shelf shows it.
        Assert.Equal(
            HttpStatusCode.MovedPermanently,
            (await anybody.Get("/en/library" + path[path.LastIndexOf('/')..])).Status
        );
    }

    [Theory, BothDatabases]
    public async Task A_file_of_a_draft_is_for_the_network_and_for_everybody_once_it_is_published(Provider provider)
    {
        var house = await houses.On(provider);
        var (staff, anybody) = (await house.Visit(Role.Staff), house.Visit());
        var path = await Begin(staff, "Publication", $"A guide {Guid.NewGuid():N}");
        var edit = await staff.Get("/en" + EditOf(path));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await staff.Press(edit, "main form", "Publish")).Status);
        Assert.Equal(
            HttpStatusCode.Redirect,
            (
                await staff.Upload(
                    edit,
                    "main form",
                    ("file", "guide.pdf", [.. Pdf, .. Encoding.ASCII.GetBytes(path)]),
                    ("fileLanguage", "fr"),
                    ("Input.Authors", "Doe, A.; Roe, B."),
                    ("Input.Date", "2011")
                )
            ).Status
        );
        edit = await staff.Get("/en" + EditOf(path));
        var file = edit.Page.QuerySelector("section .action-link a")!.GetAttribute("href")!;
        Assert.Equal(HttpStatusCode.NotFound, (await anybody.Get(file)).Status);
        Assert.Equal(HttpStatusCode.Redirect, (await staff.Press(edit, "main form", "Publish")).Status);
        Assert.Equal(HttpStatusCode.OK, (await anybody.Get(file)).Status);
        var shown = await anybody.Get("/en" + path);
        Assert.Contains("Français", shown.Text("main"));
        var bib = await anybody.Get($"/en{path}/cite.bib");
        Assert.Contains("author = {Doe, A. and Roe, B.}", bib.Body);
        Assert.Contains("year = {2011}", bib.Body);
        Assert.Contains("AU  - Roe, B.", (await anybody.Get($"/en{path}/cite.ris")).Body);
        // Withdrawn, its link says so.
        Assert.Equal(
            HttpStatusCode.Redirect,
            (await staff.Press(await staff.Get("/en" + path), ".card form", "Archive")).Status
        );
        Assert.Equal(HttpStatusCode.NotFound, (await anybody.Get("/en" + path)).Status);
    }

    [Theory, BothDatabases]
    public async Task An_event_is_held_by_the_clocks_of_its_place_and_calendars_can_subscribe(Provider provider)
    {
        var house = await houses.On(provider);
        var (staff, anybody) = (await house.Visit(Role.Staff), house.Visit());
        var path = await Begin(staff, "Event", "Assembly in Maputo");
        var edit = await staff.Get("/en" + EditOf(path));
        Assert.Contains(
            "not a known time zone",
            (
                await staff.Press(
                    edit,
                    "main form",
                    "Publish",
                    ("Input.Starts", "2031-03-02T09:30"),
                    ("Input.Zone", "Africa/Nowhere")
                )
            ).Body
        );
        Assert.Contains(
            "before the start",
            (
                await staff.Press(
                    edit,
                    "main form",
                    "Publish",
                    ("Input.Starts", "2031-03-02T09:30"),
                    ("Input.Ends", "2031-03-02T08:30"),
                    ("Input.Zone", "Africa/Maputo")
                )
            ).Body
        );
        Assert.Equal(
            HttpStatusCode.Redirect,
            (
                await staff.Press(
                    edit,
                    "main form",
                    "Publish",
                    ("Input.Starts", "2031-03-02T09:30"),
                    ("Input.Ends", "2031-03-02T12:00"),
                    ("Input.Zone", "Africa/Maputo"),
                    ("Input.City", "Maputo"),
                    ("Input.Country", "Mozambique")
                )
            ).Status
        );
        Assert.Contains("UTC+02:00", (await anybody.Get("/en" + path)).Text(".page-head"));
        var calendar = await anybody.Get("/en/calendar");
        Assert.Contains("Assembly in Maputo", calendar.Text("main"));
        // By the clocks of the place, which are named; a script says it by the reader's.
        Assert.Contains("(Maputo, UTC+02:00)", calendar.Text("main"));
        var local = calendar.Page.QuerySelector("[data-local][data-zone='Africa/Maputo']")!;
        Assert.StartsWith("2031-03-02T07:30:00", local.GetAttribute("data-at"), StringComparison.Ordinal);
        Assert.NotNull(calendar.Page.QuerySelector("script[src*='local-time']"));
        var read = Calendar.Load((await anybody.Get("/fr/calendar.ics")).Body)!;
        var held = Assert.Single(read.Events, e => e.Summary == "Assembly in Maputo");
        Assert.Equal(new DateTime(2031, 3, 2, 7, 30, 0, DateTimeKind.Utc), held.Start!.AsUtc);
        Assert.Equal("Maputo, Mozambique", held.Location);
        Assert.Single(Calendar.Load((await anybody.Get($"/fr{path}.ics")).Body)!.Events);
        Assert.Contains("Assembly in Maputo", (await anybody.Get("/en/calendar?year=2031")).Text("main"));
    }

    [Theory, BothDatabases]
    public async Task An_editor_publishes_no_further_than_the_territory(Provider provider)
    {
        await using var house = await TestHost.Open(provider);
        var city = await house.Visit(Role.Member);
        var staff = await house.Visit(Role.Staff);
        var path = await Begin(staff, "News", "News of Rosario");
        await staff.Press(
            await staff.Get("/en" + EditOf(path)),
            "main form",
            "Submit",
            ("Input.Summary", "Of Rosario."),
            ("Input.Country", "Argentina")
        );
        var editor = await ExperienceTests.EditorOf(house, "dakar");
        Assert.Equal(HttpStatusCode.NotFound, (await editor.Get("/en" + path)).Status);
        Assert.DoesNotContain("News of Rosario", (await editor.Get("/en/library/desk")).Body);
        Assert.Equal(HttpStatusCode.NotFound, (await city.Get("/en" + EditOf(path))).Status);
    }

    [Theory, BothDatabases]
    public async Task Written_in_two_languages_it_is_one_item_and_a_changed_original_makes_the_translation_stale(
        Provider provider
    )
    {
        var house = await houses.On(provider);
        var staff = await house.Visit(Role.Staff);
        var path = await Begin(staff, "News", $"A call {Guid.NewGuid():N}");
        await staff.Press(
            await staff.Get("/en" + EditOf(path)),
            "main form",
            "Publish",
            ("Input.Summary", "Open until May.")
        );
        var french = await staff.Get("/fr" + EditOf(path));
        Assert.Contains("Open until May.", french.Text("details"));
        await staff.Submit(french, "main form", ("Input.Title", "Un appel"), ("Input.Summary", "Ouvert jusqu'en mai."));
        await staff.Submit(await staff.Get("/en" + EditOf(path)), "main form", ("Input.Summary", "Open until June."));
        var item = await house.Within(s =>
            s.GetRequiredService<PlenariaDb>()
                .Set<Item>()
                .AsNoTracking()
                .SingleAsync(i => i.Slug == path.Substring(path.LastIndexOf('/') + 1))
        );
        Assert.Equal(
            (WordingState.Human, WordingState.Stale),
            (item.Title.In(Language.French)!.State, item.Summary.In(Language.French)!.State)
        );
        // Two who write at once: the second is told and keeps what was typed.
        var (one, other) = (await staff.Get("/en" + EditOf(path)), await staff.Get("/en" + EditOf(path)));
        Assert.Equal(HttpStatusCode.Redirect, (await staff.Submit(one, "main form", ("Input.City", "Lyon"))).Status);
        var refused = await staff.Submit(other, "main form", ("Input.Body", "The second text."));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        Assert.Contains("The second text.", refused.Body);
    }

    [Theory, BothDatabases]
    public async Task Programs_read_what_is_published_and_nothing_else(Provider provider)
    {
        var house = await houses.On(provider);
        var staff = await house.Visit(Role.Staff);
        var (draft, out_) = (
            await Begin(staff, "News", $"Hidden {Guid.NewGuid():N}"),
            await Begin(staff, "News", "<script>alert(1)</script> & co.")
        );
        await staff.Press(
            await staff.Get("/en" + EditOf(out_)),
            "main form",
            "Publish",
            ("Input.Body", "<img src=x onerror=alert(1)>[a](javascript:alert(1))")
        );
        var listed = JsonDocument
            .Parse((await house.Visit().Get("/api/v1/publications")).Body)
            .RootElement.GetProperty("publications")
            .EnumerateArray()
            .Select(p => p.GetProperty("slug").GetString())
            .ToList();
        Assert.Contains(out_[(out_.LastIndexOf('/') + 1)..], listed);
        Assert.DoesNotContain(draft[(draft.LastIndexOf('/') + 1)..], listed);
        Assert.Equal(
            HttpStatusCode.NotFound,
            (await house.Visit().Get($"/api/v1/publications{draft[draft.LastIndexOf('/')..]}")).Status
        );
        var page = (await house.Visit().Get("/en" + out_)).Page;
        Assert.Empty(page.QuerySelectorAll("main script, main img, main a[href^=javascript]"));
        Assert.Contains("<script>alert(1)</script> & co.", page.QuerySelector("h1")!.TextContent);
    }
}
