using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.WebUtilities;
using Plenaria.Platform.Access;
using Plenaria.Platform.Language;

namespace Plenaria.Correspondence;

/// <summary>
/// Ends letters of one kind to one address. Opening it changes nothing, since programs that check mail open every link;
/// the mail program of a reader posts here by itself, without cookie or token of the page (RFC 8058): the sealed word
/// in the address is what allows it.
/// </summary>
[AllowAnonymous, IgnoreAntiforgeryToken]
internal sealed class StopModel(PreferenceStore store, LetterFoot links, CurrentUser visitor, PageLocalizer phrases)
    : PageModel
{
    private StopLink? _link;

    [BindProperty(SupportsGet = true)]
    public string? Token { get; set; }

    /// <summary>What the link ends; null when it is not ours, or its kind cannot be chosen any more.</summary>
    public LetterKind? Kind { get; private set; }
    public bool IsStopped { get; private set; }

    public async Task OnGetAsync(CancellationToken cancel)
    {
        await LoadAsync(cancel);
        if (Token is not null && Kind is null)
            Response.StatusCode = 404;
    }

    public Task<IActionResult> OnPostAsync(CancellationToken cancel) =>
        ActAsync(link => store.StopAsync(link, visitor.Acting(), cancel), cancel);

    public Task<IActionResult> OnPostResumeAsync(CancellationToken cancel) =>
        ActAsync(link => store.ResumeAsync(link, visitor.Acting(), cancel), cancel);

    private async Task<IActionResult> ActAsync(Func<StopLink, Task> act, CancellationToken cancel)
    {
        await LoadAsync(cancel);
        if (Kind is null || _link is null)
            return NotFound();
        await act(_link);
        return Redirect(QueryHelpers.AddQueryString($"/{phrases.Language}{LetterFoot.StopPage}", "token", Token!));
    }

    private async Task LoadAsync(CancellationToken cancel)
    {
        // An address with a secret in it is told to no other site.
        Response.Headers["Referrer-Policy"] = "no-referrer";
        _link = Token is null ? null : links.ReadToken(Token);
        Kind = _link is null
            ? null
            : (await store.ReadKindsAsync(cancel)).FirstOrDefault(k =>
                k.Key == _link.Kind && (k.IsChosen || k.Key == LetterKind.Digest)
            );
        IsStopped = Kind is not null && await store.IsStoppedAsync(_link!, cancel);
    }
}
