using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;
using Plenaria.Platform.Journal;
using Plenaria.Platform.Language;
using Plenaria.Platform.Site;

namespace Plenaria.Plans.Follow;

/// <summary>An action's steps on the way, in the plan's language. A row left empty is dropped.</summary>
[Allow(PlansModule.Edit)]
internal sealed class MilestonesModel(
    PlenariaDb db,
    PlanStore plans,
    Journal journal,
    CurrentUser visitor,
    PageLocalizer phrases
) : ActionPage(db, plans, phrases)
{
    [BindProperty]
    public List<Row> Rows { get; set; } = [];

    protected override void Fill() =>
        Rows = [
            .. Action.Milestones.Select(m => new Row
            {
                Text = m.Text.ToString(),
                Due = m.Due?.ToString(),
                Met = m.Met?.ToString(),
            }),
        ];

    protected override Task Show(CancellationToken cancel)
    {
        Rows.MakeRoom(2);
        return Task.CompletedTask;
    }

    public Task<IActionResult> OnPostAsync(CancellationToken cancel) =>
        Change(
            () =>
            {
                var texts = Action
                    .Milestones.ConvertAll(m => m.Text)
                    .Reworded(Plan.Language, Rows.ConvertAll(r => r.Text));
                var before = Described();
                Action.Milestones =
                [
                    .. Rows.Select((row, i) => (row, text: texts[i]))
                        .Where(r => !r.row.IsEmpty)
                        .Select(r => new Milestone(r.text, r.row.Due.AsDate(), r.row.Met.AsDate())),
                ];
                journal.Append(
                    visitor.Acting(Why),
                    Plan.Stream,
                    "plans.milestones-edited",
                    Action.Reference,
                    new { before, after = Described() }
                );
                return Task.CompletedTask;
            },
            cancel
        );

    private List<object> Described() =>
        Action.Milestones.ConvertAll<object>(m => new
        {
            text = m.Text.ToString(),
            due = m.Due?.ToString(),
            met = m.Met?.ToString(),
        });

    internal sealed class Row : IFormRow, IValidatableObject
    {
        [StringLength(PlanAction.TitleMaxLength)]
        public string? Text { get; set; }

        [PartialDateField]
        public string? Due { get; set; }

        [PartialDateField]
        public string? Met { get; set; }

        public bool IsEmpty =>
            string.IsNullOrWhiteSpace(Text) && string.IsNullOrWhiteSpace(Due) && string.IsNullOrWhiteSpace(Met);

        public IEnumerable<ValidationResult> Validate(ValidationContext context) =>
            string.IsNullOrWhiteSpace(Text) && !IsEmpty ? [new("plans.milestone.text-missing", [nameof(Text)])] : [];
    }
}
