using Microsoft.AspNetCore.Mvc;
using Plenaria.Correspondence;
using Plenaria.Platform.Access;
using Plenaria.Platform.Language;
using Plenaria.Platform.Site;

namespace Plenaria.Newsletter.Issues;

/// <summary>What the page of an issue does with its letters: tries them out, and holds those that wait.</summary>
internal abstract class SendingPage(IssueStore issues, IssueSending sending, CurrentUser visitor, PageLocalizer phrases)
    : IssuePage(issues, visitor, phrases)
{
    public BatchProgress Progress { get; private set; } = new(0, 0, 0);

    /// <summary>What left and failed since it was resumed last.</summary>
    public BatchProgress Failures { get; private set; } = new(0, 0, 0);

    /// <summary>How many readers' answers came.</summary>
    public int Answers { get; private set; }

    /// <summary>The addresses of the test list as they were typed.</summary>
    public string? Testers { get; set; }
    public bool SeesMail => Visitor.May("mail.manage");

    protected async Task ReadProgressAsync(CancellationToken cancel)
    {
        (Progress, Answers) = await sending.ReadProgressAsync(Issue, cancel);
        if (Issue.IsStopped)
            Failures = await sending.ReadFailuresAsync(Issue, cancel);
    }

    /// <summary>The numbers alone, for the page that shows them already.</summary>
    public async Task<IActionResult> OnGetProgressAsync(int number, CancellationToken cancel)
    {
        if (!await FindAsync(number, cancel))
            return NotFound();
        await ReadProgressAsync(cancel);
        return Partial("/Newsletter/Issues/_Progress.cshtml", this);
    }

    /// <param name="testers">One address a line.</param>
    public Task<IActionResult> OnPostTestersAsync(int number, string? testers, CancellationToken cancel)
    {
        Testers = testers ?? "";
        return ActAsync(
            number,
            acting =>
            {
                Issue.RequireDraft();
                Issue.ChooseTesters(Testers.Split(['\r', '\n', ',', ';'], StringSplitOptions.RemoveEmptyEntries));
                return Issues.RecordAsync(Issue, "newsletter.testers-saved", acting, cancel);
            },
            cancel
        );
    }

    /// <param name="editions">Codes of languages.</param>
    public Task<IActionResult> OnPostTestAsync(int number, List<string> editions, CancellationToken cancel) =>
        ActAsync(
            number,
            async acting =>
            {
                Issue.RequireDraft();
                var chosen = Language.All.Where(l => editions.Contains(l.Code)).ToList();
                await sending.SendTestAsync(Issue, chosen, this.Site(), acting, cancel);
            },
            cancel
        );

    public Task<IActionResult> OnPostPauseAsync(int number, CancellationToken cancel) =>
        ActAsync(number, acting => sending.PauseAsync(Issue, acting, cancel), cancel);

    public Task<IActionResult> OnPostResumeAsync(int number, CancellationToken cancel) =>
        ActAsync(number, acting => sending.ResumeAsync(Issue, acting, cancel), cancel);

    public Task<IActionResult> OnPostCancelAsync(int number, CancellationToken cancel) =>
        ActAsync(number, acting => sending.CancelAsync(Issue, acting, cancel), cancel);
}
