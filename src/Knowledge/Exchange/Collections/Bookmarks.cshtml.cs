using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Plenaria.Platform.Access;
using Plenaria.Platform.Language;
using Plenaria.Platform.Site;

namespace Plenaria.Exchange.Collections;

/// <summary>What somebody marked to find it again. Nobody else sees it.</summary>
[Authorize]
internal sealed class BookmarksModel(CollectionStore collections, CurrentUser visitor, PageLocalizer phrases)
    : PageModel
{
    public IReadOnlyList<Kept> Entries { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken cancel)
    {
        if (await collections.Find(Collection.BookmarksOf(visitor.Who.Id!.Value), cancel) is { } bookmarks)
            Entries = [.. (await collections.Entries(bookmarks, visitor.Reads, cancel)).Reverse()];
    }

    public async Task<IActionResult> OnPostRemoveAsync(string reference, CancellationToken cancel)
    {
        if (
            Reference.TryParse(reference, null, out var named)
            && await collections.Find(Collection.BookmarksOf(visitor.Who.Id!.Value), cancel, toEdit: true)
                is { } bookmarks
        )
        {
            var note = bookmarks.Entries.Find(e => e.Reference == named)?.Note;
            await collections.Remove(bookmarks, named, visitor.Acting(), cancel);
            this.OfferUndo($"/bookmarks/{named}", null, ("note", note));
        }
        return Redirect($"/{phrases.Language}/bookmarks");
    }
}
