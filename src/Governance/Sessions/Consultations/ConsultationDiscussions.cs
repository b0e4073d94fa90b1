using Microsoft.EntityFrameworkCore;
using Plenaria.Comments;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;
using Plenaria.Platform.Language;
using Plenaria.Sessions.Wording;

namespace Plenaria.Sessions.Consultations;

/// <summary>
/// Consultations as records that are commented: paragraph by paragraph of the version that is discussed, by the members
/// that are asked.
/// </summary>
internal sealed class ConsultationDiscussions(
    ConsultationStore store,
    CommentService comments,
    PlenariaDb db,
    Localizer texts
) : ICommentable
{
    public const string Kind = "consultation";
    private const int MostComments = 50;

    public async Task<Guid?> FindIdAsync(string key, CancellationToken cancel) => (await store.Find(key, cancel))?.Id;

    public async Task<CommentedRecord?> FindAsync(Guid id, OperationContext acting, CancellationToken cancel)
    {
        if (await store.FindAsync(id, cancel) is not { } consultation)
            return null;
        var (prepares, asked) = (acting.Can(SessionsModule.Network), consultation.AskedOf(acting.Actor));
        var answered =
            asked.Count == 0
                ? []
                : await db.Set<CommentAnswer>()
                    .Where(a => a.Consultation == id)
                    .Select(a => a.Comment)
                    .ToHashSetAsync(cancel);
        return new(id, Kind, consultation.Title, consultation.Path, consultation.Stream)
        {
            Reference = consultation.Reference,
            Key = $"{consultation.Reference}",
            StandsOnRecord = true,
            TextVersion = consultation.Current?.Number ?? 0,
            Paragraphs = ParagraphsOf(consultation),
            IsPublic = consultation.IsPublic,
            CanRead = consultation.IsPublic || prepares,
            CanWrite = prepares || asked.Count > 0,
            CanModerate = prepares,
            IsOpen = consultation.Takes(acting.At),
            ClosesItself = true,
            IsFormal = true,
            InstitutionName = c => c.Member is { } member ? consultation.NameOf(member) : LocalizedText.Empty,
            CanWithdraw = c =>
                consultation.State == ConsultationState.Open
                && asked.Any(a => a.Member == c.Member)
                && !answered.Contains(c.Id),
        };
    }

    /// <exception cref="RuleViolationException">Comments are no longer taken, nobody said for which member, nothing is
    /// said, or this member has said enough.</exception>
    public async Task<CommentAuthor> AdmitAsync(
        CommentedRecord record,
        CommentDraft draft,
        OperationContext acting,
        CancellationToken cancel
    )
    {
        await store.LockAsync(record.Id, cancel);
        var consultation = (await store.FindAsync(record.Id, cancel))!;
        var own = consultation.AskedOf(acting.Actor);
        var member =
            draft.Member
            ?? (own.Count == 1 ? own[0].Member : throw new RuleViolationException("consultations.by-missing"));
        if (
            consultation.Asked.Find(a => a.Member == member) is not { } asked
            || !(own.Contains(asked) || acting.Can(SessionsModule.Network))
        )
            throw new ForbiddenException(SessionsModule.TakePart);
        if (draft.Text.IsEmpty)
            throw new RuleViolationException("consultations.comment-missing");
        if (!consultation.Takes(acting.At))
            throw new RuleViolationException("consultations.over");
        var version = consultation.Current!.Number;
        if (version != record.TextVersion)
            throw new RuleViolationException("platform.changed-meanwhile");
        if (
            await comments
                .Query()
                .CountAsync(
                    c =>
                        c.Record == record.Id
                        && c.TextVersion == version
                        && c.Member == member
                        && c.WithdrawnAt == null,
                    cancel
                ) >= MostComments
        )
            throw new RuleViolationException("consultations.too-many", ("most", MostComments));
        return new(asked.Name.ToString(), member);
    }

    /// <summary>A comment is taken back until it is answered, whoever answers it meanwhile.</summary>
    public async Task ChangedAsync(
        CommentedRecord record,
        PostedComment changed,
        IReadOnlyList<PostedComment> all,
        CancellationToken cancel
    )
    {
        if (changed.WithdrawnAt is null)
            return;
        await store.LockAsync(record.Id, cancel);
        if (
            !await db.Set<Consultation>().AnyAsync(c => c.Id == record.Id && c.State == ConsultationState.Open, cancel)
            || await db.Set<CommentAnswer>().AnyAsync(a => a.Comment == changed.Id, cancel)
        )
            throw new RuleViolationException("consultations.answered-already");
    }

    private CommentedParagraph[] ParagraphsOf(Consultation consultation) =>
        consultation.Current is not { } current
            ? []
            :
            [
                .. Enumerable
                    .Range(1, Passages.Of(current.Text.ToString()).Count)
                    .Select(n => new CommentedParagraph(
                        n,
                        LocalizedText.InEvery(
                            Language.English,
                            reader => texts.Get(reader, "sessions.paragraph", ("number", n))
                        ),
                        $"{consultation.Path}#p{n}"
                    )),
            ];
}
