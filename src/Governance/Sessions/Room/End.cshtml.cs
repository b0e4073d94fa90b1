using Microsoft.AspNetCore.Mvc;
using Plenaria.Platform.Access;
using Plenaria.Platform.Confirmation;
using Plenaria.Platform.Journal;
using Plenaria.Platform.Language;
using Plenaria.Platform.Site;
using Plenaria.Sessions.Live;

namespace Plenaria.Sessions.Room;

/// <summary>Says before a session ends what has not been treated, who is there, and what becomes final.</summary>
[Allow(SessionsModule.Conduct)]
internal sealed class EndModel(
    SessionStore sessions,
    SessionCommands commands,
    Journal journal,
    CurrentUser visitor,
    PageLocalizer phrases
) : ConfirmationModel(sessions, visitor, phrases)
{
    protected override string Name => "desk";

    public Task<IActionResult> OnPostAsync(string reference, int version, CancellationToken cancel) =>
        Act(
            reference,
            acting =>
            {
                this.SuggestNext("sessions.minutes.draft", $"{Session.Path}/minutes");
                return commands.End(reference, acting, cancel, version);
            },
            cancel
        );

    protected override async Task<bool> Load(string reference, CancellationToken cancel)
    {
        if (!await base.Load(reference, cancel))
            return false;
        Visitor.Acting().RequireLead(Session.Body);
        Confirmation = new(Phrases["sessions.end"], $"{Session.Version}", $"{Session.Path}/desk")
        {
            Obstacle = Phrases.Say(Session.FindEndObstacle()),
        };
        if (Session.State == SessionState.Open)
            Confirmation = Confirmation with
            {
                Sections = [Present(), .. Untreated(await FindTakenAsync(cancel)), .. Undecided()],
                Final =
                [
                    Phrases["sessions.end.final.room"],
                    Phrases["sessions.end.final.votes"],
                    Phrases["sessions.end.final.minutes"],
                ],
            };
        return true;
    }

    private ConfirmationSection Present()
    {
        var voices = SessionCommands.VoicesOf(Session).All;
        return new(
            Phrases["sessions.end.present"],
            Phrases[
                "sessions.there",
                ("present", voices.Present),
                ("represented", voices.Represented),
                ("entitled", voices.Entitled)
            ],
            [
                .. ByName
                    .Where(s => Session.Log.IsPresent(s.Member.Value))
                    .Select(s => new ConfirmationLine(s.Name.For(Reader))),
            ]
        );
    }

    private async Task<IReadOnlySet<Guid>> FindTakenAsync(CancellationToken cancel) =>
        (await journal.Read(Session.Stream, int.MaxValue, cancel))
            .Select(line => (SessionEvent.Of(line) as ItemTaken)?.Item)
            .OfType<Guid>()
            .ToHashSet();

    private IReadOnlyList<ConfirmationSection> Untreated(IReadOnlySet<Guid> taken)
    {
        ConfirmationLine[] left =
        [
            .. Session
                .Points()
                .Where(p => !taken.Contains(p.Item.Id))
                .Select(p => new ConfirmationLine($"{p.Number} {p.Item.Title.For(Reader)}")),
        ];
        return left.Length == 0
            ? []
            : [new(Phrases["sessions.end.items"], Phrases["sessions.end.items.text"], left, Warns: true)];
    }

    private IReadOnlyList<ConfirmationSection> Undecided()
    {
        ConfirmationLine[] open =
        [
            .. Session
                .Motions.Where(m => m.State == MotionState.Submitted)
                .Select(m => new ConfirmationLine(m.Title.For(Reader), $"{Session.Path}/motions/{m.Number}")),
        ];
        return open.Length == 0
            ? []
            : [new(Phrases["sessions.end.motions"], Phrases["sessions.end.motions.text"], open, Warns: true)];
    }
}
