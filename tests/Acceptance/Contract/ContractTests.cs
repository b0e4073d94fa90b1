using System.Net;
using System.Text.Json;
using static Plenaria.Tests.Acceptance.Contract.Program;

namespace Plenaria.Tests.Acceptance.Contract;

public class ContractTests
{
    private static async Task<string> PlanFile(
        string text =
            "# Plan\n\nAs agreed.\n\n## Knowledge\n\nFirst.\n\n- **Conference.** In July.\n- **Award.**\n\n## Growth\n\n- **Offices.** Two.\n\n7\n"
    )
    {
        var path = Path.Combine(Databases.Folder().FullName, "plan.md");
        await File.WriteAllTextAsync(path, text);
        return path;
    }

    [Fact]
    public async Task A_dry_run_prints_the_tree_as_json_and_opens_no_database()
    {
        var data = Path.Combine(Databases.Folder().FullName, "none");
        var outcome = await Run([
            "plan",
            "import",
            await PlanFile(),
            "--year",
            "2031",
            "--language",
            "en",
            "--dry-run",
            "--json",
            "--data",
            data,
        ]);
        Assert.Equal(0, outcome.Code);
        var plan = JsonDocument.Parse(outcome.Output).RootElement;
        Assert.Equal(2031, plan.GetProperty("year").GetInt32());
        Assert.Equal("en", plan.GetProperty("language").GetString());
        Assert.Equal("Plan", plan.GetProperty("title").GetString());
        Assert.Equal(["As agreed."], plan.GetProperty("preamble").EnumerateArray().Select(p => p.GetString()));
        Assert.Equal(["7"], plan.GetProperty("notUnderstood").EnumerateArray().Select(p => p.GetString()));
        var knowledge = plan.GetProperty("directions")[0];
        Assert.Equal("Knowledge", knowledge.GetProperty("title").GetString());
        Assert.Equal("First.", knowledge.GetProperty("text").GetString());
        Assert.Equal("Conference", knowledge.GetProperty("actions")[0].GetProperty("title").GetString());
        Assert.Equal("In July.", knowledge.GetProperty("actions")[0].GetProperty("text").GetString());
        Assert.False(Directory.Exists(data));
    }

    [Fact]
    public async Task The_plan_of_the_first_user_imports_as_the_issue_says()
    {
        var path = Path.Combine(Sources.Root, "..", "shared", "reference", "plan-2013.es.md");
        Assert.SkipUnless(File.Exists(path), "The plan is not beside this clone.");
        var outcome = await Run(["plan", "import", path, "--year", "2013", "--language", "es", "--dry-run", "--json"]);
        var plan = JsonDocument.Parse(outcome.Output).RootElement;
        Assert.Equal(
            [6, 2, 3, 6],
            plan.GetProperty("directions").EnumerateArray().Select(d => d.GetProperty("actions").GetArrayLength())
        );
        Assert.Equal(0, plan.GetProperty("notUnderstood").GetArrayLength());
    }

    [Fact]
    public async Task Refusals_exit_with_1_and_say_why_and_wrong_usage_with_2()
    {
        var empty = await PlanFile("");
        var refused = await Run(["plan", "import", empty, "--year", "2031", "--language", "en", "--dry-run"]);
        Assert.Equal((1, "The document is empty."), (refused.Code, refused.Errors.Trim()));
        Assert.Equal(
            1,
            (await Run(["plan", "import", "/no/such/file", "--year", "2031", "--language", "en", "--dry-run"])).Code
        );
        Assert.Equal(1, (await Run(["plan", "import", empty, "--year", "1", "--language", "en", "--dry-run"])).Code);
        var unknown = await Run(["plan", "import", empty, "--year", "2031", "--language", "xx"]);
        Assert.Equal(2, unknown.Code);
        Assert.NotEmpty(unknown.Errors);
        Assert.Equal(2, (await Run(["dance"])).Code);
        Assert.Equal(2, (await Run(["plan", "import", empty, "--year", "soon", "--language", "en"])).Code);
    }

