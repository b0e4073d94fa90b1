using System.Text.Json;
using Plenaria.Platform.Journal;
using Plenaria.Platform.Language;

namespace Plenaria.Plans;

/// <summary>Finds in the journal what was last done to an action, and offers the reverse of it.</summary>
internal sealed class ActionUndo(Journal journal, PageLocalizer texts)
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

    /// <param name="left">The version of the action that the act left behind; null where none was done.</param>
    public async Task<UndoView?> OfferAsync(WorkPlan plan, PlanAction action, int? left, CancellationToken cancel)
    {
        if (left != action.Version)
            return null;
        var line = await FindAsync(plan, action, [StateChanged, MilestonesEdited, Bound, Unbound], cancel);
        (string Text, string Page)? reverse = line switch
        {
            { Act: StateChanged, What: not null } => ("plans.undo.state", "progress"),
            { Act: MilestonesEdited, What: { } what } when IsLess(what) => ("plans.undo.milestone", "milestones"),
            { Act: Bound, What: not null } => ("plans.undo.bound", "instruments"),
            { Act: Unbound, What: not null } => ("plans.undo.unbound", "instruments"),
            _ => null,
        };
        return reverse is var (text, page)
            ? new(texts[text], $"{plan.PathOf(action)}/{page}?handler=Undo", action.Version)
            : null;
    }

    private static bool IsLess(JsonElement what) =>
        what.GetProperty("before").GetArrayLength() > what.GetProperty("after").GetArrayLength();
}
