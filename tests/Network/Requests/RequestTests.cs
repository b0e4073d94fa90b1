using System.Net;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Plenaria.Correspondence;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;
using Plenaria.Requests;

namespace Plenaria.Tests.Network.Requests;

public class RequestTests(SharedHosts houses) : IClassFixture<SharedHosts>
{
    private static readonly int Year = DateTime.UtcNow.Year + 1;

    private const string Form = "budgeting-survey";

    /// <summary>A request to these members, not sent yet; returns its address without the language.</summary>
    private static async Task<string> Prepare(Browser staff, string title, params string[] members)
    {
        var page = await staff.Get("/en/requests/new");
        Assert.NotNull(page.Page.QuerySelector("[name='Input.Title']"));
        var begun = await staff.Submit(
            page,
            "main form",
            ("Input.Title", title),
            ("Input.Form", Form),
            ("Input.Due", $"{Year}-12-31"),
            ("Input.Text", "For the next report.")
        );
        Assert.Equal(HttpStatusCode.Redirect, begun.Status);
        var path = begun.Location!["/en".Length..];
        foreach (var member in members)
        {
            var added = await staff.Submit($"/en{path}", "#choose", ("named", member));
            Assert.Equal(HttpStatusCode.Redirect, added.Status);
        }
        return path;
    }

    private static async Task Send(Browser staff, string path) =>
        Assert.Equal(HttpStatusCode.Redirect, (await staff.Submit($"/en{path}/send", "#confirm")).Status);

    private static Task<List<OutboxMessage>> Letters(TestHost house, string title) =>
        house.Within(services =>
            services
                .GetRequiredService<PlenariaDb>()
                .Set<OutboxMessage>()
                .AsNoTracking()
                .Where(l => l.Subject.Contains(title))
                .OrderBy(l => l.Id)
                .ToListAsync()
        );

    private static string LinkIn(OutboxMessage letter) =>
        letter.Text.Split('\n').Last(l => l.Contains("/answers/", StringComparison.Ordinal)) is var line
        && line.IndexOf("/answers/", StringComparison.Ordinal) is var at
            ? $"/en{line[at..].Trim()}"
            : "";

