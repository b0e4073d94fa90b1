using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;
using Plenaria.Platform.Journal;
using Plenaria.Platform.Language;
using Plenaria.Platform.Site;

namespace Plenaria.Plans.Writing;

/// <summary>
/// Adds an action with what it needs to stand in the plan. The rest of its record is edited on its own pages.
/// </summary>
[Allow(PlansModule.Edit)]
internal sealed class ActionModel(
    PlenariaDb db,
    PlanStore plans,
    Journal journal,
    CurrentUser visitor,
    PageLocalizer phrases
) : PlanPage(db, plans, phrases)
{
    [BindProperty]
    public Fields Input { get; set; } = new();

    protected override void Fill() =>
        Input.Planned =
            Plan.ValidFor is { From: { } only } && Plan.ValidFor.To == only ? $"{only}" : $"{Plan.ValidFor}";

    public Task<IActionResult> OnPostAsync(int year, CancellationToken cancel) =>
        Add(
            year,
            async () =>
            {
                var acting = visitor.Acting();
                var area =
                    Plan.Directions.Find(d => d.Number == Input.Direction)
                    ?? throw new RuleViolationException("plans.direction-unknown");
                var number = Plan.Actions.Select(a => a.Number).DefaultIfEmpty().Max() + 1;
                var action = new PlanAction
                {
                    Id = Guid.CreateVersion7(acting.At),
                    PlanId = Plan.Id,
                    DirectionId = area.Id,
                    Number = number,
                    Reference = Reference.Of(Plan.Reference, $"A{number:00}"),
                    Title = LocalizedText.Original(Plan.Language, Input.Title!.Trim()),
                    Purpose = LocalizedText.Empty.Reworded(Plan.Language, Input.Purpose),
                    Text = LocalizedText.Empty.Reworded(Plan.Language, Input.Text),
                    Planned = string.IsNullOrWhiteSpace(Input.Planned)
                        ? Plan.ValidFor
                        : Period.Parse(Input.Planned.Trim()),
                };
                Plan.Actions.Add(action);
                await Plans.Publish(Plan, action, cancel);
                journal.Append(
                    acting,
                    Plan.Stream,
                    "plans.action-added",
                    action.Reference,
                    new { after = PlanVersion.Describe(action) }
                );
                return Plan.PathOf(action);
            },
            cancel
        );

    internal sealed class Fields
    {
        public int Direction { get; set; }

        [Required, StringLength(PlanAction.TitleMaxLength)]
        public string? Title { get; set; }

        [StringLength(PlanAction.TextMaxLength)]
        public string? Purpose { get; set; }

        [StringLength(PlanAction.TextMaxLength)]
        public string? Text { get; set; }

        [PeriodField]
        public string? Planned { get; set; }
    }
}
