using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Plenaria.Members;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;
using Plenaria.Platform.Language;
using Plenaria.Search;
using Plenaria.Thesaurus;

namespace Plenaria.Experiences.Catalogue;

/// <summary>
/// All published practices, found by words and narrowed by place, subject, method and what came of them.
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
    private static readonly string[] Dimensions =
    [
        "region",
        "place",
        "topic:practices",
        "topic:issues",
        "topic:method-types",
        "topic:scope",
        "topic:participants",
        "topic:decisiveness",
        "topic:changes",
        "member",
        "lang",
        "year",
    ];

    public SearchFilters Narrowing { get; private set; } = null!;
    public SearchResult Finding { get; private set; } = null!;

    /// <summary>The hashes of pictures of what was found, by its reference.</summary>
    public IReadOnlyDictionary<Reference, string?> Pictures { get; private set; } =
        new Dictionary<Reference, string?>();
    public IReadOnlyList<Facet> Facets { get; private set; } = [];

    /// <summary>Practices by country, where the map was asked for: it weighs more than all the rest.</summary>
    public IReadOnlyDictionary<string, long> Map { get; private set; } = new Dictionary<string, long>();

    /// <summary>Whether the list is shown below a map of it.</summary>
    [BindProperty(SupportsGet = true, Name = "view")]
    public string? View { get; set; }

    public bool IsMap => View == "map";

    /// <summary>The same list below its map.</summary>
    public string MapAddress =>
        Narrowing.Address(Here) is var address && address.Contains('?', StringComparison.Ordinal)
            ? $"{address}&view=map"
            : $"{Here}?view=map";

    public string Here => $"/{phrases.Language}/experiences";

    public async Task OnGetAsync(CancellationToken cancel)
    {
        Narrowing = new(Request.Query, ("kind", ExperienceStore.Kind));
        Finding = await search.Find(Narrowing.Wish(phrases.Language, visitor.Reads), cancel);
        var found = Finding.Hits.Select(h => h.Entry.Reference).ToList();
        Pictures = (
            await db.Set<Experience>()
                .AsNoTracking()
                .Where(e => found.Contains(e.Reference))
                .Select(e => new { e.Reference, e.Media })
                .ToListAsync(cancel)
        ).ToDictionary(e => e.Reference, e => e.Media.Find(m => m.IsPicture)?.Hash);
        if (IsMap)
            Map = Finding.Counts["place"].Where(c => c.Key.Length == 2).ToDictionary(c => c.Key, c => (long)c.Value);
        var owners = await members.Lines(
            [.. Finding.Counts["member"].Keys.Select(k => new MemberId(Guid.ParseExact(k, "N")))],
            cancel
        );
        Facets = Narrowing.Facets(
            Finding,
            Dimensions,
            Here,
            phrases,
            await thesaurus.Read(cancel),
            k => owners.TryGetValue(new(Guid.ParseExact(k, "N")), out var owner) ? owner.Name.For(phrases.Language) : k
        );
    }
}
