using DiffPlex.DiffBuilder;
using DiffPlex.DiffBuilder.Model;
using Microsoft.EntityFrameworkCore;
using Plenaria.Platform.Data;

namespace Plenaria.Plans.Follow;

/// <summary>The versions of a plan, and what has changed since the newest that was approved.</summary>
/// <param name="Changes">With the heading above each change; null while no version is approved.</param>
internal sealed record PlanHistory(IReadOnlyList<PlanVersion> Versions, IReadOnlyList<DiffPiece>? Changes)
{
    public bool IsApproved => Versions.Any(v => v.IsApproved);

    public static async Task<PlanHistory> ReadAsync(PlenariaDb db, WorkPlan plan, CancellationToken cancel)
    {
        var versions = await db.Set<PlanVersion>()
            .AsNoTracking()
            .Where(v => v.PlanId == plan.Id)
            .OrderBy(v => v.Number)
            .ToListAsync(cancel);
        return new(versions, versions.LastOrDefault(v => v.IsApproved) is { } newest ? Compare(newest, plan) : null);
    }

    private static List<DiffPiece> Compare(PlanVersion newest, WorkPlan plan)
    {
        var lines = InlineDiffBuilder.Diff(newest.Text, PlanVersion.Describe(plan)).Lines;
        // A heading above a changed line says which action it belongs to.
        return
        [
            .. lines.Where(
                (line, i) =>
                    line.Type != ChangeType.Unchanged
                    || line.Text.StartsWith('#')
                        && lines
                            .Skip(i + 1)
                            .TakeWhile(l => !l.Text.StartsWith('#'))
                            .Any(l => l.Type != ChangeType.Unchanged)
            ),
        ];
    }
}
