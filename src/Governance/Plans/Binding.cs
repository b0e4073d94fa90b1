using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Plenaria.Platform.Data;
using Plenaria.Platform.Instruments;
using Plenaria.Platform.Site;

namespace Plenaria.Plans;

/// <summary>That an action is carried out through an instrument of some module.</summary>
internal sealed class Binding
{
    public const int KindMaxLength = 40,
        KeyMaxLength = 60;

    public required Guid Id { get; init; }
    public required Guid ActionId { get; init; }
    public required string Kind { get; init; }
    public required string Key { get; init; }

    internal sealed class Mapping : IEntityTypeConfiguration<Binding>
    {
        public void Configure(EntityTypeBuilder<Binding> binding)
        {
            binding.ToTable("plans_bindings");
            binding.Property(b => b.Kind).HasMaxLength(KindMaxLength);
            binding.Property(b => b.Key).HasMaxLength(KeyMaxLength);
            binding.HasOne<PlanAction>().WithMany().HasForeignKey(b => b.ActionId).OnDelete(DeleteBehavior.Cascade);
            binding
                .HasIndex(b => new
                {
                    b.ActionId,
                    b.Kind,
                    b.Key,
                })
                .IsUnique();
            binding.HasIndex(b => new { b.Kind, b.Key });
        }
    }
}

/// <summary>An instrument bound to an action, with what it yields over a period.</summary>
internal sealed record BoundInstrument(
    Guid BindingId,
    string Kind,
    Instrument Instrument,
    IReadOnlyList<Indicator> Indicators
);

/// <summary>What can be bound, what is bound, and what it yields.</summary>
internal sealed class Bindings(PlenariaDb db, Contributions contributions)
{
    public async Task<IReadOnlyList<(string Kind, Instrument Instrument)>> Offer(
        Language reader,
        CancellationToken cancel
    )
    {
        var offered = new List<(string, Instrument)>();
        foreach (var kind in await contributions.GetAsync<IInstruments>(cancel))
            offered.AddRange((await kind.Offer(reader, cancel)).Select(i => (kind.Kind, i)));
        return offered;
    }

    public async Task<IReadOnlyList<BoundInstrument>> Of(
        PlanAction action,
        Period period,
        Language reader,
        CancellationToken cancel
    )
    {
        var bound = new List<BoundInstrument>();
        var kinds = await contributions.GetAsync<IInstruments>(cancel);
        foreach (
            var binding in await db.Set<Binding>()
                .AsNoTracking()
                .Where(b => b.ActionId == action.Id)
                .OrderBy(b => b.Id)
                .ToListAsync(cancel)
        )
            if (
                kinds.FirstOrDefault(k => k.Kind == binding.Kind) is { } kind
                && (await kind.Offer(reader, cancel)).FirstOrDefault(i => i.Key == binding.Key) is { } instrument
            )
                bound.Add(new(binding.Id, binding.Kind, instrument, await kind.Measure(binding.Key, period, cancel)));
        return bound;
    }
}

/// <summary>
/// The decisions of the members in a period, as an instrument: the second kind, from this module itself.
/// </summary>
internal sealed class DecisionsTaken(PlenariaDb db, Platform.Language.Localizer texts) : IInstruments
{
    public string Kind => "decisions";

    public Task<IReadOnlyList<Instrument>> Offer(Language reader, CancellationToken cancel) =>
        Task.FromResult<IReadOnlyList<Instrument>>([new("all", texts.Get(reader, "plans.resolutions"))]);

    public async Task<IReadOnlyList<Indicator>> Measure(string key, Period period, CancellationToken cancel)
    {
        var binding = (await db.Set<Resolution>().AsNoTracking().ToListAsync(cancel)).Count(r =>
            r.IsBinding && r.FallsWithin(period.First, period.Last)
        );
        return
        [
            new(
                "plans.decisions",
                binding,
                string.Create(
                    System.Globalization.CultureInfo.InvariantCulture,
                    $"/resolutions?from={period.First:yyyy-MM-dd}&to={period.Last:yyyy-MM-dd}"
                )
            ),
        ];
    }
}
