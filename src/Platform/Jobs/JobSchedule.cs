using Quartz;

namespace Plenaria.Platform.Jobs;

/// <summary>When a job is due: a while after it last ended, or at an hour of the day where the network is.</summary>
public abstract record JobSchedule
{
    /// <summary>
    /// That long after the last run ended; after a restart of the program, after it began. A job that never ran is due
    /// after one interval.
    /// </summary>
    public static JobSchedule Every(TimeSpan interval) => new Interval(interval);

    /// <summary>
    /// At this hour of the named days, or of every day when none is named, by the clock of the network's time zone. A
    /// run that was missed because no process was there is made up for once.
    /// </summary>
    public static JobSchedule At(TimeOnly time, params IReadOnlyList<DayOfWeek> days) => new TimeOfDay(time, days);

    public static implicit operator JobSchedule(TimeSpan interval) => Every(interval);

    /// <summary>What the scheduler makes triggers of.</summary>
    /// <param name="zone">The network's time zone.</param>
    internal abstract IScheduleBuilder ToQuartz(TimeZoneInfo zone);

    /// <summary>Before which moment no trigger fires.</summary>
    /// <param name="lastStart">When the job last began; null when it never ran.</param>
    internal abstract DateTimeOffset FirstDue(DateTimeOffset? lastStart, DateTimeOffset now);

    /// <summary>Tells two schedules apart: a stored trigger whose schedule has changed is replaced.</summary>
    internal abstract string Fingerprint(TimeZoneInfo zone);

    internal sealed record Interval(TimeSpan Length) : JobSchedule
    {
        internal override IScheduleBuilder ToQuartz(TimeZoneInfo zone) =>
            SimpleScheduleBuilder
                .Create()
                .WithInterval(Length)
                .RepeatForever()
                .MeasureIntervalFromCompletion(true)
                .WithMisfireInstruction(SimpleTriggerMisfireInstruction.NowWithExistingCount);

        internal override DateTimeOffset FirstDue(DateTimeOffset? lastStart, DateTimeOffset now) =>
            (lastStart ?? now) + Length;

        internal override string Fingerprint(TimeZoneInfo zone) => $"every {Length:c}";
    }

    internal sealed record TimeOfDay(TimeOnly Time, IReadOnlyList<DayOfWeek> Days) : JobSchedule
    {
        internal override IScheduleBuilder ToQuartz(TimeZoneInfo zone) =>
            CronScheduleBuilder
                .Create(Cron)
                .InTimeZone(zone)
                .WithMisfireInstruction(CronTriggerMisfireInstruction.FireAndProceed);

        // A trigger that begins at the last run has fallen due if an hour was missed since.
        internal override DateTimeOffset FirstDue(DateTimeOffset? lastStart, DateTimeOffset now) => lastStart ?? now;

        internal override string Fingerprint(TimeZoneInfo zone) => $"{Cron} {zone.Id}";

        private string Cron =>
            Days.Count == 0
                ? $"0 {Time.Minute} {Time.Hour} * * ?"
                // Quartz counts the days of the week from 1 for Sunday.
                : $"0 {Time.Minute} {Time.Hour} ? * {string.Join(',', Days.Select(d => (int)d + 1))}";
    }
}
