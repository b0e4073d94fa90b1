using System.Linq.Expressions;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Plenaria.Platform.Data;
using Plenaria.Platform.Modules;

namespace Plenaria.Platform.Files;

/// <summary>
/// A column in which a module's records refer to stored files by their hashes, alone or within JSON. A file that no
/// such column names is nobody's and is deleted; a file that is not public is opened by whoever may read a record that
/// names it.
/// </summary>
public abstract partial class FileColumn
{
    /// <summary>All hashes that the column holds.</summary>
    internal abstract IAsyncEnumerable<string> Hashes(PlenariaDb db, CancellationToken cancel);

    /// <summary>Whether a record that names the file may be read by the visitor of this request.</summary>
    internal abstract Task<bool> MayOpen(string hash, IServiceProvider services, CancellationToken cancel);

    [GeneratedRegex("[0-9a-f]{64}", RegexOptions.NonBacktracking)]
    internal static partial Regex Hash();
}

/// <inheritdoc/>
internal sealed class FileColumn<TEntity>(
    string property,
    Func<TEntity, IServiceProvider, CancellationToken, Task<bool>> mayRead
) : FileColumn
    where TEntity : class
{
    public static FileColumn<TEntity> Of(
        Expression<Func<TEntity, object?>> column,
        Func<TEntity, IServiceProvider, CancellationToken, Task<bool>> mayRead
    ) =>
        new(
            (column.Body as MemberExpression ?? (MemberExpression)((UnaryExpression)column.Body).Operand).Member.Name,
            mayRead
        );

    internal override async IAsyncEnumerable<string> Hashes(
        PlenariaDb db,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancel
    )
    {
        var (table, name) = Named(db);
        await db.Database.OpenConnectionAsync(cancel);
        await using var command = db.Database.GetDbConnection().CreateCommand();
        command.CommandText = $"SELECT \"{name}\" FROM \"{table}\" WHERE \"{name}\" IS NOT NULL";
        if (db.Database.CurrentTransaction is { } transaction)
            command.Transaction = Microsoft.EntityFrameworkCore.Storage.DbContextTransactionExtensions.GetDbTransaction(
                transaction
            );
        await using var rows = await command.ExecuteReaderAsync(cancel);
        while (await rows.ReadAsync(cancel))
        {
            var text = rows.GetValue(0) is byte[] bytes ? Encoding.UTF8.GetString(bytes) : rows.GetString(0);
            foreach (Match match in Hash().Matches(text))
                yield return match.Value;
        }
    }

    internal override async Task<bool> MayOpen(string hash, IServiceProvider services, CancellationToken cancel)
    {
        var db = services.GetRequiredService<PlenariaDb>();
        var (table, name) = Named(db);
        var isBytes = db.Model.FindEntityType(typeof(TEntity))!.FindProperty(property)!.ClrType == typeof(byte[]);
        var sought = isBytes ? "convert_to({0}, 'UTF8')" : "{0}";
        var condition = db.IsSqlite ? $"instr(\"{name}\", {{0}}) > 0" : $"position({sought} in \"{name}\") > 0";
        // Names of tables and columns come from the model, the hash goes as a parameter.
#pragma warning disable EF1002
        var records = await db.Set<TEntity>()
            .FromSqlRaw($"SELECT * FROM \"{table}\" WHERE {condition}", hash)
            .AsNoTracking()
            .ToListAsync(cancel);
#pragma warning restore EF1002
        foreach (var record in records)
            if (await mayRead(record, services, cancel))
                return true;
        return false;
    }

    private (string Table, string Column) Named(PlenariaDb db)
    {
        var entity = db.Model.FindEntityType(typeof(TEntity))!;
        return (entity.GetTableName()!, entity.FindProperty(property)!.GetColumnName());
    }
}

public static class FileExtensions
{
    /// <summary>
    /// A column that names stored files by their hashes, alone or within JSON, and who may open one that is not public:
    /// whoever may read the record.
    /// </summary>
    public static ModuleBuilder Files<TEntity>(
        this ModuleBuilder module,
        Expression<Func<TEntity, object?>> column,
        Func<TEntity, IServiceProvider, CancellationToken, Task<bool>> mayRead
    )
        where TEntity : class => module.Add<FileColumn>(FileColumn<TEntity>.Of(column, mayRead));
}