    [Fact]
    public async Task A_vote_is_decided_under_a_rulebook_and_explained_in_five_languages_without_a_database()
    {
        var folder = Databases.Folder();
        async Task<string> Write(string name, string text)
        {
            var path = Path.Combine(folder.FullName, name);
            await File.WriteAllTextAsync(path, text);
            return path;
        }
        var rules = await Write(
            "rulebook.json",
            """{"opening": [[{"counts": "present", "atLeast": 1}]], "decisions": {"ordinary": {"majorities": [{"counts": "yes", "of": "yes-no", "share": "1/2", "over": true}]}}}"""
        );
        var decided = await Run([
            "rules",
            "decide",
            rules,
            await Write("vote.json", """{"decision": "ordinary", "entitled": 10, "present": 6, "yes": 4, "no": 2}"""),
            "--json",
        ]);
        Assert.Equal(0, decided.Code);
        var json = JsonDocument.Parse(decided.Output).RootElement;
        Assert.Equal(
            ("adopted", 5),
            (
                json.GetProperty("outcome").GetString(),
                json.GetProperty("explanation").EnumerateObject().Count(e => e.Value.GetString()!.Contains('4'))
            )
        );
        Assert.Equal(
            1,
            (
                await Run([
                    "rules",
                    "decide",
                    rules,
                    await Write("other.json", """{"decision": "unheard-of", "yes": 1}"""),
                ])
            ).Code
        );
        Assert.Equal(3, folder.GetFileSystemInfos().Length);
    }

    [Theory]
    [InlineData("serve")]
    [InlineData("demo")]
    [InlineData("migrate")]
    [InlineData("plan", "import")]
    [InlineData("verify")]
    [InlineData("token", "create")]
    [InlineData("backup")]
    [InlineData("restore")]
    public async Task Every_verb_explains_itself(params string[] verb)
    {
        var help = await Run([.. verb, "--help"]);
        Assert.Equal(0, help.Code);
        Assert.Contains("--data", help.Output);
    }

    [Theory, BothDatabases]
    public async Task An_import_is_served_verified_and_refused_the_second_time(Provider provider)
    {
        var (database, data, file) = (await Databases.LeaseEmpty(provider), Databases.Folder(), await PlanFile());
        string[] import = ["plan", "import", file, "--year", "2031", "--language", "en", "--data", data.FullName];
        Assert.Equal(0, (await Run(["migrate", "--data", data.FullName], database)).Code);
        Assert.Equal(0, (await Run(import, database)).Code);
        var again = await Run(import, database);
        Assert.Equal(1, again.Code);
        Assert.Contains("already", again.Errors);
        Assert.Equal(0, (await Run(["verify", "--data", data.FullName], database)).Code);

        await using var server = await Server.Start("serve", data, database);
        using var http = new HttpClient { BaseAddress = server.Address };
        Assert.Equal(HttpStatusCode.OK, (await http.GetAsync("/healthz/live")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await http.GetAsync("/healthz/ready")).StatusCode);
        var plan = JsonDocument.Parse(await http.GetStringAsync("/api/v1/plans/2031")).RootElement;
        Assert.Equal(
            [2, 1],
            plan.GetProperty("directions").EnumerateArray().Select(d => d.GetProperty("actions").GetArrayLength())
        );
    }

    [Fact]
    public async Task A_plan_imported_as_history_is_shown_as_history_and_another_is_not()
    {
        var (data, file) = (Databases.Folder(), await PlanFile());
        var imported = await Run([
            "plan",
            "import",
            file,
            "--year",
            "2011",
            "--language",
            "en",
            "--history",
            "--data",
            data.FullName,
        ]);
        Assert.Equal((0, ""), (imported.Code, imported.Errors));
        Assert.Equal(
            0,
            (await Run(["plan", "import", file, "--year", "2031", "--language", "en", "--data", data.FullName])).Code
        );
        await using var server = await Server.Start("serve", data);
        var reader = new Testing.Browser(server.Address);
        foreach (var (year, history) in new[] { (2011, true), (2031, false) })
        {
            Assert.Equal(
                history,
                JsonDocument
                    .Parse((await reader.Get($"/api/v1/plans/{year}")).Body)
                    .RootElement.GetProperty("history")
                    .GetBoolean()
            );
            Assert.Equal(history, (await reader.Get($"/en/plans/{year}")).Text("[role=note]").Length > 0);
        }
    }

