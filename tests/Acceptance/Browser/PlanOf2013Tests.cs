using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Plenaria.Platform.Access;

namespace Plenaria.Tests.Acceptance.Browser;

/// <summary>
/// The 17 lines of the work plan of 2013. Each is carried out through its module in the browser, becomes an action of
/// this year's plan, and is counted in the closed report by a figure that leads to the record itself: nothing of it is
/// typed twice.
/// </summary>
[Collection("browser")]
public class PlanOf2013Tests(Chromium chromium)
{
    /// <summary>
    /// What a line of the plan says, and how it is carried out; without that the platform cannot do it yet.
    /// </summary>
    /// <param name="Instrument">What the plan's action is bound to: kind and key, or the beginning of its name.</param>
    /// <param name="CarryOut">Does it in the browser and returns a name that stands on the record.</param>
    private sealed record Line(
        int Number,
        string Title,
        string? Instrument = null,
        Func<PlanOf2013Tests, TestHost, Task<string>>? CarryOut = null
    );

    private static readonly Line[] Lines =
    [
        new(1, "13.ª Conferencia del OIDP"),
        new(2, "Dinamización de la web", "experiences-by-region/001", (t, house) => t.PublishPractice(house)),
        new(3, "Redes sociales"),
        new(4, "7.ª Distinción de Buenas Prácticas"),
        new(5, "Grupos de trabajo"),
        new(6, "Estudio con CGLU y el CES"),
        new(
            7,
            "Antenas regionales",
            "African platform",
            (t, house) => t.AdmitMember(house, "Ville de Fictive-Antenne")
        ),
        new(
            8,
            "Diversificar la composición",
            "members-by-region/002",
            (t, house) => t.AdmitMember(house, "Ville Fictive")
        ),
        new(9, "Participación en actividades externas"),
        new(10, "Colaboración con otras redes"),
        new(11, "Presencia en webs externas"),
        new(12, "Renovación del convenio con CGLU"),
        new(13, "Crowdfunding"),
        new(14, "Convocatoria para la sede de la presidencia"),
        new(15, "Newsletter", "newsletter/public", (t, house) => t.SendNewsletter(house)),
        new(16, "Convenios de prácticas con universidades"),
        new(17, "Reunión plenaria de miembros", "decisions/all", (t, house) => t.HoldPlenary(house)),
    ];

    /// <summary>Falls with every line that a module learns to carry out; it never rises.</summary>
    private const int NotThereYet = 12;

    /// <summary>
    /// A year of which the sample has no plan, and early in it: what follows by days stays within it.
    /// </summary>
    private static readonly DateTimeOffset Start = new(DateTime.UtcNow.Year + 1, 3, 2, 9, 0, 0, TimeSpan.Zero);

    private static readonly int Year = Start.Year;

    private readonly ShiftedClock _clock = new(Start);

    [Fact]
    public void The_lines_of_the_plan_that_no_module_carries_out_are_counted()
    {
        Assert.Equal(Enumerable.Range(1, 17), Lines.Select(l => l.Number));
        Assert.Equal(NotThereYet, Lines.Count(l => l.CarryOut is null));
    }

    [Fact]
    public async Task Each_line_is_carried_out_in_its_module_and_counted_in_the_closed_report()
    {
        await using var house = await TestHost.Open(
            Provider.Sqlite,
            replace: services => services.AddSingleton<TimeProvider>(_clock)
        );
        var lines = Lines.Where(l => l.CarryOut is not null).ToList();
        var records = new List<string>();
        foreach (var line in lines)
            records.Add(await line.CarryOut!(this, house));
        var staff = await chromium.Open(house: house);
        await chromium.SignIn(staff, Role.Staff, house: house);
        await WritePlan(staff, lines);
        await CloseReport(staff);

        var anyone = await chromium.Open(house: house);
        foreach (var ((_, title, _, _), i) in lines.Select((l, i) => (l, i)))
        {
            await anyone.GotoAsync(staff.Url);
            var action = anyone.Locator($"[id='OIDP-{Year}-A{i + 1:00}']");
            await Assertions.Expect(action).ToContainTextAsync(title);
            var figure = (await action.Locator(".figure a").First.TextContentAsync())!;
            // An instrument may have several figures; each was kept.
            await Assertions
                .Expect(action.Locator(".evidence .strong").Filter(new() { HasText = figure }).First)
                .ToBeVisibleAsync();
            await action.Locator(".figure a").First.ClickAsync();
            await Assertions.Expect(anyone.Locator("main")).ToContainTextAsync(records[i]);
            await Assertions
                .Expect(anyone.Locator("main .actions > li, main .record-cards > li"))
                .ToHaveCountAsync(int.Parse(figure.Split(' ')[0], CultureInfo.InvariantCulture));
        }
    }

    private static ILocator Button(IPage page, string name) =>
        page.Locator("main").GetByRole(AriaRole.Button, new() { Name = name, Exact = true });

