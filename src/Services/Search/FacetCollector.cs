using System.Runtime.InteropServices;
using Lucene.Net.Index;
using Lucene.Net.Search;

namespace Plenaria.Search;

/// <summary>In which order results stand.</summary>
public enum SearchOrder
{
    Relevance,
    Newest,
    Changed,
}

/// <summary>
/// Goes once over all that a query finds: keeps the best, and counts each choice under the other choices, so that no
/// number beside a choice leads to an empty list. Its cost is linear in the hits and reads arrays only.
/// </summary>
internal sealed class FacetCollector(
    int most,
    SearchOrder order,
    long audience,
    IReadOnlyDictionary<string, IReadOnlyCollection<string>> wanted,
    IReadOnlyCollection<string> hiddenKinds
) : ICollector
{
    private readonly record struct Found(float Score, long First, long Tie, int Doc);

    /// <summary>Best first; equals in the order of the index.</summary>
    private sealed class WorstFirst : IComparer<Found>
    {
        public int Compare(Found x, Found y)
        {
            var by = x.Score.CompareTo(y.Score);
            if (by == 0)
                by = x.First.CompareTo(y.First);
            if (by == 0)
                by = x.Tie.CompareTo(y.Tie);
            return by != 0 ? by : y.Doc.CompareTo(x.Doc);
        }
    }

    private static readonly WorstFirst Worst = new();
    private static readonly int KindAt = FacetFields.Dimensions.ToList().IndexOf(FacetFields.Kind);
    private readonly PriorityQueue<Found, Found> _best = new(Worst);
    private readonly Dictionary<string, int>[] _counts =
    [
        .. FacetFields.Dimensions.Select(_ => new Dictionary<string, int>()),
    ];
    private Scorer _scorer = null!;
    private FacetFields _columns = null!;
    private int _base;
    private int[][] _tally = [];
    private bool[]?[] _picked = [];
    private bool[]? _hidden;
    private Found _worst;

    public long Total { get; private set; }

    /// <summary>Document numbers and scores, best first.</summary>
    public IReadOnlyList<(int Doc, float Score)> Best
    {
        get
        {
            var found = _best.UnorderedItems.Select(i => i.Element).ToList();
            found.Sort((a, b) => Worst.Compare(b, a));
            return [.. found.Select(f => (f.Doc, f.Score))];
        }
    }

    /// <summary>
    /// How many results each choice would leave, by dimension. There may be as many members as records: those with the
    /// most results are named, and those that were chosen.
    /// </summary>
    public IReadOnlyDictionary<string, IReadOnlyDictionary<string, int>> Counts()
    {
        Settle();
        return FacetFields
            .Dimensions.Select((d, i) => (d, d == FacetFields.Member ? Largest(_counts[i], d) : _counts[i]))
            .ToDictionary(p => p.d, p => (IReadOnlyDictionary<string, int>)p.Item2);
    }

    private Dictionary<string, int> Largest(Dictionary<string, int> counts, string dimension) =>
        counts.Count <= FacetFields.MostMembers
            ? counts
            : counts
                .OrderByDescending(c => wanted.TryGetValue(dimension, out var values) && values.Contains(c.Key))
                .ThenByDescending(c => c.Value)
                .ThenBy(c => c.Key, StringComparer.Ordinal)
                .Take(FacetFields.MostMembers)
                .ToDictionary();

    public bool AcceptsDocsOutOfOrder => false;

    public void SetScorer(Scorer scorer) => _scorer = scorer;

    public void SetNextReader(AtomicReaderContext context)
    {
        Settle();
        (_base, _columns) = (context.DocBase, FacetFields.Of(context.AtomicReader));
        _hidden = hiddenKinds.Count == 0 ? null : [.. _columns.ByName[KindAt].Values.Select(hiddenKinds.Contains)];
        _tally = [.. _columns.ByName.Select(d => new int[d.Values.Length])];
        _picked =
        [
            .. FacetFields.Dimensions.Select(
                (name, i) =>
                    wanted.TryGetValue(name, out var values) && values.Count > 0
                        ? [.. _columns.ByName[i].Values.Select(values.Contains)]
                        : (bool[]?)null
            ),
        ];
    }

    public void Collect(int doc)
    {
        if (_columns.Audience(doc) > audience || _hidden is { } hidden && Has(_columns.ByName[KindAt], doc, hidden))
            return;
        var missed = -1;
        for (var i = 0; i < _picked.Length; i++)
            if (_picked[i] is { } picked && !Has(_columns.ByName[i], doc, picked))
            {
                if (missed >= 0)
                    return;
                missed = i;
            }
        for (var i = 0; i < _tally.Length; i++)
            if (missed < 0 || missed == i)
            {
                var dimension = _columns.ByName[i];
                var (tally, end) = (_tally[i], dimension.Starts[doc + 1]);
                for (var at = dimension.Starts[doc]; at < end; at++)
                    tally[dimension.Of[at]]++;
            }
        if (missed >= 0)
            return;
        Total++;
        var found = order switch
        {
            SearchOrder.Relevance => new Found(_scorer.GetScore(), _columns.Date(doc), _columns.Tie(doc), _base + doc),
            SearchOrder.Newest => new Found(0, _columns.Date(doc), _columns.Tie(doc), _base + doc),
            _ => new Found(0, _columns.Changed(doc), _columns.Tie(doc), _base + doc),
        };
        if (_best.Count < most)
            _best.Enqueue(found, found);
        else if (Worst.Compare(found, _worst) > 0)
            _best.EnqueueDequeue(found, found);
        else
            return;
        _worst = _best.Peek();
    }

    private static bool Has(FacetFields.Dimension dimension, int doc, bool[] picked)
    {
        for (var at = dimension.Starts[doc]; at < dimension.Starts[doc + 1]; at++)
            if (picked[dimension.Of[at]])
                return true;
        return false;
    }

    private void Settle()
    {
        for (var i = 0; i < _tally.Length; i++)
        for (var value = 0; value < _tally[i].Length; value++)
            if (_tally[i][value] > 0)
                CollectionsMarshal.GetValueRefOrAddDefault(_counts[i], _columns.ByName[i].Values[value], out _) +=
                    _tally[i][value];
        _tally = [];
    }
}
