using Plenaria.Platform.Language;

namespace Plenaria.Comments;

/// <summary>
/// A discussion for the person who reads it: the model of <c>/Comments/_Discussion.cshtml</c>, and of
/// <c>_Following.cshtml</c> where a module shows the comments among its own paragraphs.
/// </summary>
public sealed class DiscussionView(CommentedRecord record, IReadOnlyList<PostedComment> comments)
{
    public CommentedRecord Record => record;
    public IReadOnlyList<PostedComment> Comments => comments;
    public bool IsFollowing { get; init; }
    public bool IsSignedIn { get; init; }

    /// <summary>
    /// A partial view of the module that follows each comment; its model is <see cref="DiscussionEntry"/>.
    /// </summary>
    public string? AfterPartial { get; set; }

    /// <summary>The language in which the page shows all texts of the record, where it chose one.</summary>
    public RecordTexts? Texts { get; set; }

    /// <summary>The paragraph that is commented; 0 is the whole.</summary>
    public int Paragraph { get; set; }

    /// <summary>What was typed and refused.</summary>
    public string? Written { get; set; }

    internal Discussion? Discussion { get; init; }
    internal IReadOnlyList<CommentReport> Reports { get; init; } = [];
    internal AccountId? Reader { get; init; }

    /// <summary>The same with the comments on one paragraph alone.</summary>
    public DiscussionView At(int paragraph) =>
        new(record, [.. comments.Where(c => c.Paragraph == paragraph)])
        {
            IsFollowing = IsFollowing,
            IsSignedIn = IsSignedIn,
            Discussion = Discussion,
            Reports = Reports,
            Reader = Reader,
            Paragraph = paragraph,
        };

    /// <summary>A moderator closed it.</summary>
    public bool IsClosed => Discussion?.ClosedAt is not null;

    /// <summary>The state that a moderator read who closes it.</summary>
    public int Version => Discussion?.Version ?? 0;
    public bool CanWrite => record.CanWrite && record.IsOpen && !IsClosed;
    public bool CanClose => record.CanModerate && !record.ClosesItself && IsSignedIn;

    public bool CanReport(PostedComment comment) =>
        IsSignedIn
        && record.IsModerated
        && comment.IsShown
        && comment.By != Reader
        && !Reports.Any(r => r.Comment == comment.Id && r.By == Reader);

    public bool HasReported(PostedComment comment) => Reports.Any(r => r.Comment == comment.Id && r.By == Reader);

    public bool CanHide(PostedComment comment) => IsSignedIn && record.CanModerate && comment.IsShown;

    public bool CanRestore(PostedComment comment) =>
        IsSignedIn && record.CanModerate && comment is { HiddenAt: not null, WithdrawnAt: null };

    public bool CanWithdraw(PostedComment comment) =>
        IsSignedIn && comment.WithdrawnAt is null && record.CanWithdraw(comment);

    /// <summary>Moderators read what was hidden; its author does, too.</summary>
    public bool CanReadText(PostedComment comment) =>
        comment.IsShown
        || comment.WithdrawnAt is null
            && IsSignedIn
            && (record.CanModerate || comment.By is { } author && author == Reader);
}

/// <summary>One comment of a discussion: the model of <c>/Comments/_Comment.cshtml</c>.</summary>
public sealed record DiscussionEntry(DiscussionView View, PostedComment Comment)
{
    /// <summary>
    /// The page, without the language, to which its acts lead back; null for the one on which the discussion stands.
    /// </summary>
    public string? Back { get; init; }
}
