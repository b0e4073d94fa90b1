using System.Net;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Plenaria.Imports;
using Plenaria.Members;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;

namespace Plenaria.Tests.Network.Members;

/// <summary>Files that are too large for a request are taken over by a job.</summary>
public class ImportJobTests(SharedHosts houses) : IClassFixture<SharedHosts>
{
    private const int Large = ImportFileStore.SmallRows + 300;

    private static async Task<Answer> Upload(Browser staff, string name, int rows) =>
        await staff.Upload(
            await staff.Get("/en/import/members"),
            "main form",
            (
                "Document",
                $"{name}.csv",
                Encoding.UTF8.GetBytes(
                    "name,country\n" + string.Concat(Enumerable.Range(1, rows).Select(i => $"{name} {i},ES\n"))
                )
            ),
            ("WrittenIn", "en")
        );

    /// <summary>The page, once the file is neither waiting for the job nor in its hands.</summary>
    private static async Task<Answer> Over(Browser staff, string path)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (true)
        {
            var page = await staff.Get(path);
            if (page.Page.QuerySelector("#progress") is null)
                return page;
            patience.Token.ThrowIfCancellationRequested();
        }
    }

    private static Task<int> Count(TestHost house, string name) =>
        house.Within(s =>
            s.GetRequiredService<PlenariaDb>().Set<Member>().CountAsync(m => m.Slug.StartsWith(Folding.Slug(name, 60)))
        );

    [Theory, BothDatabases]
    public async Task A_large_file_is_taken_over_by_the_job_and_its_page_says_what_became_of_it(Provider provider)
    {
        var house = await houses.On(provider);
        var staff = await house.Visit(Role.Staff);
        var sent = await Upload(staff, "Joburg", Large);
        var asked = await staff.Press(await staff.Get(sent.Location!), "main form", "Run");
        Assert.Equal((HttpStatusCode.Redirect, sent.Location), (asked.Status, asked.Location));
        var over = await Over(staff, sent.Location!);
        Assert.Equal($"{Large}", over.Page.QuerySelector("dl.facts dd")!.TextContent);
        Assert.Equal(Large, await Count(house, "Joburg"));
        // Whoever asked for it is who did it.
        var entry = await house.Within(s =>
            s.GetRequiredService<PlenariaDb>()
                .Set<Plenaria.Platform.Journal.JournalEntry>()
                .AsNoTracking()
                .OrderByDescending(e => e.Sequence)
                .FirstAsync(e => e.Act == "members.imported")
        );
        Assert.NotNull(entry.Actor);
    }

    [Theory, BothDatabases]
    public async Task While_it_runs_the_page_shows_how_far_it_is_and_asks_again_without_script(Provider provider)
    {
        await using var house = await TestHost.Open(provider, replace: WithoutWorker);
        var staff = await house.Visit(Role.Staff);
        var sent = await Upload(staff, "Halfway", Large);
        await staff.Press(await staff.Get(sent.Location!), "main form", "Run");
        var waits = await staff.Get(sent.Location!);
        Assert.Contains("waits for its turn", waits.Text("#progress ~ p"));
        var id = Guid.Parse(sent.Location!.Split('/')[^1]);
        using var cancel = new CancellationTokenSource();
        house.Services.GetRequiredService<ImportProgress>().Begin(id, cancel).Report(500);
        var runs = await staff.Get(sent.Location!);
        var bar = runs.Page.QuerySelector("progress")!;
        Assert.Equal(("500", $"{Large}"), (bar.GetAttribute("value"), bar.GetAttribute("max")));
        Assert.Equal("2", runs.Response.Headers.GetValues("Refresh").Single());
        // Nothing else can be done with it meanwhile.
        Assert.EndsWith(
            "handler=Cancel",
            Assert.Single(runs.Page.QuerySelectorAll("main form button")).GetAttribute("formaction")
        );
        var cancelled = await staff.Press(runs, "main form", "Cancel");
        Assert.Equal(sent.Location, cancelled.Location);
        Assert.True(cancel.IsCancellationRequested);
        Assert.NotNull((await staff.Get(sent.Location!)).Page.QuerySelector("#columns"));
    }

    [Theory, BothDatabases]
    public async Task A_file_that_was_stopped_while_it_was_taken_over_leaves_nothing(Provider provider)
    {
        await using var house = await TestHost.Open(provider, replace: WithoutWorker);
        var staff = await house.Visit(Role.Staff);
        var sent = await Upload(staff, "Stopped", Large);
        await staff.Press(await staff.Get(sent.Location!), "main form", "Run");
        var id = Guid.Parse(sent.Location!.Split('/')[^1]);
        // Somebody stops it on another node after this one has begun: the end of its transaction finds that out.
        var late = await Assert.ThrowsAnyAsync<Exception>(() =>
            house.Within(async services =>
            {
                var files = services.GetRequiredService<ImportFileStore>();
                var file = (await files.FindAsync("members", id, default))!;
                await staff.Press(await staff.Get(sent.Location!), "main form", "Cancel");
                await files.TryApplyAsync(file, house.Acting(), default);
            })
        );
        Assert.True(PlenariaDb.IsConcurrencyConflict(late));
        // In this process it stops between two batches.
        using var cancel = new CancellationTokenSource();
        var stopped = new Stopping(cancel);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            house.Within(async services =>
            {
                var files = services.GetRequiredService<ImportFileStore>();
                var file = (await files.FindAsync("members", id, default))!;
                await files.TryApplyAsync(file, house.Acting(), cancel.Token, stopped);
            })
        );
        Assert.Equal(500, stopped.Rows);
        Assert.Equal(0, await Count(house, "Stopped"));
    }

    [Fact]
    public async Task Of_one_kind_one_file_is_taken_over_at_a_time()
    {
        var house = await houses.On(Provider.Postgres);
        var staff = await house.Visit(Role.Staff);
        var sent = await Upload(staff, "Second", 3);
        var id = Guid.Parse(sent.Location!.Split('/')[^1]);
        await house.Within(async services =>
        {
            var db = services.GetRequiredService<PlenariaDb>();
            await db.InTransactionAsync(
                async () =>
                {
                    await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock(hashtext('import:members'))");
                    Assert.False(
                        await house.Within(async others =>
                        {
                            var files = others.GetRequiredService<ImportFileStore>();
                            var file = (await files.FindAsync("members", id, default))!;
                            return await files.TryApplyAsync(file, house.Acting(), default);
                        })
                    );
                },
                default
            );
        });
        Assert.Equal(0, await Count(house, "Second"));
    }

    private static void WithoutWorker(IServiceCollection services)
    {
        var worker = services.Single(s => s.ImplementationType == typeof(ImportWorker));
        services.Remove(worker);
    }

    /// <summary>Stops an import after its first batch.</summary>
    private sealed class Stopping(CancellationTokenSource cancel) : IProgress<int>
    {
        public int Rows { get; private set; }

        public void Report(int value)
        {
            Rows = value;
            cancel.Cancel();
        }
    }
}
