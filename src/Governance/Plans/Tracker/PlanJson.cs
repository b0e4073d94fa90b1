using static Plenaria.Platform.Site.ApiJson;

namespace Plenaria.Plans.Tracker;

/// <summary>
/// A plan as the API gives it. Texts are objects by language; dates and periods are ISO 8601, possibly partial.
/// </summary>
internal static class PlanJson
{
    public static object Head(WorkPlan plan) =>
        new
        {
            reference = plan.Reference.ToString(),
            year = plan.Year,
            title = Texts(plan.Title),
            stage = Word(plan.Stage),
            history = plan.IsHistory,
            approvedOn = plan.ApprovedOn?.ToString(),
            validFor = plan.ValidFor.ToString(),
            actions = plan.Actions.Count,
            complete = plan.Actions.Count(a => a.State == ActionState.Complete),
            href = $"/api/v1/plans/{plan.Year}",
        };

    public static object Whole(WorkPlan plan, IReadOnlyDictionary<Guid, Resolution> resolutions) =>
        new
        {
            reference = plan.Reference.ToString(),
            year = plan.Year,
            language = plan.Language.Code,
            title = Texts(plan.Title),
            stage = Word(plan.Stage),
            history = plan.IsHistory,
            approvedOn = plan.ApprovedOn?.ToString(),
            validFor = plan.ValidFor.ToString(),
            preamble = plan.Preamble.Select(p => new { text = Texts(p.Text), mandate = p.IsMandate }),
            directions = plan.Directions.Select(direction => new
            {
                number = direction.Number,
                title = Texts(direction.Title),
                secondTitle = Texts(direction.SecondTitle),
                text = Texts(direction.Text),
                actions = plan.ActionsOf(direction).Select(a => Of(plan, a, resolutions)),
            }),
        };

    private static object Of(WorkPlan plan, PlanAction action, IReadOnlyDictionary<Guid, Resolution> resolutions) =>
        new
        {
            reference = action.Reference.ToString(),
            number = action.Number,
            title = Texts(action.Title),
            text = Texts(action.Text),
            purpose = Texts(action.Purpose),
            state = Word(action.State),
            toBeDocumented = action.IsToBeDocumented,
            ourRole = Word(action.OurRole),
            lead = action.Lead is { } lead ? Texts(lead.Name) : null,
            partners = action.Partners.Select(p => Texts(p.Name)),
            planned = action.Planned?.ToString(),
            carriedOut = action.CarriedOut?.ToString(),
            beforeApproval = plan.PrecedesApproval(action),
            ratifiedBy = action.RatifiedBy?.ToString(),
            decided = action.Decided is { } decided
                ? new { fate = Word(decided.Fate), by = decided.By.ToString() }
                : null,
            place = Texts(action.Place),
            regions = action.Regions,
            priority = action.IsPriority,
            priorityBy = Texts(action.PriorityBy),
            continues = action.Continues?.Reference.ToString(),
            condition = Texts(action.Condition),
            exclusion = Texts(action.Exclusion),
            openList = Texts(action.OpenList),
            milestones = action.Milestones.Select(m => new
            {
                text = Texts(m.Text),
                due = m.Due?.ToString(),
                met = m.Met?.ToString(),
            }),
            origins = action.Origins.Select(o => new
            {
                kind = Word(o.Kind),
                resolution = o.ResolutionId is { } id ? resolutions[id].Reference.ToString() : null,
                text = Texts(o.Text),
                date = o.Date?.ToString(),
                figure = o.Figure,
            }),
            evidence = action.Evidence.Select(e => new
            {
                kind = Word(e.Kind),
                text = Texts(e.Text),
                date = e.Date.ToString(),
                target = e.Target,
            }),
        };

    public static object Of(Resolution resolution) =>
        new
        {
            reference = resolution.Reference.ToString(),
            force = Word(resolution.Force),
            binding = resolution.IsBinding,
            wording = Texts(resolution.Wording),
            session = Texts(resolution.Session),
            citations = resolution.Citations.Select(c => new { date = c.Date.ToString(), source = c.Source }),
            datesConflict = resolution.DatesConflict,
            vote = resolution.Vote,
            about = resolution.About?.ToString(),
        };
}
