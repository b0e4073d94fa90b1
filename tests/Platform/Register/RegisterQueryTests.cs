using Microsoft.Extensions.DependencyInjection;
using Plenaria.Platform.Register;

namespace Plenaria.Tests.Platform.Register;

/// <summary>What lists read of the register does not grow with all of it.</summary>
public class RegisterQueryTests
{
    [Theory, BothDatabases]
    public async Task The_newest_entries_are_the_first_of_an_index_and_nothing_is_sorted(Provider provider)
    {
        var (house, counter) = await QueryCounter.Open(provider);
        await using var closing = house;
        var queries = await counter.During(
            "register_entries",
            () =>
                house.Within(services =>
                    services
                        .GetRequiredService<Plenaria.Platform.Register.Register>()
                        .NewestBut(["page"], Audience.Public, 3, default)
                )
        );
        // The entries, then their texts by them: each reads three entries at most.
        Assert.Equal(2, queries.Count);
        Assert.Equal(4, queries[0].Reads);
        var plan = await QueryCounter.Plan(house, queries[0]);
        Assert.Contains("IX_register_entries_changed_at_reference_id", plan, StringComparison.Ordinal);
        Assert.DoesNotContain("B-TREE FOR ORDER BY", plan, StringComparison.Ordinal);
        Assert.DoesNotContain("Sort", plan, StringComparison.Ordinal);
    }
}
