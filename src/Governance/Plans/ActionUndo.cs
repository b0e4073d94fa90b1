using Plenaria.Platform.Journal;

namespace Plenaria.Plans;

/// <summary>Finds in the journal what was last done to an action.</summary>
internal sealed class ActionUndo(Journal journal)
{
    public const string StateChanged = "plans.action-state-changed",
        MilestonesEdited = "plans.milestones-edited",
        Bound = "plans.instrument-bound",
        Unbound = "plans.instrument-unbound";

    // Those of one plan stand in one stream.
    private const int Most = 200;

    /// <summary>
    /// The entry of the last act on this action, when it is one of these; null when something else was done since.
    /// </summary>
    public async Task<JournalLine?> FindAsync(
        WorkPlan plan,
        PlanAction action,
        IReadOnlyCollection<string> acts,
        CancellationToken cancel
    )
    {
        var lines = (await journal.Read(plan.Stream, Most, cancel))
            .Where(l => l.Subject == action.Reference.ToString())
            .ToList();
        // One form may say two things at once: a state, and a record that supports it.
        return lines.TakeWhile(l => l.At == lines[0].At).FirstOrDefault(l => acts.Contains(l.Act));
    }

    /// <inheritdoc cref="FindAsync"/>
    /// <exception cref="RuleViolationException">Something else was done since.</exception>
    public async Task<JournalLine> GetAsync(
        WorkPlan plan,
        PlanAction action,
        IReadOnlyCollection<string> acts,
        CancellationToken cancel
    ) =>
        await FindAsync(plan, action, acts, cancel) is { What: not null } line
            ? line
            : throw new RuleViolationException("platform.changed-meanwhile");
}