    [Fact]
    public async Task A_file_of_members_is_tried_taken_and_taken_again_without_a_change()
    {
        var data = Databases.Folder();
        var file = Path.Combine(data.FullName, "members.csv");
        await File.WriteAllTextAsync(file, "name,country\nVille de Dakar,Sénégal\nNowhere,Atlantis\n");
        async Task<JsonElement> Import(params string[] options)
        {
            var run = await Run(["members", "import", file, "--json", "--data", data.FullName, .. options]);
            Assert.Equal((0, ""), (run.Code, run.Errors));
            return JsonDocument.Parse(run.Output).RootElement;
        }
        foreach (var (options, taken, unchanged) in new[] { (new[] { "--dry-run" }, 1, 0), ([], 1, 0), ([], 0, 1) })
        {
            var said = await Import(options);
            Assert.Equal(
                (taken, unchanged),
                (said.GetProperty("taken").GetInt32(), said.GetProperty("unchanged").GetInt32())
            );
            var refused = Assert.Single(said.GetProperty("refused").EnumerateArray());
            Assert.Equal(
                (3, "country", "imports.country-unknown"),
                (
                    refused.GetProperty("row").GetInt32(),
                    refused.GetProperty("column").GetString(),
                    refused.GetProperty("rule").GetString()
                )
            );
        }
        Assert.Equal(1, (await Run(["members", "import", file + ".none", "--data", data.FullName])).Code);
        Assert.Equal(2, (await Run(["members", "import", "--data", data.FullName])).Code);
        Assert.Equal(0, (await Run(["verify", "--data", data.FullName])).Code);
    }

