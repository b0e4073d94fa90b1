using Microsoft.Extensions.DependencyInjection;
using Plenaria.Exchange;
using Plenaria.Members;
using Plenaria.Platform.Access;

namespace Plenaria.Tests.Knowledge.Exchange;

/// <summary>A drive that asks many members reads them at once.</summary>
public class DriveQueryTests
{
    private static Task<Drive> Prepare(
        TestHost house,
        Func<IReadOnlyList<MemberLine>, IEnumerable<MemberLine>> asked
    ) =>
        house.Within(async services =>
        {
            var (drives, acting) = (services.GetRequiredService<DriveStore>(), house.Acting());
            var drive = await drives.New(
                LocalizedText.Original(Language.English, "Counted"),
                acting.Today.AddDays(30),
                acting,
                default
            );
            var all = await services.GetRequiredService<IMembers>().Present(null, default);
            await drives.Ask(drive, [.. asked(all)], acting, default);
            return drive;
        });

    private static Task Open(TestHost house, Drive drive) =>
        house.Within(async services =>
        {
            var drives = services.GetRequiredService<DriveStore>();
            await drives.Open((await drives.Find(drive.Number, default, toEdit: true))!, house.Acting(), default);
        });

    [Theory, BothDatabases]
    public async Task Opening_asks_once_for_the_members_and_once_who_refuses_mail(Provider provider)
    {
        var (house, counter) = await QueryCounter.Open(provider);
        await using var closing = house;
        await house.ActsFor(Role.Juror, "ajuntament-de-barcelona");
        await house.ActsFor(Role.Translator, "intendencia-de-montevideo");
        var (one, all) = (await Prepare(house, m => m.Take(1)), await Prepare(house, m => m));
        Assert.True(all.Members.Count > 5);
        var few = await counter.During("members_", () => Open(house, one));
        var before = (await house.LettersTo("juror@example.org")).Count;
        var many = await counter.During("members_", () => Open(house, all));
        Assert.Equal(before + 1, (await house.LettersTo("juror@example.org")).Count);
        Assert.Equal(1, many.Count(q => q.Sql.Contains("members_members", StringComparison.Ordinal)));
        Assert.Equal(1, many.Count(q => q.Sql.Contains("members_people", StringComparison.Ordinal)));
        Assert.InRange(few.Count, 1, 2);
    }
}
