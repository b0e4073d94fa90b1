using System.Buffers;
using Lucene.Net.Analysis;
using Lucene.Net.Analysis.Ca;
using Lucene.Net.Analysis.Core;
using Lucene.Net.Analysis.En;
using Lucene.Net.Analysis.Es;
using Lucene.Net.Analysis.Fr;
using Lucene.Net.Analysis.Miscellaneous;
using Lucene.Net.Analysis.Pt;
using Lucene.Net.Analysis.Standard;
using Lucene.Net.Analysis.TokenAttributes;
using Lucene.Net.Analysis.Util;
using Lucene.Net.Tartarus.Snowball;
using Lucene.Net.Tartarus.Snowball.Ext;
using Lucene.Net.Util;
using FrenchStemmer = Lucene.Net.Tartarus.Snowball.Ext.FrenchStemmer;
using PortugueseStemmer = Lucene.Net.Tartarus.Snowball.Ext.PortugueseStemmer;

namespace Plenaria.Search;

/// <summary>
/// How a text becomes words to search by, in each language: without the words that say nothing, each reduced to its
/// stem (Snowball), with and without accents, so that "participacion" finds "participación" and "participatives" finds
/// "participatif".
/// </summary>
internal static class Analysis
{
    public const LuceneVersion Version = LuceneVersion.LUCENE_48;

    /// <summary>Goes up when texts become other words: an index of another format is made anew.</summary>
    public const string Format = "3";

    private static readonly Dictionary<Kernel.Language, Words> Telling = Kernel.Language.All.ToDictionary(
        l => l,
        l => new Words(l, keepsAll: false)
    );
    private static readonly Dictionary<Kernel.Language, Words> Complete = Kernel.Language.All.ToDictionary(
        l => l,
        l => new Words(l, keepsAll: true)
    );

    /// <summary>
    /// What the index is made with: every word, so that a place called "Como" or an abbreviation can be found.
    /// </summary>
    public static Analyzer Of(Kernel.Language language) => Complete[language];

    /// <summary>
    /// A text's words in one language: where each stands, and the stems it is found by. Stop words are left out, unless
    /// <paramref name="all"/> are wanted.
    /// </summary>
    public static IEnumerable<(int Start, int End, string Stem, bool IsNext)> Read(
        Kernel.Language language,
        string text,
        bool all = false
    )
    {
        using var stream = (all ? Complete : Telling)[language].GetTokenStream("text", new StringReader(text));
        var (term, place, step) = (
            stream.AddAttribute<ICharTermAttribute>(),
            stream.AddAttribute<IOffsetAttribute>(),
            stream.AddAttribute<IPositionIncrementAttribute>()
        );
        stream.Reset();
        while (stream.IncrementToken())
            yield return (place.StartOffset, place.EndOffset, term.ToString(), step.PositionIncrement > 0);
        stream.End();
    }

    /// <summary>The stems one typed word is found by; none when the language leaves it out.</summary>
    public static IReadOnlyList<string> Stems(Kernel.Language language, string word, bool all = false) =>
        [.. Read(language, word, all).Select(t => t.Stem)];

    /// <summary>Without accents, as people type on phones.</summary>
    public static string Fold(string word)
    {
        if (System.Text.Ascii.IsValid(word))
            return word;
        var (from, to) = (word.ToCharArray(), new char[word.Length * 4]);
        var length = ASCIIFoldingFilter.FoldToASCII(from, 0, to, 0, from.Length);
        return new(to, 0, length);
    }

    private static CharArraySet StopWords(Kernel.Language language) =>
        language.Code switch
        {
            "es" => SpanishAnalyzer.DefaultStopSet,
            "ca" => CatalanAnalyzer.DefaultStopSet,
            "fr" => FrenchAnalyzer.DefaultStopSet,
            "pt" => PortugueseAnalyzer.DefaultStopSet,
            _ => EnglishAnalyzer.DefaultStopSet,
        };

    private static SnowballProgram Stemmer(Kernel.Language language) =>
        language.Code switch
        {
            "es" => new SpanishStemmer(),
            "ca" => new CatalanStemmer(),
            "fr" => new FrenchStemmer(),
            "pt" => new PortugueseStemmer(),
            _ => new EnglishStemmer(),
        };

