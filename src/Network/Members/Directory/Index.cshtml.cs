using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Plenaria.Members.Composition;
using Plenaria.Platform.Language;
using Plenaria.Platform.Places;
using Plenaria.Platform.Site;

namespace Plenaria.Members.Directory;

/// <summary>
/// Who belongs to the network, in the order of their names, narrowed by region, country, kind and words.
/// </summary>
[AllowAnonymous, Cacheable]
internal sealed class IndexModel(MemberStore members, Targets targets, PageLocalizer phrases) : PageModel
{
    public const int PageSize = 50;

    public IReadOnlyList<Member> Members { get; private set; } = [];
    public long Found { get; private set; }
    public string? Next { get; private set; }
    public IReadOnlyList<(string Code, string Name, long Count)> RegionChoices { get; private set; } = [];
    public IReadOnlyList<(string Code, string Name, long Count)> CountryChoices { get; private set; } = [];
    public IReadOnlyList<(MemberKind Kind, long Count)> KindChoices { get; private set; } = [];

    [BindProperty(SupportsGet = true)]
    public string? Region { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Country { get; set; }

    [BindProperty(SupportsGet = true)]
    public MemberKind? Kind { get; set; }

    /// <summary>A place as targets name one: a region, a country, a named set.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Place { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Q { get; set; }

    /// <summary>The code of a language that the members work in.</summary>
    [BindProperty(SupportsGet = true, Name = "language")]
    public string? Spoken { get; set; }

    [BindProperty(SupportsGet = true)]
    public DateOnly? From { get; set; }

    [BindProperty(SupportsGet = true)]
    public DateOnly? To { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? After { get; set; }

    public bool IsFiltered =>
        !string.IsNullOrEmpty(Region)
        || !string.IsNullOrEmpty(Country)
        || Kind is not null
        || !string.IsNullOrWhiteSpace(Q)
        || !string.IsNullOrEmpty(Place)
        || From is not null
        || To is not null
        || SpokenLanguage is not null;

    public MemberFilter Filter =>
        new(Region, Country?.ToUpperInvariant(), Kind, null, Q, From, To, _within, SpokenLanguage);
    private IReadOnlyCollection<string>? _within;

    public Language? SpokenLanguage => Language.TryParse(Spoken, out var language) ? language : null;
    public string? PlaceName { get; private set; }

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel)
    {
        if (!string.IsNullOrEmpty(Spoken) && SpokenLanguage is null)
            return NotFound();
        if (!string.IsNullOrEmpty(Place))
        {
            try
            {
                (_within, PlaceName) = await targets.Place(Place, phrases.Language, cancel);
            }
            catch (RuleViolationException)
            {
                return NotFound();
            }
        }
        var page = await members.List(Filter, After, PageSize + 1, cancel);
        Members = [.. page.Take(PageSize)];
        Next = page.Count > PageSize ? Members[^1].Slug : null;
        Found = await members.Count(Filter, cancel);
        var counts = await members.Counts(cancel);
        // Each choice is counted under the other choices, so that no number leads to an empty list.
        long Sum(MemberFilter filter) => counts.Where(filter.Holds).Sum(c => c.Count);
        RegionChoices =
        [
            .. Regions
                .All.Select(r => (r, phrases[$"region.{r}"], Sum(Filter with { Region = r, Country = null })))
                .Where(r => r.Item3 > 0 || r.r == Region),
        ];
        CountryChoices =
        [
            .. counts
                .Where(c => (Filter with { Country = null }).Holds(c))
                .GroupBy(c => c.Country)
                .Select(g => (g.Key, Countries.NameOf(g.Key, phrases.Language), g.Sum(c => c.Count)))
                .OrderBy(c => c.Item2, StringComparer.Create(phrases.Language.Culture, true)),
        ];
        KindChoices =
        [
            .. Enum.GetValues<MemberKind>()
                .Select(k => (k, Sum(Filter with { Kind = k })))
                .Where(k => k.Item2 > 0 || k.k == Kind),
        ];
        return Page();
    }

    /// <summary>The same list from another place, or as a file.</summary>
    public string Address(string path, string? after = null) =>
        path
        + Microsoft.AspNetCore.Http.QueryString.Create(
            new Dictionary<string, string?>
            {
                ["region"] = Region,
                ["country"] = Country,
                ["place"] = Place,
                ["kind"] = Kind?.ToString(),
                ["q"] = Q,
                ["language"] = Spoken,
                ["from"] = From?.ToString("O"),
                ["to"] = To?.ToString("O"),
                ["after"] = after,
            }.Where(p => !string.IsNullOrEmpty(p.Value))
        );
}
