using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Plenaria.Plans;
using Plenaria.Platform.Access;
using Plenaria.Platform.Decisions;
using Plenaria.Platform.Language;
using Plenaria.Platform.Site;
using Plenaria.Sessions.Consultations;

namespace Plenaria.Sessions.Planning;

/// <summary>Moves a motion, for a member with a seat or for the Secretariat.</summary>
[Allow(SessionsModule.TakePart)]
internal sealed class NewMotionModel(
    SessionStore sessions,
    MotionStore motions,
    IResolutions resolutions,
    VotingRights rights,
    ConsultationStore consultations,
    CurrentUser visitor,
    PageLocalizer phrases
) : PageModel, IRerenderable, IMotionForm
{
    public Session Session { get; private set; } = null!;
    public IReadOnlyList<Seat> Own { get; private set; } = [];

    /// <summary>
    /// Acts for a member without being its delegate: may read, and is told why it cannot move anything.
    /// </summary>
    public bool IsContact { get; private set; }
    public MotionFields Input { get; set; } = new() { Decision = Presets.Ordinary };

    /// <summary>What waits for a decision, for whoever prepares the session.</summary>
    public IReadOnlyList<(DecidableDeclaration Decidable, DecidableRecord Record)> Waiting { get; private set; } = [];
    public IReadOnlyList<(Reference Action, LocalizedText Title)> Actions { get; private set; } = [];

    [BindProperty(SupportsGet = true)]
    public string? About { get; set; }

    [BindProperty]
    public List<string> Mandates { get; set; } = [];

    /// <summary>The consultation whose draft is put to the vote.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Consultation { get; set; }
    public Consultation? Prepared { get; private set; }
    public IReadOnlyList<(string Key, string Name)> Decisions => DecisionNames.Of(Session, phrases);

    public async Task<IActionResult> OnGetAsync(string reference, CancellationToken cancel)
    {
        if (!await Load(reference, cancel))
            return NotFound();
        if (Prepared is { Current: { } draft })
            (Input.Title, Input.Text) = (Prepared.Title.For(phrases.Language), draft.Text.For(phrases.Language));
        return Page();
    }

    public async Task RerenderAsync(CancellationToken cancel)
    {
        if (!await Load((string)RouteData.Values["reference"]!, cancel))
            throw new RuleViolationException("platform.changed-meanwhile");
    }

    public async Task<IActionResult> OnPostAsync(
        string reference,
        [FromForm(Name = nameof(Input))] MotionFields input,
        Guid? by,
        CancellationToken cancel
    )
    {
        Input = input;
        if (!await Load(reference, cancel))
            return NotFound();
        // What was taken from a draft as it is keeps its other languages.
        LocalizedText Said(string? typed, LocalizedText? prepared = null) =>
            (prepared ?? LocalizedText.Empty).RewordedAsShown(phrases.Language, typed?.ReplaceLineEndings("\n"));
        var (about, deciding) = ReadAbout(About);
        var motion = await motions.Move(
            Session,
            new(
                Said(input.Title, Prepared?.Title),
                Said(input.Text, Prepared?.Current!.Text),
                Said(input.Reason),
                MotionStore.For(Session, by, Own, visitor.Acting()),
                input.Decision ?? Presets.Ordinary,
                input.Item
            )
            {
                Consultation = Prepared?.Reference,
                About = about,
                Deciding = deciding,
                Mandates =
                [
                    .. Mandates
                        .Select(m => Reference.TryParse(m, null, out var action) ? action : (Reference?)null)
                        .OfType<Reference>()
                        .Distinct(),
                ],
            },
            visitor.Acting(),
            cancel
        );
        return Redirect($"/{phrases.Language}{Session.Path}/motions/{motion.Number}");
    }

    /// <summary>The value of a choice: <c>AdoptPlan NET-2030</c>.</summary>
    public static string ValueOf((DecidableDeclaration Decidable, DecidableRecord Record) waiting) =>
        $"{waiting.Decidable.Key} {waiting.Record.About}";

    private (Reference? About, string? Deciding) ReadAbout(string? typed)
    {
        if (string.IsNullOrEmpty(typed))
            return default;
        var known = Waiting.FirstOrDefault(w => ValueOf(w) == typed);
        return known.Record is null
            ? throw new RuleViolationException("platform.changed-meanwhile")
            : (known.Record.About, known.Decidable.Key);
    }

    private async Task<bool> Load(string reference, CancellationToken cancel)
    {
        if (
            await sessions.Find(reference, cancel, toEdit: true) is not { } session
            || !session.IsPublic && !visitor.MayLead(session.Body)
        )
            return false;
        Session = session;
        if (visitor.MayLead(session.Body))
        {
            Waiting = await motions.ListSubjectsAsync(session, visitor.Acting(), cancel);
            Actions = visitor.May(SessionsModule.Network) ? await resolutions.Actions(cancel) : [];
            if (
                visitor.May(SessionsModule.Network)
                && !string.IsNullOrEmpty(Consultation)
                && await consultations.Find(Consultation, cancel) is { IsPublic: true } prepared
            )
                Prepared = prepared;
        }
        Own = await rights.FindSeatsAsync(session, visitor.Who, cancel);
        IsContact = Own.Count == 0 && !visitor.MayLead(session.Body) && session.SeatsOf(visitor.Who).Count > 0;
        return true;
    }
}
