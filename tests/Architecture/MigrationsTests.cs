using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Plenaria.Platform.Data;
using Plenaria.Web;

namespace Plenaria.Tests.Architecture;

public class MigrationsTests
{
    [Theory, BothDatabases]
    public async Task The_migrations_lead_to_the_present_model(Provider provider)
    {
        await using var house = PlenariaHost.Build(
            new(Databases.Folder()) { ConnectionString = await Databases.LeaseEmpty(provider), Quiet = true }
        );
        await PlenariaHost.Migrate(house.Services, default);
        await using var scope = house.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<PlenariaDb>();
        Assert.False(db.Database.HasPendingModelChanges());
        Assert.Empty(await db.Database.GetPendingMigrationsAsync());
    }

    [Theory, BothDatabases]
    public async Task A_database_of_another_build_is_refused_in_a_sentence_and_left_as_it_is(Provider provider)
    {
        await using var house = PlenariaHost.Build(
            new(Databases.Folder()) { ConnectionString = await Databases.Lease(provider), Quiet = true }
        );
        await using var scope = house.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<PlenariaDb>();
        var first = db.Database.GetMigrations().First();
        await db.Database.ExecuteSqlAsync(
            $"""
            UPDATE "__EFMigrationsHistory" SET "MigrationId" = '20261129201039_Mending' WHERE "MigrationId" = {first}
            """
        );
        var applied = await db.Database.GetAppliedMigrationsAsync();
        foreach (
            var start in (Func<IServiceProvider, CancellationToken, Task>[])
                [PlenariaHost.Migrate, PlenariaHost.DemandPresentModel]
        )
        {
            var refused = await Assert.ThrowsAsync<RuleViolationException>(() => start(house.Services, default));
            Assert.Equal("platform.unknown-migration", refused.Key);
        }
        Assert.Equal(applied, await db.Database.GetAppliedMigrationsAsync());
    }

    [Fact]
    public async Task Tables_carry_the_prefix_of_their_module()
    {
        await using var house = PlenariaHost.Build(
            new(Databases.Folder()) { ConnectionString = await Databases.LeaseEmpty(Provider.Sqlite), Quiet = true }
        );
        await using var scope = house.Services.CreateAsyncScope();
        foreach (var entity in scope.ServiceProvider.GetRequiredService<PlenariaDb>().Model.GetEntityTypes())
        {
            var module = entity.ClrType.Assembly.GetName().Name!.Split('.')[^1];
            var prefixes =
                module == "Platform"
                    ? entity.ClrType.Namespace!.Split('.')[^1].ToLowerInvariant()
                    : module.ToLowerInvariant();
            Assert.StartsWith(prefixes + "_", entity.GetTableName());
        }
    }
}
