namespace Plenaria.Thesaurus;

/// <summary>
/// The thesaurus at one revision, in memory: some hundreds of terms that pages, forms and search read all the time.
/// </summary>
public sealed class Vocabulary
{
    private readonly Dictionary<string, Concept> _byCode;
    private readonly ILookup<string, Concept> _byScheme;
    private readonly ILookup<string, Concept> _narrower;

    internal Vocabulary(int revision, IReadOnlyList<Scheme> schemes, IReadOnlyList<Concept> concepts)
    {
        (Revision, Schemes, All) = (revision, schemes, concepts);
        _byCode = concepts.ToDictionary(c => c.Code);
        _byScheme = concepts.Where(c => !c.IsDeprecated).ToLookup(c => c.Scheme);
        _narrower = concepts
            .Where(c => !c.IsDeprecated)
            .SelectMany(c => c.Broader.Select(b => (b, c)))
            .ToLookup(p => p.b, p => p.c);
    }

    public int Revision { get; }
    public IReadOnlyList<Scheme> Schemes { get; }
    public IReadOnlyList<Concept> All { get; }

    /// <summary>The terms of a vocabulary that are in use, in its order.</summary>
    public IEnumerable<Concept> Of(string scheme) => _byScheme[scheme];

    /// <summary>
    /// The term of this name; of a merged one the term that took its place. Null when nobody knows it.
    /// </summary>
    public Concept? Find(string code)
    {
        for (var (steps, name) = (0, code); steps < 10 && _byCode.TryGetValue(name, out var concept); steps++)
            if (concept.ReplacedBy is { } next)
                name = next;
            else
                return concept;
        return null;
    }

    /// <summary>The term of exactly this name, merged or not.</summary>
    public Concept? Exact(string code) => _byCode.GetValueOrDefault(code);

    public IEnumerable<Concept> Narrower(string code) => _narrower[code];

    /// <summary>What a term is called by a reader; its bare name when nobody knows it any more.</summary>
    public string Label(string code, Kernel.Language reader) =>
        Find(code)?.Label.For(reader) ?? code[(code.IndexOf(':', StringComparison.Ordinal) + 1)..];

    /// <summary>These terms and all that are wider, each once.</summary>
    public IReadOnlyCollection<string> WithBroader(IEnumerable<string> codes)
    {
        var found = new HashSet<string>();
        void Add(string code)
        {
            if (Find(code) is { } concept && found.Add(concept.Code))
                foreach (var broader in concept.Broader)
                    Add(broader);
        }
        foreach (var code in codes)
            Add(code);
        return found;
    }
}
