using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Plenaria.Members;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;
using Plenaria.Tests.Acceptance.Contract;
using static Plenaria.Tests.Acceptance.Contract.Program;

namespace Plenaria.Tests.Acceptance.Governance;

/// <summary>
/// A hall that votes at one moment while the program is killed: <c>bench/run votes</c> at a small size.
/// </summary>
public class VoteLoadTests
{
    // Enough for a quorum beside the members of the sample network, whose own delegate votes too.
    private const int NewMembers = 130,
        Delegates = NewMembers + 1;
    private static readonly string[] Options = ["yes", "no", "abstain"];

    /// <summary>
    /// A delegate's phone. It keeps its cookies and the ballot it was shown when the program is started again.
    /// </summary>
    private sealed class Phone(string option) : IDisposable
    {
        private readonly HttpClient _http = new(
            new HttpClientHandler { AllowAutoRedirect = false, CookieContainer = new() }
        );
        private Dictionary<string, string> _ballot = [];

        public string Option => option;

        public async Task<Answer> Get(Uri address) => await Testing.Browser.Read(await _http.GetAsync(address));

        public async Task<Answer> Post(
            Uri address,
            Answer from,
            params IEnumerable<(string Name, string Value)> fields
        ) =>
            await Send(
                address,
                fields
                    .Append(("__RequestVerificationToken", Field(from, "__RequestVerificationToken")))
                    .ToDictionary(f => f.Item1, f => f.Item2)
            );

        public async Task Arrive(Uri seat)
        {
            var page = await Get(seat);
            Assert.Equal(
                HttpStatusCode.Redirect,
                (
                    await Post(
                        new(seat, "?handler=Arrive"),
                        page,
                        ("member", Field(page, "member")),
                        ("manner", "Hall")
                    )
                ).Status
            );
        }

        public async Task Open(Uri seat)
        {
            var form = (await Get(seat)).Page.QuerySelector("form.votes")!;
            _ballot = form.QuerySelectorAll("input")
                .ToDictionary(i => i.GetAttribute("name")!, i => i.GetAttribute("value")!);
            _ballot["option"] = option;
        }

        /// <summary>Whether the vote was acknowledged; however often it is sent, it is the same.</summary>
        public async Task<bool> Vote(Uri seat)
        {
            try
            {
                return await Send(new(seat, "?handler=Vote"), _ballot)
                        is { Status: HttpStatusCode.Redirect, Location: var to }
                    && to == seat.AbsolutePath;
            }
            catch (HttpRequestException)
            {
                return false;
            }
        }

        private async Task<Answer> Send(Uri address, Dictionary<string, string> fields) =>
            await Testing.Browser.Read(await _http.PostAsync(address, new FormUrlEncodedContent(fields)));

        private static string Field(Answer page, string name) =>
            page.Page.QuerySelector($"input[name={name}]")!.GetAttribute("value")!;

        public void Dispose() => _http.Dispose();
    }

    private static IEnumerable<string> Links(Server server, string role) =>
        server
            .Said.Select(l => Regex.Match(l, $@"^Sign in as {role}: (\S+)$"))
            .Where(m => m.Success)
            .Select(m => new Uri(m.Groups[1].Value).PathAndQuery);

    private static async Task<Testing.Browser> Staff(Server server)
    {
        var browser = new Testing.Browser(server.Address);
        Assert.Equal(
            HttpStatusCode.Redirect,
            (await browser.Submit(Links(server, "staff").First(), "main form")).Status
        );
        return browser;
    }

    private static async Task Press(
        Testing.Browser staff,
        string path,
        string button,
        params IEnumerable<(string, string)> fields
    ) =>
        Assert.Equal(
            HttpStatusCode.Redirect,
            (
                await staff.Press(
                    await staff.Get(path),
                    $"form:has(button[formaction*='handler={button}'])",
                    button,
                    fields
                )
            ).Status
        );

    /// <summary>The sample network, with as many new members as there are delegates, and an account for each.</summary>
    private static async Task<(string Database, DirectoryInfo Data)> Network(Provider provider)
    {
        var data = Databases.Folder();
        var (database, file) = (
            await Databases.LeaseSample(provider, data),
            Path.Combine(data.FullName, "members.csv")
        );
        await File.WriteAllLinesAsync(
            file,
            Enumerable.Range(0, NewMembers).Select(i => $"Municipality {i:00},FR").Prepend("name,country")
        );
        Assert.Equal(0, (await Run(["members", "import", file, "--data", data.FullName], database)).Code);
        await using var house = await TestHost.On(database, data);
        await house.Within(async services =>
        {
            var (accounts, acting) = (services.GetRequiredService<Accounts>(), house.Acting());
            foreach (
                var member in (await services.GetRequiredService<IMembers>().Present(null, default)).Where(m =>
                    m.Name.ToString().StartsWith("Municipality", StringComparison.Ordinal)
                )
            )
            {
                var account = await accounts.Open(
                    $"{member.Id}@example.org",
                    "Delegate",
                    Language.English,
                    acting,
                    default
                );
                await accounts.Grant(account, Role.Member, Scope.Of(member.Id), null, acting, default);
                await accounts.Grant(account, Role.Delegate, Scope.Of(member.Id), null, acting, default);
            }
            var dakar = (await services.GetRequiredService<IMembers>().Find("ville-de-dakar", default))!.Id;
            await accounts.Grant(
                (await accounts.Known("member@example.org", acting.At, default))!.Id!.Value,
                Role.Delegate,
                Scope.Of(dakar),
                null,
                acting,
                default
            );
            await services.GetRequiredService<PlenariaDb>().SaveChangesAsync();
        });
        return (database, data);
    }

