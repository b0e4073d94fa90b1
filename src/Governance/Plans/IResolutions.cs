using Plenaria.Platform.Access;
using Plenaria.Platform.Data;
using Plenaria.Platform.Journal;
using Plenaria.Plans.Tracker;

namespace Plenaria.Plans;

/// <summary>A decision as the session that took it tells it. Without figures it was taken by consensus.</summary>
/// <param name="Session">What the session is called.</param>
/// <param name="Source">The session's permanent name: where the date comes from.</param>
/// <param name="Vote">The number of the vote in that session.</param>
public sealed record AdoptedLine(LocalizedText Wording, LocalizedText Session, PartialDate Date, Reference Source, int Vote)
{
    public long? For { get; init; }
    public long? Against { get; init; }
    public long? Abstentions { get; init; }
}

/// <summary>The door of this module for what bodies decide.</summary>
public interface IResolutions
{
    /// <summary>Enters what was adopted, as a decision with its session, date and vote. Saved with the caller's change.</summary>
    Task<Reference> Adopt(AdoptedLine adopted, Acting acting, CancellationToken cancel);
}

internal sealed class ResolutionsDoor(PlenariaDb db, PlanStore plans, Journal journal) : IResolutions
{
    public async Task<Reference> Adopt(AdoptedLine adopted, Acting acting, CancellationToken cancel)
    {
        var resolution = new Resolution
        {
            Id = Guid.CreateVersion7(acting.When), Reference = await plans.NextResolution(adopted.Date.Year, cancel),
            Force = Force.Decided, Wording = Cut(adopted.Wording), Session = adopted.Session, Citations = [new(adopted.Date, adopted.Source.ToString())],
            Vote = adopted.For is null ? new(null, null, null, ByConsensus: true) : new((int)adopted.For, (int?)adopted.Against, (int?)adopted.Abstentions),
        };
        resolution.DemandWords();
        db.Add(resolution);
        await plans.Publish(resolution, cancel);
        journal.Record(acting, resolution.Stream, "plans.resolution-adopted", resolution.Reference, new { session = adopted.Source.ToString(), vote = adopted.Vote, after = PlanJson.Of(resolution) });
        return resolution.Reference;
    }

    // A resolution's wording is a thousand characters; the whole text stays with the motion, one link away.
    private static LocalizedText Cut(LocalizedText text) => LocalizedText.From(text.Wordings.Select(w => KeyValuePair.Create(w.Key, w.Value with { Text = Folding.Cut(w.Value.Text, Resolution.WordingMaxLength), SourceHash = null })));
}
