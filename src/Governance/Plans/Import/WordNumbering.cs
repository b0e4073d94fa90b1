using System.Xml.Linq;

namespace Plenaria.Plans.Import;

/// <summary>A paragraph's place in a list.</summary>
internal readonly record struct WordListPlace(int List, int Level, bool IsNumbered);

/// <summary>Which levels of which lists are numbered and which have bullets.</summary>
internal sealed class WordNumbering
{
    private readonly HashSet<(int List, int Level)> _numbered = [];

    public WordNumbering(XElement? numbering)
    {
        var definitions = new Dictionary<int, XElement>();
        foreach (var definition in numbering?.Elements().Where(e => e.Is("abstractNum")) ?? [])
            if (definition.Number("abstractNumId") is { } id)
                definitions.TryAdd(id, definition);
        foreach (var list in numbering?.Elements().Where(e => e.Is("num")) ?? [])
            if (
                list.Number("numId") is { } id
                && definitions.GetValueOrDefault(list.Child("abstractNumId").Number() ?? -1) is { } definition
            )
                // Nine levels are what the format has; more are not looked at.
                foreach (var level in definition.Elements().Where(e => e.Is("lvl")).Take(9))
                    if (level.Child("numFmt").Value() is not ("bullet" or "none"))
                        _numbered.Add((id, level.Number("ilvl") ?? 0));
    }

    public bool IsNumbered(int list, int level) => _numbered.Contains((list, level));
}
