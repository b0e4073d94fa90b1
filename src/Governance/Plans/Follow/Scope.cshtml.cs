using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;
using Plenaria.Platform.Journal;
using Plenaria.Platform.Language;
using Plenaria.Platform.Places;

namespace Plenaria.Plans.Follow;

/// <summary>
/// Where an action belongs: its priority area, its partners, its regions, and the earlier action that it continues.
/// </summary>
[Allow(PlansModule.Edit)]
internal sealed class ScopeModel(
    PlenariaDb db,
    PlanStore plans,
    Journal journal,
    CurrentUser visitor,
    PageLocalizer phrases
) : ActionPage(db, plans, phrases)
{
    /// <summary>The actions of earlier years' plans, which this one may continue, the newest year first.</summary>
    public IReadOnlyList<IGrouping<int, PlanAction>> Earlier { get; private set; } = [];

    [BindProperty]
    public Fields Input { get; set; } = new();

    protected override async Task Show(CancellationToken cancel) =>
        Earlier = [
            .. (
                await (
                    from action in Db.Set<PlanAction>().AsNoTracking()
                    join plan in Db.Set<WorkPlan>() on action.PlanId equals plan.Id
                    where plan.Year < Plan.Year
                    orderby plan.Year descending, action.Number
                    select new { plan.Year, action }
                ).ToListAsync(cancel)
            ).GroupBy(a => a.Year, a => a.action),
        ];

    protected override void Fill() =>
        Input = new()
        {
            Direction = Plan.DirectionOf(Action).Number,
            Partners = string.Join('\n', Action.Partners.Select(p => p.Name.ToString())),
            Regions = [.. Action.Regions],
            Continues = Action.Continues?.Reference.ToString(),
        };

    public Task<IActionResult> OnPostAsync(CancellationToken cancel) =>
        Change(
            async () =>
            {
                var before = Described();
                Action.DirectionId = (
                    Plan.Directions.Find(d => d.Number == Input.Direction)
                    ?? throw new RuleViolationException("plans.direction-unknown")
                ).Id;
                Action.Partners = Partners();
                if (Input.Regions.Exists(r => !Regions.All.Contains(r)))
                    throw new RuleViolationException("site.not-usable");
                Action.Regions = [.. Regions.All.Where(Input.Regions.Contains)];
                Action.Continues = await Continued(cancel);
                Action.ContinuesId = Action.Continues?.Id;
                journal.Append(
                    visitor.Acting(Why),
                    Plan.Stream,
                    "plans.action-edited",
                    Action.Reference,
                    new { before, after = Described() }
                );
            },
            cancel
        );

    private string Described() => $"## {Plan.DirectionOf(Action).Title}\n{PlanVersion.Describe(Action)}";

    private List<ActionParty> Partners()
    {
        var lines = (Input.Partners ?? "").Split(
            '\n',
            StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries
        );
        if (lines.FirstOrDefault(l => l.Length > PlanAction.NameMaxLength) is { } longest)
            throw new RuleViolationException(
                "plans.edit.partner-too-long",
                ("limit", PlanAction.NameMaxLength),
                ("start", longest[..40])
            );
        // Who is named as before stays who they are, translations included; a name that was typed anew may mean
        // somebody else.
        return
        [
            .. lines.Select(line =>
                Action.Partners.Find(p => p.Name.ToString() == line)
                ?? new ActionParty(LocalizedText.Original(Plan.Language, line))
            ),
        ];
    }

    private async Task<PlanAction?> Continued(CancellationToken cancel)
    {
        if (string.IsNullOrWhiteSpace(Input.Continues))
            return null;
        var typed = Input.Continues.Trim().ToUpperInvariant();
        var found = Reference.TryParse(typed, null, out var reference)
            ? await Db.Set<PlanAction>().SingleOrDefaultAsync(a => a.Reference == reference, cancel)
            : null;
        return
            found is not null
            && await Db.Set<WorkPlan>().AnyAsync(p => p.Id == found.PlanId && p.Year < Plan.Year, cancel)
            ? found
            : throw new RuleViolationException("plans.edit.continues-not-earlier", ("reference", typed));
    }

    internal sealed class Fields
    {
        public int Direction { get; set; }

        [StringLength(PlanAction.TextMaxLength)]
        public string? Partners { get; set; }
        public List<string> Regions { get; set; } = [];
        public string? Continues { get; set; }
    }
}