    // The notice takes days that the test does not have: the stored session is moved to today.
    private static async Task ReachDay(string database, string path)
    {
        var (reference, now) = (path[(path.LastIndexOf('/') + 1)..], DateTimeOffset.UtcNow);
        await using System.Data.Common.DbConnection connection = database.StartsWith(
            "Data Source",
            StringComparison.Ordinal
        )
            ? new SqliteConnection(database)
            : new NpgsqlConnection(database);
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText =
            "UPDATE sessions_sessions SET starts_at = @starts, ends_at = @ends, version = version + 1 WHERE reference = @reference";
        void Add(string name, object value)
        {
            var parameter = command.CreateParameter();
            (parameter.ParameterName, parameter.Value) = (name, value);
            command.Parameters.Add(parameter);
        }
        object Stored(DateTimeOffset at) => connection is SqliteConnection ? at.UtcTicks : at;
        Add("starts", Stored(now));
        Add("ends", Stored(now.AddHours(4)));
        Add("reference", reference);
        Assert.Equal(1, await command.ExecuteNonQueryAsync());
    }

    /// <summary>A plenary that has been convened; its address, with the language.</summary>
    private static async Task<string> Convened(Testing.Browser staff)
    {
        string Clock(int hour) =>
            DateTime
                .UtcNow.Date.AddDays(30)
                .AddHours(hour)
                .ToString("yyyy-MM-dd'T'HH:mm", CultureInfo.InvariantCulture);
        var plan = (
            await staff.Submit(
                "/en/plenaries/new",
                "main form",
                ("Input.Title", "A hall that votes"),
                ("Input.Starts", Clock(10)),
                ("Input.Ends", Clock(14)),
                ("Input.Zone", "UTC")
            )
        ).Location!;
        await Press(staff, plan, "Add", ("title", "Work plan"));
        var path = plan[..^"/plan".Length];
        Assert.Equal(HttpStatusCode.Redirect, (await staff.Submit($"{path}/convene", "#confirm")).Status);
        return path;
    }

    [Theory, BothDatabases]
    public async Task Kill_9_during_a_vote_loses_none_that_was_acknowledged_and_counts_none_twice(Provider provider)
    {
        var seed = Environment.TickCount;
        TestContext.Current.TestOutputHelper?.WriteLine($"seed {seed}");
        var random = new Random(seed);
        var (database, data) = await Network(provider);
        var phones = Enumerable.Range(0, Delegates).Select(_ => new Phone(Options[random.Next(3)])).ToList();
        var (acknowledged, enough, path, told) = (0, random.Next(1, Delegates), "", Array.Empty<bool>());
        await using (var server = await Server.Start("demo", data, database))
        {
            var staff = await Staff(server);
            path = await Convened(staff);
            await ReachDay(database, path);
            var seat = new Uri(server.Address, $"{path}/seat");
            // Those who are delegates have two roles: the program names one of them.
            await Task.WhenAll(
                phones.Zip(
                    Links(server, "member").Concat(Links(server, "delegate")).Select(l => new Uri(server.Address, l)),
                    async (phone, link) =>
                    {
                        Assert.Equal(HttpStatusCode.Redirect, (await phone.Post(link, await phone.Get(link))).Status);
                        await phone.Arrive(seat);
                    }
                )
            );
            await Press(staff, $"{path}/desk", "Call");
            await Press(staff, $"{path}/desk", "Put", ("question", "Is the work plan adopted?"), ("method", "Secret"));
            await Task.WhenAll(phones.Select(phone => phone.Open(seat)));
            told = await Task.WhenAll(
                phones.Select(async phone =>
                {
                    var isTold = await phone.Vote(seat);
                    if (isTold && Interlocked.Increment(ref acknowledged) == enough)
                        server.Kill();
                    return isTold;
                })
            );
        }
        Assert.True(acknowledged >= enough, $"seed {seed}: {acknowledged} of {enough} votes were acknowledged");
        await using (var server = await Server.Start("demo", data, database))
        {
            var (staff, seat) = (await Staff(server), new Uri(server.Address, $"{path}/seat"));
            async Task Again(bool wereTold) =>
                Assert.All(
                    await Task.WhenAll(phones.Where((_, n) => told[n] == wereTold).Select(phone => phone.Vote(seat))),
                    Assert.True
                );
            await Again(wereTold: false);
            // Those whose voters were told have not been sent again yet: what is missing now was lost.
            Assert.Contains($"Votes received: {Delegates} of {Delegates}", (await staff.Get($"{path}/desk")).Body);
            await Again(wereTold: true);
            await Press(staff, $"{path}/desk", "Close");
            var vote = JsonDocument
                .Parse((await staff.Get($"/api/v1{path["/en".Length..]}")).Body)
                .RootElement.GetProperty("votes")[0];
            Assert.Equal(
                Options.Select(o => phones.Count(p => p.Option == o)),
                new[] { "yes", "no", "abstentions" }.Select(o => vote.GetProperty(o).GetInt32())
            );
        }
        Assert.Equal(0, (await Run(["verify", "--data", data.FullName], database)).Code);
        phones.ForEach(phone => phone.Dispose());
    }
}
