using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;
using Plenaria.Platform.Instruments;
using Plenaria.Platform.Journal;
using Plenaria.Platform.Language;
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
internal sealed class Bindings(PlenariaDb db, Contributions contributions, Journal journal, Localizer texts)
{
    public void Bind(WorkPlan plan, PlanAction action, string kind, string key, OperationContext acting)
    {
        db.Add(
            new Binding
            {
                Id = Guid.CreateVersion7(acting.At),
                ActionId = action.Id,
                Kind = kind,
                Key = key,
            }
        );
        journal.Append(acting, plan.Stream, ActionUndo.Bound, action.Reference, new { kind, key });
    }

    public void Unbind(WorkPlan plan, PlanAction action, Binding binding, OperationContext acting)
    {
        db.Remove(binding);
        journal.Append(
            acting,
            plan.Stream,
            ActionUndo.Unbound,
            action.Reference,
            new { kind = binding.Kind, key = binding.Key }
        );
    }

    /// <summary>
    /// Keeps each figure of an instrument as a supporting record, as it reads today, in every language; its link leads
    /// to the records as they are.
    /// </summary>
    public void Keep(WorkPlan plan, PlanAction action, BoundInstrument bound, OperationContext acting)
    {
        foreach (var indicator in bound.Indicators)
        {
            db.Add(
                new Evidence
                {
                    Id = Guid.CreateVersion7(acting.At),
                    ActionId = action.Id,
                    Kind = EvidenceKind.Indicator,
                    Text = LocalizedText.InEvery(
                        plan.Language,
                        language => texts.Count(language, indicator.TextKey, indicator.Value)
                    ),
                    Date = PartialDate.On(DateOnly.FromDateTime(acting.At.UtcDateTime)),
                    Target = indicator.RecordsPath,
                    By = acting.Actor.Name,
                    InTheNameOf = acting.OnBehalfOf?.Name,
                    AddedAt = acting.At,
                }
            );
            var said = new
            {
                kind = nameof(EvidenceKind.Indicator),
                instrument = bound.Kind,
                key = bound.Instrument.Key,
                value = indicator.Value,
            };
            journal.Append(acting, plan.Stream, "plans.evidence-added", action.Reference, said);
        }
    }

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
internal sealed class DecisionsTaken(PlenariaDb db, Localizer texts) : IInstruments
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
