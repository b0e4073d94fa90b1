using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using DiffPlex;
using DiffPlex.Chunkers;
using DiffPlex.DiffBuilder;
using DiffPlex.DiffBuilder.Model;

namespace Plenaria.Sessions.Wording;

/// <summary>What an amendment does to a text.</summary>
internal enum ChangeKind
{
    Replace,

    /// <summary>Puts a paragraph after the one it names; after the 0th, at the beginning.</summary>
    Insert,
    Delete,
}

/// <summary>One change of one paragraph; paragraphs count from 1.</summary>
internal sealed record TextChange(ChangeKind Kind, int Paragraph, string Text);

/// <summary>A text as its paragraphs, which blank lines part, and what changes make of it.</summary>
internal static partial class Passages
{
    public static IReadOnlyList<string> Of(string text) =>
        [
            .. Gap()
                .Split(text.ReplaceLineEndings("\n"))
                .Select(p => p.Trim('\n'))
                .Where(p => !string.IsNullOrWhiteSpace(p)),
        ];

    /// <summary>
    /// The text with all these changes; null when two of them cannot stand together. Two wordings of one paragraph
    /// stand together when they change different words of it (a three-way merge by words).
    /// </summary>
    public static string? With(string text, IEnumerable<TextChange> changes)
    {
        var paragraphs = Of(text);
        var now = paragraphs.ToArray<string?>();
        var after = new List<string>[paragraphs.Count + 1];
        foreach (var change in changes)
        {
            if (change.Paragraph > paragraphs.Count || change.Paragraph < (change.Kind == ChangeKind.Insert ? 0 : 1))
                return null;
            var at = change.Paragraph - 1;
            switch (change.Kind)
            {
                case ChangeKind.Insert:
                    (after[change.Paragraph] ??= []).Add(change.Text);
                    break;
                case ChangeKind.Delete when now[at] == paragraphs[at]:
                    now[at] = null;
                    break;
                case ChangeKind.Replace
                    when now[at] is { } reads && Merged(paragraphs[at], reads, change.Text) is { } merged:
                    now[at] = merged;
                    break;
                default:
                    return null;
            }
        }
        return string.Join(
            "\n\n",
            Enumerable
                .Range(0, after.Length)
                .SelectMany(n =>
                    (n > 0 && now[n - 1] is { } paragraph ? [paragraph] : Array.Empty<string>()).Concat(after[n] ?? [])
                )
        );
    }

    /// <summary>
    /// Both wordings of a paragraph in one; null where they change the same words differently, or one of them changes
    /// so much (<see cref="WordDistance"/>) that it is another paragraph.
    /// </summary>
    public static string? Merged(string paragraph, string one, string other)
    {
        if (one == paragraph || one == other)
            return other;
        if (other == paragraph)
            return one;
        return ComparisonCache.GetOrAdd(
            "merge",
            [paragraph, one, other],
            () => Merge(paragraph, one, other),
            merged => merged?.Length ?? 0
        );
    }

    private static string? Merge(string paragraph, string one, string other)
    {
        var words = WordChunker.Instance.Chunk(paragraph);
        if (
            !WordDistance.IsWithin(words, WordChunker.Instance.Chunk(one), WordDistance.Most, out _)
            || !WordDistance.IsWithin(words, WordChunker.Instance.Chunk(other), WordDistance.Most, out _)
        )
            return null;
        var merge = ThreeWayDiffer.Instance.CreateMerge(
            paragraph,
            one,
            other,
            ignoreWhiteSpace: false,
            ignoreCase: false,
            WordChunker.Instance
        );
        return merge.IsSuccessful ? string.Concat(merge.MergedPieces) : null;
    }

    /// <summary>What names a wording: SHA-256 of its UTF-8, hexadecimal.</summary>
    public static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    /// <summary>
    /// What changed from one wording to another: words that go and words that come, each run of them in one piece.
    /// Where more words changed than can be compared, whole paragraphs go and come; where even these are too many, the
    /// whole text.
    /// </summary>
    public static IReadOnlyList<DiffPiece> Between(string before, string after) =>
        ComparisonCache.GetOrAdd(
            "words",
            [before, after],
            () => Compare(before, after),
            pieces => pieces.Sum(p => p.Text.Length)
        );

    private static List<DiffPiece> Compare(string before, string after)
    {
        foreach (var chunker in new IChunker[] { WordChunker.Instance, ParagraphChunker.Instance })
            if (WordDistance.IsWithin(chunker.Chunk(before), chunker.Chunk(after), WordDistance.Most, out _))
                return Compare(before, after, chunker);
        return [new(before, ChangeType.Deleted), new(after, ChangeType.Inserted)];
    }

    // Paragraphs with the blank lines that follow them: joined again they are the text.
    private sealed class ParagraphChunker : IChunker
    {
        public static readonly ParagraphChunker Instance = new();

        public IReadOnlyList<string> Chunk(string text)
        {
            var (chunks, start) = (new List<string>(), 0);
            foreach (var gap in Gap().EnumerateMatches(text))
            {
                chunks.Add(text[start..(gap.Index + gap.Length)]);
                start = gap.Index + gap.Length;
            }
            if (start < text.Length)
                chunks.Add(text[start..]);
            return chunks;
        }
    }

    private static List<DiffPiece> Compare(string before, string after, IChunker chunker)
    {
        var (all, gone, come, between) = (new List<DiffPiece>(), "", "", "");
        void Flush()
        {
            if (gone.Length > 0)
                all.Add(new(gone, ChangeType.Deleted));
            if (come.Length > 0)
                all.Add(new(come, ChangeType.Inserted));
            if (between.Length > 0 && all.LastOrDefault() is { Type: ChangeType.Unchanged } last)
                last.Text += between;
            else if (between.Length > 0)
                all.Add(new(between, ChangeType.Unchanged));
            (gone, come, between) = ("", "", "");
        }
        foreach (
            var piece in InlineDiffBuilder
                .Diff(before, after, ignoreWhiteSpace: false, ignoreCase: false, chunker)
                .Lines
        )
        {
            if (piece.Type == ChangeType.Unchanged)
            {
                // A space between two changed words belongs to the run.
                between += piece.Text;
                if (!string.IsNullOrWhiteSpace(between))
                    Flush();
                continue;
            }
            if (between.Length > 0 && gone.Length + come.Length > 0)
                (gone, come, between) = (gone + between, come + between, "");
            else if (between.Length > 0)
                Flush();
            if (piece.Type == ChangeType.Deleted)
                gone += piece.Text;
            else
                come += piece.Text;
        }
        Flush();
        return all;
    }

    [GeneratedRegex(@"\n[ \t]*\n\s*")]
    private static partial Regex Gap();
}
