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
using FrenchStemmer = Lucene.Net.Tartarus.Snowball.Ext.FrenchStemmer;
using PortugueseStemmer = Lucene.Net.Tartarus.Snowball.Ext.PortugueseStemmer;
using Lucene.Net.Util;

namespace Plenaria.Platform.Search;

/// <summary>
/// How a text becomes words to search by, in each language: without the words that say nothing, each reduced to its stem
/// (Snowball), with and without accents, so that "participacion" finds "participación" and "participatives" finds
/// "participatif".
/// </summary>
internal static class Analysis
{
    public const LuceneVersion Version = LuceneVersion.LUCENE_48;

    private static readonly Dictionary<Kernel.Language, Words> Analyzers = Kernel.Language.All.ToDictionary(l => l, l => new Words(l));

    public static Analyzer Of(Kernel.Language language) => Analyzers[language];

    /// <summary>A text's words in one language: where each stands, and the stems it is found by. Words that say nothing are left out.</summary>
    public static IEnumerable<(int Start, int End, string Stem, bool IsNext)> Read(Kernel.Language language, string text)
    {
        using var stream = Of(language).GetTokenStream("text", new StringReader(text));
        var (term, place, step) = (stream.AddAttribute<ICharTermAttribute>(), stream.AddAttribute<IOffsetAttribute>(), stream.AddAttribute<IPositionIncrementAttribute>());
        stream.Reset();
        while (stream.IncrementToken())
            yield return (place.StartOffset, place.EndOffset, term.ToString(), step.PositionIncrement > 0);
        stream.End();
    }

    /// <summary>The stems one typed word is found by; none when the language leaves it out.</summary>
    public static IReadOnlyList<string> Stems(Kernel.Language language, string word) => [.. Read(language, word).Select(t => t.Stem)];

    /// <summary>Without accents, as people type on phones.</summary>
    public static string Fold(string word)
    {
        if (System.Text.Ascii.IsValid(word))
            return word;
        var (from, to) = (word.ToCharArray(), new char[word.Length * 4]);
        var length = ASCIIFoldingFilter.FoldToASCII(from, 0, to, 0, from.Length);
        return new(to, 0, length);
    }

    private static CharArraySet StopWords(Kernel.Language language) => language.Code switch
    {
        "es" => SpanishAnalyzer.DefaultStopSet,
        "ca" => CatalanAnalyzer.DefaultStopSet,
        "fr" => FrenchAnalyzer.DefaultStopSet,
        "pt" => PortugueseAnalyzer.DefaultStopSet,
        _ => EnglishAnalyzer.DefaultStopSet,
    };

    private static SnowballProgram Stemmer(Kernel.Language language) => language.Code switch
    {
        "es" => new SpanishStemmer(),
        "ca" => new CatalanStemmer(),
        "fr" => new FrenchStemmer(),
        "pt" => new PortugueseStemmer(),
        _ => new EnglishStemmer(),
    };

    private sealed class Words(Kernel.Language language) : Analyzer(PER_FIELD_REUSE_STRATEGY)
    {
        // "l'eau", "d'abril": the article goes, whichever sign was typed.
        private static readonly CharArraySet Articles = new(Version, (string[])["l", "d", "m", "n", "s", "t", "j", "c", "qu", "jusqu", "lorsqu", "puisqu", "quoiqu"], ignoreCase: true);

        protected override TokenStreamComponents CreateComponents(string fieldName, TextReader reader)
        {
            var source = new StandardTokenizer(Version, reader);
            TokenStream stream = language.Code switch
            {
                "fr" or "ca" => new ElisionFilter(source, Articles),
                "en" => new EnglishPossessiveFilter(Version, source),
                _ => source,
            };
            stream = new StopFilter(Version, new LowerCaseFilter(Version, stream), StopWords(language));
            return new(source, new StemBothWays(stream, Stemmer(language)));
        }
    }

    /// <summary>Each word as its stem without accents, and, where that differs, as the stem of the word without accents.</summary>
    private sealed class StemBothWays : TokenFilter
    {
        private readonly SnowballProgram _stemmer;
        private readonly ICharTermAttribute _term;
        private readonly IPositionIncrementAttribute _step;
        private State? _place;
        private string? _other;

        public StemBothWays(TokenStream input, SnowballProgram stemmer) : base(input)
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
            var word = _term.ToString();
            var (stem, folded) = (Fold(Stem(word)), Fold(word));
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
