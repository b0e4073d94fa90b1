using Microsoft.EntityFrameworkCore;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;
using Plenaria.Platform.Language;
using Plenaria.Platform.Tasks;

namespace Plenaria.Comments;

/// <summary>
/// Answers by mail that wait for their sender's confirmation; comments that were reported, for those who moderate.
/// </summary>
internal sealed class CommentTasks(PlenariaDb db, CommentKinds kinds, CommentModeration moderation, Localizer texts)
    : ITaskSource
{
    private const int Most = 20;

    public async Task<IReadOnlyList<Waiting>> For(CurrentUser visitor, Language language, CancellationToken cancel)
    {
        if (visitor.Who.Id is not { } me)
            return [];
        var inUse = await kinds.FindKeysAsync(cancel);
        var held = await db.Set<HeldReply>()
            .AsNoTracking()
            .Where(r =>
                r.Account == me && db.Set<Discussion>().Any(d => d.Id == r.Discussion && inUse.Contains(d.Kind))
            )
            .OrderBy(r => r.At)
            .Take(Most)
            .ToListAsync(cancel);
        var tasks = held.Select(r => new Waiting(texts.Get(language, "comments.task.reply"), r.Path, null)).ToList();
        if (
            visitor.May(CommentsModule.Moderate)
            && (await moderation.FindReportedAsync(visitor.Acting(), cancel)).Count is > 0 and var count
        )
            tasks.Add(new(texts.Count(language, "comments.task.reports", count), "/comments/reports", null));
        return tasks;
    }
}
