using Plenaria.Platform.Access;
using Plenaria.Platform.Modules;
using Plenaria.Platform.Site;

namespace Plenaria.Comments;

/// <summary>A paragraph of a record that can be commented by itself.</summary>
/// <param name="Path">Where it is read, without the language.</param>
public sealed record CommentedParagraph(int Number, LocalizedText Title, string Path);

/// <summary>A record of a module as its discussion needs it, for the person who acts.</summary>
/// <param name="Kind">As the module declared it.</param>
/// <param name="Path">The record's page, without the language.</param>
/// <param name="Stream">Its stream of the journal.</param>
public sealed record CommentedRecord(Guid Id, string Kind, LocalizedText Title, string Path, string Stream)
{
    public Reference? Reference { get; init; }

    /// <summary>How addresses name it: a reference, a number, a year.</summary>
    public required string Key { get; init; }

    /// <summary>The page of its discussion, where all is done that can be done in it.</summary>
    public string CommentsPath => $"/comments/{Kind}/{Key}";

    /// <summary>Where the discussion is read: on its own page, or on that of the record.</summary>
    public bool StandsOnRecord { get; init; }
    public string DiscussionPath => StandsOnRecord ? Path : CommentsPath;

    /// <summary>Where what is said of a paragraph is read, of the whole where there is none.</summary>
    public string PathOf(CommentedParagraph? paragraph) =>
        paragraph is null || StandsOnRecord ? DiscussionPath : $"{CommentsPath}?paragraph={paragraph.Number}";

    /// <summary>The kind of the letters that tell what was said.</summary>
    public string LetterKind { get; init; } = CommentLetters.Kind;

    /// <summary>The key of the text that stands above what was said.</summary>
    public string HeadingKey { get; init; } = "comments.title";

    /// <summary>Number of the version of the text that is discussed now; 0 where it has none.</summary>
    public int TextVersion { get; init; }
    public IReadOnlyList<CommentedParagraph> Paragraphs { get; init; } = [];

    /// <summary>Whether everybody may read it, signed in or not.</summary>
    public bool IsPublic { get; init; }
    public bool CanRead { get; init; }
    public bool CanWrite { get; init; }
    public bool CanModerate { get; init; }

    /// <summary>False where nobody but those who write reads it: there is nobody to report to.</summary>
    public bool IsModerated { get; init; } = true;

    /// <summary>False once the module itself takes no more comments.</summary>
    public bool IsOpen { get; init; } = true;

    /// <summary>The module closes it by rules of its own: moderators do not.</summary>
    public bool ClosesItself { get; init; }

    /// <summary>
    /// What is said belongs to a procedure with rules of its own, and is said for a member: no person is named, the
    /// journal holds the words, the member stays who it was when members are merged, writing is not following, and no
    /// hourly limit holds.
    /// </summary>
    public bool IsFormal { get; init; }

    /// <summary>What the institution of a comment is called in several languages, where the record knows it.</summary>
    public Func<PostedComment, LocalizedText>? InstitutionName { get; init; }

    /// <summary>Whether the person may take this comment back.</summary>
    public Func<PostedComment, bool> CanWithdraw { get; init; } = _ => false;

    public CommentedParagraph? Paragraph(int number) => Paragraphs.FirstOrDefault(p => p.Number == number);
}

/// <summary>In whose name a comment is written.</summary>
/// <param name="Institution">As it is called now.</param>
/// <param name="IsAnswer">Whether it answers whoever began the discussion.</param>
public sealed record CommentAuthor(string Institution, MemberId? Member, bool IsAnswer = false);

/// <summary>A comment that is not stored yet.</summary>
public sealed record CommentDraft(LocalizedText Text, int Paragraph = 0)
{
    /// <summary>The member for which it is said, where the person chose one.</summary>
    public MemberId? Member { get; init; }

    /// <summary>The mail it came by.</summary>
    public string? MessageId { get; init; }
}

/// <summary>A comment as it is stored.</summary>
public sealed record PostedComment
{
    public required Guid Id { get; init; }

    /// <summary>The key of the record it is about.</summary>
    public required Guid Record { get; init; }
    public required int TextVersion { get; init; }
    public required int Paragraph { get; init; }
    public required LocalizedText Text { get; init; }
    public required AccountId? By { get; init; }
    public required string ByName { get; init; }
    public required string Institution { get; init; }
    public required MemberId? Member { get; init; }
    public required DateTimeOffset At { get; init; }
    public required bool IsAnswer { get; init; }
    public required DateTimeOffset? WithdrawnAt { get; init; }
    public required DateTimeOffset? HiddenAt { get; init; }
    public required string? HiddenReason { get; init; }

