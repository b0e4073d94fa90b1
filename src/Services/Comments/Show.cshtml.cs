using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Plenaria.Platform.Access;
using Plenaria.Platform.Language;
using Plenaria.Platform.Site;

namespace Plenaria.Comments;

/// <summary>
/// The discussion of a record, for those that have no place for it themselves, and all that can be done in any.
/// </summary>
[AllowAnonymous, Cacheable]
internal sealed class ShowModel(
    CommentService comments,
    CommentModeration moderation,
    CommentKinds kinds,
    CurrentUser visitor,
    PageLocalizer texts
) : PageModel, IRerenderable
{
    public DiscussionView View { get; private set; } = null!;
    public CommentFields Input { get; set; } = new();

    [BindProperty(SupportsGet = true)]
    public int Paragraph { get; set; }
    public object? Stored => View.Version;
    private Guid RecordId => View.Record.Id;

    public async Task<IActionResult> OnGetAsync(string kind, string id, CancellationToken cancel) =>
        await LoadAsync(kind, id, cancel) ? Page() : NotFound();

    public async Task RerenderAsync(CancellationToken cancel)
    {
        if (!await LoadAsync((string)RouteData.Values["kind"]!, (string)RouteData.Values["id"]!, cancel))
            throw new RuleViolationException("platform.changed-meanwhile");
    }

    public Task<IActionResult> OnPostPostAsync(
        string kind,
        string id,
        [FromForm(Name = nameof(Input))] CommentFields input,
        CancellationToken cancel
    )
    {
        Input = input;
        return ActAsync(
            kind,
            id,
            async acting =>
            {
                var draft = new CommentDraft(LocalizedText.Original(texts.Language, input.Plain), Paragraph);
                var line = await comments.PostAsync(kind, RecordId, draft, acting, cancel);
                if (!View.Record.StandsOnRecord)
                    this.SuggestNext("comments.to-record", View.Record.Paragraph(Paragraph)?.Path ?? View.Record.Path);
                return line.Id;
            },
            cancel
        );
    }

    public Task<IActionResult> OnPostWithdrawAsync(string kind, string id, Guid comment, CancellationToken cancel) =>
        ActAsync(
            kind,
            id,
            comment,
            acting => comments.WithdrawAsync(kind, RecordId, comment, acting, cancel),
            null,
            cancel
        );

    public Task<IActionResult> OnPostReportAsync(
        string kind,
        string id,
        Guid comment,
        string? reason,
        CancellationToken cancel
    ) =>
        ActAsync(
            kind,
            id,
            comment,
            acting => moderation.ReportAsync(kind, RecordId, comment, reason, acting, cancel),
            null,
            cancel
        );

    public Task<IActionResult> OnPostHideAsync(
        string kind,
        string id,
        Guid comment,
        string? reason,
        CancellationToken cancel
    ) =>
        ActAsync(
            kind,
            id,
            comment,
            acting => moderation.HideAsync(kind, RecordId, comment, reason, acting, cancel),
            "Restore",
            cancel
        );

    public Task<IActionResult> OnPostRestoreAsync(string kind, string id, Guid comment, CancellationToken cancel) =>
        ActAsync(
            kind,
            id,
            comment,
            acting => moderation.RestoreAsync(kind, RecordId, comment, acting, cancel),
            null,
            cancel
        );

    public Task<IActionResult> OnPostFollowAsync(string kind, string id, CancellationToken cancel) =>
        FollowAsync(kind, id, true, cancel);

    public Task<IActionResult> OnPostUnfollowAsync(string kind, string id, CancellationToken cancel) =>
        FollowAsync(kind, id, false, cancel);

    public Task<IActionResult> OnPostCloseAsync(string kind, string id, int version, CancellationToken cancel) =>
        CloseAsync(kind, id, true, version, cancel);

    public Task<IActionResult> OnPostReopenAsync(string kind, string id, int version, CancellationToken cancel) =>
        CloseAsync(kind, id, false, version, cancel);

    private Task<IActionResult> FollowAsync(string kind, string id, bool isActive, CancellationToken cancel) =>
        ActAsync(
            kind,
            id,
            async acting =>
            {
                await comments.SetFollowingAsync(kind, RecordId, isActive, acting, cancel);
                this.OfferUndo(View.Record.CommentsPath, isActive ? "Unfollow" : "Follow");
                return null;
            },
            cancel
        );

    private Task<IActionResult> CloseAsync(
        string kind,
        string id,
        bool isClosed,
        int version,
        CancellationToken cancel
    ) =>
        ActAsync(
            kind,
            id,
            async acting =>
            {
                await moderation.SetClosedAsync(kind, RecordId, isClosed, version, acting, cancel);
                if (isClosed && await comments.ReadAsync(kind, RecordId, acting, cancel) is { } now)
                    this.OfferUndo(View.Record.CommentsPath, "Reopen", ("version", now.Version));
                return null;
            },
            cancel
        );

    private Task<IActionResult> ActAsync(
        string kind,
        string id,
        Guid comment,
        Func<OperationContext, Task> act,
        string? undo,
        CancellationToken cancel
    ) =>
        ActAsync(
            kind,
            id,
            async acting =>
            {
                await act(acting);
                if (undo is not null)
                    this.OfferUndo(View.Record.CommentsPath, undo, ("comment", comment));
                return comment;
            },
            cancel
        );

    // Back to where the discussion stands: at the comment that the act was about.
    private async Task<IActionResult> ActAsync(
        string kind,
        string id,
        Func<OperationContext, Task<Guid?>> act,
        CancellationToken cancel
    )
    {
        if (!await LoadAsync(kind, id, cancel))
            return NotFound();
        if (!visitor.IsSignedIn)
            throw new ForbiddenException(CommentsModule.TakePart);
        var about = await act(visitor.Acting());
        var query = Paragraph > 0 && !View.Record.StandsOnRecord ? $"?paragraph={Paragraph}" : "";
        var place = about is { } comment ? $"#m-{comment:N}" : "#follow";
        return Redirect($"/{texts.Language}{View.Record.DiscussionPath}{query}{place}");
    }

    private async Task<bool> LoadAsync(string kind, string id, CancellationToken cancel)
    {
        if (
            await kinds.FindIdAsync(kind, id, cancel) is not { } record
            || await comments.ReadAsync(kind, record, visitor.Acting(), cancel) is not { } view
        )
            return false;
        View = Paragraph > 0 ? view.At(Paragraph) : view;
        View.Written = Input.Text;
        return true;
    }
}