    [Theory, BothDatabases]
    public async Task Members_are_told_answer_once_and_only_the_silent_are_reminded(Provider provider)
    {
        var house = await houses.On(provider);
        var staff = await house.Visit(Role.Staff);
        var title = $"Survey {provider}";
        await house.ActsFor(Role.Member, "Ville de Dakar");
        await house.OpenDelegate("Ajuntament de Barcelona");
        var path = await Prepare(staff, title, "Ville de Dakar", "Ajuntament de Barcelona");
        var asked = await staff.Get($"/en{path}/send");
        Assert.Contains("2 members are reached", asked.Text("#reached"));
        await Send(staff, path);

        var letters = await Letters(house, title);
        // Other tests give people to these members too.
        foreach (var member in (string[])["Dakar", "Barcelona"])
            Assert.Contains(letters, l => l.Subject.Contains(member, StringComparison.Ordinal));
        Assert.Equal(letters.Count, letters.Select(l => l.To + l.Subject).Distinct().Count());
        var toDakar = letters.First(l => l.Text.Contains("Dakar", StringComparison.Ordinal));

        // On the way, without signing in; what was begun goes on from another link of the same member.
        var city = house.Visit();
        var form = await city.Get(LinkIn(toDakar));
        Assert.Contains("For the next report.", form.Text("main"));
        Assert.Contains($"answers, until 31 December {Year}", form.Text("main"));
        await city.Press(form, "form.answers", "Save", ("f.q1", "yes"));
        var delegated = await house.ActsFor(Role.Member, "Ville de Dakar");
        var mine = await delegated.Get("/en/requests/mine");
        Assert.Contains(title, mine.Body);
        var own = await delegated.Submit(mine, "main form");
        Assert.Equal(HttpStatusCode.Redirect, own.Status);
        var sent = await delegated.Press(
            await delegated.Get(own.Location!),
            "form.answers",
            "Send",
            ("f.q3", "5"),
            ("f.q5", "Earlier")
        );
        Assert.Equal(HttpStatusCode.Redirect, sent.Status);
        // Nobody answers twice: the other link shows what was sent.
        Assert.Empty((await city.Get(LinkIn(toDakar))).Page.QuerySelectorAll("form.answers"));

        // The last day is moved to a later one, never back; who has not answered reads it.
        foreach (var earlier in (string[])[$"{Year}-12-30", $"{Year}-12-31", ""])
            Assert.Equal(
                HttpStatusCode.UnprocessableEntity,
                (await staff.Submit($"/en{path}", "#postpone form", ("due", earlier))).Status
            );
        var year = DateTime.UtcNow.Year + 2;
        var moved = await staff.Submit($"/en{path}", "#postpone form", ("due", $"{year}-01-15"));
        Assert.Equal(HttpStatusCode.Redirect, moved.Status);
        var shown = await staff.Get($"/en{path}");
        Assert.Contains($"Until 15 January {year}", shown.Text("main"));
        Assert.Contains("Last day of the request moved", shown.Body);
        var toBarcelona = letters.First(l => l.Text.Contains("Barcelona", StringComparison.Ordinal));
        Assert.Contains($"{year}", (await city.Get(LinkIn(toBarcelona))).Text("main"));
        Assert.Contains("1 has answered", shown.Body);
        Assert.Equal(HttpStatusCode.Redirect, (await staff.Press(shown, "#manage", "Remind")).Status);
        var reminders = (await Letters(house, title)).Skip(letters.Count).ToList();
        Assert.All(reminders, l => Assert.DoesNotContain("Dakar", l.Text));
        Assert.NotEmpty(reminders);
        Assert.All(reminders, l => Assert.Contains($"{year}", l.Text));

        var table = (await staff.Get($"/en{path}/answers.csv")).Body;
        Assert.Contains("Earlier", table);
        Assert.Equal(3, table.TrimEnd('\n').Split('\n').Length);
        var api = JsonDocument.Parse((await staff.Get($"/api/v1{path}")).Body).RootElement;
        Assert.Single(
            api.GetProperty("members").EnumerateArray(),
            m => m.GetProperty("answered").ValueKind != JsonValueKind.Null
        );
    }

    [Theory, BothDatabases]
    public async Task Sent_twice_at_once_each_is_told_once(Provider provider)
    {
        var house = await houses.On(provider);
        var staff = await house.Visit(Role.Staff);
        await house.ActsFor(Role.Member, "Ville de Dakar");
        var title = $"Twice {provider}";
        var path = await Prepare(staff, title, "Ville de Dakar");
        var page = await staff.Get($"/en{path}/send");
        var answers = await Task.WhenAll(staff.Submit(page, "#confirm"), staff.Submit(page, "#confirm"));
        Assert.Contains(answers, a => a.Status == HttpStatusCode.Redirect);
        var letters = await Letters(house, title);
        Assert.Equal(letters.Select(l => l.To).Distinct().Count(), letters.Count);
        Assert.Equal(
            1,
            await house.Within(services =>
                services
                    .GetRequiredService<PlenariaDb>()
                    .Set<RequestedMember>()
                    .CountAsync(m =>
                        m.Response != null
                        && services
                            .GetRequiredService<PlenariaDb>()
                            .Set<MemberRequest>()
                            .Any(r => r.Id == m.Request && r.Title == LocalizedText.Original(Language.English, title))
                    )
            )
        );
    }

    [Fact]
    public async Task Who_is_not_reached_is_named_before_anything_is_sent()
    {
        var house = await houses.On(Provider.Sqlite);
        var staff = await house.Visit(Role.Staff);
        var name = await house.Within(async services =>
        {
            var db = services.GetRequiredService<PlenariaDb>();
            var members = services.GetRequiredService<Plenaria.Members.IMembers>();
            var reached = (
                await services
                    .GetRequiredService<RequestLetters>()
                    .FindPeopleAsync([.. (await members.Present(null, default)).Select(m => m.Id)], default)
            ).People.Select(g => g.Key);
            return (await members.Present(null, default))
                .First(m => !reached.Contains(m.Id))
                .Name.For(Language.English);
        });
        var path = await Prepare(staff, "Unreached", name);
        var page = await staff.Get($"/en{path}/send");
        Assert.Contains(name, page.Text(".notice.warn"));
        Assert.Contains("1 member is not reached", page.Text("#unreached"));
    }

