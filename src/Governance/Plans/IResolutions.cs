using Plenaria.Platform.Access;

namespace Plenaria.Plans;

/// <summary>What a body decides about a plan, a report or an action.</summary>
public enum Deciding
{
    /// <summary>The plan's text becomes the one the members approved, or amends it.</summary>
    AdoptPlan,

    /// <summary>The report is accepted as it was closed.</summary>
    AcceptReport,

    /// <summary>An action that was carried out before the plan was approved is approved afterwards.</summary>
    Ratify,

    /// <summary>An unfinished action goes on into the next plan.</summary>
    CarryOver,

    /// <summary>An unfinished action is given up.</summary>
    Drop,

    /// <summary>An unfinished action passes to somebody else.</summary>
    Transfer,
}

/// <summary>Something that waits for a body's decision. <paramref name="Path"/> is without the language.</summary>
public sealed record DecidableLine(Reference About, Deciding Deciding, LocalizedText Title, string Path);

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

    /// <summary>What it decides about, and how; both or neither.</summary>
    public (Reference About, Deciding Deciding)? Decides { get; init; }

    /// <summary>The text that was put to the vote, as <see cref="IResolutions.Freeze"/> named it.</summary>
    public string? Sha256 { get; init; }

    /// <summary>Actions that it orders; the resolution becomes an origin of each.</summary>
    public IReadOnlyList<Reference> Mandates { get; init; } = [];
}

/// <summary>The door of this module for what bodies decide.</summary>
public interface IResolutions
{
    /// <summary>
    /// What waits for a decision: plans whose text is not approved, closed reports, actions carried out before
    /// approval, unfinished ones of plans that have run out.
    /// </summary>
    Task<IReadOnlyList<DecidableLine>> Waiting(CancellationToken cancel);

    /// <summary>Actions of the plans at work that a decision may order.</summary>
    Task<IReadOnlyList<(Reference Action, LocalizedText Title)>> Actions(CancellationToken cancel);

    /// <summary>
    /// Keeps the text that is put to the vote, and names it: SHA-256, hexadecimal; null when there is none to keep.
    /// Saved with the caller's change.
    /// </summary>
    /// <exception cref="RuleBroken">There is no such thing to decide on, or it has been decided.</exception>
    Task<string?> Freeze(Reference about, Deciding deciding, PartialDate on, Acting acting, CancellationToken cancel);

    /// <summary>
    /// Enters what was adopted, as a decision with its session, date and vote, and carries out what it decides. Saved
    /// with the caller's change.
    /// </summary>
    Task<Reference> Adopt(AdoptedLine adopted, Acting acting, CancellationToken cancel);
}
