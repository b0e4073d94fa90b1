using Microsoft.AspNetCore.Mvc;
using Plenaria.Members;
using Plenaria.Platform.Access;
using Plenaria.Platform.Confirmation;
using Plenaria.Platform.Language;
using Plenaria.Platform.Site;

namespace Plenaria.Sessions.Planning;

/// <summary>
/// Says before the notice of a session is sent whom it reaches and whom it does not, what is missing, and what becomes
/// final.
/// </summary>
[Allow(SessionsModule.Prepare)]
internal sealed class ConveneModel(
    SessionStore sessions,
    Convening convening,
    IMembers members,
    CurrentUser visitor,
    PageLocalizer texts
) : PlanningConfirmationModel(sessions, visitor, texts)
{
    public Task<IActionResult> OnPostAsync(string reference, string? version, CancellationToken cancel) =>
        ActAsync(
            reference,
            version,
            acting =>
            {
                this.SuggestNext("sessions.next.answers", $"{Session.Path}/delegates");
                return convening.Send(Session, this.Site(), acting, cancel);
            },
            () => $"{Session.Path}/plan",
            cancel
        );

    protected override async Task<ConfirmationView> DescribeAsync(CancellationToken cancel)
    {
        var view = new ConfirmationView(Texts["sessions.convene.do"], $"{Session.Version}", $"{Session.Path}/plan");
        var at = Visitor.Acting().At;
        if (Session.State != SessionState.Draft)
            return view with { Obstacle = Texts.Say(Session.FindObstacle(at, Session.Seats.Count)) };
        var preview = await convening.PreviewAsync(Session, at, cancel);
        var obstacle =
            Session.FindObstacle(at, preview.Addressees.Count)
            ?? (
                preview.Letters > 0
                    ? null
                    : new("sessions.notice-reaches-nobody", ("members", preview.Addressees.Count))
            );
        return view with
        {
            Obstacle = Texts.Say(obstacle),
            Sections = [.. await ReachedAsync(preview, cancel), .. Missing(preview)],
            Final =
            [
                Texts["sessions.convene.final.public"],
                Texts["sessions.convene.final.roll"],
                Texts["sessions.convene.final.documents"],
                Texts["sessions.convene.final.letters"],
            ],
        };
    }

    private async Task<IReadOnlyList<ConfirmationSection>> ReachedAsync(NoticePreview preview, CancellationToken cancel)
    {
        var audience = new AudienceSections(members, Texts);
        return
        [
            audience.Reached(preview.Addressees),
            .. await audience.UnreachedAsync(preview.Addressees, cancel),
            .. await audience.WithoutDelegateAsync(preview.WithoutDelegate, cancel),
        ];
    }

    private IReadOnlyList<ConfirmationSection> Missing(NoticePreview preview)
    {
        List<ConfirmationLine> missing = [];
        if (Session.Agenda.Count == 0)
            missing.Add(new(Texts["sessions.convene.no-items"], $"{Session.Path}/plan#add"));
        if (preview.Documents == 0)
            missing.Add(new(Texts["sessions.convene.no-documents"], $"{Session.Path}/documents"));
        if (Session.Motions.Count == 0)
            missing.Add(new(Texts["sessions.convene.no-motions"], $"{Session.Path}/motions/new"));
        return missing.Count == 0
            ? []
            : [new(Texts["sessions.convene.missing"], Texts["sessions.convene.missing.text"], missing, Warns: true)];
    }
}
