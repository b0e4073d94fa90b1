using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;
using Plenaria.Platform.Jobs;
using Plenaria.Platform.Modules;
using Quartz;

namespace Plenaria.Tests.Platform.Jobs;

/// <summary>Jobs run once on all nodes, beside each other, on schedule; what failed or was cut off is told.</summary>
public class JobSchedulerTests
{
    /// <summary>Counts the runs of a test job, says when it began, and lets the test decide when it may end.</summary>
    private sealed class JobProbe
    {
        public int Runs;
        public TaskCompletionSource Began { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
        public TaskCompletionSource MayEnd { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    private sealed class JobsModule(JobProbe slow, JobProbe quick) : IModule
    {
        public void Declare(ModuleBuilder module) =>
            module
                .AlwaysOn()
                .Job(
                    "test.slow",
                    TimeSpan.FromHours(1),
                    async (_, cancel) =>
                    {
                        Interlocked.Increment(ref slow.Runs);
                        slow.Began.TrySetResult();
                        await slow.MayEnd.Task.WaitAsync(cancel);
                    }
                )
                .Job(
                    "test.quick",
                    TimeSpan.FromHours(1),
                    (_, _) =>
                    {
                        Interlocked.Increment(ref quick.Runs);
                        return Task.CompletedTask;
                    }
                )
                .Job(
                    "test.fails",
                    TimeSpan.FromHours(1),
                    (_, _) => throw new InvalidOperationException("No such file.")
                );
    }

    [Theory, BothDatabases]
    public async Task A_job_that_fell_due_runs_once_on_all_nodes_beside_others_and_a_failure_is_told(Provider provider)
    {
        var (slow, quick) = (new JobProbe(), new JobProbe());
        IReadOnlyList<IModule> modules = [.. Plenaria.Web.Modules.All, new JobsModule(slow, quick)];
        await using var first = await TestHost.Open(provider, modules: modules);
        // It last ran two hours ago.
        await first.Within(async s =>
        {
            var (db, time) = (s.GetRequiredService<PlenariaDb>(), s.GetRequiredService<TimeProvider>());
            var began = time.GetUtcNow().AddHours(-2);
            db.Add(
                new JobRun
                {
                    Name = "test.slow",
                    StartedAt = began,
                    FinishedAt = began.AddMinutes(1),
                }
            );
            await db.SaveChangesAsync();
        });
        await using var second =
            provider == Provider.Postgres
                ? await TestHost.On(first.ConnectionString, first.Data, withSample: false, modules: modules)
                : null;
        TestHost[] nodes = second is null ? [first] : [first, second];
        foreach (var node in nodes)
            await Scheduler(node).StartSchedulerAsync(default);
        await slow.Began.Task.WaitAsync(TimeSpan.FromMinutes(1));

        // Asked for again while it runs, it waits; others run beside it.
        await Scheduler(nodes[^1]).RunNowAsync("test.slow", default);
        // Asked for twice more, it waits once.
        await Scheduler(nodes[^1]).RunNowAsync("test.slow", default);
        await Scheduler(nodes[0]).RunNowAsync("test.slow", default);
        await Scheduler(nodes[^1]).RunNowAsync("test.quick", default);
        await Scheduler(nodes[0]).RunNowAsync("test.fails", default);
        await Finished(first, "test.quick");
        await Finished(first, "test.fails");
        Assert.Equal((1, 1), (slow.Runs, quick.Runs));

        var staff = await first.Visit(Role.Staff);
        var page = (await staff.Get("/en/administration/jobs")).Text("main");
        Assert.Contains("Failed: No such file.", page);
        Assert.Contains("Running", page);

        slow.MayEnd.SetResult();
        await Eventually.HoldsAsync(() => slow.Runs == 2);
        await Finished(first, "test.slow");
        // None is left that would begin at once.
        await Scheduler(nodes[0]).RunNowAsync("test.quick", default);
        await Eventually.HoldsAsync(() => quick.Runs == 2);
        Assert.Equal(2, slow.Runs);
        var next = await Scheduler(first).GetNextRunTimesAsync(default);
        Assert.InRange(next["test.quick"] - DateTimeOffset.UtcNow, TimeSpan.FromMinutes(50), TimeSpan.FromHours(1));
    }

    [Fact]
    public async Task Staff_run_a_job_now_and_see_how_it_went()
    {
        await using var host = await TestHost.Open(Provider.Sqlite);
        await Scheduler(host).StartSchedulerAsync(default);
        var texts = host.Services.GetRequiredService<Plenaria.Platform.Language.Localizer>();
        Assert.All(
            host.Services.GetRequiredService<ModuleCatalog>().Declared<Job>(),
            job => Assert.True(texts.Has($"job.{job.Name}"), job.Name)
        );
        var staff = await host.Visit(Role.Staff);
        await host.Within(async s =>
        {
            var (db, at) = (s.GetRequiredService<PlenariaDb>(), DateTimeOffset.UtcNow.AddHours(-1));
            db.Add(
                new JobRun
                {
                    Name = "register-archive",
                    StartedAt = at,
                    FinishedAt = at,
                    WasInterrupted = true,
                }
            );
            await db.SaveChangesAsync();
        });
        var page = await staff.Get("/fr/administration/jobs");
        Assert.Contains("Le programme a été arrêté avant la fin.", page.Text("main"));
        Assert.Contains("Pas encore exécutée", page.Text("main"));
        var answer = await staff.Submit(page, "form:has([value='journal-seal'])");
        Assert.Contains("Tâche exécutée", (await staff.Get(answer.Location!)).Text("[role=status]"));
        await Finished(host, "journal-seal");
        Assert.Equal(
            1,
            await host.Within(s =>
                s.GetRequiredService<PlenariaDb>().Set<Plenaria.Platform.Journal.JournalSeal>().CountAsync()
            )
        );
        var unknown = await staff.Submit(page, "form:has([value='sweep'])", ("job", "no-such-job"));
        Assert.Equal(HttpStatusCode.NotFound, unknown.Status);
    }

    [Fact]
    public async Task An_hour_of_the_day_is_meant_by_the_clock_of_the_network()
    {
        await using var host = await TestHost.Open(Provider.Sqlite);
        async Task<DateTimeOffset> Next() => (await Scheduler(host).GetNextRunTimesAsync(default))["register-archive"];
        var madrid = TimeZoneInfo.FindSystemTimeZoneById("Europe/Madrid");
        Assert.Equal(new(3, 30, 0), TimeZoneInfo.ConvertTime(await Next(), madrid).TimeOfDay);

        var staff = await host.Visit(Role.Staff);
        var page = await staff.Get("/en/settings");
        var refused = await staff.Submit(page, "main form", ("Input.TimeZone", "Europe/Atlantis"));
        Assert.Contains("The time zone “Europe/Atlantis” is unknown.", refused.Text("main form"));
        await staff.Submit(refused, "main form", ("Input.TimeZone", "Asia/Seoul"));
        var seoul = TimeZoneInfo.FindSystemTimeZoneById("Asia/Seoul");
        Assert.Equal(new(3, 30, 0), TimeZoneInfo.ConvertTime(await Next(), seoul).TimeOfDay);
    }

    [Theory, BothDatabases]
    public async Task A_run_that_the_program_was_stopped_in_is_repeated_by_the_next_start(Provider provider)
    {
        var probe = new JobProbe();
        IReadOnlyList<IModule> modules = [.. Plenaria.Web.Modules.All, new JobsModule(probe, new JobProbe())];
        await using var first = await TestHost.Open(provider, modules: modules);
        await Scheduler(first).RunNowAsync("test.slow", default);
        await Scheduler(first).StartSchedulerAsync(default);
        await probe.Began.Task.WaitAsync(TimeSpan.FromMinutes(1));
        await Scheduler(first).StopSchedulerAsync(default);
        Assert.True((await RunOf(first, "test.slow")).WasInterrupted);

        probe.MayEnd.SetResult();
        await using var second = await TestHost.On(
            first.ConnectionString,
            first.Data,
            withSample: false,
            modules: modules
        );
        await Scheduler(second).StartSchedulerAsync(default);
        await Eventually.HoldsAsync(() => probe.Runs == 2);
        await Finished(second, "test.slow");
        Assert.False((await RunOf(second, "test.slow")).WasInterrupted);
    }

    [Fact]
    public void An_hour_that_was_missed_is_made_up_for_once()
    {
        // The last run on a Friday, now it is the Saturday of the week after.
        var (last, now) = (DateTimeOffset.UnixEpoch.AddDays(92), DateTimeOffset.UnixEpoch.AddDays(100));
        var schedule = JobSchedule.At(new(6, 0), DayOfWeek.Monday);
        DateTimeOffset? FirstFire(DateTimeOffset? lastStart)
        {
            var trigger = TriggerBuilder
                .Create()
                .StartAt(schedule.FirstDue(lastStart, now))
                .WithSchedule(schedule.ToQuartz(TimeZoneInfo.Utc))
                .Build();
            return trigger.GetFireTimeAfter(trigger.StartTimeUtc);
        }
        Assert.Equal(DateTimeOffset.UnixEpoch.AddDays(95).AddHours(6), FirstFire(last));
        Assert.Equal(DateTimeOffset.UnixEpoch.AddDays(102).AddHours(6), FirstFire(null));
    }

    [Fact]
    public void After_a_restart_an_interval_counts_from_the_last_start()
    {
        var (last, now) = (DateTimeOffset.UnixEpoch.AddDays(98), DateTimeOffset.UnixEpoch.AddDays(100));
        Assert.Equal(last.AddHours(1), JobSchedule.Every(TimeSpan.FromHours(1)).FirstDue(last, now));
        Assert.Equal(now.AddHours(1), JobSchedule.Every(TimeSpan.FromHours(1)).FirstDue(null, now));
    }

    private static Task<JobRun> RunOf(TestHost host, string job) =>
        host.Within(s =>
            s.GetRequiredService<PlenariaDb>().Set<JobRun>().AsNoTracking().SingleAsync(r => r.Name == job)
        );

    private static JobScheduler Scheduler(TestHost host) => host.Services.GetRequiredService<JobScheduler>();

    private static Task Finished(TestHost host, string job) =>
        Eventually.HoldsAsync(async () =>
            await host.Within(s =>
                s.GetRequiredService<PlenariaDb>().Set<JobRun>().AnyAsync(r => r.Name == job && r.FinishedAt != null)
            )
        );
}
