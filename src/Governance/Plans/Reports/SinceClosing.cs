namespace Plenaria.Plans.Reports;

/// <summary>
/// How an action's record differs from what a closed report says of it. One that is new has no <paramref name="Then"/>,
/// one that vanished no <paramref name="Now"/>.
/// </summary>
internal sealed record ActionDifference(ReportedAction? Then, ReportedAction? Now)
{
    public ReportedAction Action => Now ?? Then!;
    public bool State => Both && Then!.State != Now!.State;
    public bool Evidence => Both && Then!.Evidence.Count != Now!.Evidence.Count;
    public bool Achievement => Both && Then!.Achievement != Now!.Achievement;
    public bool Fate => Both && Then!.Fate != Now!.Fate;

    private bool Both => Then is not null && Now is not null;

    public static IReadOnlyList<ActionDifference> Between(ReportContent then, ReportContent now)
    {
        var before = then.Actions.ToDictionary(a => a.Reference);
        var after = now.Actions.ToDictionary(a => a.Reference);
        return
        [
            .. before
                .Keys.Union(after.Keys)
                .OrderBy(r => r.ToString(), StringComparer.Ordinal)
                .Select(r => new ActionDifference(before.GetValueOrDefault(r), after.GetValueOrDefault(r)))
                .Where(d => !d.Both || d.State || d.Evidence || d.Achievement || d.Fate),
        ];
    }
}
