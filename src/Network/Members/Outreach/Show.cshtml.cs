using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;
using Plenaria.Platform.Language;
using Plenaria.Platform.Site;

namespace Plenaria.Members.Outreach;

/// <summary>
/// One institution on its way to the network: what was said, what comes next, who can help, what it would change.
/// </summary>
[Allow(MembersModule.Outreach)]
internal sealed class ShowModel(
    OutreachStore outreach,
    OutreachView view,
    Territory territory,
    CurrentUser visitor,
    PageLocalizer phrases
) : PageModel, IRerenderable
{
    public ProspectView Dossier { get; private set; } = null!;
    public OutreachView View => view;
    public bool MayJoin { get; private set; }

    [BindProperty]
    public int Version { get; set; }
    public CallFields Call { get; } = new();
    public LogFields Log { get; } = new();
    public PlanFields Plan { get; private set; } = new();
    public StageFields Move { get; private set; } = new();
    public ContactFields Contact { get; } = new();
    public FactFields Fact { get; } = new();
    public JoinFields Join { get; } = new();

    public object? Stored => Dossier.Prospect.Version;
    public DateOnly Today => outreach.Today;

    public async Task<IActionResult> OnGetAsync(string slug, CancellationToken cancel)
    {
        if (!await Load(slug, cancel))
            return NotFound();
        Version = Dossier.Prospect.Version;
        await Show(cancel);
        return Page();
    }

    public async Task RerenderAsync(CancellationToken cancel)
    {
        if (!await Load((string)RouteData.Values["slug"]!, cancel))
            throw new RuleViolationException("platform.changed-meanwhile");
        await Show(cancel);
    }

    /// <summary>The call in three taps: open the page, ring, press how it ended.</summary>
    public Task<IActionResult> OnPostCallAsync(
        string slug,
        [FromForm(Name = nameof(Call))] CallFields call,
        CancellationToken cancel
    ) =>
        Change(
            slug,
            acting =>
            {
                var (next, stage) = call.Outcome!.Value.Follow(Dossier.Prospect.Stage, Today, phrases);
                return outreach.Log(
                    Dossier,
                    ActivityKind.Call,
                    call.Outcome.Value.Say(call.Note, phrases),
                    null,
                    null,
                    next,
                    stage,
                    acting,
                    cancel
                );
            },
            cancel
        );

    public Task<IActionResult> OnPostLogAsync(
        string slug,
        [FromForm(Name = nameof(Log))] LogFields log,
        CancellationToken cancel
    ) =>
        Change(
            slug,
            acting =>
            {
                if (log.On > Today)
                    throw new RuleViolationException("members.leaves-in-the-future");
                PersonId? with = log.Person is { } id
                    ? Dossier.People.FirstOrDefault(p => p.Id.Value == id)?.Id
                        ?? throw new RuleViolationException("platform.changed-meanwhile")
                    : null;
                // Of another day only the day is known: noon is that day nearly everywhere.
                DateTimeOffset? at = log.On is { } day && day != Today ? new(day, new(12, 0), TimeSpan.Zero) : null;
                return outreach.Log(
                    Dossier,
                    log.Kind,
                    log.Text!.Trim(),
                    with,
                    at,
                    log.Next(),
                    log.Stage,
                    acting,
                    cancel
                );
            },
            cancel
        );

    public Task<IActionResult> OnPostPlanAsync(
        string slug,
        [FromForm(Name = nameof(Plan))] PlanFields plan,
        CancellationToken cancel
    ) =>
        Change(
            slug,
            async acting =>
            {
                var colleagues = await outreach.Colleagues(cancel);
                AccountId? owner = plan.Owner is { } id ? new(id) : null;
                if (owner is { } other && other != Dossier.Prospect.Owner && !colleagues.ContainsKey(other))
                    throw new RuleViolationException("members.outreach.owner-unknown");
                var name = owner is { } known ? colleagues.GetValueOrDefault(known, "") : "";
                await outreach.Plan(
                    Dossier,
                    owner,
                    plan.Next(),
                    phrases["members.outreach.handover", ("name", name)],
                    acting,
                    cancel
                );
            },
            cancel
        );

    public Task<IActionResult> OnPostMoveAsync(
        string slug,
        [FromForm(Name = nameof(Move))] StageFields move,
        CancellationToken cancel
    ) =>
        Change(
            slug,
            acting =>
            {
                return outreach.MoveTo(Dossier, move.To, acting, cancel);
            },
            cancel
        );

    public Task<IActionResult> OnPostPersonAsync(
        string slug,
        [FromForm(Name = nameof(Contact))] ContactFields contact,
        CancellationToken cancel
    ) =>
        Change(
            slug,
            acting =>
            {
                return outreach.AddPerson(
                    Dossier,
                    contact.Name!.Trim(),
                    Given(contact.Title),
                    Given(contact.Email),
                    Given(contact.Phone),
                    Language.Parse(contact.Language),
                    acting,
                    cancel
                );
            },
            cancel
        );

    public Task<IActionResult> OnPostFactAsync(
        string slug,
        [FromForm(Name = nameof(Fact))] FactFields fact,
        CancellationToken cancel
    ) =>
        Change(
            slug,
            acting =>
            {
                return outreach.AddFact(
                    Dossier,
                    fact.Field!.Trim(),
                    fact.Value!.Trim(),
                    fact.Source!.Trim(),
                    fact.Day(Today),
                    fact.Confidence,
                    acting,
                    cancel
                );
            },
            cancel
        );

    public Task<IActionResult> OnPostConfirmAsync(string slug, Guid fact, CancellationToken cancel) =>
        Change(
            slug,
            acting =>
            {
                var known =
                    Dossier.Facts.FirstOrDefault(f => f.Id == fact)
                    ?? throw new RuleViolationException("platform.changed-meanwhile");
                return outreach.AddFact(
                    Dossier,
                    known.Field,
                    known.Value,
                    known.Source,
                    PartialDate.On(Today),
                    known.Confidence,
                    acting,
                    cancel
                );
            },
            cancel
        );

    public Task<IActionResult> OnPostJoinAsync(
        string slug,
        [FromForm(Name = nameof(Join))] JoinFields join,
        CancellationToken cancel
    ) =>
        Change(
            slug,
            acting =>
            {
                acting.Require(MembersModule.Edit);
                return outreach.Join(Dossier, join.Class, join.Day(), acting, cancel);
            },
            cancel
        );

    private async Task<IActionResult> Change(string slug, Func<OperationContext, Task> change, CancellationToken cancel)
    {
        if (!await Load(slug, cancel))
            return NotFound();
        PlenariaDb.RequireVersion(Dossier.Prospect, Version);
        await change(visitor.Acting());
        return Redirect($"/{phrases.Language}/outreach/{slug}");
    }

    private async Task<bool> Load(string slug, CancellationToken cancel)
    {
        if (await outreach.Find(slug, cancel) is not { } dossier)
            return false;
        await territory.Demand(visitor.Acting(), dossier.Member.Country, dossier.Member.Stream, cancel);
        Dossier = dossier;
        return true;
    }

    private async Task Show(CancellationToken cancel)
    {
        MayJoin = visitor.May(MembersModule.Edit) && !Dossier.Member.IsPresent;
        await view.Load(Dossier, cancel);
        // What was typed into a refused form stands in the model's state, which comes before these.
        Plan = new()
        {
            Owner = Dossier.Prospect.Owner?.Value,
            NextStep = Dossier.Prospect.NextStep,
            NextOn = Dossier.Prospect.NextOn,
        };
        Move = new() { To = Dossier.Prospect.Stage };
        Contact.Language = phrases.Language.Code;
    }

    private static string? Given(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
