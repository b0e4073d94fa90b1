using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;
using Plenaria.Platform.Language;
using Plenaria.Platform.Register;
using Plenaria.Platform.Site;

namespace Plenaria.Platform.Tasks;

[Authorize]
internal sealed class WorkspaceModel(
    PlenariaDb db,
    Journal.Journal journal,
    Contributions contributions,
    CurrentUser visitor,
    PageLocalizer phrases,
    SignIns signIns,
    FirstSteps.FirstStepList firstSteps,
    TimeProvider time
) : PageModel, IRerenderable
{
    public IReadOnlyList<Waiting> Waiting { get; private set; } = [];

    /// <summary>Who works for the network: whom a task can be given to by choosing.</summary>
    public IReadOnlyList<TaskAssignee> People { get; private set; } = [];
    public bool GivesToOthers { get; private set; }
    public IReadOnlyList<Modules.WorkspacePage> Own { get; private set; } = [];

    /// <summary>
    /// What a new network does first; empty once all of it is done, and for whoever does not set it up.
    /// </summary>
    public IReadOnlyList<FirstSteps.FirstStep> Steps { get; private set; } = [];
    public bool NeedsSecondFactor { get; private set; }

    public bool IsLate(PartialDate due) => due.Last < DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);

    public Fields Input { get; set; } = new();

    public Task OnGetAsync(CancellationToken cancel) => RerenderAsync(cancel);

    public async Task RerenderAsync(CancellationToken cancel)
    {
        var waiting = new List<Waiting>();
        foreach (var source in await contributions.GetAsync<ITaskSource>(cancel))
            waiting.AddRange(await source.For(visitor, phrases.Language, cancel));
        Waiting = [.. waiting.OrderBy(w => w.Due?.Last ?? DateOnly.MaxValue)];
        Own =
        [
            .. (await contributions.DeclaredAsync<Modules.WorkspacePage>(cancel))
                .Where(d => d.Permission is null || visitor.May(d.Permission))
                .OrderBy(d => d.Order),
        ];
        var me = visitor.Who.Id!.Value;
        // Who is not of the Secretariat gives tasks to themselves only, and sees nobody's name.
        GivesToOthers = visitor.May("site.staff-area");
        People = await AssigneeSearch.ListAsync(db, me, GivesToOthers, cancel);
        if (visitor.May(PlatformModule.ManageSite))
            Steps = await firstSteps.GetAsync(cancel);
        NeedsSecondFactor = signIns.SecondFactorRequired && !await signIns.IsEnrolled(me, cancel);
    }

    public async Task<IActionResult> OnPostAsync(
        [FromForm(Name = nameof(Input))] Fields input,
        CancellationToken cancel
    )
    {
        Input = input;
        await RerenderAsync(cancel);
        var assignee =
            GivesToOthers && !string.IsNullOrWhiteSpace(Input.Email)
                ? await AssigneeSearch.FindByEmailAsync(db, Input.Email, cancel)
                : People.FirstOrDefault(p => p.Id.Value == Input.Assignee)?.Id
                    ?? throw new RuleViolationException("tasks.unknown-person");
        Reference? subject = null;
        if (!string.IsNullOrWhiteSpace(Input.Subject))
            subject =
                Reference.TryParse(Input.Subject.Trim().ToUpperInvariant(), null, out var known)
                && await db.Set<RegisterEntry>().AnyAsync(e => e.Reference == known, cancel)
                    ? known
                    : throw new RuleViolationException("tasks.unknown-record", ("reference", Input.Subject));
        var acting = visitor.Acting();
        var task = new HandTask
        {
            Id = Guid.CreateVersion7(acting.At),
            Title = Input.Title,
            Subject = subject,
            Assignee = assignee,
            CreatedBy = visitor.Who.Id!.Value,
            Due = string.IsNullOrWhiteSpace(Input.Due) ? null : PartialDate.Parse(Input.Due.Trim()),
            Comment = Input.Comment,
        };
        db.Add(task);
        journal.Append(acting, task.Stream, "tasks.given", subject, new { task.Title, to = task.Assignee.ToString() });
        await db.SaveChangesAsync(cancel);
        return Redirect($"/{phrases.Language}/workspace");
    }

    public Task<IActionResult> OnPostDoneAsync(Guid id, CancellationToken cancel) => MarkAsync(id, true, cancel);

    public Task<IActionResult> OnPostReopenAsync(Guid id, CancellationToken cancel) => MarkAsync(id, false, cancel);

    private async Task<IActionResult> MarkAsync(Guid id, bool isDone, CancellationToken cancel)
    {
        var me = visitor.Who.Id!.Value;
        if (await db.Set<HandTask>().SingleOrDefaultAsync(t => t.Id == id && t.Assignee == me, cancel) is not { } task)
            return NotFound();
        if (task.DoneAt is null == isDone)
        {
            task.DoneAt = isDone ? time.GetUtcNow() : null;
            var act = isDone ? "tasks.done" : "tasks.reopened";
            journal.Append(visitor.Acting(), task.Stream, act, task.Subject, new { task.Title });
            await db.SaveChangesAsync(cancel);
            if (isDone)
                this.OfferUndo("/workspace", "Reopen", ("id", id));
        }
        return Redirect($"/{phrases.Language}/workspace");
    }

    internal sealed class Fields
    {
        [Required(ErrorMessage = "tasks.title-missing"), StringLength(HandTask.TitleMaxLength)]
        public string Title { get; set; } = "";
        public Guid Assignee { get; set; }

        [StringLength(Account.EmailMaxLength)]
        public string? Email { get; set; }

        [PartialDateField]
        public string? Due { get; set; }

        [StringLength(Reference.MaxLength)]
        public string? Subject { get; set; }

        [StringLength(HandTask.CommentMaxLength)]
        public string? Comment { get; set; }
    }
}
