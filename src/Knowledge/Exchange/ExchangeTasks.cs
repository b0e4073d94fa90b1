using Microsoft.EntityFrameworkCore;
using Plenaria.Comments;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;
using Plenaria.Platform.Language;
using Plenaria.Platform.Tasks;

namespace Plenaria.Exchange;

/// <summary>
/// Drives that ask a member and wait for its people; members' questions that wait for whoever works for their office.
/// </summary>
internal sealed class ExchangeTasks(PlenariaDb db, DriveStore drives, CommentService comments, Localizer texts)
    : ITaskSource
{
    private const int Most = 20;

    public async Task<IReadOnlyList<Waiting>> For(CurrentUser visitor, Language language, CancellationToken cancel)
    {
        if (!visitor.May(ExchangeModule.TakePart))
            return [];
        var tasks = (await drives.Pending(visitor.Who.Represents, cancel))
            .DistinctBy(p => p.Drive.Id)
            .Take(Most)
            .Select(p => new Waiting(
                texts.Get(language, "exchange.task.drive", ("title", p.Drive.Title.For(language))),
                p.Drive.Path,
                PartialDate.On(p.Drive.Due)
            ))
            .ToList();
        var offices = visitor
            .Who.Grants.Where(g => g.Role == Role.Regional && g.Scope.Kind == "office")
            .Select(g => (OfficeId?)new OfficeId(g.Scope.Id))
            .ToList();
        var said = comments.QueryShown();
        if (offices.Count > 0)
            tasks.AddRange(
                (
                    await db.Set<Thread>()
                        .AsNoTracking()
                        .Where(t =>
                            t.Kind == ThreadKind.Office
                            && offices.Contains(t.Office)
                            && t.ClosedAt == null
                            && !t.Withdrawn
                            && !said.Any(c => c.Record == t.Id && c.IsAnswer)
                        )
                        .OrderBy(t => t.At)
                        .Take(Most)
                        .ToListAsync(cancel)
                ).Select(t => new Waiting(
                    texts.Get(language, "exchange.task.answer", ("title", t.Title)),
                    t.Path,
                    null
                ))
            );
        return tasks;
    }
}
