using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Plenaria.Bench;

/// <summary>What a vote came to.</summary>
internal sealed record Counts(long Yes, long No, long Abstentions)
{
    public long All => Yes + No + Abstentions;
}

/// <summary>
/// A plenary of a sample network with many more members, each with a delegate who has signed in, all over HTTP.
/// </summary>
internal sealed class Plenary : IDisposable
{
    private const int AtOnce = 4;

    private readonly string _program,
        _data = Directory.CreateTempSubdirectory("plenaria-bench").FullName;
    private IReadOnlyList<string> _said = [];
    private Served _house;
    private List<string> _members = [];
    private string _path = "";

    private Plenary(string program)
    {
        _program = program;
        _house = Serve();
        Desk = new(() => _house.Address);
    }

    public Person Desk { get; }
    public IReadOnlyList<Person> Delegates { get; private set; } = [];
    private string Reference => _path[(_path.LastIndexOf('/') + 1)..];

    public static async Task<Plenary> Convene(string program, int delegates)
    {
        var plenary = new Plenary(program);
        await plenary.Desk.SignIn(Served.LinksOf("staff", plenary._said)[0]);
        if (delegates > 0)
            await plenary.Take(delegates);
        await plenary.Notice();
        if (delegates > 0)
            await plenary.Seat(delegates);
        return plenary;
    }

    private Served Serve()
    {
        var house = Served.Start(_program, "demo", "--data", _data, "--urls", "http://127.0.0.1:0");
        _said = house.WaitFor("Ready.");
        return house;
    }

    /// <summary>Ends the program as a power cut would.</summary>
    public void Kill() => _house.Dispose();

    public void Restart() => _house = Serve();

    /// <summary>New members, and an account for somebody of each.</summary>
    private async Task Take(int delegates)
    {
        var file = Path.Combine(_data, "members.csv");
        await File.WriteAllLinesAsync(
            file,
            Enumerable.Range(0, delegates).Select(i => $"Municipality {i:0000},FR").Prepend("name,country")
        );
        Run("members", "import", file);
        await Desk.Get("/en/people");
        var first = await Desk.Post(
            "/en/people",
            ("Input.Name", "Nobody"),
            ("Input.Email", "nobody@example.org"),
            ("Input.Language", "en")
        );
        _members = Regex
            .Matches(await Desk.Get(first), """value="(member:[^"]+)">Municipality""")
            .Select(m => m.Groups[1].Value)
            .ToList();
        await Parallel.ForAsync(
            0,
            delegates,
            Few,
            async (n, _) =>
            {
                var account = await Desk.Post(
                    "/en/people",
                    ("Input.Name", $"Delegate {n}"),
                    ("Input.Email", $"delegate{n}@example.org"),
                    ("Input.Language", "en")
                );
                await Desk.Post(
                    $"{account}?handler=Grant",
                    ("Version", "0"),
                    ("Role", "Member"),
                    ("Where", _members[n])
                );
            }
        );
    }

    // Today, without notice and without a wait before the second call: the figures are about the votes.
    private async Task Notice()
    {
        await Desk.Get("/en/plenaries/new");
        // A place whose day neither begins nor ends while the bench runs.
        var (zone, offset) = DateTime.UtcNow.Hour < 12 ? ("Asia/Dhaka", 6) : ("America/Costa_Rica", -6);
        string Clock(int minutes) =>
            DateTime
                .UtcNow.AddHours(offset)
                .AddMinutes(minutes)
                .ToString("yyyy-MM-dd'T'HH:mm", CultureInfo.InvariantCulture);
        var plan = await Desk.Post(
            "/en/plenaries/new",
            ("Input.Title", "Plenary"),
            ("Input.Body", "Plenary"),
            ("Input.NoticeDays", "0"),
            ("Input.Starts", Clock(15)),
            ("Input.Ends", Clock(240)),
            ("Input.Zone", zone)
        );
        _path = plan[..^"/plan".Length];
        async Task<(string, string)> Version() =>
            ("version", Regex.Match(await Desk.Get(plan), """name="version" value="(\d+)""").Groups[1].Value);
        var rules = JsonNode.Parse(await Desk.Get($"{_path}/rules.json"))!;
        rules["wait"] = 0;
        await Desk.Upload($"{plan}?handler=Rules", ("file", rules.ToJsonString()), await Version());
        await Desk.Post($"{plan}?handler=Add", ("title", "Work plan"), await Version());
        await Desk.Post($"{_path}/convene", await Version());
    }