    private sealed class Words(Kernel.Language language, bool keepsAll) : Analyzer(PER_FIELD_REUSE_STRATEGY)
    {
        // Unicode (UAX #29) joins words at full stops, underscores, colons and commas between letters or digits; people
        // look for the parts ("law 19.069", "decide.example.org"), and a query is divided in the same way.
        protected override TextReader InitReader(string fieldName, TextReader reader) => Divide(reader);

        // "l'eau", "d'abril": the article goes, whichever sign was typed.
        private static readonly CharArraySet Articles = new(
            Version,
            (string[])["l", "d", "m", "n", "s", "t", "j", "c", "qu", "jusqu", "lorsqu", "puisqu", "quoiqu"],
            ignoreCase: true
        );

        protected override TokenStreamComponents CreateComponents(string fieldName, TextReader reader)
        {
            var source = new StandardTokenizer(Version, reader);
            TokenStream stream = language.Code switch
            {
                "fr" or "ca" => new ElisionFilter(source, Articles),
                "en" => new EnglishPossessiveFilter(Version, source),
                _ => source,
            };
            stream = new LowerCaseFilter(Version, stream);
            if (!keepsAll)
                stream = new StopFilter(Version, stream, StopWords(language));
            return new(source, new StemBothWays(stream, Stemmer(language)));
        }
    }

    /// <summary>
    /// The text with a space for each sign that would join two words, but for the full stops of an acronym
    /// ("S.A.D.C."), which stays one word. Nothing moves, so that places in the text stay right.
    /// </summary>
    private static StringReader Divide(TextReader reader)
    {
        var text = reader.ReadToEnd();
        if (text.AsSpan().IndexOfAny(Joining) < 0)
            return new(text);
        var divided = text.ToCharArray();
        for (var at = 0; at < divided.Length; at++)
            if (Joining.Contains(text[at]) && !(text[at] == '.' && IsSingle(text, at - 1) && IsSingle(text, at + 1)))
                divided[at] = ' ';
        return new(new string(divided));
    }

    private static readonly SearchValues<char> Joining = SearchValues.Create("._:,;\u2024\uff0e\uff1a\uff3f\u203f");

    /// <summary>Whether a letter stands here by itself, as in an acronym.</summary>
    private static bool IsSingle(string text, int at)
    {
        bool IsWord(int i) => i >= 0 && i < text.Length && char.IsLetterOrDigit(text[i]);
        return at >= 0 && at < text.Length && char.IsLetter(text[at]) && !IsWord(at - 1) && !IsWord(at + 1);
    }

    /// <summary>
    /// Each word as its stem without accents, and, where that differs, as the stem of the word without accents.
    /// </summary>
    private sealed class StemBothWays : TokenFilter
    {
        private readonly SnowballProgram _stemmer;
        private readonly ICharTermAttribute _term;
        private readonly IPositionIncrementAttribute _step;
        private State? _place;
        private string? _other;

        public StemBothWays(TokenStream input, SnowballProgram stemmer)
            : base(input)
        {
            _stemmer = stemmer;
            _term = AddAttribute<ICharTermAttribute>();
            _step = AddAttribute<IPositionIncrementAttribute>();
        }

        public override bool IncrementToken()
        {
            if (_other is { } other)
            {
                RestoreState(_place);
                _other = null;
                _term.SetEmpty().Append(other);
                _step.PositionIncrement = 0;
                return true;
            }
            if (!m_input.IncrementToken())
                return false;
            // An acronym is found with its full stops and without.
            var word = _term.ToString().Replace(".", "", StringComparison.Ordinal);
            // Catalan "col·lectiu" is typed without its dot as often.
            var (stem, folded) = (Fold(Stem(word)), Fold(word).Replace("·", "", StringComparison.Ordinal));
            _term.SetEmpty().Append(stem);
            if (folded != word && Stem(folded) is var second && second != stem)
                (_other, _place) = (second, CaptureState());
            return true;
        }

        private string Stem(string word)
        {
            if (word.Length > 40 || char.IsAsciiDigit(word[0]))
                return word;
            _stemmer.SetCurrent(word);
            _stemmer.Stem();
            return _stemmer.Current;
        }
    }
}
