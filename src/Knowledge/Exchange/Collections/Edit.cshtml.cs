using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;
using Plenaria.Platform.Language;
using Plenaria.Platform.Register;
using Plenaria.Platform.Site;

namespace Plenaria.Exchange.Collections;

/// <summary>Changes a collection: what it says, what it holds, in which order.</summary>
[Authorize]
internal sealed class EditModel(
    CollectionStore collections,
    EntryResolver pointing,
    CurrentUser visitor,
    PageLocalizer phrases
) : PageModel, IRerenderable
{
    public Collection Collection { get; private set; } = null!;
    public IReadOnlyList<Kept> Entries { get; private set; } = [];
    public CollectionFields Input { get; set; } = new();
    public string? With { get; private set; }
    public string? Note { get; private set; }

    /// <summary>What was to be added and is there already.</summary>
    public PublishedEntry? Already { get; private set; }

    public object? Stored => Collection.Version;

    public async Task<IActionResult> OnGetAsync(string slug, CancellationToken cancel) =>
        await Load(slug, fills: true, cancel) ? Page() : NotFound();

    public async Task RerenderAsync(CancellationToken cancel)
    {
        if (!await Load((string)RouteData.Values["slug"]!, fills: Input.Title is null, cancel))
            throw new RuleViolationException("platform.changed-meanwhile");
    }

    public async Task<IActionResult> OnPostSaveAsync(
        string slug,
        [FromForm(Name = nameof(Input))] CollectionFields input,
        CancellationToken cancel
    )
    {
        Input = input;
        if (!await Load(slug, fills: false, cancel))
            return NotFound();
        PlenariaDb.RequireVersion(Collection, input.Version);
        await collections.Change(
            Collection,
            "exchange.collection-edited",
            visitor.Acting(),
            () => input.Apply(Collection, phrases.Language),
            cancel
        );
        return Redirect($"/{phrases.Language}{Collection.Path}");
    }

    public async Task<IActionResult> OnPostAddAsync(string slug, string? with, string? note, CancellationToken cancel)
    {
        (With, Note) = (with, note is null ? null : Folding.Cut(note, CollectionEntry.NoteMaxLength));
        if (!await Load(slug, fills: true, cancel))
            return NotFound();
        var entry = await pointing.Find(with, visitor.Reads, cancel);
        if (await collections.Add(Collection, entry.Reference, Note, visitor.Acting(), cancel))
            return Here();
        Already = entry;
        return Page();
    }

    public Task<IActionResult> OnPostUpAsync(string slug, string reference, CancellationToken cancel) =>
        Act(slug, reference, (r, acting) => collections.Move(Collection, r, true, Entries, acting, cancel), cancel);

    public Task<IActionResult> OnPostDownAsync(string slug, string reference, CancellationToken cancel) =>
        Act(slug, reference, (r, acting) => collections.Move(Collection, r, false, Entries, acting, cancel), cancel);

    public Task<IActionResult> OnPostRemoveAsync(string slug, string reference, CancellationToken cancel) =>
        Act(
            slug,
            reference,
            async (r, acting) =>
            {
                var note = Collection.Entries.Find(e => e.Reference == r)?.Note;
                await collections.Remove(Collection, r, acting, cancel);
                this.OfferUndo($"{Collection.Path}/edit", "Add", ("with", r), ("note", note));
            },
            cancel
        );

    private async Task<IActionResult> Act(
        string slug,
        string named,
        Func<Reference, OperationContext, Task> act,
        CancellationToken cancel
    )
    {
        if (!Reference.TryParse(named, null, out var reference) || !await Load(slug, fills: true, cancel))
            return NotFound();
        await act(reference, visitor.Acting());
        return Here();
    }

    private RedirectResult Here() => Redirect($"/{phrases.Language}{Collection.Path}/edit");

    private async Task<bool> Load(string slug, bool fills, CancellationToken cancel)
    {
        var acting = visitor.Acting();
        if (await collections.Find(slug, cancel, toEdit: true) is not { IsBookmarks: false } collection)
            return false;
        if (!CollectionStore.Keeps(collection, acting))
            return collection.IsPublic ? throw new ForbiddenException(ExchangeModule.Curate) : false;
        (Collection, Entries) = (collection, await collections.Entries(collection, visitor.Reads, cancel));
        if (fills)
            Input = new()
            {
                Title = collection.Title.For(phrases.Language),
                Text = collection.Text.For(phrases.Language),
                IsPublic = collection.IsPublic,
                Version = collection.Version,
            };
        return true;
    }
}
