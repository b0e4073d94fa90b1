using System.Text.RegularExpressions;
using Lucene.Net.Index;
using Lucene.Net.Search;
using Plenaria.Thesaurus;

namespace Plenaria.Search;

/// <summary>
/// What somebody typed into the box, as a query. Every word must be there, in whichever language; "words in quotes"
/// must stand side by side; a word after a minus must not be there. Words that name a term of the thesaurus are also
/// looked for in the term's other languages, its other names, and on records described with it.
/// </summary>
internal sealed partial class SearchQueryParser
{
    private const int MostWords = 24,
        LongestTerm = 6;

    private readonly List<string> _stems = [];

    private SearchQueryParser(Query query, IReadOnlyList<Concept> widened) => (Query, Widened) = (query, widened);

    public Query Query { get; }

    /// <summary>The terms of the thesaurus by which the search was widened.</summary>
    public IReadOnlyList<Concept> Widened { get; }

    /// <summary>The stems that a snippet marks.</summary>
    public HashSet<string> Stems => [.. _stems];

    /// <param name="without">Terms by which the reader does not want it widened; <c>*</c> for all.</param>
    public static SearchQueryParser Read(string? typed, TermNames terms, IReadOnlyCollection<string> without)
    {
        var (all, widened, stems, unwanted) = (
            new BooleanQuery(),
            new List<Concept>(),
            new List<string>(),
            new List<Query>()
        );
        var (said, literal) = (0, new List<string>());
        foreach (var (words, kind) in Parts(typed ?? ""))
        {
            if (kind != PartKind.Unwanted)
                literal.AddRange(words);
            if (kind == PartKind.Unwanted)
                unwanted.AddRange(words.Select(w => Word(w, null)).OfType<Query>());
            else if (kind == PartKind.Compound)
                said += Add(all, Compound(words, stems));
            else if (kind == PartKind.Quoted)
            {
                said += Add(all, Phrase(words, stems));
                if (!without.Contains("*") && terms.Find(words) is { } named && !without.Contains(named.Code))
                    widened.Add(named);
            }
            else
                for (var at = 0; at < words.Length; )
                {
                    var (concept, length) = without.Contains("*") ? (null, 0) : Named(words, at, terms, without);
                    if (concept is null)
                        said += Add(all, Word(words[at++], stems));
                    else
                    {
                        widened.Add(concept);
                        said += Add(all, Wide(words[at..(at + length)], concept, stems));
                        at += length;
                    }
                }
        }
        // Nothing but stop words ("Como", "Sur"): they are what is looked for.
        if (said == 0)
            foreach (var word in literal)
                said += Add(all, Literal(word, stems));
        // Nothing at all: everything there is.
        if (said == 0)
            all.Add(new MatchAllDocsQuery(), Occur.MUST);
        foreach (var query in unwanted)
            all.Add(query, Occur.MUST_NOT);
        var asked = new SearchQueryParser(
            all.Clauses.Count == 1 && all.Clauses[0].Occur == Occur.MUST ? all.Clauses[0].Query : all,
            widened
        );
        asked._stems.AddRange(stems);
        return asked;
    }

    private static int Add(BooleanQuery all, Query? query)
    {
        if (query is null)
            return 0;
        all.Add(query, Occur.MUST);
        return 1;
    }

    private static (Concept?, int) Named(string[] words, int at, TermNames terms, IReadOnlyCollection<string> without)
    {
        for (var length = Math.Min(LongestTerm, words.Length - at); length > 0; length--)
            if (terms.Find(words.AsSpan(at, length)) is { } concept && !without.Contains(concept.Code))
                return (concept, length);
        return (null, 0);
    }

    private enum PartKind
    {
        Loose,

        /// <summary>Within quotation marks: side by side.</summary>
        Quoted,

        /// <summary>Joined by full stops or underscores: an abbreviation, a number, an address.</summary>
        Compound,
        Unwanted,
    }

    private static IEnumerable<(string[] Words, PartKind Kind)> Parts(string typed)
    {
        var (loose, count) = (new List<string>(), 0);
        foreach (Match part in Part().Matches(Quotes().Replace(typed, "\"")))
        {
            var words = Letters().Matches(part.Value).Select(w => w.Value).Take(MostWords - count).ToArray();
            if (words.Length == 0)
                continue;
            count += words.Length;
            var kind = KindOf(part.Value, words);
            if (kind == PartKind.Loose)
            {
                loose.AddRange(words);
                continue;
            }
            if (loose.Count > 0)
                yield return ([.. loose], PartKind.Loose);
            loose.Clear();
            yield return (words, kind);
        }
        if (loose.Count > 0)
            yield return ([.. loose], PartKind.Loose);
    }

