namespace Plenaria.Plans;

/// <summary>What becomes of texts in several languages when somebody types their rows anew.</summary>
internal static class Rewording
{
    /// <summary>
    /// The texts of a form's rows, of which the first ones held <paramref name="before"/>: one that reads as before
    /// keeps its translations wherever it moved to, one reworded in its row keeps them as stale, any other is new.
    /// </summary>
    public static IReadOnlyList<LocalizedText> Reworded(
        this IReadOnlyList<LocalizedText> before,
        Language language,
        IReadOnlyList<string?> typed
    )
    {
        var words = typed.Select(t => t?.ReplaceLineEndings("\n").Trim() ?? "").ToList();
        return
        [
            .. words.Select(
                (line, row) =>
                    before.FirstOrDefault(t => t.ToString() == line)
                    ?? (
                        row < before.Count && !words.Contains(before[row].ToString())
                            ? before[row].Reworded(before[row].Source ?? language, line)
                            : LocalizedText.Original(language, line)
                    )
            ),
        ];
    }
}
