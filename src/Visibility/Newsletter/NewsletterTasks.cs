using Microsoft.EntityFrameworkCore;
using Plenaria.Newsletter.Issues;
using Plenaria.Newsletter.Subscribing;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;
using Plenaria.Platform.Language;
using Plenaria.Platform.Tasks;

namespace Plenaria.Newsletter;

/// <summary>Drafts that were begun by themselves wait for an editor.</summary>
internal sealed class NewsletterTasks(PlenariaDb db, Localizer texts) : ITaskSource
{
    public async Task<IReadOnlyList<Waiting>> For(CurrentUser visitor, Language language, CancellationToken cancel)
    {
        if (!visitor.May(NewsletterPermission.Write))
            return [];
        var drafts = await db.Set<Issue>()
            .AsNoTracking()
            .Where(i => i.State == IssueState.Draft && i.Author == null && i.IsAssembled)
            .OrderBy(i => i.Number)
            .ToListAsync(cancel);
        return
        [
            .. drafts.Select(i => new Waiting(
                texts.Get(language, "newsletter.task.assembled", ("title", i.Title.For(language))),
                i.DeskPath,
                null
            )),
        ];
    }
}