    private static Task Press(IPage page, string handler) =>
        page.Locator($"main button[formaction*='handler={handler}']").First.ClickAsync();

    private async Task<string> PublishPractice(TestHost house)
    {
        const string title = "Citizens' jury on a fictitious square";
        var member = await chromium.Open(house: house);
        await chromium.SignIn(member, Role.Member, house: house);
        await member.GotoAsync("/en/experiences/new");
        await member.Locator("#Input_Title").FillAsync(title);
        await member.Locator("#Input_Summary").FillAsync("Twenty people drawn by lot deliberated for three weekends.");
        await member.Locator("#Input_Practice").SelectOptionAsync("practices:citizens-jury");
        await member.Locator("button[formaction*=Draft]").ClickAsync();
        await member.Locator("main .buttons a[href$='/edit']").ClickAsync();
        await member.Locator("#Input_Narrative_0_").FillAsync("Nobody used the square after dark.");
        await member
            .Locator("main form button[formaction*=Keep], main form button:not([formaction])")
            .First.ClickAsync();
        await member.Locator("button[formaction*=Submit]").ClickAsync();
        var editor = await chromium.Open(house: house);
        await chromium.SignIn(editor, Role.Editor, house: house);
        await editor.GotoAsync("/en/workspace");
        await editor.GetByRole(AriaRole.Link, new() { Name = $"Read: {title}" }).ClickAsync();
        await Button(editor, "Publish the practice").ClickAsync();
        await Assertions.Expect(editor.Locator("main .card h2").First).ToHaveTextAsync("Published");
        return title;
    }

