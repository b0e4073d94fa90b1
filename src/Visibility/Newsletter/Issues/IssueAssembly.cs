using Microsoft.EntityFrameworkCore;
using Plenaria.Newsletter.Subscribing;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;
using Plenaria.Platform.Language;

namespace Plenaria.Newsletter.Issues;

/// <summary>
/// Begins the issues of lists that have a rhythm: a draft with all that was published since the last one. It is never
/// sent by itself; who changes it first is its author, and somebody else sends it.
/// </summary>
internal sealed class IssueAssembly(PlenariaDb db, IssueStore issues, Localizer texts)
{
    /// <summary>
    /// One draft for each list whose time has come, unless there is a draft already or nothing to tell.
    /// </summary>
    public async Task AssembleDueAsync(OperationContext acting, CancellationToken cancel)
    {
        var lists = await db.Set<MailingList>()
            .AsNoTracking()
            .Where(l => l.Rhythm != DraftRhythm.Never)
            .OrderBy(l => l.Id)
            .ToListAsync(cancel);
        foreach (var list in lists)
            if (await IsDueAsync(list, acting.At, cancel))
                await AssembleAsync(list, acting, cancel);
    }

    private async Task<bool> IsDueAsync(MailingList list, DateTimeOffset now, CancellationToken cancel)
    {
        var before = now.AddMonths(list.Rhythm == DraftRhythm.Monthly ? -1 : -3);
        return !await db.Set<Issue>()
            .AnyAsync(
                i => i.List == list.Id && (i.State == IssueState.Draft || i.SentAt != null && i.SentAt > before),
                cancel
            );
    }

    private async Task AssembleAsync(MailingList list, OperationContext acting, CancellationToken cancel)
    {
        var since = await issues.FindLastSentAsync(list.Id, acting.At, cancel);
        var kinds = (await issues.CountPublishedAsync(since, cancel)).Select(k => k.Kind).ToList();
        var entries = await issues.FindPublishedAsync(kinds, since, cancel);
        if (entries.Count == 0)
            return;
        var month = new PartialDate(acting.At.Year, acting.At.Month);
        string Title(Language language) => texts.Get(language, "newsletter.assembled.title", ("month", month));
        var title = LocalizedText.Original(Language.English, Title(Language.English));
        foreach (var language in Language.All.Where(l => l != Language.English))
            title = title.WithTranslation(language, Title(language));
        var issue = await issues.NewAsync(list.Id, title, acting, cancel);
        issue.IsAssembled = true;
        issue.Add(entries);
        await issues.RecordAsync(issue, "newsletter.entries-added", acting, cancel);
    }
}
