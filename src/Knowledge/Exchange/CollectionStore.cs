using Microsoft.EntityFrameworkCore;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;
using Plenaria.Platform.Journal;
using Plenaria.Platform.Register;

namespace Plenaria.Exchange;

/// <summary>An entry of a collection and the publication it names, as this reader may read it.</summary>
internal sealed record Kept(CollectionEntry Entry, PublishedEntry Publication);

/// <summary>Reads and changes collections and bookmarks.</summary>
internal sealed class CollectionStore(PlenariaDb db, Journal journal, Register register)
{
    public Task<Collection?> Find(string slug, CancellationToken cancel, bool toEdit = false) =>
        (toEdit ? db.Set<Collection>() : db.Set<Collection>().AsNoTracking())
            .Include(c => c.Entries)
            .SingleOrDefaultAsync(c => c.Slug == slug, cancel);

    /// <summary>
    /// Whether somebody may change a collection: its person, the people of its member, whoever curates for its office.
    /// </summary>
    public static bool Keeps(Collection collection, OperationContext acting) =>
        acting.Actor.Id is { } me && collection.Account == me
        || collection.Member is { } member && acting.Actor.Represents.Contains(member)
        || collection.Office is { } office && acting.Can(ExchangeModule.Curate, Scope.Of(office));

    public static bool Sees(Collection collection, OperationContext acting) =>
        !collection.IsBookmarks && collection.IsPublic || Keeps(collection, acting);

    /// <summary>What it holds, in order. What was withdrawn, or is not for this reader, is left out.</summary>
    public async Task<IReadOnlyList<Kept>> Entries(Collection collection, Audience reads, CancellationToken cancel)
    {
        var published = await register.Read([.. collection.Entries.Select(e => e.Reference)], reads, cancel);
        return
        [
            .. collection
                .Entries.OrderBy(e => e.Position)
                .Where(e => published.ContainsKey(e.Reference))
                .Select(e => new Kept(e, published[e.Reference])),
        ];
    }

    public async Task<string> NewSlug(string title, CancellationToken cancel)
    {
        var wanted =
            Folding.Slug(title, Collection.SlugMaxLength - 10) is { Length: > 0 } slug
            && slug != "new"
            && !slug.StartsWith("bookmarks-", StringComparison.Ordinal)
                ? slug
                : "collection";
        var free = wanted;
        for (var i = 2; await db.Set<Collection>().AnyAsync(c => c.Slug == free, cancel); i++)
            free = $"{wanted}-{i}";
        return free;
    }

    public Task Begin(Collection collection, OperationContext acting, CancellationToken cancel)
    {
        db.Add(collection);
        return Change(collection, "exchange.collection-begun", acting, () => { }, cancel);
    }

    /// <summary>Carries a change out, for who keeps the collection.</summary>
    public async Task Change(
        Collection collection,
        string act,
        OperationContext acting,
        Action change,
        CancellationToken cancel
    )
    {
        if (!acting.Actor.IsSystem && !Keeps(collection, acting))
            throw new ForbiddenException(ExchangeModule.Curate);
        change();
        collection.ChangedAt = acting.At;
        // What somebody marks for themselves is nobody else's business: the journal holds no titles of it.
        journal.Append(
            acting,
            collection.Stream,
            act,
            null,
            new
            {
                title = collection.IsBookmarks ? "" : collection.Title.ToString(),
                entries = collection.Entries.Count,
            }
        );
        await db.SaveChangesAsync(cancel);
    }

    /// <summary>Adds a publication at the end; false when it is there already.</summary>
    public async Task<bool> Add(
        Collection collection,
        Reference reference,
        string? note,
        OperationContext acting,
        CancellationToken cancel
    )
    {
        if (collection.Entries.Exists(e => e.Reference == reference))
            return false;
        await Change(
            collection,
            "exchange.collection-added",
            acting,
            () =>
            {
                var entry = new CollectionEntry
                {
                    Collection = collection.Id,
                    Reference = reference,
                    Position = collection.Entries.Count == 0 ? 1 : collection.Entries.Max(e => e.Position) + 1,
                    Note = string.IsNullOrWhiteSpace(note) ? null : note.Trim(),
                    At = acting.At,
                };
                collection.Entries.Add(entry);
                if (db.Entry(collection).State != EntityState.Added)
                    db.Entry(entry).State = EntityState.Added;
            },
            cancel
        );
        return true;
    }

    public Task Remove(Collection collection, Reference reference, OperationContext acting, CancellationToken cancel) =>
        Change(
            collection,
            "exchange.collection-removed",
            acting,
            () =>
            {
                if (collection.Entries.Find(e => e.Reference == reference) is { } entry)
                    collection.Entries.Remove(entry);
            },
            cancel
        );

    /// <summary>Moves a publication one place up or down among those that are shown.</summary>
    public Task Move(
        Collection collection,
        Reference reference,
        bool isUp,
        IReadOnlyList<Kept> shown,
        OperationContext acting,
        CancellationToken cancel
    ) =>
        Change(
            collection,
            "exchange.collection-moved",
            acting,
            () =>
            {
                var at = shown
                    .Index()
                    .Where(s => s.Item.Entry.Reference == reference)
                    .Select(s => s.Index)
                    .DefaultIfEmpty(-1)
                    .First();
                var to = isUp ? at - 1 : at + 1;
                if (at < 0 || to < 0 || to >= shown.Count)
                    return;
                var (one, other) = (
                    collection.Entries.Find(e => e.Reference == shown[at].Entry.Reference)!,
                    collection.Entries.Find(e => e.Reference == shown[to].Entry.Reference)!
                );
                (one.Position, other.Position) = (other.Position, one.Position);
            },
            cancel
        );

    /// <summary>Somebody's bookmarks to change; made when there are none yet.</summary>
    public async Task<Collection> Bookmarks(OperationContext acting, CancellationToken cancel)
    {
        var me = acting.Actor.Id ?? throw new ForbiddenException(ExchangeModule.TakePart);
        if (await Find(Collection.BookmarksOf(me), cancel, toEdit: true) is { } known)
            return known;
        var bookmarks = new Collection
        {
            Id = Guid.CreateVersion7(acting.At),
            Slug = Collection.BookmarksOf(me),
            Account = me,
            IsBookmarks = true,
            At = acting.At,
            ChangedAt = acting.At,
        };
        db.Add(bookmarks);
        return bookmarks;
    }
}
