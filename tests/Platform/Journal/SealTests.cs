using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Plenaria.Platform.Data;
using Plenaria.Platform.Journal;

namespace Plenaria.Tests.Platform.Journal;

public class SealTests
{
    private static Task<JournalSeal?> Seal(TestHost house) =>
        house.Within(s => s.GetRequiredService<Seals>().Make(default));

    private static Task Record(TestHost house, string stream) =>
        house.Within(async services =>
        {
            services
                .GetRequiredService<Plenaria.Platform.Journal.Journal>()
                .Append(house.Acting(), stream, "site.settings-changed", null, new { stream });
            await services.GetRequiredService<PlenariaDb>().SaveChangesAsync();
        });

    private static Task<List<string>> Faults(TestHost house) =>
        house.Within(async services =>
        {
            var faults = new List<string>();
            await foreach (var fault in services.GetRequiredService<Seals>().Faults(default))
                faults.Add(fault);
            return faults;
        });

    [Theory, BothDatabases]
    public async Task A_root_kept_outside_shows_what_was_changed_before_it(Provider provider)
    {
        await using var house = await TestHost.Open(provider);
        var first = await Seal(house);
        Assert.Null(await Seal(house));
        await Record(house, "test:one");
        var second = await Seal(house);
        await Record(house, "test:one");
        Assert.Equal((1L, 2L), (first!.Number, second!.Number));
        Assert.Empty(await Faults(house));
        Assert.Contains(second.RootText, (await house.Visit().Get("/fr/seals")).Body);
        Assert.Contains(first.RootText, (await house.Visit().Get("/fr/seals.atom")).Body);
        Assert.True(
            await house.Within(s =>
                s.GetRequiredService<Plenaria.Platform.Journal.Journal>().WasSealedWith(first.RootText, default)
            )
        );
        Assert.False(
            await house.Within(s =>
                s.GetRequiredService<Plenaria.Platform.Journal.Journal>().WasSealedWith(new string('0', 64), default)
            )
        );

        // Somebody rewrites an entry, with its hash: the chain of that stream may be made to fit, the seal does not.
        var forged = new byte[32];
        await house.Within(s =>
            s.GetRequiredService<PlenariaDb>()
                .Database.ExecuteSqlAsync(
                    $"UPDATE journal_entries SET hash = {forged} WHERE stream = 'test:one' AND sequence = 1"
                )
        );
        Assert.Equal(["seal 2 holds another entry 1 of test:one"], await Faults(house));
        await house.Within(s =>
            s.GetRequiredService<PlenariaDb>()
                .Database.ExecuteSqlAsync($"UPDATE journal_seals SET content = {forged} WHERE number = 0")
        );
        await house.Within(s =>
            s.GetRequiredService<PlenariaDb>().Database.ExecuteSqlAsync($"DELETE FROM journal_seals WHERE number = 1")
        );
        Assert.Contains("seal 1 is missing", await Faults(house));
    }

    [Fact]
    public async Task The_journal_is_read_by_those_who_may_and_narrowed_to_one_record()
    {
        await using var house = await TestHost.Open(Provider.Sqlite);
        var auditor = await house.Visit(Plenaria.Platform.Access.Role.Auditor);
        var about = await auditor.Get("/en/journal?about=OIDP-2013-A04");
        Assert.Contains("Action added", about.Text(".history"));
        Assert.DoesNotContain("OIDP-2013-A05", about.Text(".history"));
        var all = await auditor.Get("/en/journal");
        var earlier = await auditor.Get("/en/journal" + all.Page.QuerySelector("a[rel=next]")!.GetAttribute("href"));
        Assert.Equal(HttpStatusCode.OK, earlier.Status);
        Assert.NotEqual(all.Text(".history"), earlier.Text(".history"));
    }
}
