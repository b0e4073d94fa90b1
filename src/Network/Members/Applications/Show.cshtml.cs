using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Plenaria.Forms;
using Plenaria.Members.Merging;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;
using Plenaria.Platform.Files;
using Plenaria.Platform.Journal;
using Plenaria.Platform.Language;
using Plenaria.Platform.Site;

namespace Plenaria.Members.Applications;

/// <summary>One application: what was sent, whom it looks like, what has been done, and the decision.</summary>
[Allow(MembersModule.Edit)]
internal sealed class ShowModel(
    PlenariaDb db,
    Admission admission,
    FormService forms,
    FileStore files,
    Duplicates duplicates,
    Territory territory,
    Journal journal,
    CurrentUser visitor,
    PageLocalizer phrases
) : PageModel, IRerenderable
{
    public Application Application { get; private set; } = null!;
    public Answered Sent { get; private set; } = null!;
    public IReadOnlyDictionary<string, FileReference> Files { get; private set; } =
        new Dictionary<string, FileReference>();

    /// <summary>As whom the visitor reads the answers.</summary>
    public AnswerVisibility Reader { get; private set; }
    public IReadOnlyList<Member> Alike { get; private set; } = [];
    public IReadOnlyList<JournalLine> History { get; private set; } = [];
    public Member? Became { get; private set; }

    [BindProperty]
    public int Version { get; set; }

    [BindProperty]
    public MemberClass AsWhat { get; set; }

    [BindProperty, System.ComponentModel.DataAnnotations.StringLength(Application.ReasonMaxLength)]
    public string? Reason { get; set; }
    public object? Stored => Application.Version;

    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken cancel)
    {
        if (!await Load(id, cancel))
            return NotFound();
        Version = Application.Version;
        return Page();
    }

    public async Task RerenderAsync(CancellationToken cancel)
    {
        if (!await Load(Guid.Parse((string)RouteData.Values["id"]!), cancel))
            throw new RuleViolationException("platform.changed-meanwhile");
    }

    public Task<IActionResult> OnPostEligibleAsync(Guid id, CancellationToken cancel) =>
        Decide(id, acting => admission.FindEligible(Application, acting, cancel), cancel);

    public Task<IActionResult> OnPostAskBackAsync(Guid id, CancellationToken cancel) =>
        Decide(id, acting => admission.AskBack(Application, Words(), this.Site(), acting, cancel), cancel);

    public Task<IActionResult> OnPostDeclineAsync(Guid id, CancellationToken cancel) =>
        Decide(id, acting => admission.Decline(Application, Words(), acting, cancel), cancel);

    public Task<IActionResult> OnPostAdmitAsync(Guid id, CancellationToken cancel) =>
        Decide(id, acting => admission.Admit(Application, AsWhat, this.Site(), acting, cancel), cancel);

    private string Words() =>
        string.IsNullOrWhiteSpace(Reason)
            ? throw new RuleViolationException("members.applications.words-missing")
            : Reason.Trim();

    private async Task<IActionResult> Decide(Guid id, Func<OperationContext, Task> decide, CancellationToken cancel)
    {
        if (!await Load(id, cancel))
            return NotFound();
        PlenariaDb.RequireVersion(Application, Version);
        await decide(visitor.Acting());
        return Redirect($"/{phrases.Language}{Application.Path}");
    }

    private async Task<bool> Load(Guid id, CancellationToken cancel)
    {
        if (await db.Set<Application>().SingleOrDefaultAsync(a => a.Id == id, cancel) is not { } application)
            return false;
        await territory.Demand(visitor.Acting(), application.Country, application.Stream, cancel);
        (Application, Sent) = (application, await forms.Read(application.Response, cancel));
        Files = await files.Describe([.. Sent.Answers.Of("letter")], cancel);
        Reader = await forms.FindReaderAsync(Sent.Form.Key, application.Response, visitor, cancel);
        Alike = application.IsOpen
            ? await duplicates.Of(application.Name, application.Country, Sent.Answers.One("website"), cancel)
            : [];
        History = await journal.Read(application.Stream, 30, cancel);
        Became = application.Member is { } member
            ? await db.Set<Member>().AsNoTracking().SingleAsync(m => m.Id == member, cancel)
            : null;
        return true;
    }
}
