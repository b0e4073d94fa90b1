using System.ComponentModel.DataAnnotations;
using System.Text.Json;
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
    ActionUndo undo,
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
                var count = Action.Milestones.Count;
                Replace([
                    .. Rows.Select((row, i) => (row, text: texts[i]))
                        .Where(r => !r.row.IsEmpty)
                        .Select(r => new Milestone(r.text, r.row.Due.AsDate(), r.row.Met.AsDate())),
                ]);
                if (Action.Milestones.Count < count)
                    OfferUndo("plans.undo.milestone", "milestones");
                return Task.CompletedTask;
            },
            cancel
        );

    /// <summary>Puts the milestones back that somebody has just removed.</summary>
    public Task<IActionResult> OnPostUndoAsync(CancellationToken cancel) =>
        Change(
            async () =>
            {
                var line = await undo.GetAsync(Plan, Action, [ActionUndo.MilestonesEdited], cancel);
                Replace([.. line.What!.Value.GetProperty("before").EnumerateArray().Select(Read)]);
            },
            cancel
        );

    private void Replace(List<Milestone> milestones)
    {
        var before = Described();
        Action.Milestones = milestones;
        journal.Append(
            visitor.Acting(Why),
            Plan.Stream,
            ActionUndo.MilestonesEdited,
            Action.Reference,
            new { before, after = Described() }
        );
    }

    private static Milestone Read(JsonElement written) =>
        new(
            JournaledText.Read(written.GetProperty("wordings")),
            written.GetProperty("due").GetString().AsDate(),
            written.GetProperty("met").GetString().AsDate()
        );

    private List<object> Described() =>
        Action.Milestones.ConvertAll<object>(m => new
        {
            text = m.Text.ToString(),
            wordings = JournaledText.Write(m.Text),
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