    private static PartKind KindOf(string part, string[] words) =>
        part[0] == '-' ? PartKind.Unwanted
        : part[0] == '"' ? PartKind.Quoted
        : words.Length > 1
        && part.All(c =>
            char.IsLetterOrDigit(c)
            || char.GetUnicodeCategory(c) == System.Globalization.UnicodeCategory.NonSpacingMark
            || c is '.' or '_' or '\'' or '’' or '·'
        )
            ? PartKind.Compound
        : PartKind.Loose;

    // The parts stand side by side, stop words among them; an abbreviation is looked for without its full stops, too.
    private static DisjunctionMaxQuery? Compound(string[] words, List<string> stems)
    {
        var any = new DisjunctionMaxQuery(0.1f);
        AddPhrases(any, Kernel.Language.All.Select(l => (l, string.Join(' ', words))), stems, all: true, slop: 0);
        if (Array.TrueForAll(words, w => w.Length == 1) && Literal(string.Concat(words), stems) is { } joined)
            any.Add(joined);
        return any.Disjuncts.Count == 0 ? null : any;
    }

    private static DisjunctionMaxQuery? Literal(string word, List<string> stems)
    {
        var found = Kernel.Language.All.SelectMany(l => Analysis.Stems(l, word, all: true)).ToHashSet();
        stems.AddRange(found);
        var any = new DisjunctionMaxQuery(0.1f);
        foreach (var stem in found)
            AddTerm(any, stem);
        return any.Disjuncts.Count == 0 ? null : any;
    }

    // A word that one language leaves out ("de", "the") is not asked of the others.
    private static DisjunctionMaxQuery? Word(string word, List<string>? stems)
    {
        var found = new HashSet<string>();
        foreach (var language in Kernel.Language.All)
        {
            var own = Analysis.Stems(language, word);
            if (own.Count == 0)
                return null;
            found.UnionWith(own);
        }
        stems?.AddRange(found);
        var any = new DisjunctionMaxQuery(0.1f);
        foreach (var stem in found)
            AddTerm(any, stem);
        return any;
    }

    private static void AddTerm(DisjunctionMaxQuery any, string stem)
    {
        any.Add(Boosted(new TermQuery(new(IndexDocument.Title, stem)), 3f));
        any.Add(new TermQuery(new(IndexDocument.Text, stem)));
    }

    private static DisjunctionMaxQuery? Phrase(string[] words, List<string> stems)
    {
        var any = new DisjunctionMaxQuery(0.1f);
        AddPhrases(any, Kernel.Language.All.Select(l => (l, string.Join(' ', words))), stems);
        return any.Disjuncts.Count == 0 ? null : any;
    }

    private static DisjunctionMaxQuery Wide(string[] words, Concept concept, List<string> stems)
    {
        var each = new BooleanQuery();
        foreach (var word in words)
            if (Word(word, stems) is { } query)
                each.Add(query, Occur.MUST);
        var any = new DisjunctionMaxQuery(0.1f);
        if (each.Clauses.Count > 0)
            any.Add(each);
        AddPhrases(any, Kernel.Language.All.SelectMany(l => concept.NamesIn(l).Select(n => (l, n))), stems);
        any.Add(Boosted(new ConstantScoreQuery(new TermQuery(new("topic", concept.Code))), 4f));
        return any;
    }

    // Names that read alike in two languages are looked for once.
    private static void AddPhrases(
        DisjunctionMaxQuery any,
        IEnumerable<(Kernel.Language Language, string Words)> phrases,
        List<string> stems,
        bool all = false,
        int slop = 1
    )
    {
        var seen = new HashSet<string>();
        foreach (var (language, words) in phrases)
        {
            var found = Analysis.Read(language, words, all).Where(t => t.IsNext).Select(t => t.Stem).ToList();
            if (found.Count == 0 || !seen.Add(string.Join(' ', found)))
                continue;
            stems.AddRange(found);
            if (found.Count == 1)
            {
                AddTerm(any, found[0]);
                continue;
            }
            foreach (var (field, weight) in ((string, float)[])[(IndexDocument.Title, 3f), (IndexDocument.Text, 1f)])
            {
                // Words that say nothing stand between: "orçamento de participação".
                var phrase = new PhraseQuery { Slop = slop };
                foreach (var stem in found)
                    phrase.Add(new Term(field, stem));
                any.Add(Boosted(phrase, weight));
            }
        }
    }

    private static Query Boosted(Query query, float boost)
    {
        query.Boost = boost;
        return query;
    }

    [GeneratedRegex("[“”„«»]")]
    private static partial Regex Quotes();

    [GeneratedRegex("\"[^\"]*\"|-\\w[\\w'’]*|[^\\s\"]+")]
    private static partial Regex Part();

    [GeneratedRegex(@"[\p{L}\p{N}][\p{L}\p{N}\p{M}'’·]*")]
    private static partial Regex Letters();
}
