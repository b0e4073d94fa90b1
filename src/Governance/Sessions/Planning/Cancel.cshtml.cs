using Microsoft.AspNetCore.Mvc;
using Plenaria.Members;
using Plenaria.Platform.Access;
using Plenaria.Platform.Confirmation;
using Plenaria.Platform.Language;
using Plenaria.Platform.Site;

namespace Plenaria.Sessions.Planning;

/// <summary>
/// Says before a session is called off whom the letter reaches and whom it does not, and what is left without a
/// session.
/// </summary>
[Allow(SessionsModule.Prepare)]
internal sealed class CancelModel(
    SessionStore sessions,
    Convening convening,
    MemberLetters letters,
    IMembers members,
    CurrentUser visitor,
    PageLocalizer texts
) : PlanningConfirmationModel(sessions, visitor, texts)
{
    private readonly SessionStore _sessions = sessions;

    public Task<IActionResult> OnPostAsync(string reference, string? version, CancellationToken cancel) =>
        ActAsync(
            reference,
            version,
            acting =>
            {
                this.SuggestNext("sessions.like.this", $"/plenaries/new?Like={Session.Reference}");
                return convening.Cancel(Session, this.Site(), acting, cancel);
            },
            () => $"{Session.Path}/plan",
            cancel
        );

    protected override async Task<ConfirmationView> DescribeAsync(CancellationToken cancel)
    {
        var view = new ConfirmationView(Texts["sessions.cancel"], $"{Session.Version}", $"{Session.Path}/plan")
        {
            Obstacle = Texts.Say(Session.FindCancelObstacle()),
        };
        return view.Obstacle is not null
            ? view
            : view with
            {
                Sections = [.. await ReachedAsync(cancel), .. Undecided(), .. await PreparingAsync(cancel)],
                Final =
                [
                    Texts["sessions.cancel.final.letters"],
                    Texts["sessions.cancel.final.public"],
                    Texts["sessions.cancel.final.again"],
                ],
            };
    }

    private async Task<IReadOnlyList<ConfirmationSection>> ReachedAsync(CancellationToken cancel)
    {
        var audience = new AudienceSections(members, Texts);
        var all = await letters.FindAddresseesAsync(
            Session.Seats.Select(s => (s.Member, s.Name)),
            Visitor.Acting().At,
            cancel
        );
        return [audience.Reached(all), .. await audience.UnreachedAsync(all, cancel)];
    }

    private IEnumerable<ConfirmationSection> Undecided()
    {
        ConfirmationLine[] open =
        [
            .. Session
                .Motions.Where(m => m.State == MotionState.Submitted)
                .Select(m => new ConfirmationLine(m.Title.For(Texts.Language), $"{Session.Path}/motions/{m.Number}")),
        ];
        if (open.Length > 0)
            yield return new(Texts["sessions.end.motions"], Texts["sessions.end.motions.text"], open, Warns: true);
    }

    private async Task<IReadOnlyList<ConfirmationSection>> PreparingAsync(CancellationToken cancel)
    {
        ConfirmationLine[] ahead =
        [
            .. (await _sessions.Preparing(Session, cancel))
                .By.Where(s => s.State is SessionState.Draft or SessionState.Convened && Visitor.MayLead(s.Body))
                .Select(s => new ConfirmationLine(
                    $"{s.Title.For(Texts.Language)}, {PartialDate.On(s.Day).For(Texts.Language)}",
                    $"{s.Path}/plan"
                )),
        ];
        return ahead.Length == 0
            ? []
            : [new(Texts["sessions.cancel.preparing"], Texts["sessions.cancel.preparing.text"], ahead, Warns: true)];
    }
}
