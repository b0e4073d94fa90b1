using Microsoft.AspNetCore.Mvc;
using Plenaria.Newsletter.Subscribing;
using Plenaria.Platform.Access;
using Plenaria.Platform.Language;
using Plenaria.Platform.Site;

namespace Plenaria.Newsletter.Issues;

/// <summary>Who answered an issue, and what they wrote.</summary>
[Allow(NewsletterPermission.Write)]
internal sealed class ReaderAnswersModel(
    IssueStore issues,
    AnswerStore answers,
    CurrentUser visitor,
    PageLocalizer phrases
) : IssuePage(issues, visitor, phrases)
{
    public IReadOnlyList<AnswerView> All { get; private set; } = [];

    protected override async Task ShowAsync(CancellationToken cancel) => All = await answers.ListAsync(Issue, cancel);

    public async Task<IActionResult> OnPostHandleAsync(int number, Guid answer, CancellationToken cancel)
    {
        var shown = await SetAsync(number, answer, isHandled: true, cancel);
        this.OfferUndo($"{Issue.DeskPath}/answers", "Reopen", ("answer", answer));
        return shown;
    }

    public Task<IActionResult> OnPostReopenAsync(int number, Guid answer, CancellationToken cancel) =>
        SetAsync(number, answer, isHandled: false, cancel);

    private async Task<IActionResult> SetAsync(int number, Guid answer, bool isHandled, CancellationToken cancel)
    {
        await ActAsync(number, acting => answers.SetHandledAsync(Issue, answer, isHandled, acting, cancel), cancel);
        return Redirect($"/{Phrases.Language}{Issue.DeskPath}/answers");
    }
}
