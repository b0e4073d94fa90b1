using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;
using Plenaria.Platform.Journal;

namespace Plenaria.Platform.Data;

/// <summary>
/// Writes many new rows of one kind past the change tracker, by the mappings EF knows: a prepared statement on SQLite,
/// a binary COPY on PostgreSQL. Within a transaction of the caller, who tells the journal in the streams of the rows.
/// </summary>
public sealed class Bulk(PlenariaDb db)
{
    // SQLite keeps 2 MB of pages unless told otherwise, and the indexes of a filled table are written at random.
    private const string MorePages = "PRAGMA cache_size=-32768";

    private readonly Dictionary<Type, (DbCommand Command, Column[] Columns)> _prepared = [];

    private sealed record Column(string Name, Func<object, object?> Read, RelationalTypeMapping Mapping);

    /// <summary>Rows whose streams have an entry when the transaction commits.</summary>
    public Task Insert<T>(IReadOnlyCollection<T> rows, CancellationToken cancel)
        where T : class
    {
        db.State(rows);
        return Write(rows, cancel);
    }

    /// <summary>Rows of these streams, whatever they say of themselves.</summary>
    public Task Insert<T>(IReadOnlyCollection<T> rows, StatementStreams of, CancellationToken cancel)
        where T : class
    {
        db.State(of);
        return Write(rows, cancel);
    }

    private async Task Write<T>(IReadOnlyCollection<T> rows, CancellationToken cancel)
        where T : class
    {
        if (rows.Count == 0)
            return;
        var entity = db.Model.FindEntityType(typeof(T))!;
        if (db.IsSqlite)
            await Prepared(entity, rows, cancel);
        else
            await Copy(entity, rows, cancel);
    }

    /// <summary>Entries of the journal among the rows: their streams have been told.</summary>
    internal void Tell(IEnumerable<string> streams) => db.Tell(streams);

    private async Task Prepared<T>(IEntityType entity, IReadOnlyCollection<T> rows, CancellationToken cancel)
        where T : class
    {
        if (_prepared.Count == 0)
            await db.Database.ExecuteSqlRawAsync(MorePages, cancel);
        if (!_prepared.TryGetValue(typeof(T), out var statement))
        {
            var columns = ColumnsOf(entity);
            var command = db.Database.GetDbConnection().CreateCommand();
            command.CommandText =
                $"INSERT INTO \"{entity.GetTableName()}\" ({string.Join(", ", columns.Select(c => $"\"{c.Name}\""))}) VALUES ({string.Join(", ", columns.Select((_, i) => $"@p{i}"))})";
            for (var i = 0; i < columns.Length; i++)
                command.Parameters.Add(columns[i].Mapping.CreateParameter(command, $"@p{i}", null, nullable: true));
            await command.PrepareAsync(cancel);
            _prepared[typeof(T)] = statement = (command, columns);
        }
        statement.Command.Transaction = db.Database.CurrentTransaction!.GetDbTransaction();
        foreach (var row in rows)
        {
            for (var i = 0; i < statement.Columns.Length; i++)
                statement.Command.Parameters[i].Value = statement.Columns[i].Read(row) ?? DBNull.Value;
            await statement.Command.ExecuteNonQueryAsync(cancel);
        }
    }

    private async Task Copy<T>(IEntityType entity, IReadOnlyCollection<T> rows, CancellationToken cancel)
        where T : class
    {
        var columns = ColumnsOf(entity);
        var connection = (NpgsqlConnection)db.Database.GetDbConnection();
        await using var importer = await connection.BeginBinaryImportAsync(
            $"COPY \"{entity.GetTableName()}\" ({string.Join(", ", columns.Select(c => $"\"{c.Name}\""))}) FROM STDIN (FORMAT BINARY)",
            cancel
        );
        foreach (var row in rows)
        {
            await importer.StartRowAsync(cancel);
            foreach (var column in columns)
                if (column.Read(row) is { } value)
                    await importer.WriteAsync(value, column.Mapping.StoreTypeNameBase, cancel);
                else
                    await importer.WriteNullAsync(cancel);
        }
        await importer.CompleteAsync(cancel);
    }

    private static Column[] ColumnsOf(IEntityType entity) =>
        [
            .. entity
                .GetProperties()
                .Select(property =>
                {
                    var (read, mapping) = (property.GetGetter(), property.GetRelationalTypeMapping());
                    var convert = mapping.Converter is { } converter ? converter.ConvertToProvider : null;
                    return new Column(
                        property.GetColumnName(),
                        row =>
                            read.GetClrValue(row) is { } value
                                ? convert is null
                                    ? value
                                    : convert(value)
                                : null,
                        mapping
                    );
                }),
        ];
}
