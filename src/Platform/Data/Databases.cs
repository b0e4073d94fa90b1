using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Plenaria.Platform.Data;

/// <summary>Which database an installation stands on, decided by the form of its connection string.</summary>
public sealed record DatabaseChoice(string ConnectionString)
{
    public bool IsSqlite => !ConnectionString.TrimStart().StartsWith("Host=", StringComparison.OrdinalIgnoreCase);

    // The model uses none but the types that every server has: the first connection need not ask for all of them.
    private static void UseKnownTypes(NpgsqlDataSourceBuilder source) =>
        source.ConfigureTypeLoading(types => types.EnableTypeLoading(false));

    /// <summary>The connection string as given, or an embedded database in the data directory.</summary>
    public static DatabaseChoice Of(string? connectionString, DirectoryInfo data) =>
        new(
            string.IsNullOrWhiteSpace(connectionString)
                ? $"Data Source={Path.Combine(data.FullName, "plenaria.db")}"
                : connectionString
        );

    public static void Configure(IServiceCollection services, DatabaseChoice choice)
    {
        services.AddSingleton(choice);
        services.AddSingleton(new WriteLock(oneAtATime: choice.IsSqlite));
        services.AddSingleton<CacheInvalidation>();
        services.AddSingleton<DatabaseStartup>();
        services.AddDbContext<PlenariaDb>(options =>
        {
            options.ReplaceService<IModelCacheKeyFactory, ModuleModelCacheKeyFactory>();
            if (choice.IsSqlite)
                options
                    .UseSqlite(
                        choice.ConnectionString,
                        o =>
                            o.MigrationsAssembly("Plenaria.Migrations.Sqlite")
                                .UseQuerySplittingBehavior(QuerySplittingBehavior.SplitQuery)
                    )
                    .AddInterceptors(new SecureDeletion());
            else
                options.UseNpgsql(
                    choice.ConnectionString,
                    o =>
                        o.MigrationsAssembly("Plenaria.Migrations.Postgres")
                            .UseQuerySplittingBehavior(QuerySplittingBehavior.SplitQuery)
                            .ConfigureDataSource(UseKnownTypes)
                );
        });
    }

    /// <summary>Whether the database was ever migrated: a new one is created by the first migration.</summary>
    internal static async Task<bool> Exists(PlenariaDb db, CancellationToken cancel) =>
        (await db.Database.GetAppliedMigrationsAsync(cancel)).Any();

    /// <summary>Whether the database is at the present model.</summary>
    /// <exception cref="RuleViolationException">It has a migration that this program does not know.</exception>
    public static async Task<bool> IsPresent(PlenariaDb db, CancellationToken cancel)
    {
        var known = db.Database.GetMigrations().ToList();
        var applied = (await db.Database.GetAppliedMigrationsAsync(cancel)).ToList();
        if (applied.Except(known).LastOrDefault() is { } other)
            throw new RuleViolationException("platform.unknown-migration", ("migration", other));
        return applied.Count == known.Count;
    }

    /// <summary>
    /// Brings the database to the present model, and lets the modules fill in what migrations could not reckon.
    /// </summary>
    public async Task Upgrade(IServiceProvider services, CancellationToken cancel)
    {
        var db = services.GetRequiredService<PlenariaDb>();
        if (await IsPresent(db, cancel))
            return;
        await Migrate(db, cancel);
        foreach (var upgrade in services.GetRequiredService<Modules.ModuleCatalog>().Declared<Modules.Upgrade>())
            await upgrade.Run(services, cancel);
    }

    /// <summary>
    /// Brings the database to the present model, or to that of the migration <paramref name="to"/>; creates it where
    /// there is none.
    /// </summary>
    public async Task Migrate(PlenariaDb db, CancellationToken cancel, string? to = null)
    {
        if (!IsSqlite)
        {
            await db.GetService<IMigrator>().MigrateAsync(to, cancel);
            return;
        }
        var file = Path.GetFullPath(new SqliteConnectionStringBuilder(ConnectionString).DataSource);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        if (File.Exists(file) && !(await db.Database.GetPendingMigrationsAsync(cancel)).Any())
            return;
        // EF marks a migration under way by a row, which a process that dies leaves behind for ever; the system frees a
        // locked file. Whoever holds the file knows that the row, if there is one, is nobody's.
        await using var turn = await Turn(file + ".migrating", cancel);
        await using (var connection = new SqliteConnection(ConnectionString))
        {
            await connection.OpenAsync(cancel);
            await using var clear = connection.CreateCommand();
            clear.CommandText =
                "PRAGMA journal_mode=WAL; CREATE TABLE IF NOT EXISTS __EFMigrationsLock (Id INTEGER NOT NULL PRIMARY KEY, Timestamp TEXT NOT NULL); DELETE FROM __EFMigrationsLock";
            await clear.ExecuteNonQueryAsync(cancel);
        }
        await db.GetService<IMigrator>().MigrateAsync(to, cancel);
    }

    private static async Task<FileStream> Turn(string path, CancellationToken cancel)
    {
        using var retry = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (true)
            try
            {
                return new(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException)
            {
                await retry.WaitForNextTickAsync(cancel);
            }
    }
}
