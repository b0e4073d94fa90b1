using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;

namespace Plenaria.Comments;

/// <summary>The discussions that somebody follows, the newest first.</summary>
[Authorize]
internal sealed class IndexModel(PlenariaDb db, CommentKinds kinds, CurrentUser visitor) : PageModel
{
    private const int Most = 50;

    public IReadOnlyList<CommentedRecord> Records { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken cancel)
    {
        var me = visitor.Who.Id;
        var followed = await (
            from f in db.Set<Follower>().AsNoTracking()
            join d in db.Set<Discussion>() on f.Discussion equals d.Id
            where f.Account == me && f.IsActive
            orderby d.Id descending
            select d
        )
            .Take(Most)
            .ToListAsync(cancel);
        var records = new List<CommentedRecord>();
        foreach (var discussion in followed)
            if (await kinds.FindRecordAsync(discussion.Kind, discussion.Id, visitor.Acting(), cancel) is { } record)
                records.Add(record);
        Records = records;
    }
}
