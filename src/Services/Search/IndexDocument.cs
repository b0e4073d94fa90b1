using Lucene.Net.Analysis;
using Lucene.Net.Analysis.Core;
using Lucene.Net.Analysis.Miscellaneous;
using Lucene.Net.Documents;
using Lucene.Net.Index;
using Lucene.Net.Util;
using Plenaria.Platform.Places;
using Plenaria.Platform.Register;
using Plenaria.Thesaurus;

namespace Plenaria.Search;

/// <summary>
/// A register entry as the index holds it: its words by language, and the values it is counted and narrowed by.
/// </summary>
internal static class IndexDocument
{
    /// <summary>Words as people write them, whichever language: a mistyped one is compared with these.</summary>
    public const string Spelt = "spelt";

    /// <summary>
    /// The stems of all languages together: of most words there are one or two, which is what a search then reads.
    /// </summary>
    public const string Title = "title",
        Text = "text";

    public static readonly Analyzer Analyzer = new PerFieldAnalyzerWrapper(
        new KeywordAnalyzer(),
        new Dictionary<string, Analyzer> { [Spelt] = new SimpleAnalyzer(Analysis.Version) }
    );

    private static readonly FieldType Spelling = Frozen(
        new FieldType(TextField.TYPE_NOT_STORED) { IndexOptions = IndexOptions.DOCS_ONLY, OmitNorms = true }
    );

    public static Document Of(RegisterEntry entry, Vocabulary vocabulary, long stamp)
    {
        var document = new Document
        {
            new StringField("id", entry.Id.ToString("N"), Field.Store.NO),
            new BinaryDocValuesField("id", new BytesRef(entry.Id.ToByteArray())),
            new NumericDocValuesField("stamp", stamp),
            new NumericDocValuesField("audience", (long)entry.Audience),
            new NumericDocValuesField("date", entry.Date is { } on ? on.First.DayNumber : 0),
            new NumericDocValuesField("changed", entry.ChangedAt.UtcTicks / 10),
            new NumericDocValuesField(
                "tie",
                BitConverter.ToInt64(
                    System.Security.Cryptography.SHA256.HashData(
                        System.Text.Encoding.ASCII.GetBytes(entry.Reference.ToString())
                    )
                )
            ),
        };
        void Value(string dimension, string value) =>
            document.Add(new SortedSetDocValuesField(dimension, new BytesRef(value)));
        Value(FacetFields.Kind, entry.Kind);
        if (entry.Place is { } place)
        {
            Value(FacetFields.Place, place);
            foreach (var region in Regions.Of(place))
                Value(FacetFields.Region, region);
        }
        if (entry.Date is { } date)
            Value(
                FacetFields.Year,
                date.First.Year.ToString("0000", System.Globalization.CultureInfo.InvariantCulture)
            );
        if (entry.Member is { } member)
            Value(FacetFields.Member, member.Value.ToString("N"));
        foreach (var topic in vocabulary.WithBroader(entry.Topics))
        {
            Value(FacetFields.Topic, topic);
            document.Add(new StringField("topic", topic, Field.Store.NO));
        }
        foreach (var text in entry.Texts)
        {
            Value(FacetFields.Language, text.Language.Code);
            document.Add(
                new TextField(Title, Analysis.Of(text.Language).GetTokenStream(Title, new StringReader(text.Title)))
            );
            document.Add(
                new TextField(
                    Text,
                    Analysis.Of(text.Language).GetTokenStream(Text, new StringReader(text.Summary + "\n" + text.Body))
                )
            );
            document.Add(new Field(Spelt, text.Title + "\n" + text.Summary, Spelling));
        }
        return document;
    }

    private static FieldType Frozen(FieldType type)
    {
        type.Freeze();
        return type;
    }
}
