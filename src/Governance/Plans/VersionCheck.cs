using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Plenaria.Platform.Data;
using Plenaria.Platform.Journal;

namespace Plenaria.Plans;

/// <summary>
/// Whether every approved version of a plan still reads as it was approved: its text, its hash and the journal's word
/// on it.
/// </summary>
internal static class VersionCheck
{
    public static async IAsyncEnumerable<string> Faults(
        IServiceProvider services,
        [EnumeratorCancellation] CancellationToken cancel
    )
    {
        var (db, journal) = (services.GetRequiredService<PlenariaDb>(), services.GetRequiredService<Journal>());
        var versions = (await db.Set<PlanVersion>().AsNoTracking().ToListAsync(cancel)).ToLookup(v => v.PlanId);
        foreach (var plan in await db.Set<WorkPlan>().AsNoTracking().OrderBy(p => p.Year).ToListAsync(cancel))
        {
            var approved = (await journal.Read(plan.Stream, int.MaxValue, cancel))
                .Where(l => l.Act is "plans.adopted" or "plans.amended")
                .Reverse()
                .ToList();
            var kept = versions[plan.Id].OrderBy(v => v.Number).ToList();
            foreach (var version in kept.Where(v => PlanVersion.HashOf(v.Text) != Convert.ToHexStringLower(v.Hash)))
                yield return $"{plan.Reference}: the text of version {version.Number} was changed after it was kept";
            foreach (var (version, number) in kept.Where(v => v.IsApproved).Select((v, i) => (v, i)))
                if (
                    number >= approved.Count
                    || approved[number].Detail("sha256") != Convert.ToHexStringLower(version.Hash)
                )
                    yield return $"{plan.Reference}: version {version.Number} is not the one the journal holds";
            if (approved.Count > kept.Count(v => v.IsApproved))
                yield return $"{plan.Reference}: the journal holds {approved.Count} approved versions, of which {kept.Count(v => v.IsApproved)} are left";
        }
    }
}
