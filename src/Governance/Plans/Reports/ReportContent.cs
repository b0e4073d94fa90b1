using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using Plenaria.Platform.Data;

namespace Plenaria.Plans.Reports;

/// <summary>
/// A report in full, as it is closed, served and printed. It names institutions but no persons: what is closed for good
/// could not forget them.
/// </summary>
internal sealed record ReportContent(
    string Format,
    Reference Reference,
    Period Period,
    Language Language,
    LocalizedText Title,
    LocalizedText Introduction,
    DateTimeOffset? ClosedAt,
    IReadOnlyList<ReportedPlan> Plans,
    Figures Total,
    EarlierReport? Before
)
{
    public const string PresentFormat = "plenaria-annual-report/1";

    [JsonIgnore]
    public IEnumerable<ReportedAction> Actions => Plans.SelectMany(p => p.Directions).SelectMany(d => d.Actions);

    /// <summary>
    /// The one language in which a page shows the report: the reader's where its title, introduction and judgements are
    /// all in that; else the report's. Titles of actions are theirs.
    /// </summary>
    public Language LanguageFor(Language reader) =>
        Actions.Select(a => a.Note).Prepend(Introduction).Prepend(Title).All(t => t.IsEmpty || t.In(reader) is not null)
            ? reader
            : Language;

    /// <summary>The same for every look at the same state of the records, whenever it was taken.</summary>
    [JsonIgnore]
    public string Fingerprint => Convert.ToHexStringLower(SHA256.HashData((this with { ClosedAt = null }).Write()));

    /// <summary>The one sequence of bytes of this report.</summary>
    public byte[] Write() => CanonicalJson.Of(JsonSerializer.SerializeToNode(this, Options)!);

    public static ReportContent Read(byte[] bytes) => JsonSerializer.Deserialize<ReportContent>(bytes, Options)!;

    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        Converters =
        {
            new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower),
            new PlainTexts(),
            new Seconds(),
            new ParsableJson<PartialDate>(),
            new ParsableJson<Reference>(),
            new ParsableJson<Language>(),
            new PeriodJson(),
        },
    };

    /// <summary>
    /// <c>{"en":"…","es":"…"}</c>. What is read back is for showing: which wording was the original is not kept.
    /// </summary>
    private sealed class PlainTexts : JsonConverter<LocalizedText>
    {
        public override LocalizedText Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) =>
            LocalizedText.From(
                JsonSerializer
                    .Deserialize<Dictionary<string, string>>(ref reader)!
                    .Select(t => KeyValuePair.Create(Language.Parse(t.Key), new Wording(t.Value, WordingState.Human)))
            );

        public override void Write(Utf8JsonWriter writer, LocalizedText value, JsonSerializerOptions options)
        {
            writer.WriteStartObject();
            foreach (var (language, wording) in value.Wordings)
                writer.WriteString(language.Code, wording.Text);
            writer.WriteEndObject();
        }
    }

    private sealed class Seconds : JsonConverter<DateTimeOffset>
    {
        public override DateTimeOffset Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) =>
            reader.GetDateTimeOffset();

        public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
            writer.WriteStringValue(
                value.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture)
            );
    }
}

internal sealed record ReportedPlan(
    Reference Reference,
    int Year,
    LocalizedText Title,
    IReadOnlyList<ReportedDirection> Directions
);

internal sealed record ReportedDirection(
    int Number,
    LocalizedText Title,
    Figures Figures,
    IReadOnlyList<ReportedAction> Actions
);

/// <summary>
/// <paramref name="Evidence"/> is all there is; <paramref name="Changes"/> are those of the period. A completed action
/// has no fate. Reports closed long ago hold no <paramref name="Instruments"/>.
/// </summary>
internal sealed record ReportedAction(
    Reference Reference,
    int Number,
    string Path,
    LocalizedText Title,
    LocalizedText Purpose,
    Period? Planned,
    LocalizedText? Lead,
    IReadOnlyList<Reference> Resolutions,
    ActionState State,
    bool ToBeDocumented,
    Achievement Achievement,
    LocalizedText Note,
    ActionOutcome? Fate,
    IReadOnlyList<Reference> ContinuedBy,
    IReadOnlyList<ReportedChange> Changes,
    IReadOnlyList<ReportedEvidence> Evidence,
    IReadOnlyList<ReportedInstrument>? Instruments = null
);

internal sealed record ReportedChange(
    ActionState From,
    ActionState To,
    DateTimeOffset At,
    string Note,
    string? InTheNameOf
);

internal sealed record ReportedEvidence(
    EvidenceKind Kind,
    LocalizedText Text,
    PartialDate Date,
    string? Target,
    string? FileName,
    string? InTheNameOf,
    bool InPeriod
)
{
    /// <summary>Where a reader of this language can look at it; null for somebody's word.</summary>
    public string? AddressFor(Language reader) => Evidence.AddressOf(Kind, Target, reader);
}

/// <summary>What an action is carried out through, and what that yielded over the period.</summary>
internal sealed record ReportedInstrument(string Kind, LocalizedText Title, IReadOnlyList<ReportedFigure> Figures);

/// <summary>
/// A number of records. Its words are the interface's; <paramref name="RecordsPath"/> lists the records, without the
/// language.
/// </summary>
internal sealed record ReportedFigure(string TextKey, long Value, string RecordsPath);

/// <summary>The closed report of the period before, and its figures.</summary>
internal sealed record EarlierReport(Reference Reference, Period Period, string Sha256, Figures Total);

internal sealed record Figures(
    int Actions,
    IReadOnlyDictionary<ActionState, int> States,
    int Documented,
    int ToBeDocumented,
    IReadOnlyDictionary<Achievement, int> Achievements
)
{
    public static Figures Of(IReadOnlyCollection<ReportedAction> actions) =>
        new(
            actions.Count,
            Enum.GetValues<ActionState>().ToDictionary(s => s, s => actions.Count(a => a.State == s)),
            actions.Count(a => a.Evidence.Count > 0),
            actions.Count(a => a.ToBeDocumented),
            Enum.GetValues<Achievement>().ToDictionary(r => r, r => actions.Count(a => a.Achievement == r))
        );
}
