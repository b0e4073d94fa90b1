using Microsoft.EntityFrameworkCore;
using Plenaria.Members.Offices;
using Plenaria.Platform.Data;
using Plenaria.Platform.Instruments;
using Plenaria.Platform.Language;
using Plenaria.Platform.Places;

namespace Plenaria.Members.Composition;

/// <summary>A target with how far it has come.</summary>
internal sealed record Measured(CompositionTarget Target, string Name, long Now, bool IsMet);

/// <summary>Targets of the composition: what they ask, and where the network stands with them today or stood on a day.</summary>
internal sealed class Targets(PlenariaDb db, MemberStore members, Texts texts)
{
    public async Task<IReadOnlyList<Measured>> All(Language reader, CancellationToken cancel)
    {
        var targets = await db.Set<CompositionTarget>().AsNoTracking().ToListAsync(cancel);
        if (targets.Count == 0)
            return [];
        var (sets, countries) = (await Sets(cancel), ByCountry(await members.Counts(cancel)));
        return [.. targets.OrderBy(t => t.Due).ThenBy(t => t.Id).Select(t => Of(t, countries, sets, reader))];
    }

    public Task<List<CountrySet>> Sets(CancellationToken cancel) => db.Set<CountrySet>().AsNoTracking().OrderBy(s => s.Slug).ToListAsync(cancel);

    /// <summary>The countries that a place of an address means: a region, a country, a named set, or an office's territory as <c>office:slug</c>.</summary>
    /// <exception cref="RuleBroken">It names nothing.</exception>
    public async Task<(IReadOnlyCollection<string> Countries, string Name)> Place(string place, Language reader, CancellationToken cancel)
    {
        if (place.StartsWith("office:", StringComparison.Ordinal) && place[7..] is var slug)
            return await db.Set<RegionalOffice>().AsNoTracking().SingleOrDefaultAsync(o => o.Slug == slug, cancel) is { } office
                ? (office.Countries, office.Name.For(reader)) : throw new RuleBroken("members.offices.unknown-place", ("place", place));
        var sets = await Sets(cancel);
        return (RegionalOffice.CountriesOf([place], sets), PlaceName(place, sets, reader));
    }

    public Measured Of(CompositionTarget target, IReadOnlyDictionary<string, long> countries, IReadOnlyCollection<CountrySet> sets, Language reader)
    {
        var now = Value(target, countries, sets);
        return new(target, NameOf(target, sets, reader), now, target.Measure == TargetMeasure.LargestThree ? countries.Count > 0 && now <= target.Value : now >= target.Value);
    }

    public string NameOf(CompositionTarget target, IReadOnlyCollection<CountrySet> sets, Language reader) =>
        texts.Say(reader, $"members.target.{Phrases.Kebab(target.Measure.ToString())}", ("value", target.Value), ("place", target.Place is { } place ? PlaceName(place, sets, reader) : null), ("date", target.Due));

    public string PlaceName(string place, IReadOnlyCollection<CountrySet> sets, Language reader) =>
        place.StartsWith("set:", StringComparison.Ordinal) ? sets.FirstOrDefault(s => s.Slug == place[4..])?.Name.For(reader) ?? place
        : Regions.All.Contains(place) ? texts.Say(reader, $"region.{place}") : Countries.NameOf(place, reader);

    public static long Value(CompositionTarget target, IReadOnlyDictionary<string, long> countries, IReadOnlyCollection<CountrySet> sets)
    {
        switch (target.Measure)
        {
            case TargetMeasure.MembersIn:
                return RegionalOffice.CountriesOf([target.Place!], sets).Sum(c => countries.GetValueOrDefault(c));
            case TargetMeasure.SubregionsCovered:
                return countries.Keys.Select(Countries.RegionOf).Distinct().Count();
            default:
                var total = countries.Values.Sum();
                return total == 0 ? 0 : (long)Math.Round(100.0 * countries.Values.OrderDescending().Take(3).Sum() / total);
        }
    }

    public static Dictionary<string, long> ByCountry(IReadOnlyList<MemberCount> counts) => counts.GroupBy(c => c.Country).ToDictionary(g => g.Key, g => g.Sum(c => c.Count));
}

/// <summary>The targets as instruments of the plan: an action bound to one reports it by itself, as of the end of its period.</summary>
internal sealed class TargetInstruments(PlenariaDb db, Targets targets, MemberStore members) : IInstruments
{
    public string Kind => "composition-target";

    public async Task<IReadOnlyList<Instrument>> Offer(Language reader, CancellationToken cancel)
    {
        var sets = await targets.Sets(cancel);
        return [.. (await db.Set<CompositionTarget>().AsNoTracking().ToListAsync(cancel)).OrderBy(t => t.Due).Select(t => new Instrument(t.Id.ToString(), targets.NameOf(t, sets, reader)))];
    }

    public async Task<IReadOnlyList<Indicator>> Measure(string key, Period period, CancellationToken cancel)
    {
        if (!Guid.TryParse(key, out var id) || await db.Set<CompositionTarget>().AsNoTracking().SingleOrDefaultAsync(t => t.Id == id, cancel) is not { } target)
            return [];
        var day = period.Last is { } last && last < members.Today ? last : members.Today;
        var value = Targets.Value(target, await members.CountriesOn(day, cancel), await targets.Sets(cancel));
        var days = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"from={day:yyyy-MM-dd}&to={day:yyyy-MM-dd}");
        return target.Measure switch
        {
            TargetMeasure.MembersIn => [new("members.count", value, $"/members?place={target.Place}&{days}"), new("members.target.wanted", target.Value, "/composition#targets")],
            TargetMeasure.SubregionsCovered => [new("members.target.subregions", value, $"/members?{days}"), new("members.target.wanted", target.Value, "/composition#targets")],
            _ => [new("members.target.percent", value, $"/members?{days}"), new("members.target.wanted-percent", target.Value, "/composition#targets")],
        };
    }
}
