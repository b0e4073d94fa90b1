using System.Diagnostics;
using Lucene.Net.Index;
using Lucene.Net.Search;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Plenaria.Platform.Data;
using Plenaria.Platform.Register;
using Plenaria.Platform.Site;
using Plenaria.Thesaurus;

namespace Plenaria.Search;

/// <summary>
/// What somebody looks for in the register. <see cref="Wanted"/> narrows by the dimensions <c>kind</c>, <c>place</c>
/// (ISO 3166), <c>region</c> (UN M49), <c>topic</c> (<c>scheme:code</c>), <c>lang</c>, <c>year</c>, <c>member</c>: any
/// of the values of each.
/// </summary>
public sealed record SearchRequest(string? Words, Kernel.Language Reader, Audience Reads)
{
    public IReadOnlyDictionary<string, IReadOnlyCollection<string>> Wanted { get; init; } =
        new Dictionary<string, IReadOnlyCollection<string>>();

    /// <summary>Terms by which not to widen; <c>*</c> for none at all.</summary>
    public IReadOnlyCollection<string> Without { get; init; } = [];
    public SearchOrder Order { get; init; } = SearchOrder.Relevance;
    public int Skip { get; init; }

    /// <summary>Results that are read; 0 where their numbers are asked for alone.</summary>
    public int Take { get; init; } = 20;
}

/// <summary>
/// One result: the publication, and pieces of its text of which the marked ones are what was searched for.
/// </summary>
public sealed record SearchHit(
    Guid Id,
    PublishedEntry Entry,
    IReadOnlyList<string> Topics,
    string? Place,
    MemberId? Member,
    IReadOnlyList<(string Text, bool IsMarked)> Snippet,
    Kernel.Language Language
);

/// <param name="Counts">By dimension, how many results each value would leave under the other choices.</param>
/// <param name="Widened">Terms of the thesaurus whose other names were looked for too.</param>
/// <param name="Instead">What was perhaps meant, when nothing was found.</param>
/// <param name="Pending">Entries the index has yet to take in; 0 when results are complete.</param>
/// <param name="Took">From the typed words to the best results and all counts, before their texts are read.</param>
public sealed record SearchResult(
    long Total,
    IReadOnlyList<SearchHit> Hits,
    IReadOnlyDictionary<string, IReadOnlyDictionary<string, int>> Counts,
    IReadOnlyList<Concept> Widened,
    string? Instead,
    int Pending,
    TimeSpan Took
);

/// <summary>The one search of the house, over all that is in the register.</summary>
public sealed class SearchService(
    SearchIndex index,
    PlenariaDb db,
    ThesaurusService thesaurus,
    Contributions contributions,
    IHttpContextAccessor http
)
{
    /// <summary>Pages show results up to here; who has not found it by then narrows. Files hold all of them.</summary>
    public const int MostPaged = 2_000;

    private static volatile TermNames? _terms;

    public async Task<SearchResult> Find(SearchRequest wish, CancellationToken cancel)
    {
        var pending = await index.Refresh(cancel);
        // What is incomplete is shown to nobody else.
        if (pending > 0 && http.HttpContext is { Response: { HasStarted: false } response })
            response.Headers.CacheControl = "no-store";
        var since = Stopwatch.GetTimestamp();
        var asked = SearchQueryParser.Read(wish.Words, await TermsNow(cancel), wish.Without);
        var hiddenKinds = await contributions.HiddenKindsAsync(cancel);
        var order =
            wish.Order == SearchOrder.Relevance && asked.Query is MatchAllDocsQuery ? SearchOrder.Changed : wish.Order;
        var (gathered, instead) = index.Read(searcher =>
        {
            GatheredResults Gather() => SearchService.Gather(searcher, asked.Query, wish, order, hiddenKinds);
            var gathered =
                asked.Query is MatchAllDocsQuery
                    ? KeptResults.Get(searcher.IndexReader, wish, order, hiddenKinds, Gather)
                    : Gather();
            return (
                gathered,
                gathered.Total == 0 && wish.Wanted.Count == 0
                    ? Spelling.Instead(searcher.IndexReader, wish.Words)
                    : null
            );
        });
        var took = Stopwatch.GetElapsedTime(since);
        return new(
            gathered.Total,
            await Describe(gathered.Best, wish.Reader, asked.Stems, cancel),
            gathered.Counts,
            asked.Widened,
            instead,
            pending,
            took
        );
    }

    private static GatheredResults Gather(
        IndexSearcher searcher,
        Query query,
        SearchRequest wish,
        SearchOrder order,
        IReadOnlyCollection<string> hiddenKinds
    )
    {
        var most = Math.Max(1, wish.Skip + wish.Take);
        var gathering = new FacetCollector(most, order, (long)wish.Reads, wish.Wanted, hiddenKinds);
        searcher.Search(query, gathering);
        var counts = gathering.Counts();
        var best = gathering.Best.Skip(wish.Skip).Take(wish.Take);
        return new(gathering.Total, counts, [.. best.Select(b => IdOf(searcher, b.Doc))]);
    }

    private async ValueTask<TermNames> TermsNow(CancellationToken cancel)
    {
        var vocabulary = await thesaurus.Read(cancel);
        if (_terms is { } known && known.Of == vocabulary)
            return known;
        return _terms = new(vocabulary);
    }

    private static Guid IdOf(IndexSearcher searcher, int doc)
    {
        var leaves = searcher.IndexReader.Leaves;
        var leaf = leaves[ReaderUtil.SubIndex(doc, leaves)];
        return FacetFields.Of(leaf.AtomicReader).Ids[doc - leaf.DocBase];
    }

    private async Task<IReadOnlyList<SearchHit>> Describe(
        IReadOnlyList<Guid> ids,
        Kernel.Language reader,
        HashSet<string> stems,
        CancellationToken cancel
    )
    {
        if (ids.Count == 0)
            return [];
        var entries = await db.Set<RegisterEntry>()
            .AsNoTracking()
            .Include(e => e.Texts)
            .Where(e => ids.Contains(e.Id))
            .ToDictionaryAsync(e => e.Id, cancel);
        return
        [
            .. ids.Where(entries.ContainsKey)
                .Select(id => entries[id])
                .Select(entry =>
                {
                    var text = Shown(entry, reader, stems);
                    return new SearchHit(
                        entry.Id,
                        Register.Describe(entry),
                        entry.Topics,
                        entry.Place,
                        entry.Member,
                        Snippets.Of(text.Language, $"{text.Summary}\n{text.Body}", stems),
                        text.Language
                    );
                }),
        ];
    }

    // In the reader's language where its text exists in it; else in the language in which it was found; else in the
    // nearest that there is.
    private static RegisterText Shown(RegisterEntry entry, Kernel.Language reader, HashSet<string> stems) =>
        entry.Texts.Find(t => t.Language == reader && t.Summary.Length > 0)
        ?? entry.Texts.Find(t => Snippets.Found(t.Language, t.Title + "\n" + t.Summary, stems).Any())
        ?? reader.Fallbacks.Select(l => entry.Texts.Find(t => t.Language == l)).OfType<RegisterText>().First();
}