    [Fact]
    public async Task A_token_is_the_last_line_and_opens_what_its_role_may()
    {
        var data = Databases.Folder();
        var made = await Run([
            "token",
            "create",
            "--email",
            "robot@example.org",
            "--role",
            "staff",
            "--data",
            data.FullName,
        ]);
        Assert.Equal(0, made.Code);
        Assert.Equal(
            2,
            (
                await Run([
                    "token",
                    "create",
                    "--email",
                    "robot@example.org",
                    "--role",
                    "king",
                    "--data",
                    data.FullName,
                ])
            ).Code
        );
        Assert.Equal(
            1,
            (await Run(["token", "create", "--email", "no address", "--role", "staff", "--data", data.FullName])).Code
        );
        await using var server = await Server.Start("serve", data);
        using var http = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false })
        {
            BaseAddress = server.Address,
        };
        http.DefaultRequestHeaders.Authorization = new("Bearer", made.Output.TrimEnd().Split('\n')[^1]);
        Assert.Equal(HttpStatusCode.OK, (await http.GetAsync("/en/plans/import")).StatusCode);
    }

    [Theory, BothDatabases]
    public async Task A_backup_of_either_database_restores_into_the_other(Provider provider)
    {
        var other = provider == Provider.Sqlite ? Provider.Postgres : Provider.Sqlite;
        var data = Databases.Folder();
        // The sample as it was loaded once for the run; `demo` finds it there.
        var (source, target) = (await Databases.LeaseSample(provider, data), await Databases.LeaseEmpty(other));
        var archive = Path.Combine(data.FullName, "archive.zip");
        string before;
        await using (var server = await Server.Start("demo", data, source))
        {
            using var http = new HttpClient { BaseAddress = server.Address };
            before = await http.GetStringAsync("/api/v1/plans/2013");
            var backup = await Run(["backup", archive, "--data", data.FullName], source);
            Assert.Equal(0, backup.Code);
            Assert.Matches(@"^Saved in .+ Rows: [1-9][\d,]*\. Files: [1-9]", backup.Output);
            // The keys of the house are in it.
            if (!OperatingSystem.IsWindows())
                Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(archive));
        }
        var fresh = Databases.Folder();
        var restored = await Run(["restore", archive, "--data", fresh.FullName + "/"], target);
        Assert.Equal(0, restored.Code);
        Assert.Matches(@"^Restored from .+ Rows: [1-9][\d,]*\. Files: [1-9]", restored.Output);
        Assert.Equal(0, (await Run(["verify", "--data", fresh.FullName], target)).Code);
        Assert.NotEmpty(Directory.EnumerateFiles(Path.Combine(fresh.FullName, "keys")));
        await using (var server = await Server.Start("serve", fresh, target))
        {
            using var http = new HttpClient { BaseAddress = server.Address };
            Assert.Equal(before, await http.GetStringAsync("/api/v1/plans/2013"));
        }
        var refused = await Run(["restore", archive, "--data", fresh.FullName], target);
        Assert.Equal(1, refused.Code);
        Assert.Contains("not empty", refused.Errors);
        Assert.Equal(0, (await Run(["restore", archive, "--force", "--data", fresh.FullName], target)).Code);
        Assert.Equal(1, (await Run(["restore", await PlanFile(), "--force", "--data", fresh.FullName], target)).Code);
        Assert.Equal(0, (await Run(["verify", "--data", fresh.FullName], target)).Code);
    }

    [Fact]
    public async Task The_demo_loads_once_and_shows_the_same_after_a_second_start()
    {
        var data = Databases.Folder();
        string first;
        await using (var server = await Server.Start("demo", data))
        {
            using var http = new HttpClient { BaseAddress = server.Address };
            first = await http.GetStringAsync("/api/v1/plans/2013");
        }
        await using (var server = await Server.Start("demo", data))
        {
            using var http = new HttpClient { BaseAddress = server.Address };
            Assert.Equal(first, await http.GetStringAsync("/api/v1/plans/2013"));
            Assert.Equal(
                2,
                JsonDocument.Parse(await http.GetStringAsync("/api/v1/plans")).RootElement.GetArrayLength()
            );
        }
        Assert.Equal(0, (await Run(["verify", "--data", data.FullName])).Code);
    }

    /// <summary>
    /// Killed at moments of its run, an import is there whole or not at all, and the next one works. Of ten moments the
    /// whole run takes every second one.
    /// </summary>
    [Theory, BothDatabases]
    public async Task Kill_9_during_an_import_leaves_all_or_nothing(Provider provider)
    {
        var (database, data) = (await Databases.Lease(provider), Databases.Folder());
        var actions = string.Concat(Enumerable.Range(1, 60).Select(i => $"- **Action {i}.** Text of action {i}.\n"));
        var file = await PlanFile($"# Plan\n\n## Knowledge\n\n{actions}");
        var landed = new List<int>();
        for (var i = 0; i < 10; i += TestScope.IsFull ? 1 : 2)
        {
            var year = 2040 + i;
            using var import = Start(
                ["plan", "import", file, "--year", $"{year}", "--language", "en", "--data", data.FullName],
                database
            );
            using var exited = new CancellationTokenSource(TimeSpan.FromMilliseconds(250 + 140 * i));
            try
            {
                await import.WaitForExitAsync(exited.Token);
            }
            catch (OperationCanceledException)
            {
                import.Kill();
                await import.WaitForExitAsync();
            }
            landed.Add(year);
        }
        Assert.Equal(0, (await Run(["verify", "--data", data.FullName], database)).Code);
        await using var server = await Server.Start("serve", data, database);
        using var http = new HttpClient { BaseAddress = server.Address };
        foreach (
            var plan in JsonDocument.Parse(await http.GetStringAsync("/api/v1/plans")).RootElement.EnumerateArray()
        )
            Assert.Equal(60, plan.GetProperty("actions").GetInt32());
        foreach (var year in landed)
        {
            var here = (await http.GetAsync($"/api/v1/plans/{year}")).IsSuccessStatusCode;
            var linked = (await http.GetAsync($"/r/NET-{year}-A60")).StatusCode != HttpStatusCode.NotFound;
            Assert.Equal(here, linked);
        }
        Assert.Equal(
            0,
            (
                await Run(
                    ["plan", "import", file, "--year", "2060", "--language", "en", "--data", data.FullName],
                    database
                )
            ).Code
        );
    }
}
