using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Plenaria.Members;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;

namespace Plenaria.Experiences.Desk;

/// <summary>
/// What waits for the editors of somebody's territory: practices submitted, and published ones that changed since they
/// were read.
/// </summary>
[Allow(ExperiencesModule.Edit)]
internal sealed class IndexModel(PlenariaDb db, IMembers members, CurrentUser visitor) : PageModel
{
    private const int Most = 100;

    public IReadOnlyList<Experience> Submitted { get; private set; } = [];
    public IReadOnlyList<Experience> Changed { get; private set; } = [];

    /// <summary>Taken over from elsewhere without a name.</summary>
    public IReadOnlyList<Experience> Unnamed { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken cancel)
    {
        var mine = await InTerritory(db, members, visitor.Acting(), cancel);
        Submitted = await mine.Where(e => e.State == EditorialState.Submitted)
            .OrderBy(e => e.SubmittedAt)
            .Take(Most)
            .ToListAsync(cancel);
        Changed = await mine.Where(e => e.State == EditorialState.Published && e.ReviewedAt < e.ChangedAt)
            .OrderBy(e => e.ChangedAt)
            .Take(Most)
            .ToListAsync(cancel);
        Unnamed = await mine.Where(e => e.State == EditorialState.Draft && e.SourceKey != null)
            .OrderBy(e => e.Number)
            .Take(Most)
            .ToListAsync(cancel);
    }

    internal static async Task<IQueryable<Experience>> InTerritory(
        PlenariaDb db,
        IMembers members,
        OperationContext acting,
        CancellationToken cancel
    )
    {
        var all = db.Set<Experience>().AsNoTracking();
        return await members.CountriesOf(acting, ExperiencesModule.Edit, cancel) is { } countries
            ? all.Where(e => e.Country != null && countries.Contains(e.Country))
            : all;
    }
}
