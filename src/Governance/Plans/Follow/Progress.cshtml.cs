using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;
using Plenaria.Platform.Files;
using Plenaria.Platform.Journal;
using Plenaria.Platform.Language;
using Plenaria.Platform.Register;
using Plenaria.Platform.Site;

namespace Plenaria.Plans.Follow;

/// <summary>How far an action has come, and what supports that. Either alone is fine; neither is not.</summary>
[
    Allow(PlansModule.Edit),
    RequestSizeLimit(FileStore.AtTheDoor),
    RequestFormLimits(MultipartBodyLengthLimit = FileStore.AtTheDoor)
]
internal sealed class ProgressModel(
    PlenariaDb db,
    PlanStore plans,
    Journal journal,
    Register register,
    FileStore files,
    CurrentUser visitor,
    PageLocalizer phrases
) : ActionPage(db, plans, phrases)
{
    public static IReadOnlyList<EvidenceKind> Kinds { get; } =
    [EvidenceKind.File, EvidenceKind.Link, EvidenceKind.Published, EvidenceKind.Declaration];

    [BindProperty]
    public Fields Input { get; set; } = new();

    [BindProperty]
    public IFormFile? Upload { get; set; }

    protected override void Fill() => Input = new() { State = Action.State };

    public Task<IActionResult> OnPostAsync(CancellationToken cancel) =>
        Change(
            async () =>
            {
                var acting = visitor.Acting(Input.Note);
                if (Input.State != Action.State)
                {
                    var change = Action.Become(Input.State, acting, Input.Note ?? "");
                    Db.Add(change);
                    journal.Append(
                        acting,
                        Plan.Stream,
                        "plans.action-state-changed",
                        Action.Reference,
                        new { from = change.From.ToString(), to = change.To.ToString() }
                    );
                }
                else if (Input.Kind is null)
                    throw new RuleViolationException("plans.state-is-the-same");
                if (Input.Kind is { } kind)
                {
                    var evidence = await Document(kind, acting, cancel);
                    Db.Add(evidence);
                    journal.Append(
                        acting,
                        Plan.Stream,
                        "plans.evidence-added",
                        Action.Reference,
                        new
                        {
                            kind = kind.ToString(),
                            text = evidence.Text.ToString(),
                            date = evidence.Date.ToString(),
                            evidence.Target,
                        }
                    );
                }
            },
            cancel
        );

    private async Task<Evidence> Document(EvidenceKind kind, OperationContext acting, CancellationToken cancel)
    {
        var target = Input.Target?.Trim();
        if (string.IsNullOrWhiteSpace(Input.Text))
            throw new RuleViolationException("plans.evidence.text-missing");
        if (string.IsNullOrWhiteSpace(Input.Date))
            throw new RuleViolationException("plans.evidence.date-missing");
        if (
            kind == EvidenceKind.Link
            && !(Uri.TryCreate(target, UriKind.Absolute, out var link) && link.Scheme is "http" or "https")
        )
            throw new RuleViolationException("plans.evidence.not-a-link");
        if (
            kind == EvidenceKind.Published
            && !(
                Reference.TryParse(target?.ToUpperInvariant(), null, out var reference)
                && await register.Find(reference, Audience.Public, cancel) is not null
            )
        )
            throw new RuleViolationException("plans.evidence.not-published", ("reference", target));
        if (kind == EvidenceKind.File && Upload is null)
            throw new RuleViolationException("plans.evidence.file-missing");
        var file = kind == EvidenceKind.File ? await files.Keep(Upload!, Audience.Public, cancel) : null;
        return new()
        {
            Id = Guid.CreateVersion7(acting.At),
            ActionId = Action.Id,
            Kind = kind,
            Text = LocalizedText.Original(Phrases.Language, Input.Text),
            Date = PartialDate.Parse(Input.Date.Trim()),
            Target = kind switch
            {
                EvidenceKind.Declaration => null,
                EvidenceKind.Published => target!.ToUpperInvariant(),
                EvidenceKind.File => file!.Hash,
                _ => target,
            },
            FileName = file?.Name,
            By = acting.Actor.Name,
            InTheNameOf = acting.OnBehalfOf?.Name,
            AddedAt = acting.At,
        };
    }

    internal sealed class Fields
    {
        public ActionState State { get; set; }

        [StringLength(StateChange.NoteMaxLength)]
        public string? Note { get; set; }
        public EvidenceKind? Kind { get; set; }

        [StringLength(1_000)]
        public string? Text { get; set; }

        [PartialDateField]
        public string? Date { get; set; }

        [StringLength(Evidence.LinkMaxLength)]
        public string? Target { get; set; }
    }
}
