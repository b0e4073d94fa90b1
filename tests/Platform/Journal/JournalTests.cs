using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Plenaria.Platform.Data;
using Plenaria.Platform.Site;

namespace Plenaria.Tests.Platform.Journal;

public class JournalTests(SharedHosts houses) : IClassFixture<SharedHosts>
{
    private static async Task Record(TestHost house, string stream, string act) =>
        await house.Within(async services =>
        {
            services
                .GetRequiredService<Plenaria.Platform.Journal.Journal>()
                .Append(house.Acting("writer"), stream, act, null, new { act });
            await services.GetRequiredService<PlenariaDb>().SaveChangesAsync();
        });

    private static async Task<List<string>> Faults(TestHost house, string stream) =>
        await house.Within(async services =>
        {
            var faults = new List<string>();
            await foreach (
                var fault in services.GetRequiredService<Plenaria.Platform.Journal.Journal>().Faults(default)
            )
                if (fault.StartsWith(stream + ":", StringComparison.Ordinal))
                    faults.Add(fault);
            return faults;
        });

    private static Task Sql(TestHost house, FormattableString sql) =>
        house.Within(services => services.GetRequiredService<PlenariaDb>().Database.ExecuteSqlAsync(sql));

    [Theory, BothDatabases]
    public async Task Many_writers_of_one_stream_make_one_chain_without_gaps(Provider provider)
    {
        var house = await houses.On(provider);
        await Task.WhenAll(Enumerable.Range(0, 24).Select(i => Record(house, "test:many", $"act-{i}")));
        Assert.Empty(await Faults(house, "test:many"));
        var lines = await house.Within(s =>
            s.GetRequiredService<Plenaria.Platform.Journal.Journal>().Read("test:many", 100, default)
        );
        Assert.Equal(Enumerable.Range(1, 24).Reverse().Select(i => (long)i), lines.Select(l => l.Sequence));
        Assert.All(lines, l => Assert.Equal("writer", l.Who));
    }

    [Theory, BothDatabases]
    public async Task Verify_names_the_entry_that_was_changed_moved_or_taken_away(Provider provider)
    {
        var house = await houses.On(provider);
        foreach (var stream in (string[])["test:changed", "test:removed", "test:payload", "test:cut", "test:unsalted"])
            for (var i = 1; i <= 3; i++)
                await Record(house, stream, $"act-{i}");
        await Sql(house, $"UPDATE journal_entries SET act = 'other' WHERE stream = 'test:changed' AND sequence = 2");
        await Sql(house, $"DELETE FROM journal_entries WHERE stream = 'test:removed' AND sequence = 2");
        await Sql(house, $"DELETE FROM journal_entries WHERE stream = 'test:cut' AND sequence = 3");
        var forged = "{}"u8.ToArray();
        await Sql(
            house,
            $"UPDATE journal_payloads SET content = {forged} WHERE entry_id = (SELECT id FROM journal_entries WHERE stream = 'test:payload' AND sequence = 1)"
        );

        // Without its salt a forged content would be bound to nothing.
        await Sql(
            house,
            $"UPDATE journal_payloads SET content = {forged}, salt = NULL WHERE entry_id = (SELECT id FROM journal_entries WHERE stream = 'test:unsalted' AND sequence = 1)"
        );

        Assert.Contains(
            "the content of entry 1 was taken from its salt",
            Assert.Single(await Faults(house, "test:unsalted"))
        );
        Assert.Null(
            (
                await house.Within(s =>
                    s.GetRequiredService<Plenaria.Platform.Journal.Journal>().Read("test:unsalted", 9, default)
                )
            )[^1].What
        );
        Assert.Contains("entry 2 was changed", Assert.Single(await Faults(house, "test:changed")));
        Assert.Contains("entry 2 is missing", Assert.Single(await Faults(house, "test:removed")));
        Assert.Contains("the chain ends at 2", Assert.Single(await Faults(house, "test:cut")));
        Assert.Contains("the content of entry 1 was changed", Assert.Single(await Faults(house, "test:payload")));
    }

    [Theory, BothDatabases]
    public async Task Erasing_what_an_entry_says_leaves_the_chain_whole(Provider provider)
    {
        var house = await houses.On(provider);
        await Record(house, "test:erased", "act");
        await Record(house, "test:erased", "act");
        await Sql(
            house,
            $"UPDATE journal_payloads SET content = NULL, salt = NULL WHERE entry_id = (SELECT id FROM journal_entries WHERE stream = 'test:erased' AND sequence = 1)"
        );
        Assert.Empty(await Faults(house, "test:erased"));
        var lines = await house.Within(s =>
            s.GetRequiredService<Plenaria.Platform.Journal.Journal>().Read("test:erased", 10, default)
        );
        Assert.Null(lines[1].Who);
    }

    [Theory, BothDatabases]
    public async Task A_change_that_nobody_tells_the_journal_is_not_saved(Provider provider)
    {
        var house = await houses.On(provider);
        await house.Within(async services =>
        {
            var db = services.GetRequiredService<PlenariaDb>();
            (await db.Set<NetworkProfile>().SingleAsync()).ShortName = "silent";
            await Assert.ThrowsAsync<InvalidOperationException>(() => db.SaveChangesAsync());
        });
        Assert.NotEqual(
            "silent",
            await house.Within(async s => (await s.GetRequiredService<Network>().Profile()).ShortName)
        );
    }

    [Theory, BothDatabases]
    public async Task Of_two_edits_of_one_state_the_second_is_refused(Provider provider)
    {
        var house = await houses.On(provider);
        await house.Within(async first =>
            await house.Within(async second =>
            {
                var (a, b) = (first.GetRequiredService<PlenariaDb>(), second.GetRequiredService<PlenariaDb>());
                (await a.Set<NetworkProfile>().SingleAsync()).Purpose = LocalizedText.Original(
                    Language.English,
                    "first"
                );
                (await b.Set<NetworkProfile>().SingleAsync()).Purpose = LocalizedText.Original(
                    Language.English,
                    "second"
                );
                foreach (var (services, db) in new[] { (first, a), (second, b) })
                    services
                        .GetRequiredService<Plenaria.Platform.Journal.Journal>()
                        .Append(house.Acting(), "site", "site.purpose-changed", null, new { });
                await a.SaveChangesAsync();
                await Assert.ThrowsAsync<DbUpdateConcurrencyException>(() => b.SaveChangesAsync());
            })
        );
        Assert.Equal(
            "first",
            await house.Within(async s => (await s.GetRequiredService<Network>().Profile()).Purpose.ToString())
        );
        Assert.Empty(await Faults(house, "site"));
    }
}
