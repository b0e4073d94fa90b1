using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;
using Plenaria.Platform.Language;
using Plenaria.Platform.Register;
using Plenaria.Thesaurus;

namespace Plenaria.Search;

/// <summary>One box over all that the network has published.</summary>
[AllowAnonymous, CacheableSearch]
internal sealed class IndexModel(
    SearchService search,
    ThesaurusService thesaurus,
    DataFolder data,
    CurrentUser visitor,
    PageLocalizer phrases
) : PageModel
{
    private static readonly string[] Dimensions =
    [
        FacetFields.Kind,
        FacetFields.Region,
        FacetFields.Place,
        "topic:issues",
        "topic:practices",
        FacetFields.Language,
        FacetFields.Year,
    ];

    public SearchFilters Narrowing { get; private set; } = null!;
    public SearchResult Finding { get; private set; } = null!;
    public IReadOnlyList<Facet> Facets { get; private set; } = [];

    /// <summary>Whether the file of all entries was made: a job does so once a day.</summary>
    public bool HasArchive => System.IO.File.Exists(Path.Combine(data.Of("archive").FullName, BulkArchive.Name));

    /// <summary>Results by country, on the first page of what somebody looked for and did not narrow to one.</summary>
    public IReadOnlyDictionary<string, long> Map { get; private set; } = new Dictionary<string, long>();

    private string Here => $"/{phrases.Language}/search";

    public async Task OnGetAsync(CancellationToken cancel)
    {
        Narrowing = new(Request.Query);
        Finding = await search.Find(Narrowing.Wish(phrases.Language, visitor.Reads), cancel);
        if (Narrowing.IsNarrowed && Narrowing.Page == 1 && !Narrowing.Wanted.ContainsKey(FacetFields.Place))
            Map = Finding
                .Counts[FacetFields.Place]
                .Where(c => c.Key.Length == 2)
                .ToDictionary(c => c.Key, c => (long)c.Value);
        Facets = Narrowing.Facets(Finding, Dimensions, Here, phrases, await thesaurus.Read(cancel));
    }

    public string Ordered(SearchOrder order) =>
        new SearchFilters(
            Changed(q =>
            {
                q.Remove("order");
                if (order != SearchOrder.Relevance)
                    q["order"] = order.ToString().ToLowerInvariant();
            })
        ).Address(Here);

    public string AddressWidened() => new SearchFilters(Changed(q => q.Remove("without"))).Address(Here);

    private Microsoft.AspNetCore.Http.QueryCollection Changed(
        Action<Dictionary<string, Microsoft.Extensions.Primitives.StringValues>> change
    )
    {
        var query = Request.Query.ToDictionary();
        change(query);
        return new(query);
    }
}
