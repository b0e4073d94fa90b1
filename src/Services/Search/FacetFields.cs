using System.Runtime.CompilerServices;
using Lucene.Net.Index;
using Lucene.Net.Util;

namespace Plenaria.Search;

/// <summary>
/// What a search counts and narrows by, of one segment of the index, read into memory once: per dimension the values
/// and, for each document, which of them it has.
/// </summary>
internal sealed class FacetFields
{
    public const string Kind = "kind",
        Place = "place",
        Region = "region",
        Topic = "topic",
        Language = "lang",
        Year = "year",
        Member = "member";

    /// <summary>Members that a list offers to narrow by.</summary>
    public const int MostMembers = 200;

    public static readonly IReadOnlyList<string> Dimensions = [Kind, Place, Region, Topic, Language, Year, Member];

    private static readonly ConditionalWeakTable<object, FacetFields> Known = [];

    /// <param name="Values">The segment's values of this dimension.</param>
    /// <param name="Starts">Where each document's values begin in <paramref name="Of"/>; one entry more than there are
    /// documents.</param>
    /// <param name="Of">Numbers of values, document by document.</param>
    public sealed record Dimension(string[] Values, int[] Starts, int[] Of);

    private FacetFields(AtomicReader reader)
    {
        ByName = [.. Dimensions.Select(d => Load(reader, d))];
        Ids = new Guid[reader.MaxDoc];
        var (ids, bytes) = (reader.GetBinaryDocValues("id"), new BytesRef());
        for (var doc = 0; doc < reader.MaxDoc; doc++)
        {
            ids.Get(doc, bytes);
            Ids[doc] = new(bytes.Bytes.AsSpan(bytes.Offset, 16));
        }
        Numbers = new long[4][];
        foreach (var (name, i) in ((string[])["audience", "date", "changed", "tie"]).Select((n, i) => (n, i)))
        {
            var (values, kept) = (reader.GetNumericDocValues(name), new long[reader.MaxDoc]);
            for (var doc = 0; doc < reader.MaxDoc; doc++)
                kept[doc] = values?.Get(doc) ?? 0;
            Numbers[i] = kept;
        }
    }

    public Dimension[] ByName { get; }

    /// <summary>Which entry each document is.</summary>
    public Guid[] Ids { get; }
    private long[][] Numbers { get; }

    public long Audience(int doc) => Numbers[0][doc];

    public long Date(int doc) => Numbers[1][doc];

    public long Changed(int doc) => Numbers[2][doc];

    /// <summary>Drawn from the reference: an order for equals that is the same wherever the network is kept.</summary>
    public long Tie(int doc) => Numbers[3][doc];

    public static FacetFields Of(AtomicReader reader) => Known.GetValue(reader.CoreCacheKey, _ => new(reader));

    private static Dimension Load(AtomicReader reader, string name)
    {
        var starts = new int[reader.MaxDoc + 1];
        if (reader.GetSortedSetDocValues(name) is not { } values)
            return new([], starts, []);
        var (texts, of) = (new string[values.ValueCount], new List<int>(reader.MaxDoc));
        var bytes = new BytesRef();
        for (var i = 0; i < texts.Length; i++)
        {
            values.LookupOrd(i, bytes);
            texts[i] = bytes.Utf8ToString();
        }
        for (var doc = 0; doc < reader.MaxDoc; doc++)
        {
            starts[doc] = of.Count;
            values.SetDocument(doc);
            while (values.NextOrd() is var ord && ord != SortedSetDocValues.NO_MORE_ORDS)
                of.Add((int)ord);
        }
        starts[^1] = of.Count;
        return new(texts, starts, [.. of]);
    }
}