    private async Task<string> AdmitMember(TestHost house, string name)
    {
        var staff = await chromium.Open(house: house);
        await chromium.SignIn(staff, Role.Staff, house: house);
        await staff.GotoAsync("/en/members/new");
        await staff.Locator("#Input_Name").FillAsync(name);
        await staff.Locator("#Input_Country").FillAsync("Senegal");
        await staff
            .Locator("#Input_Since")
            .FillAsync(_clock.GetUtcNow().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        await staff.Locator("main form button").Last.ClickAsync();
        await Assertions.Expect(staff.Locator("h1")).ToHaveTextAsync(name);
        return name;
    }

    private async Task<string> HoldPlenary(TestHost house)
    {
        const string decision = "The fictitious plan is adopted.";
        var (desk, phone) = (
            await chromium.Open(house: house),
            await chromium.Open(width: 390, height: 800, house: house)
        );
        await chromium.SignIn(desk, Role.Staff, house: house);
        await chromium.SignInDelegate(phone, "ville-de-dakar", house);
        string Clock(int hour) =>
            _clock
                .GetUtcNow()
                .Date.AddDays(30)
                .AddHours(hour)
                .ToString("yyyy-MM-dd'T'HH:mm", CultureInfo.InvariantCulture);
        await desk.GotoAsync("/en/plenaries/new");
        await desk.Locator("#Input_Title").FillAsync("Plenary of the plan");
        await desk.Locator("#Input_Starts").FillAsync(Clock(16));
        await desk.Locator("#Input_Ends").FillAsync(Clock(20));
        await desk.Locator("#Input_Zone").FillAsync("Europe/Lisbon");
        await desk.Locator("main form.session button").Last.ClickAsync();
        await desk.Locator("#title").FillAsync("Work plan");
        await Press(desk, "Add");
        await Assertions.Expect(desk.Locator(".agenda")).ToContainTextAsync("Work plan");
        await Chromium.Confirm(desk, "convene");
        var path = new Uri(desk.Url).AbsolutePath[3..^"/plan".Length];
        // The notice takes days that the test does not have.
        await house.ReachDay(path[(path.LastIndexOf('/') + 1)..]);
        await phone.GotoAsync($"/en{path}/seat");
        await Press(phone, "Arrive");
        await desk.GotoAsync($"/en{path}/motions/new");
        await desk.Locator("[name='Input.Title']").FillAsync("The plan");
        await desk.Locator("[name='Input.Text']").FillAsync(decision);
        await desk.Locator("main form button").Last.ClickAsync();
        await Assertions.Expect(desk).ToHaveURLAsync(new Regex("/motions/1$"));
        await desk.GotoAsync($"/en{path}/desk");
        await Press(desk, "Call");
        await Press(desk, "Call");
        await desk.Locator("[name='subject']").SelectOptionAsync(new SelectOptionValue { Index = 1 });
        await desk.Locator("[name='method']").SelectOptionAsync("Consensus");
        await Press(desk, "Put");
        await Press(desk, "Close");
        await Assertions.Expect(desk.Locator(".vote .outcome").First).ToContainTextAsync("Adopted");
        return decision;
    }

    private async Task<string> SendNewsletter(TestHost house)
    {
        const string title = "A fictitious letter to the members";
        var reader = await chromium.Open(width: 390, height: 800, house: house);
        await reader.GotoAsync("/en/newsletter/subscribe");
        await reader.Locator("#Email").FillAsync("reader-of-the-plan@example.org");
        await Button(reader, "Subscribe").ClickAsync();
        await Assertions.Expect(reader.Locator("main [role=status]")).ToBeVisibleAsync();
        await reader.GotoAsync("/en/outbox");
        var letter = (await reader.Locator(".letter-text").First.TextContentAsync())!;
        await reader.GotoAsync(Regex.Match(letter, @"/en/newsletter/confirm\S+").Value);
        await reader.Locator("main form button").First.ClickAsync();

        var editor = await chromium.Open(house: house);
        await chromium.SignIn(editor, Role.Editor, house: house);
        await editor.GotoAsync("/en/newsletter/desk");
        await editor.Locator("#Title").FillAsync(title);
        await editor.Locator("#new-issue button").ClickAsync();
        await editor.Locator("#Input_Body").FillAsync("What the cities of the network **tried out** this winter.");
        await editor.Locator("#write button").ClickAsync();
        await editor.Locator("#add input[value=experience]").CheckAsync();
        await editor.Locator("#add button").ClickAsync();
        var issue = new Uri(editor.Url).AbsolutePath;

        var staff = await chromium.Open(house: house);
        await chromium.SignIn(staff, Role.Staff, house: house);
        await staff.GotoAsync(issue);
        await Chromium.Confirm(staff, "send");
        await Assertions
            .Expect(staff.Locator("main section[aria-labelledby=progress]"))
            .ToContainTextAsync("For 2 subscribers");
        return title;
    }

    private static async Task WritePlan(IPage page, List<Line> lines)
    {
        await page.GotoAsync("/en/plans/new");
        await page.Locator("#Input_Year, [name='Input.Year'], [name='Year']").First.FillAsync($"{Year}");
        await page.GetByLabel("Title", new() { Exact = true }).FillAsync($"Work plan {Year}");
        await Button(page, "Start a plan").ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Add a priority area" }).ClickAsync();
        await page.GetByLabel("Title", new() { Exact = true }).FillAsync("The plan of 2013, again");
        await Button(page, "Add a priority area").ClickAsync();
        await Assertions.Expect(page).Not.ToHaveURLAsync(new Regex("/areas/new$"));
        foreach (var (line, number) in lines.Select((l, i) => (l, i + 1)))
        {
            await page.GotoAsync($"/en/plans/{Year}");
            await page.GetByRole(AriaRole.Link, new() { Name = "Add a plan action" }).First.ClickAsync();
            await page.GetByLabel("Title", new() { Exact = true }).FillAsync(line.Title);
            await Button(page, "Add a plan action").ClickAsync();
            await Assertions.Expect(page).ToHaveURLAsync(new Regex($"/actions/{number}$"));
            await page.GotoAsync($"/en/plans/{Year}/actions/{number}/instruments");
            await Bind(page, line.Instrument!);
            await Button(page, "Save the figure as a supporting record").ClickAsync();
            await Assertions.Expect(page).ToHaveURLAsync(new Regex($"/actions/{number}(/instruments)?$"));
            await page.GotoAsync($"/en/plans/{Year}/actions/{number}");
            await page.GetByRole(AriaRole.Link, new() { Name = "Record progress" }).ClickAsync();
            await page.GetByLabel("State", new() { Exact = true }).SelectOptionAsync("Complete");
            await Button(page, "Save the changes").ClickAsync();
            await Assertions.Expect(page.Locator(".page-head .state")).ToHaveTextAsync("Complete");
        }
    }

    private static async Task Bind(IPage page, string instrument)
    {
        var choice = page.Locator("#Choice");
        if (instrument.Contains('/', StringComparison.Ordinal))
            await choice.SelectOptionAsync(instrument);
        else
        {
            // An office is known by its name only; its key is made when it is opened.
            var office = choice.Locator("option[value^='regional-office/']").Filter(new() { HasText = instrument });
            await choice.SelectOptionAsync((await office.First.GetAttributeAsync("value"))!);
        }
        await Button(page, "Link the action").ClickAsync();
        await Assertions.Expect(page.Locator("main .figure").First).ToBeVisibleAsync();
    }

    private static async Task CloseReport(IPage page)
    {
        await page.GotoAsync("/en/reports/new");
        await page.GetByLabel("From", new() { Exact = true }).FillAsync($"{Year}-01-01");
        await page.GetByLabel("To", new() { Exact = true }).FillAsync($"{Year}-12-31");
        await Button(page, "Create the draft").ClickAsync();
        foreach (var achieved in await page.Locator("[id$=__Achievement]").AllAsync())
            await achieved.SelectOptionAsync("Achieved");
        await Button(page, "Save the report").ClickAsync();
        await Chromium.Confirm(page, "close");
        await Assertions.Expect(page).Not.ToHaveURLAsync(new Regex("/edit$"));
        await Assertions.Expect(page.Locator(".page-head")).ToContainTextAsync("Check code");
    }
}
