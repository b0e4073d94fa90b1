using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Plenaria.Members;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;
using Plenaria.Platform.Language;
using Plenaria.Platform.Site;
using Plenaria.Sessions.Room;

namespace Plenaria.Sessions.Minutes;

/// <summary>The minutes of a session: to write, to have corrected by those that were there, to read.</summary>
[AllowAnonymous, Cacheable]
internal sealed class ShowModel(
    SessionStore sessions,
    MinutesStore store,
    IMembers members,
    CurrentUser visitor,
    PageLocalizer phrases
) : RoomModel(sessions, visitor, phrases), IRerenderable
{
    protected override string Name => "minutes";

    public SessionMinutes? Minutes { get; private set; }
    public IReadOnlyDictionary<MemberId, MemberLine> Askers { get; private set; } =
        new Dictionary<MemberId, MemberLine>();
    public IReadOnlyList<Seat> Own { get; private set; } = [];
    public bool MayWrite => Visitor.MayLead(Session.Body);
    public bool MayAsk => Minutes?.State == MinutesState.Presented && Visitor.IsSignedIn && (Own.Count > 0 || MayWrite);
    public object? Stored => Minutes?.Version;

    /// <summary>What was typed and not taken.</summary>
    public string? Text { get; private set; }

    public async Task<IActionResult> OnGetAsync(string reference, CancellationToken cancel) =>
        await Load(reference, cancel) ? Page() : NotFound();

    public Task<IActionResult> OnPostDraftAsync(string reference, int? version, CancellationToken cancel) =>
        Act(
            reference,
            acting =>
            {
                SuggestSending();
                return store.Draft(Session, version, acting, cancel);
            },
            cancel
        );

    public Task<IActionResult> OnPostSaveAsync(string reference, int version, string? text, CancellationToken cancel)
    {
        Text = text;
        return Act(
            reference,
            acting =>
            {
                PlenariaDb.RequireVersion(Written, version);
                if (Written.State == MinutesState.Draft)
                    SuggestSending();
                return store.Edit(
                    Session,
                    Written,
                    text?.Length > SessionMinutes.TextMaxLength
                        ? throw new RuleViolationException(
                            "sessions.minutes.too-long",
                            ("most", SessionMinutes.TextMaxLength)
                        )
                        : text,
                    acting,
                    cancel
                );
            },
            cancel
        );
    }

    public Task<IActionResult> OnPostAskAsync(
        string reference,
        Guid? by,
        string? correction,
        CancellationToken cancel
    ) =>
        Act(
            reference,
            acting =>
                store.Ask(Session, Written, MotionStore.For(Session, by, Own, acting), correction, acting, cancel),
            cancel
        );

    public Task<IActionResult> OnPostAnswerAsync(
        string reference,
        int number,
        bool taken,
        string? answer,
        CancellationToken cancel
    ) => Act(reference, acting => store.Answer(Session, Written, number, taken, answer, acting, cancel), cancel);

    private void SuggestSending() => this.SuggestNext("sessions.minutes.present", $"{Session.Path}/minutes/present");

    private SessionMinutes Written => Minutes ?? throw new RuleViolationException("platform.changed-meanwhile");

    // Approved minutes are everybody's; presented ones those members' that had a seat; a draft its writers'.
    protected override async Task<bool> Load(string reference, CancellationToken cancel)
    {
        if (!await base.Load(reference, cancel))
            return false;
        Minutes = await store.Find(Session, cancel, toEdit: true);
        Own = Session.SeatsOf(Visitor.Who);
        if (
            !(
                MayWrite
                || Minutes?.State == MinutesState.Approved
                || Minutes?.State == MinutesState.Presented && Own.Count > 0
            )
        )
            return false;
        Askers = await members.Lines(
            [.. (Minutes?.Corrections ?? []).Select(c => c.By).OfType<MemberId>().Distinct()],
            cancel
        );
        return true;
    }
}
