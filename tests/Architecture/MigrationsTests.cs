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
        await using var house = House.Build(
            new(Databases.Folder()) { ConnectionString = await Databases.LeaseEmpty(provider), Quiet = true }
        );
        await House.Migrate(house.Services, default);
        await using var scope = house.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<PlenariaDb>();
        Assert.False(db.Database.HasPendingModelChanges());
        Assert.Empty(await db.Database.GetPendingMigrationsAsync());
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
