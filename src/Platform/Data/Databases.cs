using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Plenaria.Platform.Data;

/// <summary>Which database an installation stands on, decided by the form of its connection string.</summary>
public sealed record DatabaseChoice(string ConnectionString)
{
    public bool IsSqlite => !ConnectionString.TrimStart().StartsWith("Host=", StringComparison.OrdinalIgnoreCase);

    /// <summary>The connection string as given, or an embedded database in the data directory.</summary>
    public static DatabaseChoice Of(string? connectionString, DirectoryInfo data) =>
        new(string.IsNullOrWhiteSpace(connectionString) ? $"Data Source={Path.Combine(data.FullName, "plenaria.db")}" : connectionString);

    public static void Configure(IServiceCollection services, DatabaseChoice choice)
    {
        services.AddSingleton(choice);
        services.AddSingleton(new WriteGate(oneAtATime: choice.IsSqlite));
        services.AddDbContext<PlenariaDb>(options =>
        {
            if (choice.IsSqlite)
                options.UseSqlite(choice.ConnectionString, o => o.MigrationsAssembly("Plenaria.Migrations.Sqlite").UseQuerySplittingBehavior(QuerySplittingBehavior.SplitQuery));
            else
                options.UseNpgsql(choice.ConnectionString, o => o.MigrationsAssembly("Plenaria.Migrations.Postgres").UseQuerySplittingBehavior(QuerySplittingBehavior.SplitQuery));
        });
    }

    /// <summary>Brings the database to the present model; creates it where there is none.</summary>
    public async Task Migrate(PlenariaDb db, CancellationToken cancel)
    {
        if (IsSqlite && new SqliteConnectionStringBuilder(ConnectionString).DataSource is { Length: > 0 } file && Path.GetDirectoryName(Path.GetFullPath(file)) is { } folder)
            Directory.CreateDirectory(folder);
        await db.Database.MigrateAsync(cancel);
        if (IsSqlite)
            await db.Database.ExecuteSqlRawAsync("PRAGMA journal_mode=WAL", cancel);
    }
}
