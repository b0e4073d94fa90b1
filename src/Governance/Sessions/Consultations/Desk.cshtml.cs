using Microsoft.AspNetCore.Mvc;
using Plenaria.Comments;
using Plenaria.Members;
using Plenaria.Platform.Access;
using Plenaria.Platform.Language;
using Plenaria.Platform.Site;

namespace Plenaria.Sessions.Consultations;

/// <summary>
/// Where a consultation is prepared and answered: whom it asks, its opening, the comments one by one, and the end of a
/// round.
/// </summary>
[Allow(SessionsModule.Network)]
internal sealed class DeskModel(
    ConsultationStore store,
    CommentService discussions,
    IMembers members,
    CurrentUser visitor,
    PageLocalizer phrases
) : ConsultationPage(store, visitor, phrases)
{
    private readonly ConsultationStore _store = store;

    /// <summary>Names to choose from.</summary>
    public IReadOnlyList<LocalizedText> Names { get; private set; } = [];

    /// <summary>What waits for an answer first; then what has one.</summary>
    public IReadOnlyList<ConsultationComment> Comments { get; private set; } = [];

    /// <summary>How many comments wait for an answer: hidden ones need none.</summary>
    public int Unanswered => Comments.Count(c => c.AnsweredAt is null && c.Line.HiddenAt is null);
    public DiscussionView Discussion { get; private set; } = null!;
    public override object? Stored => Consultation.Version;

    public Task<IActionResult> OnPostAskAsync(string reference, string? named, CancellationToken cancel) =>
        Do(
            reference,
            async acting =>
                await _store.Ask(
                    Consultation,
                    await members.Chosen(named, Reader, cancel)
                        ?? throw new RuleViolationException("sessions.member-unknown", ("name", named)),
                    acting,
                    cancel
                ),
            cancel
        );

    public Task<IActionResult> OnPostUnaskAsync(string reference, Guid? member, CancellationToken cancel) =>
        Do(reference, acting => _store.Unask(Consultation, member is { } id ? new(id) : null, acting, cancel), cancel);

    public Task<IActionResult> OnPostOpenAsync(string reference, int version, CancellationToken cancel) =>
        Do(reference, acting => _store.Open(Consultation, this.Site(), acting, cancel), cancel, version);

    public Task<IActionResult> OnPostAnswerAsync(
        string reference,
        Guid id,
        int version,
        Verdict? verdict,
        string? answer,
        CancellationToken cancel
    ) =>
        Do(
            reference,
            acting =>
                _store.Answer(
                    Consultation,
                    id,
                    version,
                    verdict ?? throw new RuleViolationException("consultations.verdict-missing"),
                    before =>
                        before.RewordedAsShown(
                            Reader,
                            Folding.Cut(answer?.ReplaceLineEndings("\n") ?? "", CommentService.TextMaxLength)
                        ),
                    acting,
                    cancel
                ),
            cancel,
            page: $"/desk#c{id:N}"
        );

    public Task<IActionResult> OnPostAgainAsync(
        string reference,
        int version,
        DateOnly? until,
        CancellationToken cancel
    ) =>
        Do(
            reference,
            acting =>
                _store.EndRound(
                    Consultation,
                    until ?? throw new RuleViolationException("consultations.day-missing"),
                    this.Site(),
                    acting,
                    cancel
                ),
            cancel,
            version
        );

    private Task<IActionResult> Do(
        string reference,
        Func<OperationContext, Task> act,
        CancellationToken cancel,
        int? version = null,
        string page = "/desk"
    ) => Act(reference, act, cancel, version, page);

    protected override async Task<bool> Load(string reference, CancellationToken cancel)
    {
        if (!await base.Load(reference, cancel))
            return false;
        if (Consultation.State == ConsultationState.Draft)
            Names = await members.SuggestAsync(null, cancel);
        Discussion = (
            await discussions.ReadAsync(ConsultationDiscussions.Kind, Consultation.Id, Visitor.Acting(), cancel)
        )!;
        Comments =
        [
            .. (await _store.Comments(Consultation, cancel))
                .OrderBy(c => c.AnsweredAt is not null)
                .ThenByDescending(c => c.Of)
                .ThenBy(c => c.Paragraph)
                .ThenBy(c => c.At),
        ];
        return true;
    }
}
