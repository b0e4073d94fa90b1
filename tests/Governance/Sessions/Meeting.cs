using System.Globalization;
using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Plenaria.Members;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;
using Plenaria.Sessions;

namespace Plenaria.Tests.Governance.Sessions;

/// <summary>A session of a house's own, and what its desk and its delegates do on their pages.</summary>
internal sealed class Meeting
{
    private Meeting(TestHost house, Browser staff, string path) => (House, Staff, Path) = (house, staff, path);

    public TestHost House { get; }
    public Browser Staff { get; }

    /// <summary>Without the language.</summary>
    public string Path { get; }
    public string Reference => Path[(Path.LastIndexOf('/') + 1)..];

    /// <summary>
    /// Begins a session in thirty days, with one point and a notice of fifteen days; not convened yet.
    /// </summary>
    public static async Task<Meeting> Plan(
        TestHost house,
        string body = NetworkBodies.Plenary,
        int inDays = 30,
        bool withAgenda = true,
        Browser? staff = null
    )
    {
        staff ??= await house.Visit(Role.Staff);
        var starts = DateTime.UtcNow.Date.AddDays(inDays).AddHours(16);
        var begun = await staff.Submit(
            "/en/plenaries/new",
            "main form",
            ("Input.Title", $"Session {Guid.NewGuid():N}"),
            ("Input.Body", body),
            ("Input.Starts", Clock(starts)),
            ("Input.Ends", Clock(starts.AddHours(4))),
            ("Input.Zone", "Europe/Lisbon"),
            ("Input.Place", "Town hall")
        );
        Assert.Equal(HttpStatusCode.Redirect, begun.Status);
        var meeting = At(house, staff, begun.Location!);
        if (withAgenda)
            Assert.Equal(
                HttpStatusCode.Redirect,
                (await meeting.Planning("Add", ("title", "Work plan"), ("minutes", "60"))).Status
            );
        return meeting;
    }

    /// <summary>A session that was begun elsewhere.</summary>
    /// <param name="plan">The address at which it is planned.</param>
    public static Meeting At(TestHost house, Browser staff, string plan) => new(house, staff, plan[3..^"/plan".Length]);

    /// <summary>
    /// Somebody of the sample network who is the delegate of a member; a browser in which they are signed in.
    /// </summary>
    public static Task<Browser> Delegate(TestHost house, Role? role = null, string member = "ville-de-dakar") =>
        SignIn(house, role ?? Role.Member, member, Role.Member, Role.Delegate);

    /// <summary>Somebody of the sample network who acts for a member and is not its delegate.</summary>
    public static Task<Browser> Contact(TestHost house, Role role, string member) =>
        SignIn(house, role, member, Role.Member);

    private static async Task<Browser> SignIn(
        TestHost house,
        Role role,
        string member,
        params IReadOnlyList<Role> roles
    )
    {
        var path = await house.Within(async services =>
        {
            var (accounts, acting) = (services.GetRequiredService<Accounts>(), house.Acting());
            var line = await services.GetRequiredService<IMembers>().Find(member, default);
            var who = (await accounts.Known($"{role.Word}@example.org", acting.At, default))!.Id!.Value;
            foreach (var granted in roles)
                await accounts.Grant(who, granted, Scope.Of(line!.Id), member, acting, default);
            await services.GetRequiredService<PlenariaDb>().SaveChangesAsync();
            return await services.GetRequiredService<FirstLinks>().ForNewHouse(who, Language.English, default);
        });
        var browser = house.Visit();
        Assert.Equal(HttpStatusCode.Redirect, (await browser.Submit(path, "main form")).Status);
        return browser;
    }

    private bool _isItsDay;

    /// <summary>
    /// Moves the session to the day on which the test runs; its rules let it be called again at once.
    /// </summary>
    public async Task ReachDay(int wait = 0)
    {
        if (!_isItsDay)
            await ReachDay(House, await Stored(), wait);
        _isItsDay = true;
    }

    public static async Task ReachDay(TestHost house, Session session, int wait = 0)
    {
        var now = DateTimeOffset.UtcNow;
        var rules = session.Rules with { Wait = wait };
        await house.Within(services =>
            services
                .GetRequiredService<PlenariaDb>()
                .Set<Session>()
                .Where(s => s.Id == session.Id)
                .ExecuteUpdateAsync(s =>
                    s.SetProperty(x => x.StartsAt, now)
                        .SetProperty(x => x.EndsAt, now.AddHours(4))
                        .SetProperty(x => x.Rules, rules)
                        .SetProperty(x => x.Version, x => x.Version + 1)
                )
        );
    }

    public static string Clock(DateTime at) => at.ToString("yyyy-MM-dd'T'HH:mm", CultureInfo.InvariantCulture);

