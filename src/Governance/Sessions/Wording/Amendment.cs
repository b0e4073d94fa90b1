using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Plenaria.Platform.Data;

namespace Plenaria.Sessions.Wording;

internal enum AmendmentState
{
    Submitted,
    Adopted,

    /// <summary>Taken over by whoever moved the motion, without a vote.</summary>
    TakenOver,
    Rejected,
    Withdrawn,

    /// <summary>It cannot stand beside one that was adopted.</summary>
    Fallen,
}

/// <summary>A change of one paragraph of a motion, as somebody asks for it.</summary>
internal sealed class Amendment : IVersioned
{
    public const int TextMaxLength = 10_000;

    public required Guid Id { get; init; }
    public required Guid Motion { get; init; }
    public required int Number { get; init; }
    public required ChangeKind Kind { get; init; }

    /// <summary>By the original of the motion, from 1; 0 only for what comes before the first.</summary>
    public required int Paragraph { get; set; }

    /// <summary>How that paragraph read, in the original, when this was moved.</summary>
    public required string Was { get; set; }
    public required LocalizedText Text { get; set; }
    public LocalizedText Reason { get; set; } = LocalizedText.Empty;

    /// <summary>Who moves it; the Secretariat when null.</summary>
    public MemberId? By { get; init; }

    /// <summary>
    /// The amendment whose words it changes; those of the motion when null. It is then that text which is kept in
    /// <see cref="Was"/>.
    /// </summary>
    public Guid? Under { get; init; }
    public AmendmentState State { get; set; }
    public int Version { get; set; }

    /// <summary>Part of the text that is put to the vote; what changes another is so through that one.</summary>
    public bool IsIncluded => Under is null && State is AmendmentState.Adopted or AmendmentState.TakenOver;

    /// <summary>When it was moved, to the millisecond: its id begins with it (RFC 9562, UUIDv7).</summary>
    public DateTimeOffset MovedAt =>
        DateTimeOffset.FromUnixTimeMilliseconds(
            (long)(System.Buffers.Binary.BinaryPrimitives.ReadUInt64BigEndian(Id.ToByteArray(bigEndian: true)) >> 16)
        );

    /// <summary>What it does to the text in one language; null when it is not worded in that language.</summary>
    public TextChange? In(Language language) =>
        Kind == ChangeKind.Delete ? new(Kind, Paragraph, "")
        : Text.In(language) is { } wording ? new(Kind, Paragraph, wording.Text)
        : null;

    /// <summary>
    /// The same in the language of the motion, else in its own: that text stands, whatever its language.
    /// </summary>
    public TextChange InOriginal(Language language) => In(language) ?? new(Kind, Paragraph, Text.ToString());

    internal sealed class Mapping : IEntityTypeConfiguration<Amendment>
    {
        public void Configure(EntityTypeBuilder<Amendment> amendment)
        {
            amendment.ToTable("sessions_amendments");
            amendment.Property(a => a.Was).HasMaxLength(Plenaria.Sessions.Motion.TextMaxLength);
            amendment.HasIndex(a => new { a.Motion, a.Number }).IsUnique();
            amendment.HasIndex(a => a.By);
        }
    }
}

/// <summary>A motion together with what was asked to change in it.</summary>
internal static class Amending
{
    /// <summary>Whether the paragraph it is about no longer reads as it did when it was moved.</summary>
    public static bool IsAdrift(this Motion motion, Amendment amendment)
    {
        if (amendment.Under is not null)
            return motion.IsAdrift(motion.Changed(amendment));
        var paragraphs = Passages.Of(motion.Text.ToString());
        return amendment.Paragraph > paragraphs.Count
            || (amendment.Paragraph == 0 ? "" : paragraphs[amendment.Paragraph - 1]) != amendment.Was;
    }

    /// <summary>Whether it can stand beside all that is included.</summary>
    public static bool Stands(this Motion motion, Amendment amendment) =>
        amendment.Under is not null
            ? motion.Revised(amendment) is not null
            : motion.With(motion.Included().Where(a => a != amendment).Append(amendment)) is not null;

    /// <summary>Whether two can both be adopted.</summary>
    public static bool StandTogether(this Motion motion, Amendment one, Amendment other) =>
        (one.Under, other.Under) switch
        {
            (null, null) => motion.StandInText(one, other),
            ({ } a, { } b) when a == b && one.Was == other.Was => Passages.Merged(
                one.Was,
                motion.Says(one),
                motion.Says(other)
            )
                is not null,
            _ => true,
        };

    // A page of a motion asks this of every pair of open amendments.
    private static bool StandInText(this Motion motion, Amendment one, Amendment other)
    {
        var language = motion.Text.Source ?? Language.English;
        // Whether two merge does not depend on their order.
        List<TextChange> changes = [.. new[] { one, other }.OrderBy(a => a.Number).Select(a => a.InOriginal(language))];
        var text = motion.Text.ToString();
        return ComparisonCache.GetOrAdd(
            "stand",
            [text, .. changes.SelectMany(c => new[] { $"{c.Kind} {c.Paragraph}", c.Text })],
            () => Passages.With(text, changes) is not null,
            _ => 1
        );
    }

    /// <summary>The amendment that another one changes.</summary>
    public static Amendment Changed(this Motion motion, Amendment by) =>
        motion.Amendments.Single(a => a.Id == by.Under);

