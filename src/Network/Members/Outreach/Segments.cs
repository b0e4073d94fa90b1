using Microsoft.EntityFrameworkCore;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;
using Plenaria.Platform.Journal;

namespace Plenaria.Members.Outreach;

/// <summary>The views of the list that got a name. They are shared: a name is given once.</summary>
internal sealed class Segments(PlenariaDb db, Journal journal)
{
    internal const string Stream = "outreach-segments";

    public async Task<IReadOnlyList<Segment>> All(CancellationToken cancel) =>
        await db.Set<Segment>().AsNoTracking().OrderBy(s => s.Name).ToListAsync(cancel);

    public async Task Keep(string name, string query, OperationContext acting, CancellationToken cancel)
    {
        if (query.Length == 0)
            throw new RuleViolationException("members.outreach.segment.everything");
        if (query.Length > Segment.QueryMaxLength)
            throw new RuleViolationException("members.outreach.segment.too-long");
        var folded = Folding.Fold(name);
        if ((await All(cancel)).Any(s => Folding.Fold(s.Name) == folded))
            throw new RuleViolationException("members.outreach.segment.taken", ("name", name));
        var segment = new Segment
        {
            Id = Guid.CreateVersion7(acting.At),
            Name = name,
            Query = query,
        };
        db.Add(segment);
        journal.Append(acting, Stream, "members.outreach-segment-kept", null, new { segment = segment.Id });
        try
        {
            await db.SaveChangesAsync(cancel);
        }
        catch (DbUpdateException)
        {
            // Somebody else gave it at the same moment.
            throw new RuleViolationException("members.outreach.segment.taken", ("name", name));
        }
    }

    /// <summary>Forgets a view; one that is gone already is no fault.</summary>
    public async Task Remove(Guid id, OperationContext acting, CancellationToken cancel)
    {
        if (await db.Set<Segment>().SingleOrDefaultAsync(s => s.Id == id, cancel) is not { } segment)
            return;
        db.Remove(segment);
        journal.Append(acting, Stream, "members.outreach-segment-removed", null, new { segment = segment.Id });
        await db.SaveChangesAsync(cancel);
    }
}