    /// <summary>A plenary that has been convened and opened at its second call, with these members present.</summary>
    public static async Task<Meeting> Open(TestHost house, params IReadOnlyList<Browser> present)
    {
        var meeting = await Plan(house);
        Assert.Equal(HttpStatusCode.Redirect, (await meeting.Planning("Convene")).Status);
        foreach (var who in present)
            Assert.Equal(HttpStatusCode.Redirect, (await meeting.Seat(who, "Arrive", ("manner", "Hall"))).Status);
        Assert.Equal(HttpStatusCode.Redirect, (await meeting.Desk("Call")).Status);
        Assert.Equal(HttpStatusCode.Redirect, (await meeting.Desk("Call")).Status);
        return meeting;
    }

    public async Task<Answer> Planning(string button, params IEnumerable<(string, string)> fields) =>
        button is "Convene" or "Cancel"
            ? await Confirm(button.ToLowerInvariant())
            : await Staff.Press(
                await Staff.Get($"/en{Path}/plan"),
                $"form:has(button[formaction$='handler={button}'])",
                button,
                fields
            );

    /// <summary>The page that names the consequences of an act, and then the act, where the page offers it.</summary>
    /// <param name="act">The last part of the page's address.</param>
    public async Task<Answer> Confirm(string act)
    {
        var page = await Staff.Get($"/en{Path}/{act}");
        return page.Page.QuerySelector("#confirm") is null ? page : await Staff.Submit(page, "#confirm");
    }

    public async Task<Answer> Desk(string button, params IEnumerable<(string, string)> fields)
    {
        if (button is "Call" or "Arrive")
            await ReachDay();
        if (button == "End")
            return await Confirm("end");
        if (button == "Void")
            return await Confirm("vote/void");
        // A ballot that ends early asks first.
        if (
            button == "Close"
            && (await Staff.Get($"/en{Path}/desk")).Page.QuerySelector("a[href$='/vote/close']") is not null
        )
            return await Confirm("vote/close");
        return await PressAtDesk(button, fields);
    }

    public async Task<Answer> PressAtDesk(string button, params IEnumerable<(string, string)> fields) =>
        await Staff.Press(
            await Staff.Get($"/en{Path}/desk"),
            $"form:has(button[formaction$='handler={button}'])",
            button,
            fields
        );

    public async Task<Answer> Seat(Browser who, string button, params IEnumerable<(string, string)> fields)
    {
        if (button == "Arrive")
            await ReachDay();
        return await PressAtSeat(who, button, fields);
    }

    public async Task<Answer> PressAtSeat(Browser who, string button, params IEnumerable<(string, string)> fields) =>
        await who.Press(
            await who.Get($"/en{Path}/seat"),
            $"form:has(button[formaction$='handler={button}'])",
            button,
            fields
        );

    public async Task<Answer> Proxy(Browser who, string button, params IEnumerable<(string, string)> fields) =>
        await who.Press(
            await who.Get($"/en{Path}/proxy"),
            $"form:has(button[formaction$='handler={button}'])",
            button,
            fields
        );

    public async Task<int> Motion(string title, string text = "", string decision = "ordinary")
    {
        var moved = await Staff.Submit(
            $"/en{Path}/motions/new",
            "main form",
            ("Input.Title", title),
            ("Input.Text", text),
            ("Input.Decision", decision)
        );
        Assert.Equal(HttpStatusCode.Redirect, moved.Status);
        return int.Parse(moved.Location![(moved.Location!.LastIndexOf('/') + 1)..], CultureInfo.InvariantCulture);
    }

    public Task<Session> Stored() =>
        House.Within(async services => (await services.GetRequiredService<SessionStore>().Find(Reference, default))!);

    public async Task<string> MotionId(int number) =>
        (await Stored()).Motions.Single(m => m.Number == number).Id.ToString();

    public async Task<string> MemberId(string slug) =>
        (await House.Within(services => services.GetRequiredService<IMembers>().Find(slug, default)))!.Id.ToString();

    /// <summary>Votes from a delegate's own page, for the first voice it may still vote for.</summary>
    public async Task<Answer> Vote(Browser who, string option)
    {
        var page = await who.Get($"/en{Path}/seat");
        var form =
            page.Page.QuerySelector("form.votes")
            ?? throw new InvalidOperationException("There is nothing to vote on.");
        string Field(string name) => form.QuerySelector($"input[name={name}]")!.GetAttribute("value")!;
        return await who.Submit(
            page,
            "form.votes",
            ("number", Field("number")),
            ("member", Field("member")),
            ("tracker", Field("tracker")),
            ("option", option)
        );
    }

    public Task<List<string>> Faults() =>
        House.Within(async services =>
        {
            var faults = new List<string>();
            await foreach (var fault in SessionCheck.Faults(services, default))
                if (fault.StartsWith(Reference, StringComparison.Ordinal))
                    faults.Add(fault);
            return faults;
        });
}
