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
        Session.Rules.Name.GetValueOrDefault(phrases.Language.Code)
        ?? Session.Rules.Name.Values.FirstOrDefault()
        ?? phrases[
            Session.Rules.ToJson() == Presets.Of(Body).ToJson() ? "sessions.rules.own" : "sessions.rules.of-body"
        ];

    /// <summary>The body that meets; null when its module is switched off.</summary>
    public Body? Body { get; private set; }

    /// <summary>How many members its body has, which all have a seat unless some are named.</summary>
    public int Invited { get; private set; }
    public bool SeatsAreNamed => Body is not { DecidesForNetwork: true };

    /// <summary>Names to choose from.</summary>
    public IReadOnlyList<LocalizedText> Names { get; private set; } = [];
    public bool MayPlan => Session.State is SessionState.Draft or SessionState.Convened;
    public object? Stored => Session.Version;

    public async Task<IActionResult> OnGetAsync(string reference, CancellationToken cancel) =>
        await Load(reference, cancel) ? Page() : NotFound();

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
                var words = LocalizedText.Empty.Reworded(
                    phrases.Language,
                    title?.Length > Session.TitleMaxLength ? title[..Session.TitleMaxLength] : title
                );
                if (words.IsEmpty)
                    throw new RuleViolationException("sessions.title-missing");
                if (agenda.Count >= Session.MostItems)
                    throw new RuleViolationException("sessions.too-many-points", ("most", Session.MostItems));
                if (under is { } parent && !agenda.Exists(i => i.Id == parent))
                    throw new RuleViolationException("platform.changed-meanwhile");
                agenda.Add(
                    new(
                        Guid.CreateVersion7(),
                        words,
                        under,
                        @internal ? ItemKind.Internal : ItemKind.Common,
                        Math.Clamp(minutes ?? 0, 0, 1440)
                    )
                );
            },
            cancel
        );

    public Task<IActionResult> OnPostUpAsync(string reference, int version, Guid item, CancellationToken cancel) =>
        Agenda(reference, version, agenda => Move(agenda, item, -1), cancel);

    public Task<IActionResult> OnPostDownAsync(string reference, int version, Guid item, CancellationToken cancel) =>
        Agenda(reference, version, agenda => Move(agenda, item, 1), cancel);

    public Task<IActionResult> OnPostRemoveAsync(string reference, int version, Guid item, CancellationToken cancel) =>
        Agenda(
            reference,
            version,
            agenda =>
            {
                if (agenda.Exists(i => i.Under == item))
                    throw new RuleViolationException("sessions.item-has-points");
                agenda.RemoveAll(i => i.Id == item);
            },
            cancel
        );

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

    /// <summary>Rules of the body's own, from a file; without one, those the house knows.</summary>
    public Task<IActionResult> OnPostRulesAsync(
        string reference,
        int version,
        IFormFile? file,
        CancellationToken cancel
    ) =>
        Act(
            reference,
            version,
            async acting =>
            {
                if (Session.State != SessionState.Draft)
                    throw new RuleViolationException("sessions.rules-frozen");
                var rules = file is null ? Presets.Of(Body) : await Read(file, cancel);
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

    public Task<IActionResult> OnPostCancelAsync(string reference, int version, CancellationToken cancel) =>
        Act(reference, version, acting => convening.Cancel(Session, this.Site(), acting, cancel), cancel);

    private Task<IActionResult> Agenda(
        string reference,
        int version,
        Action<List<AgendaItem>> change,
        CancellationToken cancel
    ) =>
        Act(
            reference,
            version,
            acting =>
                sessions.Change(
                    Session,
                    "sessions.agenda-changed",
                    acting,
                    () =>
                    {
                        var agenda = Session.Agenda.ToList();
                        change(agenda);
                        Session.Agenda = agenda;
                    },
                    cancel
                ),
            cancel
        );

    // A point changes places with the one before or after it under the same heading.
    private static void Move(List<AgendaItem> agenda, Guid item, int by)
    {
        if (agenda.Find(i => i.Id == item) is not { } moved)
            return;
        var beside = agenda.Where(i => i.Under == moved.Under).ToList();
        if (beside.ElementAtOrDefault(beside.IndexOf(moved) + by) is not { } other)
            return;
        var (a, b) = (agenda.IndexOf(moved), agenda.IndexOf(other));
        (agenda[a], agenda[b]) = (agenda[b], agenda[a]);
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
        Names = SeatsAreNamed ? await members.SuggestAsync(null, cancel) : [];
        return true;
    }
}
