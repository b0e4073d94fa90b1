namespace Plenaria.Correspondence;

/// <summary>What a mail that came back says of the letter it answers.</summary>
internal enum BounceKind
{
    /// <summary>It is no such mail.</summary>
    None,

    /// <summary>A person is away, or a program says that it has read the letter.</summary>
    AutoReply,

    /// <summary>It did not arrive this time: a full mailbox, a filter, a server that does not answer.</summary>
    Soft,

    /// <summary>There is nobody at the address, and never will be.</summary>
    Hard,

    /// <summary>Its reader called it spam.</summary>
    Complaint,
}

/// <param name="Reason">A word for programs, such as <c>unknown-user</c>.</param>
internal readonly record struct BounceVerdict(BounceKind Kind, string Reason);

/// <summary>What one mail was found to be.</summary>
/// <param name="Recipients">Whom it is about, as far as it says.</param>
/// <param name="MessageId">Of the letter that it answers, where it brings that along.</param>
internal sealed record BounceReport(
    BounceKind Kind,
    IReadOnlyList<string> Recipients,
    string Reason,
    string? MessageId = null
);
