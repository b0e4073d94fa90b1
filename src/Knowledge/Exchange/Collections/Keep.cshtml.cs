using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;
using Plenaria.Platform.Language;
using Plenaria.Platform.Register;
using Plenaria.Platform.Site;

namespace Plenaria.Exchange.Collections;

/// <summary>Marks a publication to find it again, with a note, or puts it into a collection of one's own.</summary>
[Authorize]
internal sealed class KeepModel(
    CollectionStore collections,
    PlenariaDb db,
    Register register,
    CurrentUser visitor,
    PageLocalizer phrases
) : PageModel, IRerenderable
{
    public PublishedEntry Entry { get; private set; } = null!;
    public IReadOnlyList<Collection> Own { get; private set; } = [];
    public bool Already { get; private set; }
    public string? Into { get; private set; }
    public string? Note { get; private set; }

    public async Task<IActionResult> OnGetAsync(string reference, CancellationToken cancel)
    {
        if (!await Load(reference, cancel))
            return NotFound();
        var kept = (await collections.Find(Collection.BookmarksOf(visitor.Who.Id!.Value), cancel))?.Entries.Find(e =>
            e.Reference == Entry.Reference
        );
        Note = kept?.Note;
        return Page();
    }

    public async Task RerenderAsync(CancellationToken cancel)
    {
        if (!await Load((string)RouteData.Values["reference"]!, cancel))
            throw new RuleViolationException("platform.changed-meanwhile");
    }

    public async Task<IActionResult> OnPostAsync(string reference, string? into, string? note, CancellationToken cancel)
    {
        (Into, Note) = (
            into,
            string.IsNullOrWhiteSpace(note)
                ? null
                : Folding.Cut(note.ReplaceLineEndings("\n").Trim(), CollectionEntry.NoteMaxLength)
        );
        if (!await Load(reference, cancel))
            return NotFound();
        var acting = visitor.Acting();
        var collection =
            string.IsNullOrEmpty(into) ? await collections.Bookmarks(acting, cancel)
            : await collections.Find(into, cancel, toEdit: true) is { } chosen && CollectionStore.Keeps(chosen, acting)
                ? chosen
            : throw new ForbiddenException(ExchangeModule.Curate);
        if (await collections.Add(collection, Entry.Reference, Note, acting, cancel))
            return Redirect($"/{phrases.Language}{collection.Path}");
        var known = collection.Entries.Find(e => e.Reference == Entry.Reference)!;
        if (collection.IsBookmarks && known.Note != Note)
        {
            await collections.Change(collection, "exchange.collection-edited", acting, () => known.Note = Note, cancel);
            return Redirect($"/{phrases.Language}{collection.Path}");
        }
        Already = true;
        return Page();
    }

    private async Task<bool> Load(string named, CancellationToken cancel)
    {
        if (
            !Reference.TryParse(named, null, out var reference)
            || !(await register.Read([reference], visitor.Reads, cancel)).TryGetValue(reference, out var entry)
        )
            return false;
        var (me, mine) = (visitor.Who.Id, visitor.Who.Represents.Select(m => (MemberId?)m).ToList());
        (Entry, Own) = (
            entry,
            [
                .. (
                    await db.Set<Collection>()
                        .AsNoTracking()
                        .Where(c => !c.IsBookmarks && (c.Account == me || mine.Contains(c.Member) || c.Office != null))
                        .OrderBy(c => c.Slug)
                        .ToListAsync(cancel)
                ).Where(c => CollectionStore.Keeps(c, visitor.Acting())),
            ]
        );
        return true;
    }
}
