using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Plenaria.Platform.Access;
using Plenaria.Platform.Language;
using Plenaria.Platform.Site;
using Plenaria.Sessions.Wording;

namespace Plenaria.Sessions.Planning;

/// <summary>Asks for a change of one paragraph of a motion, for a member with a seat or for the Secretariat.</summary>
[Allow(SessionsModule.TakePart)]
internal sealed class AmendModel(
    SessionStore sessions,
    MotionStore motions,
    VotingRights rights,
    CurrentUser visitor,
    PageLocalizer phrases
) : PageModel, IRerenderable
{
    public Session Session { get; private set; } = null!;
    public Motion Motion { get; private set; } = null!;
    public IReadOnlyList<Seat> Own { get; private set; } = [];

    /// <summary>
    /// Acts for a member without being its delegate: may read, and is told why it cannot move anything.
    /// </summary>
    public bool IsContact { get; private set; }

    /// <summary>
    /// The paragraphs as the reader's language has them; of the original where that one is parted otherwise.
    /// </summary>
    public IReadOnlyList<string> Paragraphs { get; private set; } = [];

    /// <summary>The amendment whose words are to be changed; the motion's when null.</summary>
    [BindProperty(SupportsGet = true)]
    public int? Changes { get; set; }
    public Amendment? Changed => Motion.Amendments.Find(a => a.Number == Changes);

    [BindProperty(SupportsGet = true)]
    public int Paragraph { get; set; } = 1;

    [BindProperty]
    public ChangeKind Kind { get; set; }

    [BindProperty]
    public string? Text { get; set; }

    [BindProperty]
    public string? Reason { get; set; }

    public string Reads =>
        Changed is { } changed ? changed.Text.For(phrases.Language)
        : Paragraph >= 1 && Paragraph <= Paragraphs.Count ? Paragraphs[Paragraph - 1]
        : "";

    public async Task<IActionResult> OnGetAsync(string reference, int number, CancellationToken cancel)
    {
        if (!await Load(reference, number, cancel))
            return NotFound();
        (Kind, Text) = (Paragraph == 0 ? ChangeKind.Insert : ChangeKind.Replace, Reads);
        return Page();
    }

    public async Task RerenderAsync(CancellationToken cancel)
    {
        if (
            !await Load(
                (string)RouteData.Values["reference"]!,
                int.Parse((string)RouteData.Values["number"]!, System.Globalization.CultureInfo.InvariantCulture),
                cancel
            )
        )
            throw new RuleViolationException("platform.changed-meanwhile");
    }

    public async Task<IActionResult> OnPostAsync(string reference, int number, Guid? by, CancellationToken cancel)
    {
        if (!await Load(reference, number, cancel))
            return NotFound();
        LocalizedText Said(string? typed) =>
            LocalizedText.Empty.Reworded(phrases.Language, Folding.Cut(typed ?? "", Amendment.TextMaxLength));
        await motions.Amend(
            Session,
            Motion,
            Kind,
            Paragraph,
            Said(Text),
            Said(Reason),
            MotionStore.For(Session, by, Own, visitor.Acting()),
            visitor.Acting(),
            cancel,
            Changed
        );
        return Redirect(
            $"/{phrases.Language}{Session.Path}/motions/{number}#{(Changed is { } changed ? $"a{changed.Number}" : $"p{Paragraph}")}"
        );
    }

    private async Task<bool> Load(string reference, int number, CancellationToken cancel)
    {
        if (
            await sessions.Find(reference, cancel, toEdit: true) is not { } session
            || !session.IsPublic && !visitor.MayLead(session.Body)
            || session.Motions.Find(m => m.Number == number) is not { } motion
        )
            return false;
        (Session, Motion) = (session, motion);
        Own = await rights.FindSeatsAsync(session, visitor.Who, cancel);
        IsContact = Own.Count == 0 && !visitor.MayLead(session.Body) && session.SeatsOf(visitor.Who).Count > 0;
        Paragraphs = NumberedText.Of(motion.Text, phrases.Language).Paragraphs;
        return Changes is null || Changed is not null;
    }
}
