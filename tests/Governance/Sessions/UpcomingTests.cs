using System.Globalization;
using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Plenaria.Platform.Access;
using Plenaria.Platform.Bodies;
using Plenaria.Platform.Data;
using Plenaria.Sessions;

namespace Plenaria.Tests.Governance.Sessions;

/// <summary>When and where sessions are held, as forms take it and lists and calendars show it.</summary>
public class UpcomingTests(SharedHosts houses) : IClassFixture<SharedHosts>
{
    [Theory, BothDatabases]
    public async Task A_session_without_a_time_zone_is_refused_and_zones_and_places_are_suggested(Provider provider)
    {
        var house = await houses.On(provider);
        var meeting = await Meeting.Plan(house);
        Task<Answer> Form() => meeting.Staff.Get("/en/plenaries/new");
        string Places(Answer page) =>
            string.Join(';', page.Page.QuerySelectorAll("#places option").Select(o => o.GetAttribute("value")));
        // A place that only a draft names is nobody's business yet.
        await meeting.Staff.Submit($"/en{meeting.Path}/edit", "main form", ("Input.Place", "Casa de la Ciutat"));
        Assert.DoesNotContain("Casa de la Ciutat", Places(await Form()));
        await meeting.Planning("Convene");
        var form = await Form();
        Assert.Contains("Casa de la Ciutat", Places(form));
        Assert.Equal("places", form.Page.QuerySelector("[name='Input.Place']")!.GetAttribute("list"));
        Assert.Equal("zones", form.Page.QuerySelector("[name='Input.Zone']")!.GetAttribute("list"));
        Assert.NotEmpty(form.Page.QuerySelectorAll("#zones option[value='Africa/Dakar']"));
        Assert.Equal("", form.Page.QuerySelector("[name='Input.Zone']")!.GetAttribute("value") ?? "");

        var starts = DateTime.UtcNow.Date.AddDays(30).AddHours(16);
        foreach (var zone in (string[])["", "  "])
        {
            var title = $"Nowhere {Guid.NewGuid():N}";
            var refused = await meeting.Staff.Submit(
                form,
                "main form",
                ("Input.Title", title),
                ("Input.Starts", Meeting.Clock(starts)),
                ("Input.Ends", Meeting.Clock(starts.AddHours(1))),
                ("Input.Zone", zone)
            );
            Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
            Assert.Contains("The time zone is missing", refused.Text("main form"));
            Assert.DoesNotContain(title, (await meeting.Staff.Get("/en/plenaries")).Body);
        }
        // An edited session keeps what it had.
        var kept = await meeting.Staff.Submit($"/en{meeting.Path}/edit", "main form", ("Input.Zone", ""));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, kept.Status);
        Assert.Equal("Europe/Lisbon", (await meeting.Stored()).Zone);
    }

    [Theory, BothDatabases]
    public async Task The_calendar_shows_sessions_once_they_are_convened_with_hours_and_place(Provider provider)
    {
        var house = await houses.On(provider);
        var meeting = await Meeting.Plan(house);
        var visitor = house.Visit();
        Assert.DoesNotContain(meeting.Path, (await visitor.Get("/en/calendar")).Body);
        Assert.DoesNotContain(meeting.Reference, (await visitor.Get("/en/calendar.ics")).Body);
        await meeting.Planning("Convene");
        var session = await meeting.Stored();
        var line = (await visitor.Get("/en/calendar"))
            .Page.QuerySelectorAll("main li")
            .Single(l => l.QuerySelector("a")!.GetAttribute("href") == $"/en{meeting.Path}");
        foreach (var said in (string[])["16:00", "20:00", "UTC", "Town hall", "Session"])
            Assert.Contains(said, line.TextContent);
        var feed = (await visitor.Get("/en/calendar.ics")).Body;
        var entry = feed.Split("BEGIN:VEVENT").Single(e => e.Contains(meeting.Reference, StringComparison.Ordinal));
        Assert.Contains($"DTSTART:{Utc(session.StartsAt)}", entry);
        Assert.Contains($"DTEND:{Utc(session.EndsAt)}", entry);
        // The list of sessions says the same, by the clocks of the place.
        var listed = (await visitor.Get("/en/plenaries"))
            .Page.QuerySelectorAll("main li")
            .Single(l => l.QuerySelector("a")!.GetAttribute("href") == $"/en{meeting.Path}");
        foreach (var said in (string[])["16:00–20:00", "Europe/Lisbon", "Town hall"])
            Assert.Contains(said, listed.TextContent);
        Assert.Equal($"{session.Starts.Day}", listed.QuerySelector(".date-block .day")!.TextContent);
        Assert.Equal(meeting.Reference, listed.QuerySelector(".meta > :last-child")!.TextContent);

        await meeting.Planning("Cancel");
        Assert.DoesNotContain(meeting.Path, (await visitor.Get("/en/calendar")).Body);
    }

    [Theory, BothDatabases]
    public async Task A_session_names_its_state_beside_its_title_and_in_lists_where_it_says_something(Provider provider)
    {
        var house = await houses.On(provider);
        var meeting = await Meeting.Plan(house);
        async Task<string?> Listed() =>
            (await meeting.Staff.Get("/en/plenaries"))
                .Page.QuerySelectorAll(".record-card")
                .Single(l => l.QuerySelector("a")!.GetAttribute("href") == $"/en{meeting.Path}")
                .QuerySelector(".state")
                ?.TextContent;
        Assert.Equal("Draft", await Listed());
        await meeting.Planning("Convene");
        Assert.Null(await Listed());
        var page = await house.Visit().Get("/en" + meeting.Path);
        Assert.Equal("Convened", page.Text(".page-head .page-state"));
        Assert.Empty(page.Page.QuerySelectorAll(".crumbs .state"));
    }

    [Theory, BothDatabases]
    public async Task A_session_is_read_in_one_language_with_its_agenda(Provider provider)
    {
        var house = await houses.On(provider);
        var meeting = await Meeting.Plan(house);
        await meeting.Planning("Convene");
        var page = await house.Visit().Get("/fr" + meeting.Path);
        Assert.Single(page.Page.QuerySelectorAll(".in-other-language"));
        Assert.Equal("en", page.Page.QuerySelector("h1 span")!.GetAttribute("lang"));
        Assert.Equal("en", page.Page.QuerySelector(".agenda li span")!.GetAttribute("lang"));
        Assert.Empty((await house.Visit().Get("/en" + meeting.Path)).Page.QuerySelectorAll(".in-other-language"));
    }

    private static string Utc(DateTimeOffset at) =>
        at.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);

    [Theory, BothDatabases]
    public async Task The_calendar_shows_until_when_members_are_asked(Provider provider)
    {
        var house = await houses.On(provider);
        var staff = await house.Visit(Role.Staff);
        var until = DateOnly.FromDateTime(DateTime.UtcNow.AddDays(20));
        var begun = await staff.Submit(
            "/en/consultations/new",
            "main form",
            ("Input.Title", $"Draft {Guid.NewGuid():N}"),
            ("Input.Until", until.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)),
            ("Input.Text", "Members comment on drafts.")
        );
        var desk = begun.Location!;
        var path = desk[3..^"/desk".Length];
        var visitor = house.Visit();
        Assert.DoesNotContain(path, (await visitor.Get("/en/calendar")).Body);
        async Task Press(string button, params IEnumerable<(string, string)> fields) =>
            Assert.Equal(
                HttpStatusCode.Redirect,
                (
                    await staff.Press(
                        await staff.Get(desk),
                        $"form:has(button[formaction*='handler={button}'])",
                        button,
                        fields
                    )
                ).Status
            );
        await Press("Ask", ("named", "Ville de Dakar"));
        await Press("Open");
        var line = (await visitor.Get("/en/calendar"))
            .Page.QuerySelectorAll("main li")
            .Single(l => l.QuerySelector("a")!.GetAttribute("href") == $"/en{path}");
        // The day ends where it ends last.
        foreach (var said in (string[])["23:59", "UTC−12:00", "last day for comments"])
            Assert.Contains(said, line.TextContent);
        Assert.Contains(PartialDate.On(until).For(Language.English), line.TextContent);
        var entry = (await visitor.Get("/en/calendar.ics"))
            .Body.Split("BEGIN:VEVENT")
            .Single(e => e.Contains(path[1..].Replace('/', '-'), StringComparison.Ordinal));
        Assert.Contains($"DTSTART:{Utc(new(until.AddDays(1), new(11, 59), TimeSpan.Zero))}", entry);
        Assert.DoesNotContain("DTEND", entry);
    }

    [Theory, BothDatabases]
    public async Task The_sample_network_has_a_session_of_a_regional_office_ahead(Provider provider)
    {
        var house = await houses.On(provider);
        var (session, body) = await house.Within(async s =>
        {
            var found = await s.GetRequiredService<PlenariaDb>()
                .Set<Session>()
                .AsNoTracking()
                .Include(x => x.Seats)
                .SingleAsync(x => x.BodyKind == "Office" && x.State == SessionState.Convened);
            return (found, await s.GetRequiredService<BodyService>().FindAsync(found.Body, default));
        });
        Assert.NotEmpty(session.Agenda);
        Assert.NotEmpty(session.Seats);
        Assert.Equal("/offices/dakar", body!.Path);
        var page = await house.Visit().Get("/en/plenaries");
        Assert.Contains(body.Name.For(Language.English), page.Text("main"));
        Assert.Contains(session.Path, (await house.Visit().Get("/en/offices/dakar")).Body);
    }
}
