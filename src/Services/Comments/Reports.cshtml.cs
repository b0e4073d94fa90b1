using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Plenaria.Platform.Access;
using Plenaria.Platform.Language;
using Plenaria.Platform.Site;

namespace Plenaria.Comments;

/// <summary>What readers reported, for those who moderate: hidden with a reason, or left as it is.</summary>
[Allow(CommentsModule.Moderate)]
internal sealed class ReportsModel(
    CommentModeration moderation,
    CommentKinds kinds,
    CurrentUser visitor,
    PageLocalizer texts
) : PageModel, IRerenderable
{
    public IReadOnlyList<ReportedComment> Reported { get; private set; } = [];

    public Task OnGetAsync(CancellationToken cancel) => RerenderAsync(cancel);

    public async Task RerenderAsync(CancellationToken cancel) =>
        Reported = await moderation.FindReportedAsync(visitor.Acting(), cancel);

    public async Task<IActionResult> OnPostHideAsync(
        string kind,
        Guid id,
        Guid comment,
        string? reason,
        CancellationToken cancel
    )
    {
        await moderation.HideAsync(kind, id, comment, reason, visitor.Acting(), cancel);
        if (await kinds.FindRecordAsync(kind, id, visitor.Acting(), cancel) is { } record)
            this.OfferUndo(record.CommentsPath, "Restore", ("comment", comment));
        return Back();
    }

    public async Task<IActionResult> OnPostDismissAsync(string kind, Guid id, Guid comment, CancellationToken cancel)
    {
        await moderation.DismissAsync(kind, id, comment, visitor.Acting(), cancel);
        return Back();
    }

    private RedirectResult Back() => Redirect($"/{texts.Language}/comments/reports");
}
