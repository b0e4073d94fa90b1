using System.Diagnostics;
using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using static Plenaria.Tests.Acceptance.Contract.Program;

namespace Plenaria.Tests.Acceptance.Contract;

/// <summary>What only whole processes can show: two nodes on one database, and power cuts.</summary>
public class ServerTests
{
    private static async Task<Testing.Browser> SignIn(Server server, string role)
    {
        var link = new Uri(
            server
                .Said.Select(l => Regex.Match(l, $@"^Sign in as {role}: (\S+)$"))
                .First(m => m.Success)
                .Groups[1]
                .Value
        ).PathAndQuery;
        var browser = new Testing.Browser(server.Address);
        Assert.Equal(HttpStatusCode.Redirect, (await browser.Submit(link, "main form")).Status);
        return browser;
    }

    [Fact]
    public async Task The_demo_prints_a_sign_in_link_for_every_role()
    {
        await using var server = await Server.Start("demo", Databases.Folder());
        foreach (var role in (string[])["staff", "regional", "member", "juror", "editor", "translator", "auditor"])
            Assert.Equal(HttpStatusCode.OK, (await (await SignIn(server, role)).Get("/en/workspace")).Status);
    }

    [Fact]
    public async Task A_new_house_prints_a_set_up_link_until_it_has_a_name()
    {
        await using var server = await Server.Start("serve", Databases.Folder());
        var path = new Uri(
            server
                .Said.Select(l => Regex.Match(l, @"^Set up this network: (\S+)$"))
                .First(m => m.Success)
                .Groups[1]
                .Value
        ).PathAndQuery;
        Assert.Equal(HttpStatusCode.OK, (await new Testing.Browser(server.Address).Get(path)).Status);
    }

    [Fact]
    public async Task An_edit_on_one_node_is_on_the_others_public_page_within_a_second()
    {
        var data = Databases.Folder();
        var database = await Databases.LeaseSample(Provider.Postgres, data);
        await using var first = await Server.Start("demo", data, database);
        await using var second = await Server.Start("demo", data, database);
        var staff = await SignIn(first, "staff");
        var reader = new Testing.Browser(second.Address);
        Assert.DoesNotContain("Boletín semanal", (await reader.Get("/es/plans/2013")).Body);
        Assert.Equal(
            HttpStatusCode.Redirect,
            (
                await staff.Submit("/es/plans/2013/actions/15/edit", "main form", ("Input.Title", "Boletín semanal"))
            ).Status
        );
        // How long an answer takes is the machine's; what is asked for after a second is the new page.
        var since = Stopwatch.StartNew();
        var asked = since.Elapsed;
        while (!(await reader.Get("/es/plans/2013")).Body.Contains("Boletín semanal", StringComparison.Ordinal))
        {
            Assert.True(asked < TimeSpan.FromSeconds(1), "The other node still shows the old page after a second.");
            asked = since.Elapsed;
        }
    }

    /// <summary>
    /// Killed at several moments after the button was pressed, a report is closed whole, with its bytes and its journal
    /// entry, or is the draft it was. Of five moments the whole run takes three.
    /// </summary>
    [Theory, BothDatabases]
    public async Task Kill_9_during_a_closing_leaves_all_or_nothing(Provider provider)
    {
        var data = Databases.Folder();
        var database = await Databases.LeaseSample(provider, data);
        foreach (var wait in TestScope.IsFull ? (int[])[0, 8, 20, 45, 90] : [0, 20, 90])
        {
            await using (var server = await Server.Start("demo", data, database))
            {
                var staff = await SignIn(server, "staff");
                var page = await staff.Get("/en/reports/OIDP-2013-B02/close");
                if (page.Status != HttpStatusCode.OK || page.Page.QuerySelector("main form") is null)
                    break;
                var closing = staff.Submit(page, "main form");
                await Task.WhenAny(closing, Task.Delay(wait));
                server.Kill();
                await closing.ContinueWith(_ => { }, TaskScheduler.Default);
            }
            Assert.Equal(0, (await Run(["verify", "--data", data.FullName], database)).Code);
        }
        await using var after = await Server.Start("serve", data, database);
        var reader = new Testing.Browser(after.Address);
        var listed = JsonDocument
            .Parse((await reader.Get("/api/v1/reports")).Body)
            .RootElement.EnumerateArray()
            .Any(r => r.GetProperty("reference").GetString() == "OIDP-2013-B02");
        Assert.Equal(listed, (await reader.Get("/r/OIDP-2013-B02")).Status == HttpStatusCode.Redirect);
        Assert.Equal(listed, (await reader.Get("/api/v1/reports/OIDP-2013-B02")).Status == HttpStatusCode.OK);
    }

    /// <summary>
    /// Killed while it takes over a large file, the program has taken over nothing of it, still has the file, and takes
    /// all of it over after the next start without being asked again.
    /// </summary>
    [Theory, BothDatabases]
    public async Task Kill_9_during_an_import_leaves_nothing_and_the_next_start_goes_on_by_itself(Provider provider)
    {
        const int rows = 8_000;
        var data = Databases.Folder();
        var database = await Databases.LeaseSample(provider, data);
        var file = Path.Combine(data.FullName, "large.csv");
        await File.WriteAllLinesAsync(
            file,
            ["name,country", .. Enumerable.Range(1, rows).Select(i => $"Large {i},ES")]
        );
        var path = "";
        await using (var server = await Server.Start("demo", data, database))
        {
            var staff = await SignIn(server, "staff");
            var sent = await staff.Upload(
                await staff.Get("/en/import/members"),
                "main form",
                ("Document", "large.csv", await File.ReadAllBytesAsync(file)),
                ("WrittenIn", "en")
            );
            path = sent.Location!;
            await staff.Press(await staff.Get(path), "main form", "Run");
            int? done = null;
            while (done is null or 0)
            {
                var page = await staff.Get(path);
                Assert.NotNull(page.Page.QuerySelector("#progress"));
                done = page.Page.QuerySelector("progress") is { } bar
                    ? int.Parse(bar.GetAttribute("value")!, System.Globalization.CultureInfo.InvariantCulture)
                    : null;
                // A page costs more than a row: asked for without a pause, it holds up what it waits for.
                await Task.Delay(20);
            }
            server.Kill();
            Assert.InRange(done.Value, 1, rows - 1);
        }
        Assert.Equal(0, (await Run(["verify", "--data", data.FullName], database)).Code);
        Assert.Equal(rows, await Compare("taken"));
        await using (var server = await Server.Start("demo", data, database))
        {
            var staff = await SignIn(server, "staff");
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
            while ((await staff.Get(path)).Page.QuerySelector("#progress") is not null)
                await Task.Delay(100, patience.Token);
            Assert.Equal("8,000", (await staff.Get(path)).Page.QuerySelector("dl.facts dd")!.TextContent);
        }
        Assert.Equal(rows, await Compare("unchanged"));
        Assert.Equal(0, (await Run(["verify", "--data", data.FullName], database)).Code);

        async Task<int> Compare(string count)
        {
            var compared = await Run(
                ["members", "import", file, "--dry-run", "--json", "--data", data.FullName],
                database
            );
            return JsonDocument.Parse(compared.Output).RootElement.GetProperty(count).GetInt32();
        }
    }
}
