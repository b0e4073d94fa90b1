using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Plenaria.Platform.Access;
using Plenaria.Platform.Language;
using Plenaria.Platform.Site;

namespace Plenaria.Comments;

/// <summary>What the acts on a discussion share: reading it, acting on it, and going back to where it stands.</summary>
internal abstract class DiscussionPage(
    CommentService comments,
    CommentKinds kinds,
    CurrentUser visitor,
    PageLocalizer texts
) : PageModel, IRerenderable
{
    public DiscussionView View { get; private set; } = null!;
    public CommentFields Input { get; set; } = new();

    [BindProperty(SupportsGet = true)]
    public int Paragraph { get; set; }

    /// <summary>Where an act leads back to, without the language, when it was sent from another page.</summary>
    [BindProperty]
    public string? Back { get; set; }
    public object? Stored => View.Version;
    protected Guid RecordId => View.Record.Id;

    public async Task<IActionResult> OnGetAsync(string kind, string id, CancellationToken cancel) =>
        await LoadAsync(kind, id, cancel) ? Page() : NotFound();

    public async Task RerenderAsync(CancellationToken cancel)
    {
        if (!await LoadAsync((string)RouteData.Values["kind"]!, (string)RouteData.Values["id"]!, cancel))
            throw new RuleViolationException("platform.changed-meanwhile");
    }

    protected Task<IActionResult> ActAsync(
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
    protected async Task<IActionResult> ActAsync(
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
        var back = $"/{texts.Language}{Back}";
        if (!string.IsNullOrEmpty(Back) && Url.IsLocalUrl(back))
            return Redirect($"{back}{(about is { } said ? $"#c{said:N}" : "")}");
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
        if (Paragraph != 0 && !view.Record.StandsOnRecord && view.Record.Paragraph(Paragraph) is null)
            return false;
        View = Paragraph > 0 ? view.At(Paragraph) : view;
        View.Written = Input.Text;
        return true;
    }
}
