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
    public static IReadOnlyList<string> Of(string text) => [.. Gap().Split(text.ReplaceLineEndings("\n")).Select(p => p.Trim('\n')).Where(p => !string.IsNullOrWhiteSpace(p))];

    /// <summary>
    /// The text with all these changes; null when two of them cannot stand together. Two wordings of one paragraph stand
    /// together when they change different words of it (a three-way merge by words).
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
                case ChangeKind.Replace when now[at] is { } reads && Merged(paragraphs[at], reads, change.Text) is { } merged:
                    now[at] = merged;
                    break;
                default:
                    return null;
            }
        }
        return string.Join("\n\n", Enumerable.Range(0, after.Length).SelectMany(n => (n > 0 && now[n - 1] is { } paragraph ? [paragraph] : Array.Empty<string>()).Concat(after[n] ?? [])));
    }

    /// <summary>Both wordings of a paragraph in one; null where they change the same words differently.</summary>
    public static string? Merged(string paragraph, string one, string other)
    {
        if (one == paragraph || one == other)
            return other;
        var merge = ThreeWayDiffer.Instance.CreateMerge(paragraph, one, other, ignoreWhiteSpace: false, ignoreCase: false, WordChunker.Instance);
        return merge.IsSuccessful ? string.Concat(merge.MergedPieces) : null;
    }

    /// <summary>What names a wording: SHA-256 of its UTF-8, hexadecimal.</summary>
    public static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    /// <summary>What changed from one wording to another: words that go and words that come, each run of them in one piece.</summary>
    public static IReadOnlyList<DiffPiece> Between(string before, string after)
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
        foreach (var piece in InlineDiffBuilder.Diff(before, after, ignoreWhiteSpace: false, ignoreCase: false, WordChunker.Instance).Lines)
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
