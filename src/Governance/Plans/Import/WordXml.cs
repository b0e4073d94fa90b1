using System.Xml;
using System.Xml.Linq;

namespace Plenaria.Plans.Import;

/// <summary>
/// Reading WordprocessingML by local names: the transitional and the strict namespace differ, the names do not. Depth
/// was bounded by <see cref="Platform.Documents.InputGuard"/> before anything here follows elements within elements.
/// </summary>
internal static class WordXml
{
    private static readonly XmlReaderSettings Settings = new()
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
    };

    // What only wraps content: content controls, custom markup, links, text direction, accepted insertions.
    private static readonly HashSet<string> Wrappers =
    [
        "sdt",
        "sdtContent",
        "customXml",
        "smartTag",
        "hyperlink",
        "fldSimple",
        "bdo",
        "dir",
        "ins",
        "moveTo",
    ];

    public static XElement Load(Stream part)
    {
        using (part)
        using (var reader = XmlReader.Create(part, Settings))
            return XElement.Load(reader, LoadOptions.PreserveWhitespace);
    }

    public static bool Is(this XElement element, string name) => element.Name.LocalName == name;

    public static XElement? Child(this XElement? element, string name) =>
        element?.Elements().FirstOrDefault(e => e.Is(name));

    public static string? Value(this XElement? element, string name = "val") =>
        element?.Attributes().FirstOrDefault(a => a.Name.LocalName == name)?.Value;

    public static int? Number(this XElement? element, string name = "val") =>
        int.TryParse(element.Value(name), System.Globalization.CultureInfo.InvariantCulture, out var number)
            ? number
            : null;

    /// <summary>A toggle property: null where it is absent.</summary>
    public static bool? Toggle(this XElement? properties, string name) =>
        properties.Child(name) is { } toggle ? toggle.Value() is not ("0" or "false" or "off") : null;

    /// <summary>True where the properties mark what they belong to as deleted or as moved to another place.</summary>
    public static bool IsRemoved(this XElement? properties) =>
        properties.Child("del") is not null
        || properties.Child("moveFrom") is not null
        || properties.Child("cellDel") is not null;

    /// <summary>What is gone with all it holds once tracked changes are accepted.</summary>
    public static IEnumerable<XElement> Removed(XElement root) =>
        root.Descendants()
            .Where(e =>
                e.Is("del")
                || e.Is("moveFrom")
                || e.Is("tr") && e.Child("trPr").IsRemoved()
                || e.Is("tc") && e.Child("tcPr").IsRemoved()
            );

    /// <summary>The children once tracked changes are accepted, without wrappers and properties.</summary>
    public static IEnumerable<XElement> Content(this XElement parent)
    {
        foreach (var child in parent.Elements())
        {
            var name = child.Name.LocalName;
            if (name is "del" or "moveFrom" || name.EndsWith("Pr", StringComparison.Ordinal))
                continue;
            if (name != "AlternateContent" && !Wrappers.Contains(name))
                yield return child;
            else
                foreach (var inner in (name == "AlternateContent" ? Branch(child) : child)?.Content() ?? [])
                    yield return inner;
        }
    }

    // The same content for newer and for older programs: one branch is read, the first that holds text.
    private static XElement? Branch(XElement alternatives) =>
        alternatives.Elements().FirstOrDefault(b => b.Descendants().Any(e => e.Is("t")))
        ?? alternatives.Elements().FirstOrDefault();
}
