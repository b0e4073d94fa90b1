using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Plenaria.Platform.Access;
using Plenaria.Platform.Bodies;
using Plenaria.Platform.Data;
using Plenaria.Platform.Language;
using Plenaria.Platform.Site;

namespace Plenaria.Sessions.Planning;

/// <summary>
/// Begins a session, from nothing or like an earlier one, or one that prepares another. Agenda, seats and motions come
/// next, before the notice goes out.
/// </summary>
[Allow(SessionsModule.Prepare)]
internal sealed class NewModel(
    SessionStore sessions,
    PlenariaDb db,
    BodyService bodies,
    CurrentUser visitor,
    PageLocalizer phrases
) : FormModel
{
    private const int MostEarlier = 20;

    public override bool IsNew => true;

    /// <summary>The session whose agenda, seats and rules it begins with.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Like { get; set; }

    /// <summary>The session whose motions its members are to work on.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Prepares { get; set; }

    /// <summary>The body that is to meet, as the page that leads here names it.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Body { get; set; }
    public Session? Pattern { get; private set; }
    public IReadOnlyList<Session> Earlier { get; private set; } = [];

    public override async Task RerenderAsync(CancellationToken cancel)
    {
        // The network's own first: a plenary, unless another is chosen.
        Bodies =
        [
            .. (await bodies.ListAsync(cancel))
                .Where(b => visitor.MayLead(b.Key))
                .OrderByDescending(b => b.Key.IsOfNetwork),
        ];
        Places = await FindPlacesAsync(db, cancel);
        Pattern =
            await sessions.Find(Like ?? Prepares ?? "", cancel) is { } pattern
            && (pattern.IsPublic || visitor.MayLead(pattern.Body))
                ? pattern
                : null;
        var own = await visitor.FindBodiesAsync(bodies, cancel);
        Earlier = await db.Set<Session>()
            .AsNoTracking()
            .Where(s => own.IsAll || own.Kinds.Contains(s.BodyKind) || own.Ids.Contains(s.BodyId))
            .OrderByDescending(s => s.StartsAt)
            .Take(MostEarlier)
            .ToListAsync(cancel);
    }

    public async Task OnGetAsync(CancellationToken cancel)
    {
        await RerenderAsync(cancel);
        if (Pattern is not { } pattern)
        {
            Input.Body = Body;
            if (!Bodies.Any(b => b.DecidesForNetwork))
                Input.NoticeDays = 0;
            return;
        }
        Input = SessionFields.Of(pattern, phrases.Language);
        // Another day: that one is never the same.
        (Input.Starts, Input.Ends) = (null, null);
        if (Prepares is not null)
            (Input.Title, Input.Text, Input.NoticeDays) = (
                phrases["sessions.preparing", ("title", Input.Title)],
                null,
                0
            );
    }

    public async Task<IActionResult> OnPostAsync(
        [FromForm(Name = nameof(Input))] SessionFields input,
        CancellationToken cancel
    )
    {
        Input = input;
        await RerenderAsync(cancel);
        var body =
            Bodies.FirstOrDefault(b => b.Key.ToString() == input.Body)
            ?? throw new RuleViolationException("sessions.body-unknown");
        var (zone, starts, ends) = input.Times();
        var acting = visitor.Acting();
        var pattern = Pattern?.Body == body.Key ? Pattern : null;
        var isLike = Prepares is null && pattern is not null;
        // What is said as in the pattern keeps its other languages.
        var session = await sessions.New(
            body,
            isLike ? pattern!.Title : LocalizedText.Original(phrases.Language, input.Title!.Trim()),
            zone,
            starts,
            ends,
            input.Preset,
            acting,
            cancel
        );
        (session.Text, session.Prepares) = (
            isLike ? pattern!.Text : LocalizedText.Empty,
            Prepares is null ? null : Pattern?.Reference
        );
        if (pattern is not null)
            await sessions.Begin(session, pattern, withAgenda: isLike, cancel);
        await sessions.Change(session, "sessions.begun", acting, () => input.Apply(session, phrases.Language), cancel);
        if (session.Agenda.Count == 0)
            this.SuggestNext("sessions.next.agenda", $"{session.Path}/plan#agenda");
        else
            this.SuggestNext("sessions.convene.do", $"{session.Path}/convene");
        return Redirect($"/{phrases.Language}{session.Path}/plan");
    }
}
