using Plenaria.Platform.Access;

namespace Plenaria.Platform.Decisions;

/// <summary>A record that waits for a body's decision. <paramref name="Path"/> is without the language.</summary>
public sealed record DecidableRecord(Reference About, LocalizedText Title, string Path);

/// <summary>What a body adopted about a record.</summary>
/// <param name="On">The day of the session.</param>
/// <param name="Resolution">The decision as it was entered among the network's resolutions.</param>
/// <param name="Sha256">What <see cref="IDecidable.FreezeAsync"/> returned when the vote was opened.</param>
public sealed record AdoptedDecision(Reference About, PartialDate On, Reference Resolution, string? Sha256);

/// <summary>
/// One thing that a motion may decide about a module's records: adopt a plan, accept a report, confer an award.
/// Declared with <see cref="DecidableExtensions.Decidable{T}"/>; the modules that hold sessions know no more of it.
/// </summary>
public interface IDecidable
{
    /// <summary>The records that this can be decided about now.</summary>
    Task<IReadOnlyList<DecidableRecord>> ListAsync(CancellationToken cancel);

    /// <summary>
    /// Stores the text that is put to the vote and returns its SHA-256 in hexadecimal; null where the motion's own text
    /// is all there is. Saved with the caller's change.
    /// </summary>
    /// <exception cref="RuleViolationException">There is no such record, or it has been decided.</exception>
    Task<string?> FreezeAsync(Reference about, PartialDate on, OperationContext acting, CancellationToken cancel);

    /// <summary>Carries out what was adopted, in the transaction that closes the vote.</summary>
    Task AdoptAsync(AdoptedDecision adopted, OperationContext acting, CancellationToken cancel);
}
