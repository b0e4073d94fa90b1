using Microsoft.AspNetCore.Http;
using Plenaria.Platform.Language;
using Plenaria.Platform.Places;
using Plenaria.Platform.Register;
using Plenaria.Thesaurus;

namespace Plenaria.Search;

/// <summary>One way to narrow a list: choices with how many results each would leave.</summary>
public sealed record Facet(string Title, IReadOnlyList<FacetChoice> Choices);

public sealed record FacetChoice(string Label, int Count, bool IsChosen, string Address);

/// <summary>
/// What the address of a list says of words, order and choices; makes the addresses of its neighbours.
/// </summary>
public sealed class SearchFilters
{
    private static readonly IReadOnlyList<string> Chosen = ["q", "without", "order", .. FacetFields.Dimensions];

    private readonly List<(string Name, string Value)> _said = [];
    private readonly ILookup<string, string> _fixed;

    /// <param name="fixedTo">Choices the page makes itself, which its address does not say; of several values of one
    /// dimension the reader may choose some.</param>
    public SearchFilters(IQueryCollection query, params IEnumerable<(string Dimension, string Value)> fixedTo)
    {
        var wanted = new Dictionary<string, IReadOnlyCollection<string>>();
        foreach (var name in Chosen)
        foreach (var value in query[name])
            if (!string.IsNullOrWhiteSpace(value) && value.Length <= 200)
                _said.Add((name, value));
        foreach (var dimension in FacetFields.Dimensions)
            if (_said.Where(s => s.Name == dimension).Select(s => s.Value).ToList() is { Count: > 0 } values)
                wanted[dimension] = values;
        _fixed = fixedTo.ToLookup(f => f.Dimension, f => f.Value);
        foreach (var own in _fixed)
            wanted[own.Key] =
                wanted.TryGetValue(own.Key, out var chosen)
                && chosen.Where(own.Contains).ToList() is { Count: > 0 } some
                    ? some
                    : [.. own];
        Wanted = wanted;
        Words = Value("q");
        Without = [.. _said.Where(s => s.Name == "without").Select(s => s.Value)];
        Order =
            Enum.TryParse<SearchOrder>(Value("order"), ignoreCase: true, out var order) && Enum.IsDefined(order)
                ? order
                : SearchOrder.Relevance;
        Page = int.TryParse(query["page"], out var page) && page is > 0 and <= SearchService.MostPaged / 20 ? page : 1;
    }

    /// <summary>All names of a query string that it reads.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Chosen, "page"];

    public string? Words { get; }
    public IReadOnlyDictionary<string, IReadOnlyCollection<string>> Wanted { get; }
    public IReadOnlyCollection<string> Without { get; }
    public SearchOrder Order { get; }
    public int Page { get; }

    /// <summary>Whether the reader chose or typed anything.</summary>
    public bool IsNarrowed => _said.Exists(s => s.Name != "order");

    /// <summary>All the address says but its page, for the hidden fields of a form that types new words.</summary>
    public IEnumerable<(string Name, string Value)> Said => _said;

    private string? Value(string name) => _said.Find(s => s.Name == name).Value;

    public SearchRequest Wish(Kernel.Language reader, Audience reads, int take = 20) =>
        new(Words, reader, reads)
        {
            Wanted = Wanted,
            Without = Without,
            Order = Order,
            Skip = (Page - 1) * take,
            Take = take,
        };

    /// <summary>The same list at another page, or another path.</summary>
    public string Address(string path, int page = 1) =>
        path
        + Query(
            _said.Concat(
                page > 1
                    ? [("page", page.ToString(System.Globalization.CultureInfo.InvariantCulture))]
                    : (IEnumerable<(string, string)>)[]
            )
        );

    /// <summary>The same list in the search over everything, which holds it as files and feeds.</summary>
    public string Everywhere(string path) =>
        path
        + Query(
            _said
                .Where(s => !_fixed.Contains(s.Name))
                .Concat(_fixed.SelectMany(f => Wanted[f.Key].Select(v => (f.Key, v))))
        );

    /// <summary>The same list with a choice made, or taken back.</summary>
    public string Toggled(string path, string name, string value) =>
        path
        + Query(_said.Contains((name, value)) ? _said.Where(s => s != (name, value)) : _said.Append((name, value)));

    private static QueryString Query(IEnumerable<(string Name, string Value)> said) =>
        QueryString.Create(said.Select(s => KeyValuePair.Create(s.Name, (string?)s.Value)));

    /// <summary>
    /// The facets of a finding that offer a choice, in the order of <paramref name="dimensions"/>; a vocabulary is
    /// named <c>topic:issues</c>.
    /// </summary>
    public IReadOnlyList<Facet> Facets(
        SearchResult finding,
        IReadOnlyList<string> dimensions,
        string path,
        PageLocalizer phrases,
        Vocabulary vocabulary,
        Func<string, string>? nameOfMember = null
    )
    {
        var facets = new List<Facet>();
        foreach (var dimension in dimensions)
        {
            var (name, scheme) = dimension.Split(':') is [var d, var s] ? (d, s) : (dimension, null);
            var counts = finding
                .Counts[name]
                .Where(c => !_fixed.Contains(name) || _fixed[name].Contains(c.Key))
                .Where(c => scheme is null || c.Key.StartsWith(scheme + ":", StringComparison.Ordinal));
            string Label(string value) =>
                name switch
                {
                    FacetFields.Kind => phrases[$"register.kind.{value}"],
                    FacetFields.Place => value.Length == 2
                        ? Countries.NameOf(value, phrases.Language)
                        : phrases[$"region.{value}"],
                    FacetFields.Region => phrases[$"region.{value}"],
                    FacetFields.Topic => vocabulary.Label(value, phrases.Language),
                    FacetFields.Language => Kernel.Language.TryParse(value, out var language)
                        ? language.OwnName
                        : value,
                    FacetFields.Member => nameOfMember?.Invoke(value) ?? value,
                    _ => value,
                };
            var choices = counts.Select(c => new FacetChoice(
                Label(c.Key),
                c.Value,
                _said.Contains((name, c.Key)),
                Toggled(path, name, c.Key)
            ));
            var ordered =
                name == FacetFields.Year
                    ? choices.OrderByDescending(c => c.Label, StringComparer.Ordinal)
                    : choices
                        .OrderByDescending(c => c.IsChosen)
                        .ThenByDescending(c => c.Count)
                        .ThenBy(c => c.Label, StringComparer.Create(phrases.Language.Culture, ignoreCase: true));
            if (
                ordered.ToList() is { Count: > 0 } made
                && (made.Count > 1 || made[0].IsChosen || made[0].Count < finding.Total)
            )
                facets.Add(
                    new(
                        scheme is null
                            ? phrases[$"search.by.{name}"]
                            : vocabulary.Schemes.FirstOrDefault(v => v.Key == scheme)?.Label.For(phrases.Language)
                                ?? scheme,
                        made
                    )
                );
        }
        return facets;
    }
}
