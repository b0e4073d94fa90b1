using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Plenaria.Members;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;
using Plenaria.Platform.Language;
using Plenaria.Search;
using Plenaria.Thesaurus;

namespace Plenaria.Publishing.Content;

/// <summary>
/// The library of publications and videos, and the news: found by words, narrowed by what they are about.
/// </summary>
[AllowAnonymous, CacheableSearch]
internal sealed class IndexModel(
    PlenariaDb db,
    SearchService search,
    ThesaurusService thesaurus,
    IMembers members,
    CurrentUser visitor,
    PageLocalizer phrases
) : PageModel
{
    private static readonly string[] Dimensions = ["kind", "topic:topics", "region", "place", "member", "lang", "year"];

    public string Shelf { get; private set; } = "";
    public string[] Kinds =>
        Shelf == "news"
            ? [Item.KindOf(ItemKind.News)]
            : [Item.KindOf(ItemKind.Publication), Item.KindOf(ItemKind.Video)];
    public SearchFilters Narrowing { get; private set; } = null!;
    public SearchResult Finding { get; private set; } = null!;
    public IReadOnlyList<Facet> Facets { get; private set; } = [];

    /// <summary>The hashes of pictures of what was found, by its reference.</summary>
    public IReadOnlyDictionary<Reference, string?> Pictures { get; private set; } =
        new Dictionary<Reference, string?>();

    public string Here => $"/{phrases.Language}/{Shelf}";

    public async Task OnGetAsync(string shelf, CancellationToken cancel)
    {
        Shelf = shelf;
        Narrowing = new(Request.Query, Kinds.Select(k => ("kind", k)));
        var wish = Narrowing.Wish(phrases.Language, visitor.Reads);
        Finding = await search.Find(
            string.IsNullOrWhiteSpace(wish.Words) && wish.Order == SearchOrder.Relevance
                ? wish with
                {
                    Order = SearchOrder.Newest,
                }
                : wish,
            cancel
        );
        var found = Finding.Hits.Select(h => h.Entry.Reference).ToList();
        Pictures = (
            await db.Set<Item>()
                .AsNoTracking()
                .Where(i => found.Contains(i.Reference))
                .Select(i => new { i.Reference, i.Files })
                .ToListAsync(cancel)
        ).ToDictionary(i => i.Reference, i => i.Files.Find(f => f.IsPicture)?.Hash);
        var owners = await members.Lines(
            [.. Finding.Counts["member"].Keys.Select(k => new MemberId(Guid.ParseExact(k, "N")))],
            cancel
        );
        Facets = Narrowing.Facets(
            Finding,
            Shelf == "news" ? Dimensions[1..] : Dimensions,
            Here,
            phrases,
            await thesaurus.Read(cancel),
            k => owners.TryGetValue(new(Guid.ParseExact(k, "N")), out var owner) ? owner.Name.For(phrases.Language) : k
        );
    }
}
