using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Plenaria.Plans.Import;

/// <summary>What a style says of the text it formats, with what it inherits from the styles it is based on.</summary>
internal sealed partial class WordStyles
{
    /// <summary>Styles that are based on each other: Word itself allows ten or so. Also ends a cycle.</summary>
    private const int MaxInheritance = 20;

    /// <summary>The outline level that means body text.</summary>
    private const int BodyText = 9;

    private readonly Dictionary<string, XElement> _styles = [];

    private readonly WordNumbering _numbering;

    public WordStyles(XElement? styles, XElement? numbering)
    {
        _numbering = new(numbering);
        foreach (var style in styles?.Elements().Where(e => e.Is("style")) ?? [])
            if (style.Value("styleId") is { } id)
                _styles.TryAdd(id, style);
    }

    /// <summary>1 for a title, else one more than Word's level; null for text that is no heading.</summary>
    public int? HeadingLevel(XElement? properties)
    {
        if (properties.Child("outlineLvl").Number() is { } own)
            return FromOutline(own);
        var id = properties.Child("pStyle").Value();
        if (id is not null && !_styles.ContainsKey(id))
            return FromName(id);
        foreach (var style in Chain(id))
        {
            var name = Name(style);
            if (name.Equals("subtitle", StringComparison.OrdinalIgnoreCase))
                return null;
            if (style.Child("pPr").Child("outlineLvl").Number() is { } level and (< 0 or >= BodyText))
                return FromOutline(level);
            if ((FromName(name) ?? FromOutline(style.Child("pPr").Child("outlineLvl").Number())) is { } found)
                return found;
        }
        return null;
    }

    /// <summary>The place in a list, from the paragraph or its style; null outside lists.</summary>
    public WordListPlace? FindListPlace(XElement? properties)
    {
        var id = properties.Child("pStyle").Value();
        var numbering =
            properties.Child("numPr")
            ?? Chain(id).Select(s => s.Child("pPr").Child("numPr")).FirstOrDefault(n => n is not null);
        // Number 0 takes a paragraph out of the list that its style puts it into.
        var list = numbering.Child("numId").Number() ?? -1;
        var level = Math.Clamp(numbering.Child("ilvl").Number() ?? 0, 0, 8);
        return
            list == 0
            || numbering is null && !Names(id).Any(n => n.StartsWith("list", StringComparison.OrdinalIgnoreCase))
            ? null
            : new(list, level, _numbering.IsNumbered(list, level));
    }

    public bool IsContents(XElement? properties) =>
        Names(properties.Child("pStyle").Value()).Any(n => ContentsName().IsMatch(n));

    public bool IsBold(XElement? properties) => IsBold(properties.Child("pStyle").Value());

    /// <summary>
    /// Bold that is set on the run decides; else that of its style, which within a bold paragraph style takes it away.
    /// </summary>
    public bool IsBold(XElement? runProperties, bool isParagraphBold) =>
        runProperties.Toggle("b") ?? IsBold(runProperties.Child("rStyle").Value()) ^ isParagraphBold;

    private bool IsBold(string? id) =>
        Chain(id).Select(s => s.Child("rPr").Toggle("b")).FirstOrDefault(b => b is not null) ?? false;

    private IEnumerable<string> Names(string? id) =>
        id is not null && !_styles.ContainsKey(id) ? [id] : Chain(id).Select(Name);

    private IEnumerable<XElement> Chain(string? id)
    {
        for (var i = 0; i < MaxInheritance && id is not null && _styles.TryGetValue(id, out var style); i++)
        {
            yield return style;
            id = style.Child("basedOn").Value();
        }
    }

    private static string Name(XElement style) => style.Child("name").Value() ?? style.Value("styleId") ?? "";

    private static int? FromName(string name) =>
        name.Equals("title", StringComparison.OrdinalIgnoreCase) ? 1
        : HeadingName().Match(name) is { Success: true } heading
            ? Math.Min(int.Parse(heading.Groups[1].Value, CultureInfo.InvariantCulture) + 1, 6)
        : null;

    private static int? FromOutline(int? level) => level is >= 0 and < BodyText ? Math.Min(level.Value + 2, 6) : null;

    // Word localises the names of its heading styles; the number stays.
    [GeneratedRegex(
        @"^(?:heading|t[íi]tulo|ttulo|titre|t[íi]tol|ttol|berschrift)\s*([1-9])$",
        RegexOptions.IgnoreCase | RegexOptions.NonBacktracking
    )]
    private static partial Regex HeadingName();

    [GeneratedRegex(@"^toc ?[1-9]$", RegexOptions.IgnoreCase | RegexOptions.NonBacktracking)]
    private static partial Regex ContentsName();
}
