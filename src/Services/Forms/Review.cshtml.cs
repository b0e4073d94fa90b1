using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Plenaria.Platform.Access;
using Plenaria.Platform.Files;
using Plenaria.Platform.Language;
using Plenaria.Platform.Site;

namespace Plenaria.Forms;

/// <summary>
/// What a superior was asked to read: the answers as they stand, to comment and to approve, without an account.
/// </summary>
[AllowAnonymous]
internal sealed class ReviewModel(FormService forms, FileStore files, CurrentUser visitor, PageLocalizer phrases)
    : PageModel,
        IRerenderable
{
    public FormReview Asked { get; private set; } = null!;
    public FormResponse Answered { get; private set; } = null!;
    public FormDefinition Form { get; private set; } = null!;
    public IReadOnlyDictionary<string, FileReference> Files { get; private set; } =
        new Dictionary<string, FileReference>();

    /// <summary>What is approved is what was read.</summary>
    public string Hash => FormService.HashOf(Answered.Given);

    [BindProperty, StringLength(FormReview.CommentMaxLength)]
    public string? Comment { get; set; }

    [BindProperty]
    public string? Version { get; set; }
    public object? Stored => Hash;

    public async Task<IActionResult> OnGetAsync(string token, CancellationToken cancel) =>
        await Load(token, cancel) ? Page() : NotFound();

    public async Task RerenderAsync(CancellationToken cancel)
    {
        if (!await Load((string)RouteData.Values["token"]!, cancel))
            throw new RuleViolationException("platform.changed-meanwhile");
    }

    public Task<IActionResult> OnPostApproveAsync(string token, CancellationToken cancel) =>
        Answer(token, true, cancel);

    public Task<IActionResult> OnPostCommentAsync(string token, CancellationToken cancel) =>
        Answer(token, false, cancel);

    private async Task<IActionResult> Answer(string token, bool approves, CancellationToken cancel)
    {
        if (!await Load(token, cancel))
            return NotFound();
        if (!approves && string.IsNullOrWhiteSpace(Comment))
            throw new RuleViolationException("forms.review.comment-missing");
        if (Version != Hash)
            throw new RuleViolationException("platform.changed-meanwhile");
        await forms.Review(Asked, Answered, Form, approves, Comment, this.Site(), visitor.Acting(), cancel);
        return Redirect($"/{phrases.Language}/reviews/{token}");
    }

    private async Task<bool> Load(string token, CancellationToken cancel)
    {
        if (await forms.OpenReview(token, cancel) is not var (review, response, form))
            return false;
        (Asked, Answered, Form) = (review, response, form);
        Files = await files.Describe(
            [
                .. form
                    .Fields.Where(f => f.Type == AnswerType.File)
                    .SelectMany(f => response.Given.GetValueOrDefault(f.Key) ?? []),
            ],
            cancel
        );
        return true;
    }
}
