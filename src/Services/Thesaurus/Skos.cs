using System.Xml;
using System.Xml.Linq;
using Plenaria.Platform.Documents;

namespace Plenaria.Thesaurus;

/// <summary>A term as a SKOS file says it.</summary>
internal sealed record SkosConcept(
    string Code,
    string Scheme,
    LocalizedText Label,
    Dictionary<string, List<string>> Alt,
    LocalizedText Note,
    List<string> Broader,
    List<int> Goals,
    bool IsDeprecated,
    string? ReplacedBy
);

/// <summary>
/// The thesaurus as SKOS (W3C Recommendation of 18 August 2009) in RDF/XML, and such a file read back.
/// </summary>
internal static class Skos
{
    private static readonly XNamespace Rdf = "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
        Core = "http://www.w3.org/2004/02/skos/core#",
        Owl = "http://www.w3.org/2002/07/owl#",
        Dct = "http://purl.org/dc/terms/";
    private const string Goal = "http://metadata.un.org/sdg/";

    public static XDocument Write(Vocabulary vocabulary, string site)
    {
        string Uri(string code) => $"{site}/thesaurus/{code.Replace(':', '/')}";
        XElement Refer(XName name, string uri) => new(name, new XAttribute(Rdf + "resource", uri));
        IEnumerable<XElement> Texts(XName name, LocalizedText text) =>
            text.Wordings.Select(w => new XElement(
                name,
                new XAttribute(XNamespace.Xml + "lang", w.Key.Code),
                w.Value.Text
            ));
        return new(
            new XElement(
                Rdf + "RDF",
                new XAttribute(XNamespace.Xmlns + "rdf", Rdf),
                new XAttribute(XNamespace.Xmlns + "skos", Core),
                new XAttribute(XNamespace.Xmlns + "owl", Owl),
                new XAttribute(XNamespace.Xmlns + "dct", Dct),
                vocabulary.Schemes.Select(s => new XElement(
                    Core + "ConceptScheme",
                    new XAttribute(Rdf + "about", $"{site}/thesaurus/{s.Key}"),
                    Texts(Core + "prefLabel", s.Label),
                    new XElement(Owl + "versionInfo", vocabulary.Revision)
                )),
                vocabulary.All.Select(c => new XElement(
                    Core + "Concept",
                    new XAttribute(Rdf + "about", Uri(c.Code)),
                    new XElement(Core + "notation", c.Code),
                    Refer(Core + "inScheme", $"{site}/thesaurus/{c.Scheme}"),
                    Texts(Core + "prefLabel", c.Label),
                    c.Alt.SelectMany(a =>
                        a.Value.Select(v => new XElement(
                            Core + "altLabel",
                            new XAttribute(XNamespace.Xml + "lang", a.Key),
                            v
                        ))
                    ),
                    Texts(Core + "definition", c.Note),
                    c.Broader.Select(b => Refer(Core + "broader", Uri(b))),
                    c.Broader.Count == 0 ? Refer(Core + "topConceptOf", $"{site}/thesaurus/{c.Scheme}") : null,
                    c.Goals.Select(g => Refer(Core + "relatedMatch", Goal + g)),
                    c.IsDeprecated ? new XElement(Owl + "deprecated", "true") : null,
                    c.ReplacedBy is { } next ? Refer(Dct + "isReplacedBy", Uri(next)) : null
                ))
            )
        );
    }

    /// <summary>
    /// Reads a file such as <see cref="Write"/> makes, or another's whose concepts carry a notation <c>scheme:code</c>.
    /// </summary>
    /// <exception cref="RuleViolationException">It is not RDF/XML, or holds no concept that could be
    /// entered.</exception>
    public static IReadOnlyList<SkosConcept> Read(Stream content)
    {
        XDocument document;
        try
        {
            document = InputGuard.LoadXml(content, new("thesaurus.import.no-concepts"));
        }
        catch (XmlException fault)
        {
            throw new RuleViolationException("thesaurus.import.not-rdf", ("line", fault.LineNumber));
        }
        var concepts = document
            .Descendants(Core + "Concept")
            .Concat(
                document
                    .Descendants(Rdf + "Description")
                    .Where(d => d.Elements(Rdf + "type").Any(t => Resource(t) == Core.NamespaceName + "Concept"))
            )
            .ToList();
        var codes = concepts
            .Where(c => CodeOf(c) is not null)
            .ToDictionary(c => c.Attribute(Rdf + "about")?.Value ?? "", c => CodeOf(c)!);
        var read = concepts
            .Where(c => CodeOf(c) is not null)
            .Select(c => new SkosConcept(
                CodeOf(c)!,
                CodeOf(c)!.Split(':')[0],
                Text(c.Elements(Core + "prefLabel")),
                Alts(c),
                Text(c.Elements(Core + "definition")),
                [.. c.Elements(Core + "broader").Select(Resource).Where(codes.ContainsKey).Select(r => codes[r])],
                [
                    .. c.Elements()
                        .Where(e => e.Name.LocalName.EndsWith("Match", StringComparison.Ordinal))
                        .Select(Resource)
                        .Where(r => r.StartsWith(Goal, StringComparison.Ordinal))
                        .Select(r => int.TryParse(r[Goal.Length..], out var goal) ? goal : 0)
                        .Where(g => g is >= 1 and <= 17),
                ],
                c.Element(Owl + "deprecated")?.Value == "true",
                c.Element(Dct + "isReplacedBy") is { } next && codes.TryGetValue(Resource(next), out var replaced)
                    ? replaced
                    : null
            ))
            .ToList();
        return read.Count > 0 ? read : throw new RuleViolationException("thesaurus.import.no-concepts");
    }

    private static string Resource(XElement element) => element.Attribute(Rdf + "resource")?.Value ?? "";

    private static string? CodeOf(XElement concept) =>
        concept.Elements(Core + "notation").Select(n => n.Value.Trim()).FirstOrDefault(ConceptCode.IsValid);

    private static LocalizedText Text(IEnumerable<XElement> labels)
    {
        var text = LocalizedText.Empty;
        foreach (var label in labels.OrderBy(l => Lang(l) == "en" ? 0 : 1))
            if (
                Kernel.Language.TryParse(Lang(label), out var language)
                && label.Value.Trim() is { Length: > 0 and <= Concept.NoteMaxLength } words
                && text.In(language) is null
            )
                text = text.IsEmpty ? LocalizedText.Original(language, words) : text.WithTranslation(language, words);
        return text;
    }

    private static Dictionary<string, List<string>> Alts(XElement concept) =>
        concept
            .Elements(Core + "altLabel")
            .Where(a =>
                Kernel.Language.TryParse(Lang(a), out _) && a.Value.Trim().Length is > 0 and <= Concept.LabelMaxLength
            )
            .GroupBy(Lang)
            .ToDictionary(g => g.Key, g => g.Select(a => a.Value.Trim()).Distinct().ToList());

    private static string Lang(XElement element) =>
        element.Attribute(XNamespace.Xml + "lang")?.Value.Split('-')[0].ToLowerInvariant() ?? "";
}