    /// <summary>Whether everybody who reads the discussion reads it.</summary>
    public bool IsShown => WithdrawnAt is null && HiddenAt is null;
}

/// <summary>
/// Records of a module that can be commented. Declared with <see cref="CommentExtensions.Comments{T}"/>; of the module
/// nothing else is known here.
/// </summary>
public interface ICommentable
{
    /// <summary>The key of the record that addresses name so; null when there is none.</summary>
    Task<Guid?> FindIdAsync(string key, CancellationToken cancel);

    /// <summary>The record of this key, and what the person may do about it; null when there is none.</summary>
    Task<CommentedRecord?> FindAsync(Guid id, OperationContext acting, CancellationToken cancel);

    /// <summary>
    /// Asked within the transaction that stores a comment: refuses what the record's own rules refuse, and says in
    /// whose name it is written.
    /// </summary>
    Task<CommentAuthor> AdmitAsync(
        CommentedRecord record,
        CommentDraft draft,
        OperationContext acting,
        CancellationToken cancel
    );

    /// <summary>Who hears of the first comment, and follows from then on.</summary>
    Task<IReadOnlyList<AccountId>> FindConcernedAsync(CommentedRecord record, CancellationToken cancel) =>
        Task.FromResult<IReadOnlyList<AccountId>>([]);

    /// <summary>Who alone may hear of it; null: everybody who follows.</summary>
    Task<IReadOnlySet<AccountId>?> FindAudienceAsync(CommentedRecord record, CancellationToken cancel) =>
        Task.FromResult<IReadOnlySet<AccountId>?>(null);

    /// <summary>
    /// Told within the transaction that a comment was added, withdrawn, hidden or shown again; the record may renew
    /// what the register knows of it.
    /// </summary>
    /// <param name="all">All comments as they are now, oldest first.</param>
    Task ChangedAsync(
        CommentedRecord record,
        PostedComment changed,
        IReadOnlyList<PostedComment> all,
        CancellationToken cancel
    ) => Task.CompletedTask;
}

/// <summary>A kind of record that can be commented.</summary>
internal sealed record CommentableDeclaration(string Key, Type Implementation) : IUniqueDeclaration;

public static class CommentExtensions
{
    /// <summary>Records of the module that people comment, while it is switched on.</summary>
    /// <param name="kind">A word that stands in addresses and with each discussion; it never changes.</param>
    public static ModuleBuilder Comments<T>(this ModuleBuilder module, string kind)
        where T : class, ICommentable =>
        module.Contribute<ICommentable, T>().Add(new CommentableDeclaration(kind, typeof(T)));
}

/// <summary>The kinds of record that can be commented, of the modules in use.</summary>
public sealed class CommentKinds(Contributions contributions)
{
    /// <summary>The kinds themselves, as discussions name them.</summary>
    public async Task<IReadOnlyList<string>> FindKeysAsync(CancellationToken cancel) =>
        [.. (await contributions.DeclaredAsync<CommentableDeclaration>(cancel)).Select(d => d.Key)];

    public async Task<ICommentable?> FindAsync(string kind, CancellationToken cancel)
    {
        var declared = await contributions.DeclaredAsync<CommentableDeclaration>(cancel);
        return declared.FirstOrDefault(d => d.Key == kind) is { } found
            ? (await contributions.GetAsync<ICommentable>(cancel)).First(c => c.GetType() == found.Implementation)
            : null;
    }

    /// <summary>The key of the record that addresses name so; null when there is none.</summary>
    public async Task<Guid?> FindIdAsync(string kind, string key, CancellationToken cancel) =>
        await FindAsync(kind, cancel) is { } source ? await source.FindIdAsync(key, cancel) : null;

    /// <summary>A record that the person may read.</summary>
    public async Task<CommentedRecord?> FindRecordAsync(
        string kind,
        Guid id,
        OperationContext acting,
        CancellationToken cancel
    ) =>
        await FindAsync(kind, cancel) is { } source && await source.FindAsync(id, acting, cancel) is { CanRead: true } r
            ? r
            : null;
}
