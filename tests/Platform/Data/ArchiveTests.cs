using Microsoft.Extensions.DependencyInjection;
using Plenaria.Platform.Data;
using Plenaria.Web;

namespace Plenaria.Tests.Platform.Data;

public class ArchiveTests
{
    [Theory, BothDatabases]
    public async Task A_backup_taken_while_the_house_writes_holds_whole_chains(Provider provider)
    {
        await using var house = await TestHost.Open(provider);
        using var enough = new CancellationTokenSource();
        var written = 0;
        var writers = Enumerable
            .Range(0, 4)
            .Select(writer =>
                Task.Run(async () =>
                {
                    while (!enough.IsCancellationRequested)
                    {
                        await house.Within(async services =>
                        {
                            services
                                .GetRequiredService<Plenaria.Platform.Journal.Journal>()
                                .Append(house.Acting(), $"busy:{writer % 2}", "busy.wrote", null, new { writer });
                            await services.GetRequiredService<PlenariaDb>().SaveChangesAsync();
                        });
                        Interlocked.Increment(ref written);
                    }
                })
            )
            .ToList();
        while (Volatile.Read(ref written) < 20)
            await Task.Yield();
        var file = new FileInfo(Path.Combine(house.Data.FullName, "busy.zip"));
        await house.Within(s => s.GetRequiredService<Archive>().Write(file, house.Data, default));
        await enough.CancelAsync();
        await Task.WhenAll(writers);

        await using var other = PlenariaHost.Build(
            new(Databases.Folder()) { ConnectionString = await Databases.Lease(provider), Quiet = true }
        );
        await using var scope = other.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<Archive>().Read(file, house.Data, force: false, default);
        await using var fresh = other.Services.CreateAsyncScope();
        await foreach (
            var fault in fresh.ServiceProvider.GetRequiredService<Plenaria.Platform.Journal.Journal>().Faults(default)
        )
            Assert.Fail(fault);
        var lines = await fresh
            .ServiceProvider.GetRequiredService<Plenaria.Platform.Journal.Journal>()
            .Read("busy:0", 100_000, default);
        Assert.NotEmpty(lines);
    }
}
