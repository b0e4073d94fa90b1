using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
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
) : DiscussionPage(comments, kinds, visitor, texts)
{
    private readonly CommentService _comments = comments;
    private readonly PageLocalizer _texts = texts;

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
                var language = Language.TryParse(input.Language, out var chosen) ? chosen : _texts.Language;
                var draft = new CommentDraft(LocalizedText.Original(language, input.Plain), Paragraph);
                var line = await _comments.PostAsync(kind, RecordId, draft, acting, cancel);
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
            acting => _comments.WithdrawAsync(kind, RecordId, comment, acting, cancel),
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
                await _comments.SetFollowingAsync(kind, RecordId, isActive, acting, cancel);
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
                if (isClosed && await _comments.ReadAsync(kind, RecordId, acting, cancel) is { } now)
                    this.OfferUndo(View.Record.CommentsPath, "Reopen", ("version", now.Version));
                return null;
            },
            cancel
        );
}
