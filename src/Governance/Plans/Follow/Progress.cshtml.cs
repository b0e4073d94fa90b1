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
    EvidenceWriter evidence,
    ActionUndo undo,
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

    /// <summary>What was published last, to choose from by its title.</summary>
    public IReadOnlyList<PublishedEntry> Published { get; private set; } = [];

    protected override async Task Show(CancellationToken cancel) => Published = await evidence.SuggestAsync(cancel);

    protected override void Fill() => Input = new() { State = Action.State };

    public Task<IActionResult> OnPostAsync(CancellationToken cancel) =>
        Change(
            async () =>
            {
                var acting = visitor.Acting(Input.Note);
                if (Input.State != Action.State)
                {
                    Become(Input.State, Input.Note ?? "", acting);
                    OfferUndo("plans.undo.state", "progress");
                }
                else if (Input.Kind is null)
                    throw new RuleViolationException("plans.state-is-the-same");
                if (Input.Kind is { } kind)
                    await evidence.AddAsync(Plan, Action, kind, Input, Upload, acting, cancel);
            },
            cancel
        );

    /// <summary>Sets the state back that somebody has just set. What was added to support it stays.</summary>
    public Task<IActionResult> OnPostUndoAsync(CancellationToken cancel) =>
        Change(
            async () =>
            {
                var line = await undo.GetAsync(Plan, Action, [ActionUndo.StateChanged], cancel);
                Become(Enum.Parse<ActionState>(line.Detail("from")!), Phrases["plans.undo.note"], visitor.Acting());
            },
            cancel
        );

    private void Become(ActionState state, string note, OperationContext acting)
    {
        var change = Action.Become(state, acting, note);
        Db.Add(change);
        journal.Append(
            acting,
            Plan.Stream,
            ActionUndo.StateChanged,
            Action.Reference,
            new { from = change.From.ToString(), to = change.To.ToString() }
        );
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
