namespace Plenaria.Plans;

/// <summary>What becomes of a text in several languages when somebody types it anew.</summary>
internal static class Rewording
{
    /// <summary>In the language it was written in, the original changes and its translations become stale; in any other, a translation does.</summary>
    public static LocalizedText Reworded(this LocalizedText text, Language editing, string? typed)
    {
        var words = typed?.ReplaceLineEndings("\n").Trim() ?? "";
        if (text.In(editing)?.Text == words || text.In(editing) is null && words.Length == 0)
            return text;
        return !text.IsEmpty && editing != (text.Source ?? editing) ? text.WithTranslation(editing, words)
            : words.Length == 0 ? LocalizedText.Empty
            : text.IsEmpty ? LocalizedText.Original(editing, words) : text.WithOriginal(editing, words);
    }

    /// <summary>
    /// The texts of a form's rows, of which the first ones held <paramref name="before"/>: one that reads as before keeps its
    /// translations wherever it moved to, one reworded in its row keeps them as stale, any other is new.
    /// </summary>
    public static IReadOnlyList<LocalizedText> Reworded(this IReadOnlyList<LocalizedText> before, Language language, IReadOnlyList<string?> typed)
    {
        var words = typed.Select(t => t?.ReplaceLineEndings("\n").Trim() ?? "").ToList();
        return [.. words.Select((line, row) =>
            before.FirstOrDefault(t => t.ToString() == line)
            ?? (row < before.Count && !words.Contains(before[row].ToString()) ? before[row].Reworded(before[row].Source ?? language, line) : LocalizedText.Original(language, line)))];
    }

    /// <summary>A sentence of the interface as a text in every language.</summary>
    public static LocalizedText InEvery(Language source, Func<Language, string> say) =>
        Language.All.Where(l => l != source).Aggregate(LocalizedText.Original(source, say(source)), (text, language) => text.WithTranslation(language, say(language)));
}
