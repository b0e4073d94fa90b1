using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Plenaria.Platform.Access;
using Plenaria.Platform.Site;

namespace Plenaria.Exchange.Collections;

/// <summary>A collection. One that is not public is not there for others.</summary>
[AllowAnonymous, Cacheable]
internal sealed class ShowModel(CollectionStore collections, OwnerChoices owners, CurrentUser visitor) : PageModel
{
    public Collection Collection { get; private set; } = null!;
    public bool Keeps { get; private set; }
    public string OwnerName { get; private set; } = "";
    public string? OwnerPath { get; private set; }
    public IReadOnlyList<Kept> Entries { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(string slug, CancellationToken cancel)
    {
        var acting = visitor.Acting();
        if (
            await collections.Find(slug, cancel) is not { IsBookmarks: false } collection
            || !CollectionStore.Sees(collection, acting)
        )
            return NotFound();
        (Collection, Keeps) = (collection, CollectionStore.Keeps(collection, acting));
        (OwnerName, OwnerPath) = (await owners.Of([collection], cancel))[collection.Id];
        Entries = await collections.Entries(collection, visitor.Reads, cancel);
        return Page();
    }
}
