using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Plenaria.Platform.Access;
using Plenaria.Platform.Language;
using Plenaria.Platform.Site;

namespace Plenaria.Comments;

/// <summary>
/// An answer by mail of which some may be quoted: its sender takes out what is not theirs, and publishes the rest.
/// </summary>
[Allow(CommentsModule.TakePart)]
internal sealed class ReplyModel(ReplyStore replies, CommentService comments, CurrentUser visitor, PageLocalizer texts)
    : PageModel,
        IRerenderable
{
    private HeldReply _reply = null!;

    public CommentedRecord Record { get; private set; } = null!;

    /// <summary>Nothing is taken any more: what was written can be copied, and discarded.</summary>
    public bool IsClosed { get; private set; }
    public CommentFields Input { get; set; } = new();
    public object? Stored => _reply.Version;

    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken cancel)
    {
        if (!await LoadAsync(id, cancel))
            return NotFound();
        Input = new() { Text = _reply.Text };
        return Page();
    }

    public async Task RerenderAsync(CancellationToken cancel)
    {
        if (!await LoadAsync(Guid.Parse((string)RouteData.Values["id"]!, CultureInfo.InvariantCulture), cancel))
            throw new RuleViolationException("platform.changed-meanwhile");
    }

    public async Task<IActionResult> OnPostPublishAsync(
        Guid id,
        [FromForm(Name = nameof(Input))] CommentFields input,
        CancellationToken cancel
    )
    {
        Input = input;
        if (!await LoadAsync(id, cancel))
            return NotFound();
        var text = LocalizedText.Original(texts.Language, input.Plain);
        await replies.PublishAsync(_reply, Record, text, visitor.Acting(), cancel);
        return Redirect($"/{texts.Language}{Record.DiscussionPath}");
    }

    public async Task<IActionResult> OnPostDiscardAsync(Guid id, CancellationToken cancel)
    {
        if (!await LoadAsync(id, cancel))
            return NotFound();
        await replies.DiscardAsync(_reply, Record, visitor.Acting(), cancel);
        return Redirect($"/{texts.Language}{Record.DiscussionPath}");
    }

    private async Task<bool> LoadAsync(Guid id, CancellationToken cancel)
    {
        if (await replies.FindAsync(id, visitor.Acting(), cancel) is not { } found)
            return false;
        (_reply, Record) = found;
        var view = await comments.ReadAsync(Record.Kind, Record.Id, visitor.Acting(), cancel);
        IsClosed = view is not { CanWrite: true };
        return true;
    }
}
