using Plenaria.Platform.Access;

namespace Plenaria.Plans;

/// <summary>A decision as the session that took it tells it. Without figures it was taken by consensus.</summary>
/// <param name="Session">What the session is called.</param>
/// <param name="Source">The session's permanent name: where the date comes from.</param>
/// <param name="Vote">The number of the vote in that session.</param>
public sealed record AdoptedLine(
    LocalizedText Wording,
    LocalizedText Session,
    PartialDate Date,
    Reference Source,
    int Vote
)
{
    public long? For { get; init; }
    public long? Against { get; init; }
    public long? Abstentions { get; init; }

    /// <summary>The record that it decides about.</summary>
    public Reference? About { get; init; }

    /// <summary>The SHA-256 of the text that was put to the vote, hexadecimal.</summary>
    public string? Sha256 { get; init; }

    /// <summary>Actions that it orders; the resolution becomes an origin of each.</summary>
    public IReadOnlyList<Reference> Mandates { get; init; } = [];
}

/// <summary>The door of this module for what bodies decide.</summary>
public interface IResolutions
{
    /// <summary>Actions of the plans at work that a decision may order.</summary>
    Task<IReadOnlyList<(Reference Action, LocalizedText Title)>> Actions(CancellationToken cancel);

    /// <summary>
    /// Enters what was adopted, as a decision with its session, date and vote. Saved with the caller's change. What it
    /// decides about a record is carried out by that record's <c>IDecidable</c>.
    /// </summary>
    Task<Reference> Adopt(AdoptedLine adopted, OperationContext acting, CancellationToken cancel);
}
