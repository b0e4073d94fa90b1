using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Plenaria.Platform.Data;
using Plenaria.Platform.Language;
using Plenaria.Platform.Places;

namespace Plenaria.Members.Composition;

/// <summary>The network against the world: where its members are, of what kind, and how much of it a few countries hold.</summary>
[AllowAnonymous]
internal sealed class IndexModel(MemberStore members, Targets targets, PlenariaDb db, Phrases phrases) : PageModel
{
    private static readonly int Subregions = Regions.All.Count - Regions.Continents.Count;

    public Mix Mix { get; private set; } = null!;
    public IReadOnlyList<string> Empty { get; private set; } = [];
    public IReadOnlyList<Measured> Targets { get; private set; } = [];
    public IReadOnlyList<YearEnd> Years { get; private set; } = [];
    public Map.World World { get; private set; } = null!;

    public async Task OnGetAsync(CancellationToken cancel)
    {
        var counts = await members.Counts(cancel);
        Mix = Mix.Of(counts);
        World = new(Composition.Targets.ByCountry(counts), c => $"/{phrases.Language}/members?country={c}");
        Targets = await targets.All(phrases.Language, cancel);
        Years = History.Of(await db.Set<MemberFlow>().AsNoTracking().ToListAsync(cancel), members.Today.Year, most: 15);
        var present = Mix.Regions.Select(r => r.Key).ToHashSet();
        Empty = [.. Regions.All.Where(r => !Regions.Continents.Contains(r) && !present.Contains(r))];
    }

    public int Covered => Subregions - Empty.Count;
    public static int All => Subregions;

    public string Percent(double part) => part.ToString("P0", phrases.Language.Culture);

    public IEnumerable<(string Title, IReadOnlyList<Share> Shares, Func<string, string> Name, Func<string, string?> Link)> Tables =>
    [
        (phrases["members.by-region"], Mix.Regions, r => phrases[$"region.{r}"], r => $"/{phrases.Language}/members?region={r}"),
        (phrases["members.by-country"], [.. Mix.Countries.Take(15)], c => Countries.NameOf(c, phrases.Language), c => $"/{phrases.Language}/members?country={c}"),
        (phrases["members.by-kind"], Mix.Kinds, k => phrases.Name("members.kind", Enum.Parse<MemberKind>(k)), k => $"/{phrases.Language}/members?kind={k}"),
        (phrases["members.by-population"], Mix.Populations, p => p.Length == 0 ? phrases["members.population.unknown"] : phrases.Name("members.population", Enum.Parse<PopulationClass>(p)), _ => null),
        (phrases["members.by-class"], Mix.Classes, c => phrases.Name("members.class", Enum.Parse<MemberClass>(c)), _ => null),
    ];
}
