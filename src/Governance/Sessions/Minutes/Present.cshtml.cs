using Microsoft.AspNetCore.Mvc;
using Plenaria.Members;
using Plenaria.Platform.Access;
using Plenaria.Platform.Confirmation;
using Plenaria.Platform.Data;
using Plenaria.Platform.Language;
using Plenaria.Platform.Site;
using Plenaria.Sessions.Room;

namespace Plenaria.Sessions.Minutes;

/// <summary>
/// Says before minutes are sent to the members who gets them and who does not, and how they are corrected afterwards.
/// </summary>
[Allow(SessionsModule.Prepare)]
internal sealed class PresentModel(
    SessionStore sessions,
    MinutesStore store,
    MemberLetters letters,
    IMembers members,
    CurrentUser visitor,
    PageLocalizer phrases
) : ConfirmationModel(sessions, visitor, phrases)
{
    private SessionMinutes _minutes = null!;

    protected override string Name => "minutes";

    public Task<IActionResult> OnPostAsync(string reference, int version, CancellationToken cancel) =>
        Act(
            reference,
            acting =>
            {
                PlenariaDb.RequireVersion(_minutes, version);
                this.SuggestNext("sessions.next.approval", $"/plenaries/new?Like={Session.Reference}");
                return store.Present(Session, _minutes, this.Site(), acting, cancel);
            },
            cancel
        );

    protected override async Task<bool> Load(string reference, CancellationToken cancel)
    {
        if (!await base.Load(reference, cancel))
            return false;
        var acting = Visitor.Acting();
        acting.RequireLead(Session.Body);
        if (await store.Find(Session, cancel, toEdit: true) is not { } minutes)
            return false;
        _minutes = minutes;
        Confirmation = new(Phrases["sessions.minutes.present"], $"{minutes.Version}", $"{Session.Path}/minutes");
        if (minutes.State != MinutesState.Draft)
            Confirmation = Confirmation with { Obstacle = Phrases["sessions.minutes.presented-already"] };
        else
            Confirmation = Confirmation with
            {
                Sections = await AudienceAsync(acting.At, cancel),
                Final =
                [
                    Phrases["sessions.minutes.final.draft"],
                    Phrases["sessions.minutes.final.corrections"],
                    Phrases["sessions.minutes.final.approval"],
                    Phrases["sessions.minutes.final.errata"],
                ],
            };
        return true;
    }

    private async Task<IReadOnlyList<ConfirmationSection>> AudienceAsync(DateTimeOffset at, CancellationToken cancel)
    {
        var audience = new AudienceSections(members, Phrases);
        var all = await letters.FindAddresseesAsync(Session.Seats.Select(s => (s.Member, s.Name)), at, cancel);
        return [audience.Reached(all), .. await audience.UnreachedAsync(all, cancel)];
    }
}
