using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Plenaria.Ballots.Rules;
using Plenaria.Members;
using Plenaria.Platform.Access;
using Plenaria.Platform.Bodies;
using Plenaria.Platform.Data;
using Plenaria.Platform.Language;
using Plenaria.Platform.Site;

namespace Plenaria.Sessions.Planning;

/// <summary>The agenda, the motions and the seats of a session, and the notice that calls its body together.</summary>
[Allow(SessionsModule.Prepare)]
internal sealed class PlanModel(
    SessionStore sessions,
    SessionHistory history,
    Convening convening,
    IMembers members,
    BodyService bodies,
    CurrentUser visitor,
    PageLocalizer phrases
) : PageModel, IRerenderable
{
    private const int MostRules = 256_000;

    public Session Session { get; private set; } = null!;
    public (IReadOnlyList<Session> By, Session? Of) Preparing { get; private set; } = ([], null);
    public string RulesName =>
        Session.Rules.NameFor(phrases.Language)
        ?? phrases[
            Session.Rules.ToJson() == Presets.Of(Body).ToJson() ? "sessions.rules.own" : "sessions.rules.of-body"
        ];

    /// <summary>One session for each set of rules that others vote by.</summary>
    public IReadOnlyList<Session> OtherRules { get; private set; } = [];

    /// <summary>A set of rules by its own name, and by the session that votes by it.</summary>
    public string NameOf(Session other)
    {
        var (name, session) = (other.Rules.NameFor(phrases.Language), other.Title.For(phrases.Language));
        return name is null ? session : $"{name} ({session})";
    }

    /// <summary>The body that meets; null when its module is switched off.</summary>
    public Body? Body { get; private set; }

    /// <summary>How many members its body has, which all have a seat unless some are named.</summary>
    public int Invited { get; private set; }
    public bool SeatsAreNamed => Body is not { DecidesForNetwork: true };

    /// <summary>Names to choose from.</summary>
    public IReadOnlyList<LocalizedText> Names { get; private set; } = [];
    public bool MayPlan => Session.State is SessionState.Draft or SessionState.Convened;
    public object? Stored => Session.Version;

    public async Task<IActionResult> OnGetAsync(string reference, CancellationToken cancel)
    {
        if (!await Load(reference, cancel))
            return NotFound();
        return Page();
    }

    public async Task RerenderAsync(CancellationToken cancel)
    {
        if (!await Load((string)RouteData.Values["reference"]!, cancel))
            throw new RuleViolationException("platform.changed-meanwhile");
    }

    public Task<IActionResult> OnPostAddAsync(
        string reference,
        int version,
        string? title,
        Guid? under,
        int? minutes,
        bool @internal,
        CancellationToken cancel
    ) =>
        Agenda(
            reference,
            version,
            agenda =>
            {
                var typed = title is null ? null : Folding.Cut(title, Session.TitleMaxLength);
                var words = LocalizedText.Empty.Reworded(phrases.Language, typed);
                AgendaEditor.Add(agenda, words, under, minutes, @internal, visitor.Acting().At);
                return null;
            },
            cancel
        );

    public Task<IActionResult> OnPostUpAsync(string reference, int version, Guid item, CancellationToken cancel) =>
        MoveAsync(reference, version, item, -1, cancel);

    public Task<IActionResult> OnPostDownAsync(string reference, int version, Guid item, CancellationToken cancel) =>
        MoveAsync(reference, version, item, 1, cancel);

    private Task<IActionResult> MoveAsync(string reference, int version, Guid item, int by, CancellationToken cancel) =>
        Agenda(
            reference,
            version,
            agenda =>
            {
                AgendaEditor.Move(agenda, item, by);
                return null;
            },
            cancel
        );

    public Task<IActionResult> OnPostRemoveAsync(string reference, int version, Guid item, CancellationToken cancel) =>
        Agenda(reference, version, agenda => AgendaEditor.Remove(agenda, item), cancel);

    /// <summary>Puts the point back that somebody has just removed.</summary>
    public async Task<IActionResult> OnPostUndoAsync(string reference, int version, CancellationToken cancel)
    {
        if (!await Load(reference, cancel))
            return NotFound();
        PlenariaDb.RequireVersion(Session, version);
        var removed =
            await history.FindRemovedPointAsync(Session, cancel)
            ?? throw new RuleViolationException("platform.changed-meanwhile");
        return await Agenda(
            reference,
            version,
            agenda =>
            {
                AgendaEditor.Restore(agenda, removed);
                return null;
            },
            cancel
        );
    }

    public Task<IActionResult> OnPostSeatAsync(
        string reference,
        int version,
        string? named,
        CancellationToken cancel
    ) =>
        Act(
            reference,
            version,
            async acting =>
            {
                var member =
                    await members.Chosen(named, phrases.Language, cancel)
                    ?? throw new RuleViolationException("sessions.member-unknown", ("name", named));
                await sessions.Change(
                    Session,
                    "sessions.seat-given",
                    acting,
                    () => sessions.Seat(Session, member),
                    cancel
                );
            },
            cancel
        );

    /// <summary>
    /// Rules of the body's own from a file, or those of another session; without either, those the house knows.
    /// </summary>
    public Task<IActionResult> OnPostRulesAsync(
        string reference,
        int version,
        IFormFile? file,
        string? like,
        CancellationToken cancel
    ) =>
        Act(
            reference,
            version,
            async acting =>
            {
                if (Session.State != SessionState.Draft)
                    throw new RuleViolationException("sessions.rules-frozen");
                var rules =
                    file is not null ? await Read(file, cancel)
                    : string.IsNullOrEmpty(like) ? Presets.Of(Body)
                    : OtherRules.FirstOrDefault(s => s.Reference.ToString() == like)?.Rules
                        ?? throw new RuleViolationException("platform.changed-meanwhile");
                if (
                    Session.Motions.Select(m => m.Decision).Except(rules.Decisions.Keys).ToList() is
                    { Count: > 0 } lacking
                )
                    throw new RuleViolationException("sessions.rules-lack", ("decisions", string.Join(", ", lacking)));
                await sessions.Change(Session, "sessions.rules-set", acting, () => Session.Rules = rules, cancel);
            },
            cancel
        );

    private static async Task<Rulebook> Read(IFormFile file, CancellationToken cancel)
    {
        if (file.Length > MostRules)
            throw new RuleViolationException("sessions.rules-too-large", ("most", MostRules / 1_000));
        using var bytes = new MemoryStream();
        await file.CopyToAsync(bytes, cancel);
        return Rulebook.Parse(bytes.ToArray());
    }

    public Task<IActionResult> OnPostTellAsync(string reference, int version, CancellationToken cancel) =>
        Act(reference, version, acting => convening.Tell(Session, this.Site(), acting, cancel), cancel);

    /// <param name="change">Changes the agenda; returns what the journal keeps of a point it removed.</param>
    private async Task<IActionResult> Agenda(
        string reference,
        int version,
        Func<List<AgendaItem>, object?> change,
        CancellationToken cancel
    )
    {
        object? removed = null;
        var next = await Act(
            reference,
            version,
            acting =>
                sessions.Change(
                    Session,
                    AgendaEditor.Changed,
                    acting,
                    () =>
                    {
                        var agenda = Session.Agenda.ToList();
                        removed = change(agenda);
                        Session.Agenda = agenda;
                    },
                    cancel,
                    () => removed
                ),
            cancel
        );
        if (removed is not null)
            this.OfferUndoAs("sessions.undo.point", $"{Session.Path}/plan", "Undo", ("version", Session.Version));
        return next;
    }

    private async Task<IActionResult> Act(
        string reference,
        int version,
        Func<OperationContext, Task> act,
        CancellationToken cancel
    )
    {
        if (!await Load(reference, cancel))
            return NotFound();
        PlenariaDb.RequireVersion(Session, version);
        await act(visitor.Acting());
        if (Session.IsUntold)
            this.SuggestNext("sessions.tell.do", $"{Session.Path}/plan#tell");
        else if (Session is { State: SessionState.Draft, Agenda.Count: > 0 })
            this.SuggestNext("sessions.convene.do", $"{Session.Path}/convene");
        return Redirect($"/{phrases.Language}{Session.Path}/plan");
    }

    private async Task<bool> Load(string reference, CancellationToken cancel)
    {
        if (await sessions.FindToPrepareAsync(reference, visitor.Acting(), cancel) is not { } session)
            return false;
        Session = session;
        Body = await bodies.FindAsync(session.Body, cancel);
        var (by, of) = await sessions.Preparing(session, cancel);
        Preparing = ([.. by.Where(s => visitor.MayLead(s.Body))], of);
        Invited = session.State == SessionState.Draft ? (await bodies.MembersAsync(session.Body, cancel)).Count : 0;
        OtherRules =
            session.State == SessionState.Draft
                ? await history.FindOtherRulesAsync(session, visitor.MayLead, cancel)
                : [];
        Names = SeatsAreNamed ? await members.SuggestAsync(null, cancel) : [];
        return true;
    }
}