    [Fact]
    public async Task Only_who_represents_the_member_or_has_a_link_answers_and_only_who_asked_reads()
    {
        var house = await houses.On(Provider.Sqlite);
        var staff = await house.Visit(Role.Staff);
        var path = await Prepare(staff, "Private", "Ville de Dakar");
        await Send(staff, path);
        var other = house.Visit();
        await other.Submit((await house.OpenDelegate("Ajuntament de Barcelona")).Link, "main form");
        Assert.DoesNotContain("Private", (await other.Get("/en/requests/mine")).Body);
        Assert.Equal(HttpStatusCode.Forbidden, (await other.Get($"/en{path}")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await other.Get($"/en{path}/answers.csv")).Status);

        // Nor does another member's form open it.
        var own = await Prepare(staff, "Own", "Ajuntament de Barcelona");
        await Send(staff, own);
        var asked = await house.Within(async services =>
        {
            var db = services.GetRequiredService<PlenariaDb>();
            var number = int.Parse(path.Split('/')[^1], System.Globalization.CultureInfo.InvariantCulture);
            var request = await db.Set<MemberRequest>().Include(r => r.Members).SingleAsync(r => r.Number == number);
            return request.Members.Single().Id;
        });
        var forged = await other.Submit("/en/requests/mine", "main form", ("asked", $"{asked}"));
        Assert.Equal(HttpStatusCode.NotFound, forged.Status);
    }

    [Fact]
    public async Task What_was_sent_does_not_change_and_cannot_be_sent_again()
    {
        var house = await houses.On(Provider.Sqlite);
        var staff = await house.Visit(Role.Staff);
        var path = await Prepare(staff, "Final", "Ville de Dakar");
        var before = await staff.Get($"/en{path}");
        await Send(staff, path);
        var late = await staff.Submit(before, "#choose", ("named", "Ajuntament de Barcelona"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, late.Status);
        Assert.Equal($"/en{path}", (await staff.Get($"/en{path}/send")).Location);
        var closed = await staff.Press(await staff.Get($"/en{path}"), "#manage", "Close");
        Assert.Equal(HttpStatusCode.Redirect, closed.Status);
        var after = await staff.Get(closed.Location!);
        Assert.Equal("Undo", after.Text("#undo button"));
        await staff.Submit(after, "#undo");
        Assert.Contains("Remind", (await staff.Get($"/en{path}")).Body);
    }

    [Fact]
    public async Task A_closed_form_and_a_member_that_left_are_not_asked_and_nobody_is_reminded_twice_a_day()
    {
        var house = await houses.On(Provider.Sqlite);
        var staff = await house.Visit(Role.Staff);
        var path = await Prepare(staff, "Careful", "Ville de Dakar");
        var changed = await staff.Submit($"/en{path}/edit", "main form", ("Input.Title", "Careful indeed"));
        Assert.Equal(HttpStatusCode.Redirect, changed.Status);
        await Send(staff, path);
        Assert.Contains("http", (await Letters(house, "Careful indeed"))[0].Text);
        await staff.Press(await staff.Get($"/en{path}"), "#manage", "Remind");
        Assert.Null((await staff.Get($"/en{path}")).Page.QuerySelector("#manage [formaction*=Remind]"));

        var other = await Prepare(staff, "Closed", "Ville de Dakar");
        var send = await staff.Get($"/en{other}/send");
        var closed = await staff.Press(await staff.Get($"/en/forms/{Form}/build"), "main form", "Close");
        Assert.Equal(HttpStatusCode.Redirect, closed.Status);
        var refused = await staff.Submit(send, "#confirm");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        Assert.Empty(await Letters(house, "Closed"));
        await staff.Press(await staff.Get(closed.Location!), "main form", "Reopen");
    }
}
