using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Plenaria.Platform.Data;

namespace Plenaria.Members;

/// <summary>Whether the counts that lists and figures are made of are those of the members.</summary>
internal static class MemberCheck
{
    public static async IAsyncEnumerable<string> Faults(
        IServiceProvider services,
        [EnumeratorCancellation] CancellationToken cancel
    )
    {
        var db = services.GetRequiredService<PlenariaDb>();
        var counted = await db.Set<MemberCount>()
            .AsNoTracking()
            .Where(c => c.Count != 0)
            .ToDictionaryAsync(c => c.Key, c => c.Count, cancel);
        await foreach (
            var member in db.Set<Member>()
                .AsNoTracking()
                .Where(m => m.Status == MemberStatus.Member)
                .AsAsyncEnumerable()
                .WithCancellation(cancel)
        )
            counted[MemberCount.KeyOf(member)] = counted.GetValueOrDefault(MemberCount.KeyOf(member)) - 1;
        foreach (var (key, difference) in counted.Where(c => c.Value != 0).OrderBy(c => c.Key, StringComparer.Ordinal))
            yield return $"the count of {key} is off by {difference}";
        var flows = (await db.Set<Composition.MemberFlow>().AsNoTracking().ToListAsync(cancel))
            .Where(f => f.Joined != 0 || f.Ended != 0)
            .ToDictionary(f => (f.Year, f.Country), f => (f.Joined, f.Ended));
        await foreach (
            var member in db.Set<Member>()
                .AsNoTracking()
                .Include(m => m.Periods)
                .AsAsyncEnumerable()
                .WithCancellation(cancel)
        )
        foreach (var (year, country, way) in MemberStore.FlowsOf(member))
        {
            var (joined, ended) = flows.GetValueOrDefault((year, country));
            flows[(year, country)] = way > 0 ? (joined - 1, ended) : (joined, ended - 1);
        }
        foreach (var (key, difference) in flows.Where(f => f.Value != (0, 0)).OrderBy(f => f.Key))
            yield return $"the memberships of {key.Country} in {key.Year} are off by {difference}";
    }
}
