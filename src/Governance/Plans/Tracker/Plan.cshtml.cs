using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Plenaria.Comments;
using Plenaria.Platform.Site;

namespace Plenaria.Plans.Tracker;

[AllowAnonymous, Cacheable]
internal sealed class PlanModel(PlanStore plans, CommentService comments) : PageModel
{
    public WorkPlan Plan { get; private set; } = null!;
    public IReadOnlyList<PlanAction> Shown { get; private set; } = [];

    /// <summary>How many comments there are on each action, by its number; 0 is the whole plan.</summary>
    public IReadOnlyDictionary<int, int> Comments { get; private set; } = new Dictionary<int, int>();
    public IReadOnlyList<string> Regions { get; private set; } = [];
    public IReadOnlyList<LocalizedText> Leads { get; private set; } = [];

    [BindProperty(SupportsGet = true)]
    public ActionState? State { get; set; }

    [BindProperty(SupportsGet = true)]
    public int? Direction { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Region { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Lead { get; set; }

    public bool IsFiltered =>
        State is not null || Direction is not null || Region is { Length: > 0 } || Lead is { Length: > 0 };

    public async Task<IActionResult> OnGetAsync(int year, CancellationToken cancel)
    {
        if (await plans.Find(year, cancel) is not { } plan)
            return NotFound();
        Plan = plan;
        if (plan.TakesComments)
            Comments = await comments.CountAsync(plan.Id, cancel);
        var named = plan.Actions.SelectMany(a => a.Regions).ToHashSet();
        Regions = [.. Platform.Places.Regions.All.Where(r => named.Any(n => Platform.Places.Regions.IsWithin(n, r)))];
        Leads =
        [
            .. plan
                .Actions.Select(a => a.Lead?.Name)
                .OfType<LocalizedText>()
                .DistinctBy(n => n.ToString())
                .OrderBy(n => n.ToString(), StringComparer.Ordinal),
        ];
        Shown = [.. plan.Actions.Where(Matches)];
        return Page();
    }

    private bool Matches(PlanAction action) =>
        (State is null || action.State == State)
        && (Direction is null || Plan.DirectionOf(action).Number == Direction)
        && (string.IsNullOrEmpty(Region) || action.Regions.Exists(r => Platform.Places.Regions.IsWithin(r, Region)))
        && (string.IsNullOrEmpty(Lead) || action.Lead?.Name.ToString() == Lead);
}
