namespace Plenaria.Correspondence;

/// <summary>A stored file that goes with a letter.</summary>
/// <param name="Hash">Of the file in the store.</param>
/// <param name="Name">As which the reader keeps it.</param>
public sealed record LetterAttachment(string Hash, string Name);

/// <summary>What of a letter stands in a digest.</summary>
/// <param name="Text">What was said, without greeting; the beginning of it where it is long.</param>
/// <param name="Link">Where it is read and answered.</param>
public sealed record LetterExcerpt(string Text, string Link);

/// <summary>A letter that is about to be queued.</summary>
public sealed record LetterDraft(string To, Kernel.Language Language, string Subject, string Text)
{
    /// <summary>The same letter as HTML: programs show it in place of the text.</summary>
    public string? Html { get; init; }

    /// <summary>
    /// When given, an answer to the letter comes back to the house as an <see cref="InboundMessage"/> with this
    /// <see cref="InboundMessage.ReplyToken"/>. Made by <see cref="ReplyAddress.NewToken"/>.
    /// </summary>
    public string? ReplyToken { get; init; }

    /// <summary>
    /// An invitation, its change or its withdrawal, as iCalendar with a METHOD (iTIP, RFC 5546): mail programs offer to
    /// keep it.
    /// </summary>
    public string? Calendar { get; init; }

    /// <summary>A declared <see cref="LetterKind"/>.</summary>
    public string Kind { get; init; } = LetterKind.Notice;

    /// <summary>Of letters of a kind that may be collected (<see cref="LetterChoice.Digestible"/>).</summary>
    public LetterExcerpt? Excerpt { get; init; }

    /// <summary>It leaves at this moment at the earliest; at once when null.</summary>
    public DateTimeOffset? NotBefore { get; init; }

    /// <summary>What letters written at once have in common, by which <see cref="LetterBatches"/> finds them.</summary>
    public Guid? Batch { get; init; }

    public IReadOnlyList<LetterAttachment> Attachments { get; init; } = [];

    /// <summary>Header fields beside the usual ones, such as <c>List-Unsubscribe</c> and <c>List-Id</c>.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();
}
