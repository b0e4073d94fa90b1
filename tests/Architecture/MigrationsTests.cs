using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.Extensions.DependencyInjection;
using Plenaria.Platform.Data;
using Plenaria.Platform.Site;
using Plenaria.Web;

namespace Plenaria.Tests.Architecture;

public class MigrationsTests
{
    [Theory, BothDatabases]
    public async Task The_migrations_lead_to_the_present_model(Provider provider)
    {
        await using var house = House.Build(
            new(Databases.Folder()) { ConnectionString = await Databases.LeaseEmpty(provider), Quiet = true }
        );
        await House.Migrate(house.Services, default);
        await using var scope = house.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<PlenariaDb>();
        Assert.False(db.Database.HasPendingModelChanges());
        Assert.Empty(await db.Database.GetPendingMigrationsAsync());
    }

    [Theory, BothDatabases]
    public async Task A_network_named_under_the_first_migration_is_served_under_the_present_one(Provider provider)
    {
        await using var house = House.Build(
            new(Databases.Folder()) { ConnectionString = await Databases.LeaseEmpty(provider), Quiet = true }
        );
        await using (var scope = house.Services.CreateAsyncScope())
        {
            var db = scope.ServiceProvider.GetRequiredService<PlenariaDb>();
            await db.GetService<IMigrator>().MigrateAsync("Initial");
            var (id, name, purpose) = (NetworkProfile.OnlyId, """{"en":{"t":"Network of towns"}}""", "{}");
            await db.Database.ExecuteSqlAsync(
                $"INSERT INTO site_network (id, name, purpose, short_name, prefix, version) VALUES ({id}, {name}, {purpose}, 'Towns', 'TOWN', 0)"
            );
        }
        await House.Migrate(house.Services, default);
        await using var after = house.Services.CreateAsyncScope();
        var profile = await after.ServiceProvider.GetRequiredService<Network>().Profile();
        Assert.Equal("Network of towns", profile.Name.ToString());
        Assert.True(profile.Has("Members"));
    }

    [Fact]
    public async Task Tables_carry_the_prefix_of_their_module()
    {
        await using var house = House.Build(
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