    /// <summary>Who can take an amendment over: whoever moved what it changes; the Secretariat when null.</summary>
    public static MemberId? MoverOf(this Motion motion, Amendment amendment) =>
        amendment.Under is null ? motion.By : motion.Changed(amendment).By;

    /// <summary>What is open, as it is voted on: first what changes an amendment, then that one.</summary>
    public static IEnumerable<Amendment> InVotingOrder(this Motion motion)
    {
        var open = motion.Amendments.Where(a => a.State == AmendmentState.Submitted).OrderBy(a => a.Number).ToList();
        return open.Where(a => a.Under is null).SelectMany(a => open.Where(o => o.Under == a.Id).Append(a));
    }

    /// <summary>An amendment, adopted or taken over, changes the words of the one it is about.</summary>
    public static void Revise(this Motion motion, Amendment amendment)
    {
        if (amendment.Under is null || motion.Revised(amendment) is not { } words)
            return;
        var changed = motion.Changed(amendment);
        var (language, isAlone) = (changed.Text.Source ?? Language.English, changed.Text.ToString() == amendment.Was);
        var text = LocalizedText.Original(language, words);
        // In another language its words are known only when they are those of the whole amendment.
        foreach (var (other, wording) in amendment.Text.Wordings.Where(w => isAlone && w.Key != language))
            text = text.WithTranslation(other, wording.Text, wording.State == WordingState.Machine);
        changed.Text = text;
    }

    private static string? Revised(this Motion motion, Amendment amendment) =>
        Passages.Merged(amendment.Was, motion.Changed(amendment).Text.ToString(), motion.Says(amendment));

    // In the language of what it changes, else in its own.
    private static string Says(this Motion motion, Amendment amendment) =>
        amendment.InOriginal(motion.Changed(amendment).Text.Source ?? Language.English).Text;

    /// <summary>Open amendments that cannot be adopted together with this one.</summary>
    public static IReadOnlyList<Amendment> Against(this Motion motion, Amendment amendment) =>
        [
            .. motion.Amendments.Where(a =>
                a != amendment && a.State == AmendmentState.Submitted && !motion.StandTogether(amendment, a)
            ),
        ];

    /// <summary>
    /// Lets fall what cannot stand beside all that is included; their numbers, or null when all still can.
    /// </summary>
    public static IReadOnlyList<int>? Fell(this Motion motion)
    {
        List<Amendment> Fall(Func<Amendment, bool> falls)
        {
            var those = motion.Amendments.Where(a => a.State == AmendmentState.Submitted && falls(a)).ToList();
            those.ForEach(a => a.State = AmendmentState.Fallen);
            return those;
        }
        var fallen = Fall(a => a.Under is null && !motion.IsAdrift(a) && !motion.Stands(a));
        // With an amendment falls what was to change it.
        fallen.AddRange(
            Fall(a => a.Under is not null && (motion.Changed(a).State != AmendmentState.Submitted || !motion.Stands(a)))
        );
        return fallen.Count > 0 ? [.. fallen.Select(a => a.Number)] : null;
    }

    public static IEnumerable<Amendment> Included(this Motion motion) =>
        motion.Amendments.Where(a => a.IsIncluded).OrderBy(a => a.Number);

    private static string? With(this Motion motion, IEnumerable<Amendment> amendments)
    {
        var language = motion.Text.Source ?? Language.English;
        return Passages.With(motion.Text.ToString(), amendments.Select(a => a.InOriginal(language)));
    }

    /// <summary>
    /// The text as it stands with what is included. The original holds all of it; a translation is there only where
    /// every included amendment is worded in that language too, so that no language says something else than was voted
    /// on.
    /// </summary>
    public static LocalizedText Consolidated(this Motion motion)
    {
        var included = motion.Included().ToList();
        if (included.Count == 0 || motion.Text.Source is not { } original)
            return motion.Text;
        var text = LocalizedText.Original(original, motion.With(included) ?? motion.Text.ToString());
        var paragraphs = Passages.Of(motion.Text.ToString()).Count;
        foreach (
            var (language, wording) in motion.Text.Wordings.Where(w =>
                w.Key != original && w.Value.State != WordingState.Stale
            )
        )
        {
            var changes = included.Select(a => a.In(language)).ToList();
            if (
                Passages.Of(wording.Text).Count == paragraphs
                && changes.TrueForAll(c => c is not null)
                && Passages.With(wording.Text, changes!) is { } words
            )
                text = text.WithTranslation(language, words, wording.State == WordingState.Machine);
        }
        return text;
    }

    /// <summary>
    /// Languages of the motion in which an amendment is not worded: said before it is put to the vote.
    /// </summary>
    public static IReadOnlyList<Language> Missing(this Motion motion, Amendment amendment) =>
        amendment.Kind == ChangeKind.Delete
            ? []
            : [.. motion.Text.Wordings.Select(w => w.Key).Where(l => amendment.Text.In(l) is null)];

    /// <summary>
    /// Amendments follow their paragraph when the motion is reworded and it still stands somewhere, once.
    /// </summary>
    public static void FollowParagraphs(this Motion motion)
    {
        var paragraphs = Passages.Of(motion.Text.ToString());
        foreach (
            var amendment in motion.Amendments.Where(a =>
                a.State == AmendmentState.Submitted && a.Under is null && a.Paragraph > 0 && motion.IsAdrift(a)
            )
        )
            if (paragraphs.Count(p => p == amendment.Was) == 1)
                amendment.Paragraph = paragraphs.Select((p, i) => (p, i)).First(p => p.p == amendment.Was).i + 1;
    }
}
