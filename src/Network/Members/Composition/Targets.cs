using Microsoft.EntityFrameworkCore;
using Plenaria.Members.Offices;
using Plenaria.Platform.Data;
using Plenaria.Platform.Instruments;
using Plenaria.Platform.Language;
using Plenaria.Platform.Places;

namespace Plenaria.Members.Composition;

/// <summary>A target with how far it has come.</summary>
internal sealed record Measured(CompositionTarget Target, string Name, long Now, bool IsMet);

/// <summary>
/// Targets of the composition: what they ask, and where the network stands with them today or stood on a day.
/// </summary>
internal sealed class Targets(PlenariaDb db, MemberStore members, Localizer texts)
{
    public async Task<IReadOnlyList<Measured>> All(Language reader, CancellationToken cancel)
    {
        var targets = await db.Set<CompositionTarget>().AsNoTracking().ToListAsync(cancel);
        if (targets.Count == 0)
            return [];
        var (sets, present) = (await Sets(cancel), await members.On(members.Today, cancel));
        return [.. targets.OrderBy(t => t.Due).ThenBy(t => t.Id).Select(t => Of(t, present, sets, reader))];
    }

    public Task<List<CountrySet>> Sets(CancellationToken cancel) =>
        db.Set<CountrySet>().AsNoTracking().OrderBy(s => s.Slug).ToListAsync(cancel);

    /// <summary>
    /// The countries that a place of an address means: a region, a country, a named set, or an office's territory as
    /// <c>office:slug</c>.
    /// </summary>
    /// <exception cref="RuleViolationException">It names nothing.</exception>
    public async Task<(IReadOnlyCollection<string> Countries, string Name)> Place(
        string place,
        Language reader,
        CancellationToken cancel
    )
    {
        if (place.StartsWith("office:", StringComparison.Ordinal) && place[7..] is var slug)
            return
                await db.Set<RegionalOffice>().AsNoTracking().SingleOrDefaultAsync(o => o.Slug == slug, cancel)
                    is { } office
                ? (office.Countries, office.Name.For(reader))
                : throw new RuleViolationException("members.offices.unknown-place", ("place", place));
        var sets = await Sets(cancel);
        return (RegionalOffice.CountriesOf([place], sets), PlaceName(place, sets, reader));
    }

    public Measured Of(
        CompositionTarget target,
        CompositionCounts present,
        IReadOnlyCollection<CountrySet> sets,
        Language reader
    )
    {
        var now = Value(target, present, sets);
        return new(
            target,
            NameOf(target, sets, reader),
            now,
            target.Measure == TargetMeasure.LargestThree
                ? present.Countries.Count > 0 && now <= target.Value
                : now >= target.Value
        );
    }

    public string NameOf(CompositionTarget target, IReadOnlyCollection<CountrySet> sets, Language reader) =>
        texts.Get(
            reader,
            $"members.target.{PageLocalizer.Kebab(target.Measure.ToString())}",
            ("value", target.Value),
            ("place", target.Place is { } place ? Whose(target.Measure, place, sets, reader) : null),
            ("date", target.Due)
        );

    private string Whose(TargetMeasure measure, string place, IReadOnlyCollection<CountrySet> sets, Language reader) =>
        measure switch
        {
            TargetMeasure.MembersOfKind => texts.Get(reader, $"members.kind.{PageLocalizer.Kebab(place)}"),
            TargetMeasure.MembersWorkingIn => Language.Parse(place).OwnName,
            _ => PlaceName(place, sets, reader),
        };

    public string PlaceName(string place, IReadOnlyCollection<CountrySet> sets, Language reader) =>
        place.StartsWith("set:", StringComparison.Ordinal)
            ? sets.FirstOrDefault(s => s.Slug == place[4..])?.Name.For(reader) ?? place
        : Regions.All.Contains(place) ? texts.Get(reader, $"region.{place}")
        : Countries.NameOf(place, reader);

    public static long Value(CompositionTarget target, CompositionCounts present, IReadOnlyCollection<CountrySet> sets)
    {
        switch (target.Measure)
        {
            case TargetMeasure.MembersIn:
                return RegionalOffice
                    .CountriesOf([target.Place!], sets)
                    .Sum(c => present.Countries.GetValueOrDefault(c));
            case TargetMeasure.MembersOfKind:
                return present.Kinds.GetValueOrDefault(target.Place!);
            case TargetMeasure.MembersWorkingIn:
                return present.Languages.GetValueOrDefault(target.Place!);
            case TargetMeasure.SubregionsCovered:
                return present.Countries.Keys.Select(Countries.RegionOf).Distinct().Count();
            default:
                var total = present.Countries.Values.Sum();
                return total == 0
                    ? 0
                    : (long)Math.Round(100.0 * present.Countries.Values.OrderDescending().Take(3).Sum() / total);
        }
    }
}

/// <summary>
/// The targets as instruments of the plan: an action bound to one reports it by itself, as of the end of its period.
/// </summary>
internal sealed class TargetInstruments(PlenariaDb db, Targets targets, MemberStore members) : IInstruments
{
    public string Kind => "composition-target";

    public async Task<IReadOnlyList<Instrument>> Offer(Language reader, CancellationToken cancel)
    {
        var sets = await targets.Sets(cancel);
        return
        [
            .. (await db.Set<CompositionTarget>().AsNoTracking().ToListAsync(cancel))
                .OrderBy(t => t.Due)
                .Select(t => new Instrument(t.Id.ToString(), targets.NameOf(t, sets, reader))),
        ];
    }

    public async Task<IReadOnlyList<Indicator>> Measure(string key, Period period, CancellationToken cancel)
    {
        if (
            !Guid.TryParse(key, out var id)
            || await db.Set<CompositionTarget>().AsNoTracking().SingleOrDefaultAsync(t => t.Id == id, cancel)
                is not { } target
        )
            return [];
        var day = period.Last is { } last && last < members.Today ? last : members.Today;
        var value = Targets.Value(target, await members.On(day, cancel), await targets.Sets(cancel));
        var days = string.Create(
            System.Globalization.CultureInfo.InvariantCulture,
            $"from={day:yyyy-MM-dd}&to={day:yyyy-MM-dd}"
        );
        return target.Measure switch
        {
            TargetMeasure.SubregionsCovered =>
            [
                new("members.target.subregions", value, $"/members?{days}"),
                new("members.target.wanted", target.Value, "/composition#targets"),
            ],
            TargetMeasure.LargestThree =>
            [
                new("members.target.percent", value, $"/members?{days}"),
                new("members.target.wanted-percent", target.Value, "/composition#targets"),
            ],
            var measure =>
            [
                new("members.count", value, $"/members?{Choice(measure)}={target.Place}&{days}"),
                new("members.target.wanted", target.Value, "/composition#targets"),
            ],
        };
    }

    private static string Choice(TargetMeasure measure) =>
        measure switch
        {
            TargetMeasure.MembersOfKind => "kind",
            TargetMeasure.MembersWorkingIn => "language",
            _ => "place",
        };
}
