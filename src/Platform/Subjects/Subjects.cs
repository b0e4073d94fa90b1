using System.Data.Common;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Plenaria.Platform.Data;
using Plenaria.Platform.Journal;
using Plenaria.Platform.Modules;

namespace Plenaria.Platform.Subjects;

/// <summary>
/// A row whose column was pointed at another subject: its table, the column and the row's key as text.
/// </summary>
public sealed record MovedRow(string Table, string Column, List<string> Key);

/// <summary>
/// Everything that points at an institution or a person, as the modules claim it. Merging two records moves these
/// columns, and moves exactly the same ones back.
/// </summary>
public sealed class Subjects(PlenariaDb db, ModuleCatalog modules)
{
    /// <summary>
    /// Points every row that follows from one subject to another. A row that cannot (its like is there already) stays.
    /// Within a transaction of the caller, who tells the journal in these streams.
    /// </summary>
    public async Task<List<MovedRow>> Repoint(
        SubjectKind kind,
        Guid from,
        Guid to,
        StatementStreams of,
        CancellationToken cancel
    )
    {
        db.State(of);
        var moved = new List<MovedRow>();
        foreach (var claim in modules.Declared<SubjectColumn>().Where(c => c.Kind == kind && c.Follows))
        {
            var column = Column.Of(db, claim);
            foreach (var key in await column.Keys(from, cancel))
                if (await column.Point(key, to, cancel))
                    moved.Add(new(column.Table, column.Name, key));
        }
        return moved;
    }

    /// <summary>Points the rows back. Those that are gone by now are passed over; returns how many were.</summary>
    public async Task<int> Undo(
        SubjectKind kind,
        IEnumerable<MovedRow> moves,
        Guid backTo,
        StatementStreams of,
        CancellationToken cancel
    )
    {
        db.State(of);
        var columns = modules
            .Declared<SubjectColumn>()
            .Where(c => c.Kind == kind && c.Follows)
            .Select(c => Column.Of(db, c))
            .ToList();
        var gone = 0;
        // In the other order: what was moved last is moved back first.
        foreach (var move in moves.Reverse())
            if (
                columns.Find(c => c.Table == move.Table && c.Name == move.Column) is not { } column
                || !await column.Point(move.Key, backTo, cancel)
            )
                gone++;
        return gone;
    }

    private sealed class Column(PlenariaDb db, IEntityType entity, IProperty property, string? only)
    {
        private readonly IReadOnlyList<IProperty> _key = entity.FindPrimaryKey()!.Properties;
        private readonly bool _canClash =
            entity.GetIndexes().Any(i => i.IsUnique && i.Properties.Contains(property))
            || entity.FindPrimaryKey()!.Properties.Contains(property);

        public string Table { get; } = entity.GetTableName()!;
        public string Name { get; } = property.GetColumnName();

        public static Column Of(PlenariaDb db, SubjectColumn claim)
        {
            var entity = db.Model.FindEntityType(claim.Entity)!;
            return new(db, entity, entity.FindProperty(claim.Property)!, claim.Only);
        }

        public async Task<List<List<string>>> Keys(Guid subject, CancellationToken cancel)
        {
            await using var command = Command(
                $"SELECT {string.Join(", ", _key.Select(k => $"\"{k.GetColumnName()}\""))} FROM \"{Table}\" WHERE \"{Name}\" = @s{(only is null ? "" : $" AND {only}")}"
            );
            Add(command, "@s", property, Subject(subject));
            await using var rows = await command.ExecuteReaderAsync(cancel);
            var keys = new List<List<string>>();
            while (await rows.ReadAsync(cancel))
                keys.Add([
                    .. Enumerable
                        .Range(0, _key.Count)
                        .Select(i => Convert.ToString(rows.GetValue(i), CultureInfo.InvariantCulture)!),
                ]);
            return keys;
        }

        /// <summary>False when a row like it is there already, or it is gone.</summary>
        public async Task<bool> Point(List<string> key, Guid to, CancellationToken cancel)
        {
            // A key that holds the subject itself has another value once it was moved.
            var where = string.Join(" AND ", _key.Select((k, i) => $"\"{k.GetColumnName()}\" = @k{i}"));
            await using var command = Command($"UPDATE \"{Table}\" SET \"{Name}\" = @to WHERE {where}");
            Add(command, "@to", property, Subject(to));
            for (var i = 0; i < _key.Count; i++)
                Add(command, $"@k{i}", _key[i], Read(_key[i], key[i]));
            if (!_canClash)
                return await command.ExecuteNonQueryAsync(cancel) == 1;
            var transaction = db.Database.CurrentTransaction!;
            await transaction.CreateSavepointAsync("moving", cancel);
            try
            {
                var isMoved = await command.ExecuteNonQueryAsync(cancel) == 1;
                if (isMoved)
                    for (var i = 0; i < _key.Count; i++)
                        if (_key[i] == property)
                            key[i] = Convert.ToString(Provided(property, Subject(to)), CultureInfo.InvariantCulture)!;
                return isMoved;
            }
            catch (DbException)
            {
                await transaction.RollbackToSavepointAsync("moving", cancel);
                return false;
            }
        }

        private DbCommand Command(string sql)
        {
            var command = db.Database.GetDbConnection().CreateCommand();
            command.Transaction = Microsoft.EntityFrameworkCore.Storage.DbContextTransactionExtensions.GetDbTransaction(
                db.Database.CurrentTransaction!
            );
            command.CommandText = sql;
            return command;
        }

        private static void Add(DbCommand command, string name, IProperty property, object value) =>
            command.Parameters.Add(property.GetRelationalTypeMapping().CreateParameter(command, name, value));

        private object Subject(Guid id) => Read(property, id.ToString());

        private static object? Provided(IProperty property, object value) =>
            property.GetTypeMapping().Converter is { } converter ? converter.ConvertToProvider(value) : value;

        private static object Read(IProperty property, string text)
        {
            var converter = property.GetTypeMapping().Converter;
            var type = converter?.ProviderClrType ?? Nullable.GetUnderlyingType(property.ClrType) ?? property.ClrType;
            object value =
                type == typeof(Guid) ? Guid.Parse(text)
                : type == typeof(string) ? text
                : Convert.ChangeType(text, type, CultureInfo.InvariantCulture);
            return converter?.ConvertFromProvider(value) ?? value;
        }
    }
}