    /// <summary>Signs the delegates in by the links that a start prints for each, and opens their seats.</summary>
    private async Task Seat(int delegates)
    {
        // An institution names its delegate by mails to people; the desk accredits an account for the day in one step.
        // Such a vote reads its accreditation as well, so that one of a named delegate takes no longer.
        await Desk.Get($"{_path}/delegates");
        await Parallel.ForAsync(
            0,
            delegates,
            Few,
            async (n, _) =>
                await Desk.Post(
                    $"{_path}/delegates?handler=Name",
                    ("member", _members[n]["member:".Length..]),
                    ("name", $"Delegate {n}"),
                    ("kind", "Delegate"),
                    ("address", $"delegate{n}@example.org")
                )
        );
        Kill();
        Restart();
        // People of the sample network come before those of the bench.
        var links = Served.LinksOf("member", _said)[^delegates..];
        Delegates = [.. Enumerable.Range(0, delegates).Select(_ => new Person(() => _house.Address))];
        await Parallel.ForAsync(
            0,
            delegates,
            Few,
            async (n, _) =>
            {
                await Delegates[n].SignIn(links[n]);
                Delegates[n].Member = MembersOn(await Delegates[n].Get($"{_path}/seat"))[0];
            }
        );
    }

    private static ParallelOptions Few => new() { MaxDegreeOfParallelism = AtOnce };

    public static List<string> MembersOn(string page) =>
        [.. Regex.Matches(page, """name="member" value="([^"]+)""").Select(m => m.Groups[1].Value).Distinct()];

    public Task<string> DeskPage() => Desk.Get($"{_path}/desk");

    public Task AtDesk(string handler, params IEnumerable<(string Name, string Value)> fields) =>
        Desk.Post($"{_path}/desk?handler={handler}", fields);

    public Task AtSeat(Person who, string handler, params IEnumerable<(string Name, string Value)> fields) =>
        who.Post($"{_path}/seat?handler={handler}", fields);

    public Task Arrive(IEnumerable<Person> delegates) =>
        Parallel.ForEachAsync(
            delegates,
            Few,
            async (who, _) => await AtSeat(who, "Arrive", ("member", who.Member), ("manner", "Hall"))
        );

    /// <summary>Everybody's connection is open, as that of a page that was just looked at.</summary>
    public static Task Wake(IEnumerable<Person> delegates) =>
        Parallel.ForEachAsync(delegates, Few, async (who, _) => await who.Get("/healthz/live"));

    public Task Put() =>
        AtDesk("Put", ("question", "Is the work plan adopted?"), ("method", "Secret"), ("decision", "ordinary"));

    /// <summary>How many votes the desk reads of the running ballot.</summary>
    public async Task<int> Received() =>
        int.Parse(
            Regex.Match(await DeskPage(), @"Votes received: ([\d,]+) of").Groups[1].Value,
            NumberStyles.AllowThousands,
            CultureInfo.InvariantCulture
        );

    /// <summary>Closes the running vote and reads what everybody reads of it.</summary>
    public async Task<Counts> Close()
    {
        await AtDesk("Close");
        return JsonDocument
            .Parse(await Desk.Get($"/api/v1/plenaries/{Reference}"))
            .RootElement.GetProperty("votes")
            .EnumerateArray()
            .Last()
            .Deserialize<Counts>(JsonSerializerOptions.Web)!;
    }

    /// <summary>Runs a command of the program on this house, to its end; what it printed.</summary>
    public string Run(params IEnumerable<string> arguments)
    {
        using var process = Process.Start(
            new ProcessStartInfo(_program, [.. arguments, "--data", _data]) { RedirectStandardOutput = true }
        )!;
        var said = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0
            ? said
            : throw new InvalidOperationException(
                $"{string.Join(' ', arguments)} ended with {process.ExitCode}: {said}"
            );
    }

    public void Dispose()
    {
        _house.Dispose();
        Desk.Dispose();
        foreach (var who in Delegates)
            who.Dispose();
        Directory.Delete(_data, recursive: true);
    }
}
