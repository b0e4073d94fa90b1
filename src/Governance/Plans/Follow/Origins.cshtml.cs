using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;
using Plenaria.Platform.Journal;
using Plenaria.Platform.Language;
using Plenaria.Platform.Site;

namespace Plenaria.Plans.Follow;

/// <summary>Why an action is in the plan, in the plan's language. A row left empty is dropped.</summary>
[Allow(PlansModule.Edit)]
internal sealed class OriginsModel(
    PlenariaDb db,
    PlanStore plans,
    Journal journal,
    CurrentUser visitor,
    PageLocalizer phrases
) : ActionPage(db, plans, phrases)
{
    public IReadOnlyList<Resolution> Resolutions { get; private set; } = [];

    [BindProperty]
    public List<Row> Rows { get; set; } = [];

    protected override void Fill() =>
        Rows = [
            .. Action
                .Origins.InOrder()
                .Select(o => new Row
                {
                    Kind = o.Kind,
                    Resolution = o.Resolution?.Reference.ToString(),
                    Text = o.Text.ToString(),
                    Date = o.Date?.ToString(),
                    Figure = o.Figure,
                }),
        ];

    protected override async Task Show(CancellationToken cancel)
    {
        Resolutions = await Db.Set<Resolution>().AsNoTracking().OrderByDescending(r => r.Reference).ToListAsync(cancel);
        Rows.MakeRoom(1);
    }

    public Task<IActionResult> OnPostAsync(CancellationToken cancel) =>
        Change(
            async () =>
            {
                var acting = visitor.Acting(Why);
                var before = PlanVersion.Describe(Action);
                var stored = Action.Origins.InOrder().ToList();
                var texts = stored.ConvertAll(o => o.Text).Reworded(Plan.Language, Rows.ConvertAll(r => r.Text));
                foreach (var (row, i) in Rows.Select((r, i) => (r, i)).Where(r => !r.r.IsEmpty))
                {
                    var (resolution, text, date, figure) = (
                        await Find(row.Resolution, cancel),
                        texts[i],
                        row.Date.AsDate(),
                        string.IsNullOrWhiteSpace(row.Figure) ? null : row.Figure.Trim()
                    );
                    if (
                        stored.Find(o =>
                            o.Kind == row.Kind
                            && o.ResolutionId == resolution?.Id
                            && o.Text.Equals(text)
                            && o.Date == date
                            && o.Figure == figure
                        ) is
                        { } same
                    )
                        stored.Remove(same);
                    else
                        Action.Origins.Add(
                            new()
                            {
                                // A millisecond apart, so that they stay in the order in which they were written.
                                Id = Guid.CreateVersion7(acting.At.AddMilliseconds(i)),
                                ActionId = Action.Id,
                                Kind = row.Kind!.Value,
                                ResolutionId = resolution?.Id,
                                Resolution = resolution,
                                Text = text,
                                Date = date,
                                Figure = figure,
                            }
                        );
                }
                foreach (var gone in stored)
                    Action.Origins.Remove(gone);
                Db.RemoveRange(stored);
                journal.Append(
                    acting,
                    Plan.Stream,
                    "plans.action-edited",
                    Action.Reference,
                    new { before, after = PlanVersion.Describe(Action) }
                );
            },
            cancel
        );

    private async Task<Resolution?> Find(string? typed, CancellationToken cancel)
    {
        if (string.IsNullOrWhiteSpace(typed))
            return null;
        var name = typed.Trim().ToUpperInvariant();
        return (
                Reference.TryParse(name, null, out var reference)
                    ? await Db.Set<Resolution>().SingleOrDefaultAsync(r => r.Reference == reference, cancel)
                    : null
            ) ?? throw new RuleViolationException("plans.origin.no-such-decision", ("reference", name));
    }

    internal sealed class Row : IFormRow, IValidatableObject
    {
        public OriginKind? Kind { get; set; }
        public string? Resolution { get; set; }

        [StringLength(ActionOrigin.TextMaxLength)]
        public string? Text { get; set; }

        [PartialDateField]
        public string? Date { get; set; }

        [StringLength(ActionOrigin.FigureMaxLength)]
        public string? Figure { get; set; }

        public bool IsEmpty =>
            Kind is null
            && string.IsNullOrWhiteSpace(Resolution)
            && string.IsNullOrWhiteSpace(Text)
            && string.IsNullOrWhiteSpace(Date)
            && string.IsNullOrWhiteSpace(Figure);

        public IEnumerable<ValidationResult> Validate(ValidationContext context)
        {
            if (IsEmpty)
                yield break;
            if (Kind is null)
                yield return new("plans.origin.kind-missing", [nameof(Kind)]);
            if (Kind == OriginKind.Resolution && string.IsNullOrWhiteSpace(Resolution))
                yield return new("plans.origin.reference-missing", [nameof(Resolution)]);
            if (
                Kind is OriginKind.Proposal or OriginKind.Finding or OriginKind.Obligation
                && string.IsNullOrWhiteSpace(Resolution)
                && string.IsNullOrWhiteSpace(Text)
            )
                yield return new("plans.origin.text-missing", [nameof(Text)]);
        }
    }
}
