using System.Collections.Concurrent;
using System.Data.Common;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Plenaria.Platform.Data;

namespace Plenaria.Testing;

/// <summary>
/// A query and how often it asked for a row: once more than there were, when it read to the end.
/// </summary>
public sealed record CountedQuery(string Sql, int Reads, IReadOnlyList<(string Name, object? Value)> Parameters);

/// <summary>
/// Counts the queries of a house and the rows they read, so that a test can assert that neither grows with what the
/// page does not show.
/// </summary>
public sealed class QueryCounter : DbCommandInterceptor, IStartupFilter
{
    private readonly ConcurrentQueue<CountedQuery> _queries = new();

    // Jobs of the house ask on their own time: what they ask is not what the work of a test caused.
    private readonly AsyncLocal<bool> _counting = new();

    // What is kept for some seconds is kept for as long as a test takes.
    private sealed class StoppedClock : TimeProvider
    {
        private readonly DateTimeOffset _now = DateTimeOffset.UtcNow;

        public override DateTimeOffset GetUtcNow() => _now;
    }

    /// <summary>A house whose queries are counted.</summary>
    public static async Task<(TestHost House, QueryCounter Counter)> Open(Provider provider)
    {
        var counter = new QueryCounter();
        return (
            await TestHost.Open(
                provider,
                replace: services =>
                    services
                        .AddSingleton<IStartupFilter>(counter)
                        .AddSingleton<TimeProvider>(new StoppedClock())
                        .ConfigureDbContext<PlenariaDb>(o => o.AddInterceptors(counter))
            ),
            counter
        );
    }

    /// <summary>Every request is counted, and so is what a request waits for.</summary>
    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) =>
        app =>
        {
            app.Use(
                (_, rest) =>
                {
                    _counting.Value = true;
                    return rest();
                }
            );
            next(app);
        };

    /// <summary>The queries of requests, and of the work itself, that name this table while it is done.</summary>
    public async Task<IReadOnlyList<CountedQuery>> During(string table, Func<Task> work)
    {
        _queries.Clear();
        _counting.Value = true;
        await work();
        return [.. _queries.Where(q => q.Sql.Contains(table, StringComparison.Ordinal))];
    }

    public override InterceptionResult DataReaderDisposing(
        DbCommand command,
        DataReaderDisposingEventData eventData,
        InterceptionResult result
    )
    {
        if (_counting.Value)
            _queries.Enqueue(
                new(
                    command.CommandText,
                    eventData.ReadCount,
                    [.. command.Parameters.Cast<DbParameter>().Select(p => (p.ParameterName, p.Value))]
                )
            );
        return result;
    }

    /// <summary>How the database reads what a query asks for: the indexes it goes through, as it says itself.</summary>
    public static Task<string> Plan(TestHost house, CountedQuery query) =>
        house.Within(async services =>
        {
            var db = services.GetRequiredService<PlenariaDb>();
            await db.Database.OpenConnectionAsync();
            // PostgreSQL reads a small table whole, whatever indexes there are; a test's are small.
            if (!db.IsSqlite)
                await db.Database.ExecuteSqlRawAsync("SET enable_seqscan = off");
            await using var command = db.Database.GetDbConnection().CreateCommand();
            command.CommandText = (db.IsSqlite ? "EXPLAIN QUERY PLAN " : "EXPLAIN ") + query.Sql;
            foreach (var (name, value) in query.Parameters)
            {
                var parameter = command.CreateParameter();
                (parameter.ParameterName, parameter.Value) = (name, value ?? DBNull.Value);
                command.Parameters.Add(parameter);
            }
            var plan = new StringBuilder();
            await using var reader = await command.ExecuteReaderAsync();
            while (await reader.ReadAsync())
                plan.AppendLine(reader.GetString(db.IsSqlite ? 3 : 0));
            return plan.ToString();
        });

    /// <summary>Lets the database count its rows anew: a plan follows what it knows of them.</summary>
    public static Task Analyze(TestHost house) =>
        house.Within(async services =>
        {
            var db = services.GetRequiredService<PlenariaDb>();
            // SQLite plans without these figures in the program, and does here.
            if (!db.IsSqlite)
                await db.Database.ExecuteSqlRawAsync("ANALYZE");
        });
}
