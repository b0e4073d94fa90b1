using System.Net;

namespace Plenaria.Tests.Governance.Sessions;

/// <summary>Hundreds vote in one moment: what one vote asks of the database is counted.</summary>
public class VoteQueryTests
{
    [Theory, BothDatabases]
    public async Task A_roll_call_vote_asks_few_questions(Provider provider) => await AsksFew(provider, "RollCall");

    [Theory, BothDatabases]
    public async Task A_secret_vote_asks_few_questions(Provider provider) => await AsksFew(provider, "Secret");

    private static async Task AsksFew(Provider provider, string method)
    {
        var (house, counter) = await QueryCounter.Open(provider);
        await using var closing = house;
        var dakar = await Meeting.Delegate(house);
        var meeting = await Meeting.Open(house, dakar);
        var number = await meeting.Motion("Counted");
        await meeting.Desk("Put", ("subject", await meeting.MotionId(number)), ("method", method));
        var page = await dakar.Get($"/en{meeting.Path}/seat");
        var form = page.Page.QuerySelector("form.votes")!;
        string Field(string name) => form.QuerySelector($"input[name={name}]")!.GetAttribute("value")!;
        Answer? answer = null;
        var queries = await counter.During(
            "",
            async () =>
                answer = await dakar.Submit(
                    page,
                    "form.votes",
                    ("number", Field("number")),
                    ("member", Field("member")),
                    ("tracker", Field("tracker")),
                    ("option", "yes")
                )
        );
        Assert.Equal(HttpStatusCode.Redirect, answer!.Status);
        var read = queries.Where(q => q.Sql.StartsWith("SELECT", StringComparison.Ordinal)).ToList();
        // Of the request: the browser, the person, the network, the form, the session. Of the box, for all that wait:
        // the ballot, its voices, its papers or the marks of its sealed votes, and twice the stream of the journal.
        Assert.Equal(10, read.Count);
        Assert.Single(read, q => q.Sql.Contains("access_grants", StringComparison.Ordinal));
        Assert.Equal(
            method == "Secret" ? 0 : 1,
            read.Count(q => q.Sql.Contains("ballots_papers", StringComparison.Ordinal))
        );
        Assert.InRange(read.Sum(q => q.Reads), 10, 20);
    }
}
