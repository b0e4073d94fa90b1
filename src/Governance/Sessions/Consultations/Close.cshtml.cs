using Microsoft.AspNetCore.Mvc;
using Plenaria.Members;
using Plenaria.Platform.Access;
using Plenaria.Platform.Confirmation;
using Plenaria.Platform.Language;
using Plenaria.Platform.Site;

namespace Plenaria.Sessions.Consultations;

/// <summary>
/// Says before a consultation is closed who is written to, who has said nothing, and what is published with it.
/// </summary>
[Allow(SessionsModule.Network)]
internal sealed class CloseModel(
    ConsultationStore store,
    MemberLetters letters,
    IMembers members,
    CurrentUser visitor,
    PageLocalizer texts
) : ConsultationPage(store, visitor, texts)
{
    private readonly ConsultationStore _store = store;
    private readonly PageLocalizer _texts = texts;
    private List<ConsultationComment> _comments = [];

    public ConfirmationView Confirmation { get; private set; } = null!;
    public override object? Stored => Confirmation.Seen;

    public Task<IActionResult> OnPostAsync(string reference, string? version, CancellationToken cancel) =>
        Act(
            reference,
            acting =>
            {
                Confirmation.RequireSeen(version);
                return _store.EndRound(Consultation, null, this.Site(), acting, cancel);
            },
            cancel,
            page: "/desk"
        );

    protected override async Task<bool> Load(string reference, CancellationToken cancel)
    {
        if (!await base.Load(reference, cancel) || Consultation.State == ConsultationState.Draft)
            return false;
        _comments = await _store.Comments(Consultation, cancel);
        var publishes = Consultation.PublishesNext;
        Confirmation = new(
            _texts[publishes ? "consultations.close" : "consultations.close.only"],
            // Comments come and are answered without a new version of the consultation.
            $"{Consultation.Version}-{_comments.Count}-{_comments.Sum(c => c.Version)}",
            $"{Consultation.Path}/desk"
        )
        {
            Obstacle = _texts.Say(FindObstacle()),
        };
        if (Confirmation.Obstacle is not null)
            Confirmation = Confirmation with { Sections = [.. Unanswered()] };
        else
            Confirmation = Confirmation with
            {
                Sections = [.. await ReachedAsync(cancel), Published(publishes)],
                Final =
                [
                    _texts["consultations.close.final.comments"],
                    _texts["consultations.close.final.answers"],
                    _texts["consultations.close.final.letters"],
                ],
            };
        return true;
    }

    private RuleViolationException? FindObstacle() =>
        Consultation.State != ConsultationState.Open ? new("consultations.not-open")
        : _comments.Count(c => c.AnsweredAt is null) is > 0 and var open
            ? new("consultations.unanswered", ("count", open))
        : null;

    private IEnumerable<ConfirmationSection> Unanswered()
    {
        ConfirmationLine[] open =
        [
            .. _comments
                .Where(c => c.AnsweredAt is null)
                .Select(c => new ConfirmationLine(
                    Consultation.NameOf(c.By).For(Reader),
                    $"{Consultation.Path}/desk#c{c.Id:N}"
                )),
        ];
        if (open.Length > 0 && Consultation.State == ConsultationState.Open)
            yield return new(_texts["consultations.comments"], _texts["consultations.close.answer-first"], open);
    }

    private async Task<IReadOnlyList<ConfirmationSection>> ReachedAsync(CancellationToken cancel)
    {
        var (audience, at) = (new AudienceSections(members, _texts), Visitor.Acting().At);
        var all = await letters.FindAddresseesAsync(
            Consultation.Asked.Select(a => (a.Member, a.Name)),
            at,
            cancel,
            MemberLetters.ConsultationKind
        );
        var said = _comments.Select(c => c.By).ToHashSet();
        return
        [
            audience.Reached(all),
            .. await audience.UnreachedAsync(all, cancel),
            .. await audience.NameAsync(
                _texts["consultations.close.silent"],
                _texts["consultations.close.silent.text"],
                [.. Consultation.Asked.Where(a => !said.Contains(a.Member)).Select(a => (a.Member, a.Name))],
                cancel,
                warns: !Consultation.IsPastLastDay(at)
            ),
        ];
    }

    private ConfirmationSection Published(bool publishes) =>
        new(
            _texts["consultations.close.published"],
            publishes
                ? _texts["consultations.close.published.next", ("number", Consultation.Next!.Number)]
                : _texts["consultations.close.published.same", ("number", Consultation.Current!.Number)],
            [
                new(_texts.Count("consultations.comments", _comments.Count), $"{Consultation.Path}/desk#comments"),
                .. publishes
                    ? [new ConfirmationLine(_texts["consultations.next"], $"{Consultation.Path}/edit")]
                    : Array.Empty<ConfirmationLine>(),
            ]
        );
}
