using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;
using Plenaria.Platform.Journal;
using Plenaria.Platform.Language;

namespace Plenaria.Plans.Writing;

[Allow(PlansModule.Edit)]
internal sealed class AreaModel(
    PlenariaDb db,
    PlanStore plans,
    Journal journal,
    CurrentUser visitor,
    PageLocalizer phrases
) : PlanPage(db, plans, phrases)
{
    [BindProperty]
    public Fields Input { get; set; } = new();

    public Task<IActionResult> OnPostAsync(int year, CancellationToken cancel) =>
        Add(
            year,
            async () =>
            {
                var acting = visitor.Acting();
                var area = new Direction
                {
                    Id = Guid.CreateVersion7(acting.At),
                    PlanId = Plan.Id,
                    Number = Plan.Directions.Select(d => d.Number).DefaultIfEmpty().Max() + 1,
                    Title = LocalizedText.Original(Plan.Language, Input.Title!.Trim()),
                    Text = LocalizedText.Empty.Reworded(Plan.Language, Input.Text),
                };
                Plan.Directions.Add(area);
                await Plans.Publish(Plan, cancel);
                journal.Append(
                    acting,
                    Plan.Stream,
                    "plans.area-added",
                    Plan.Reference,
                    new
                    {
                        number = area.Number,
                        title = area.Title.ToString(),
                        text = area.Text.ToString(),
                    }
                );
                return Plan.Path;
            },
            cancel
        );

    internal sealed class Fields
    {
        [Required, StringLength(PlanAction.TitleMaxLength)]
        public string? Title { get; set; }

        [StringLength(PlanAction.TextMaxLength)]
        public string? Text { get; set; }
    }
}
