using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Plenaria.Platform.Data;
using Plenaria.Platform.Language;
using Plenaria.Platform.Places;
using Plenaria.Platform.Site;

namespace Plenaria.Members.Composition;

/// <summary>
/// The network against the world: where its members are, of what kind, and how much of it a few countries hold.
/// </summary>
[AllowAnonymous, Cacheable]
internal sealed class IndexModel(MemberStore members, Targets targets, PlenariaDb db, PageLocalizer phrases) : PageModel
{
    private static readonly int Subregions = Regions.All.Count - Regions.Continents.Count;

    public CompositionView Mix { get; private set; } = null!;
    public IReadOnlyList<string> Empty { get; private set; } = [];
    public IReadOnlyList<Measured> Targets { get; private set; } = [];
    public IReadOnlyList<YearEndComposition> Years { get; private set; } = [];
    private IReadOnlyList<YearlyGrowth> _growth = [];
    public Plenaria.Platform.Places.Map.MapView World { get; private set; } = null!;

    public async Task OnGetAsync(CancellationToken cancel)
    {
        var counts = await members.Counts(cancel);
        Mix = CompositionView.Of(counts, await members.Languages(cancel));
        World = new(
            Mix.Countries.ToDictionary(c => c.Key, c => c.Count),
            c => $"/{phrases.Language}/members?country={c}",
            n => phrases.Count("members.count", n),
            phrases["members.map"]
        );
        Targets = await targets.All(phrases.Language, cancel);
        Years = History.Of(await db.Set<MemberFlow>().AsNoTracking().ToListAsync(cancel), members.Today.Year, most: 15);
        _growth = Years.Count > 1 ? await members.Growth(cancel) : [];
        var present = Mix.Regions.Select(r => r.Key).ToHashSet();
        Empty = [.. Regions.All.Where(r => !Regions.Continents.Contains(r) && !present.Contains(r))];
    }

    public int Covered => Subregions - Empty.Count;
    public static int All => Subregions;

    public string Percent(double part) => part.ToString("P0", phrases.Language.Culture);

    public IEnumerable<(
        string Title,
        IReadOnlyList<Share> Shares,
        Func<string, string> Name,
        Func<string, string?> Link
    )> Tables =>
        [
            (
                phrases["members.by-region"],
                Mix.Regions,
                r => phrases[$"region.{r}"],
                r => $"/{phrases.Language}/members?region={r}"
            ),
            (
                phrases["members.by-country"],
                [.. Mix.Countries.Take(15)],
                c => Countries.NameOf(c, phrases.Language),
                c => $"/{phrases.Language}/members?country={c}"
            ),
            (phrases["members.by-kind"], Mix.Kinds, KindName, k => $"/{phrases.Language}/members?kind={k}"),
            (phrases["members.by-population"], Mix.Populations, PopulationName, _ => null),
            (
                phrases["members.by-language"],
                Mix.Languages,
                l => l.Length == 0 ? phrases["members.language.unknown"] : Language.Parse(l).OwnName,
                l => l.Length == 0 ? null : $"/{phrases.Language}/members?language={l}"
            ),
            (
                phrases["members.by-class"],
                Mix.Classes,
                c => phrases.Name("members.class", Enum.Parse<MemberClass>(c)),
                _ => null
            ),
        ];

    /// <summary>The same years by what the members are: a column for each group that ever had one.</summary>
    public IEnumerable<(string Title, IReadOnlyList<(string Name, IReadOnlyList<long> Counts)> Groups)> OverTheYears =>
        [
            (phrases["members.by-kind"], Columns(g => g.Kind, [.. Enum.GetNames<MemberKind>()], KindName)),
            (
                phrases["members.by-population"],
                Columns(g => g.Population, [.. Enum.GetNames<PopulationClass>(), ""], PopulationName)
            ),
        ];

    private IReadOnlyList<(string Name, IReadOnlyList<long> Counts)> Columns(
        Func<YearlyGrowth, string> group,
        IEnumerable<string> keys,
        Func<string, string> name
    )
    {
        var years = History.By(group, _growth, Years);
        return
        [
            .. keys.Where(k => years.Any(y => y.GetValueOrDefault(k) != 0))
                .Select(k => (name(k), (IReadOnlyList<long>)[.. years.Select(y => y.GetValueOrDefault(k))])),
        ];
    }

    private string KindName(string kind) => phrases.Name("members.kind", Enum.Parse<MemberKind>(kind));

    private string PopulationName(string population) =>
        population.Length == 0
            ? phrases["members.population.unknown"]
            : phrases.Name("members.population", Enum.Parse<PopulationClass>(population));
}
