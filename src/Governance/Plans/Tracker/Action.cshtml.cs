using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Plenaria.Comments;
using Plenaria.Platform.Data;
using Plenaria.Platform.Language;
using Plenaria.Platform.Site;

namespace Plenaria.Plans.Tracker;

[AllowAnonymous, Cacheable]
internal sealed class ActionModel(
    PlanStore plans,
    Bindings bindings,
    CommentService comments,
    PlenariaDb db,
    PageLocalizer phrases
) : PageModel
{
    public WorkPlan Plan { get; private set; } = null!;
    public PlanAction Action { get; private set; } = null!;
    public Direction Direction { get; private set; } = null!;
    public PlanAction? Previous { get; private set; }
    public PlanAction? Next { get; private set; }
    public IReadOnlyDictionary<Guid, Resolution> Resolutions { get; private set; } = new Dictionary<Guid, Resolution>();

    /// <summary>How many comments are shown on the action; null where the plan takes none.</summary>
    public int? Comments { get; private set; }

    public IReadOnlyList<BoundInstrument> Bound { get; private set; } = [];

    /// <summary>In which language all that the action says is shown.</summary>
    public RecordTexts Texts { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(int year, int number, CancellationToken cancel)
    {
        if (
            await plans.Find(year, cancel) is not { } plan
            || plan.Actions.Find(a => a.Number == number) is not { } action
        )
            return NotFound();
        (Plan, Action, Direction) = (plan, action, plan.DirectionOf(action));
        Texts = phrases.ForRecord(action.Title, action.Purpose, action.Text);
        Previous = plan.Actions.Find(a => a.Number == number - 1);
        Next = plan.Actions.Find(a => a.Number == number + 1);
        var ids = action.Origins.Select(o => o.ResolutionId).OfType<Guid>().ToArray();
        Resolutions = await db.Set<Resolution>()
            .AsNoTracking()
            .Where(r => ids.Contains(r.Id))
            .ToDictionaryAsync(r => r.Id, cancel);
        Bound = await bindings.Of(action, action.Planned ?? plan.ValidFor, phrases.Language, cancel);
        if (plan.TakesComments)
            Comments = (await comments.CountAsync(plan.Id, cancel)).GetValueOrDefault(number);
        return Page();
    }
}
