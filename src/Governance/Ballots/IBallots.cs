using Plenaria.Platform.Access;

namespace Plenaria.Ballots;

/// <summary>
/// A member's voice on a roll. <paramref name="Class"/> is what rules that count classes apart call it.
/// </summary>
public sealed record Voice(MemberId Member, long Weight = 1, string? Class = null);

/// <summary>A vote on its way to the box.</summary>
/// <param name="Member">Whose voice it is.</param>
/// <param name="Tracker">Drawn at random by whoever sends it, 8 to 32 letters and digits; the same vote sent again
/// bears the same.</param>
/// <param name="By">Who casts it; of a secret ballot it is not kept.</param>
public sealed record Cast(Guid Ballot, MemberId Member, string Option, string Tracker, AccountId? By);

/// <summary>
/// A paper as it is shown once the ballot is closed. <paramref name="Member"/> is null of a secret one.
/// </summary>
public sealed record DocumentView(string Tracker, string Option, long Weight, MemberId? Member);

/// <summary>
/// What was counted, in voices: by option, and by class and option; <paramref name="Roll"/> is all that could have
/// been.
/// </summary>
public sealed record BoxCount(
    long Roll,
    IReadOnlyDictionary<string, long> Options,
    IReadOnlyDictionary<string, IReadOnlyDictionary<string, long>> Classes
)
{
    public long Cast => Options.Values.Sum();

    public long Of(string option) => Options.GetValueOrDefault(option);

    public long Of(string option, string ofClass) => Classes.GetValueOrDefault(ofClass)?.GetValueOrDefault(option) ?? 0;
}

/// <summary>How far a ballot has come. What was voted is not told before it is closed.</summary>
public sealed record BallotLine(
    Guid Id,
    Secrecy Secrecy,
    IReadOnlyList<string> Options,
    DateTimeOffset OpenedAt,
    DateTimeOffset? ClosedAt,
    int OnRoll,
    int HaveVoted
);

/// <summary>
/// The door of this module: everyday ballots for whoever decides by voting. Each call is one transaction, or part of
/// the caller's.
/// </summary>
public interface IBallots
{
    /// <summary>Freezes the roll and opens the box.</summary>
    /// <exception cref="RuleViolationException">Nobody is on the roll, or a member twice; no options, or one
    /// twice.</exception>
    Task<Guid> Open(
        Reference of,
        Secrecy secrecy,
        IReadOnlyList<string> options,
        IReadOnlyList<Voice> roll,
        OperationContext acting,
        CancellationToken cancel
    );

    /// <summary>
    /// Puts a vote into the box; when it returns, the vote is stored and will be counted once. The same one again is
    /// acknowledged again. Never within a transaction of the caller: votes that arrive together are stored together.
    /// </summary>
    /// <exception cref="RuleViolationException">There is no such ballot or option, it is closed, the member is not on
    /// the roll, or
    /// voted otherwise before.</exception>
    Task Put(Cast cast, CancellationToken cancel);

    /// <summary>Closes the box and counts it. What is on its way is stored before, or refused.</summary>
    /// <remarks>
    /// Of a secret ballot the votes are opened here. Within a transaction of the caller, <see cref="DestroyKeyAsync"/>
    /// follows its commit.
    /// </remarks>
    /// <exception cref="RuleViolationException">There is no such ballot, it is closed, or its sealed votes cannot be
    /// opened.</exception>
    Task<BoxCount> Close(Guid ballot, OperationContext acting, CancellationToken cancel);

    /// <summary>Closes a ballot without a result: what was voted is deleted unread, and may be put again.</summary>
    Task VoidAsync(Guid ballot, OperationContext acting, CancellationToken cancel);

    /// <summary>
    /// Destroys the key of a secret ballot that is closed and committed; a job does so when nobody did.
    /// </summary>
    Task DestroyKeyAsync(Guid ballot, CancellationToken cancel);

    Task<BallotLine?> Read(Guid ballot, CancellationToken cancel);

    /// <summary>Which of these members have voted.</summary>
    Task<IReadOnlySet<MemberId>> Voted(Guid ballot, IReadOnlyCollection<MemberId> members, CancellationToken cancel);

    /// <summary>Members on the roll that have not voted.</summary>
    Task<IReadOnlySet<MemberId>> Waiting(Guid ballot, CancellationToken cancel);

    /// <summary>All papers of a closed ballot, by tracker; none while it is open.</summary>
    Task<IReadOnlyList<DocumentView>> Papers(Guid ballot, CancellationToken cancel);
}
