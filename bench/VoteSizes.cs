using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Plenaria.Bench;

/// <summary>
/// A hall that votes: spread over a while, at one moment, and through a power cut; and a long session made anew. On
/// PostgreSQL where ConnectionStrings__Plenaria names an empty database.
/// </summary>
internal static class VoteSizes
{
    private const int Few = 300,
        Many = 1_000,
        Events = 2_000;
    private static readonly string[] Options = ["yes", "no", "abstain"];

    public const string Rebuilt = "session-rebuild-2000-s";
    public static readonly IReadOnlyList<string> Figures =
    [
        "votes-300-p99-ms",
        "votes-1000-p99-ms",
        "votes-lost-or-twice",
    ];

    // Of three in turn one says yes, one no, one abstains.
    private sealed record Ballot(Person Who, int Vote, string Option, string Tracker);

    public static async Task Measure(string program, Dictionary<string, double> found)
    {
        var since = Stopwatch.StartNew();
        using var plenary = await Plenary.Convene(program, Many);
        var (some, all) = (plenary.Delegates.Take(Few).ToList(), plenary.Delegates);
        await plenary.Arrive(some);
        // Without its quorum the first call is written down, and the session opens at the second.
        await plenary.AtDesk("Call");
        await plenary.AtDesk("Call");
        Console.WriteLine(
            $"{Many:N0} delegates have their seats, {Few} are there, after {since.Elapsed.TotalSeconds:0} s"
        );
        found["votes-300-p99-ms"] = await Timed(plenary, Drawn(some, vote: 1), TimeSpan.FromSeconds(10));
        await plenary.Arrive(all.Skip(Few));
        found["votes-1000-p99-ms"] = await Timed(plenary, Drawn(all, vote: 2), TimeSpan.Zero);
        found["votes-lost-or-twice"] = await Cut(plenary, Drawn(all, vote: 3));
    }

    private static List<Ballot> Drawn(IEnumerable<Person> delegates, int vote) =>
        [.. delegates.Select((who, n) => new Ballot(who, vote, Options[n % 3], $"{Guid.NewGuid():N}"))];

    private static Counts Sent(List<Ballot> ballots) =>
        new(
            ballots.Count(b => b.Option == "yes"),
            ballots.Count(b => b.Option == "no"),
            ballots.Count(b => b.Option == "abstain")
        );

    private static Task Send(Plenary plenary, Ballot ballot) =>
        plenary.AtSeat(
            ballot.Who,
            "Vote",
            ("number", $"{ballot.Vote}"),
            ("member", ballot.Who.Member),
            ("option", ballot.Option),
            ("tracker", ballot.Tracker)
        );

    /// <summary>
    /// Each vote is due at its moment, whatever became of those before it: one that waits for its turn waits in the
    /// figure too.
    /// </summary>
    private static async Task<double> Timed(Plenary plenary, List<Ballot> ballots, TimeSpan over)
    {
        await plenary.Put();
        await Plenary.Wake(ballots.Select(b => b.Who));
        var since = Stopwatch.StartNew();
        var took = await Task.WhenAll(
            ballots.Select(
                (ballot, n) =>
                    Task.Run(async () =>
                    {
                        var due = over * n / ballots.Count;
                        if (due - since.Elapsed is { Ticks: > 0 } early)
                            await Task.Delay(early);
                        await Send(plenary, ballot);
                        return (since.Elapsed - due).TotalMilliseconds;
                    })
            )
        );
        var whole = since.Elapsed;
        var counted = await plenary.Close();
        if (counted != Sent(ballots))
            throw new InvalidOperationException($"Of {Sent(ballots)} sent, {counted} were counted.");
        Array.Sort(took);
        Console.WriteLine(
            $"{ballots.Count} votes in {whole.TotalSeconds:0.00} s: median {took[took.Length / 2]:0} ms, most {took[^1]:0} ms"
        );
        return took[(int)Math.Ceiling(took.Length * 0.99) - 1];
    }

    /// <summary>
    /// The program is killed when a third is acknowledged, and started again; everybody sends their vote once more.
    /// </summary>
    private static async Task<double> Cut(Plenary plenary, List<Ballot> ballots)
    {
        await plenary.Put();
        await Plenary.Wake(ballots.Select(b => b.Who));
        var acknowledged = 0;
        var told = await Task.WhenAll(
            ballots.Select(ballot =>
                Task.Run(async () =>
                {
                    try
                    {
                        await Send(plenary, ballot);
                    }
                    catch (HttpRequestException)
                    {
                        return false;
                    }
                    if (Interlocked.Increment(ref acknowledged) == ballots.Count / 3)
                        plenary.Kill();
                    return true;
                })
            )
        );
        plenary.Restart();
        Task Again(bool wereTold) =>
            Parallel.ForEachAsync(
                ballots.Where((_, n) => told[n] == wereTold),
                async (ballot, _) => await Send(plenary, ballot)
            );
        await Again(wereTold: false);
        // Those whose voters were told are not sent again yet: what is missing now was lost.
        var lost = ballots.Count - await plenary.Received();
        await Again(wereTold: true);
        var (counted, right) = (await plenary.Close(), Sent(ballots));
        Console.WriteLine(
            $"{acknowledged} of {ballots.Count} votes were acknowledged before the end; {lost} of them were lost, {counted} counted of {right}"
        );
        return lost
            + Math.Abs(counted.Yes - right.Yes)
            + Math.Abs(counted.No - right.No)
            + Math.Abs(counted.Abstentions - right.Abstentions);
    }

    /// <summary>
    /// What `verify` takes longer for these events: to check their chain, and to make the session anew from them.
    /// </summary>
    public static async Task<double> Rebuild(string program)
    {
        using var plenary = await Plenary.Convene(program, delegates: 0);
        // The chain of the session's events, and the session made anew from them; the shortest of some runs: what else
        // the machine does only adds.
        double Verified() =>
            Enumerable
                .Range(0, 5)
                .Min(_ =>
                    Regex
                        .Matches(
                            plenary.Run("verify", "--times"),
                            @"^(?:sessions|journal): ([\d.]+) s$",
                            RegexOptions.Multiline
                        )
                        .Sum(m => double.Parse(m.Groups[1].Value, CultureInfo.InvariantCulture))
                );
        var before = Verified();
        var members = Plenary.MembersOn(await plenary.DeskPage());
        await plenary.AtDesk("Arrive", ("member", members[0]));
        await plenary.AtDesk("Call");
        await plenary.AtDesk("Call");
        var item = Regex.Match(await plenary.DeskPage(), """name="item" value="([^"]+)""").Groups[1].Value;
        // Three have happened.
        for (var n = 0; n < Events - 3; n++)
        {
            var member = ("member", members[1 + n / 6 % (members.Count - 1)]);
            await (
                (n % 6) switch
                {
                    0 => plenary.AtDesk("Arrive", member),
                    1 => plenary.AtSeat(plenary.Desk, "Ask", member, ("kind", "Contribution")),
                    2 => plenary.AtDesk("Speakers", ("open", "false")),
                    3 => plenary.AtDesk("Speakers", ("open", "true")),
                    4 => plenary.AtDesk("Take", ("item", item)),
                    _ => plenary.AtDesk("Leave", member),
                }
            );
        }
        var after = Verified();
        Console.WriteLine($"{before:0.000} s without {Events:N0} events and {after:0.000} s with them");
        return after;
    }
}
