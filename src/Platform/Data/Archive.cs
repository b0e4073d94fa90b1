using System.Data;
using System.Globalization;
using System.IO.Compression;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;

namespace Plenaria.Platform.Data;

/// <summary>
/// A backup that either database writes and either reads: a zip of one NDJSON file per table, from one snapshot, and the
/// files of the data directory (keys, uploads). Restoring it is therefore the step from SQLite to PostgreSQL.
/// </summary>
public sealed class Archive(PlenariaDb db)
{
    private const string Format = "plenaria-archive/1";

    private sealed record Manifest(string Format, string Migration, Dictionary<string, long> Rows);

    private IEnumerable<ITable> Tables
    {
        get
        {
            // Tables that others point at come first, so that restoring never refers to a row that is not there yet.
            var (left, done) = (db.Model.GetRelationalModel().Tables.OrderBy(t => t.Name, StringComparer.Ordinal).ToList(), new HashSet<ITable>());
            while (left.Count > 0)
            {
                var next = left.Find(t => t.ForeignKeyConstraints.All(f => f.PrincipalTable == t || done.Contains(f.PrincipalTable)))
                    ?? throw new InvalidOperationException("Tables refer to each other in a circle.");
                left.Remove(next);
                done.Add(next);
                yield return next;
            }
        }
    }

    /// <summary>Writes the archive beside its place and moves it there when it is whole. The server may go on writing: every table is read from one snapshot.</summary>
    public async Task Write(FileInfo file, DirectoryInfo data, CancellationToken cancel)
    {
        var draft = file.FullName + ".part";
        await using (var stream = new FileStream(draft, FileMode.Create, FileAccess.ReadWrite, FileShare.None))
        {
            using var zip = new ZipArchive(stream, ZipArchiveMode.Create);
            // Repeatable read is a snapshot on PostgreSQL; on SQLite a deferred read transaction over the write-ahead log is one.
            await db.Database.OpenConnectionAsync(cancel);
            await using var snapshot = db.IsSqlite
                ? ((Microsoft.Data.Sqlite.SqliteConnection)db.Database.GetDbConnection()).BeginTransaction(deferred: true)
                : await db.Database.GetDbConnection().BeginTransactionAsync(IsolationLevel.RepeatableRead, cancel);
            var rows = new Dictionary<string, long>();
            foreach (var table in Tables)
                rows[table.Name] = await WriteTable(zip, table, snapshot, cancel);
            foreach (var kept in Kept(data))
            {
                await using var entry = zip.CreateEntry("data/" + Path.GetRelativePath(data.FullName, kept.FullName)).Open();
                await using var source = kept.OpenRead();
                await source.CopyToAsync(entry, cancel);
            }
            await using var manifest = zip.CreateEntry("manifest.json").Open();
            await JsonSerializer.SerializeAsync(manifest, new Manifest(Format, Newest(), rows), JsonSerializerOptions.Web, cancel);
        }
        File.Move(draft, file.FullName, overwrite: true);
    }

    /// <summary>Fills the database, whose tables exist, from an archive, in one transaction.</summary>
    /// <exception cref="RuleBroken">There is something in the database and <paramref name="force"/> was not given, or the file is no archive of this version.</exception>
    public async Task Read(FileInfo file, DirectoryInfo data, bool force, CancellationToken cancel)
    {
        using var zip = Open(file);
        var manifest = await Read(zip, cancel);
        await db.Database.OpenConnectionAsync(cancel);
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        foreach (var table in Tables.Reverse().ToList())
        {
            if (!force && await Count(table, cancel) > 0)
                throw new RuleBroken("platform.restore.not-empty");
            // The name comes from our own model.
#pragma warning disable EF1002
            await db.Database.ExecuteSqlRawAsync($"DELETE FROM \"{table.Name}\"", cancel);
#pragma warning restore EF1002
        }
        foreach (var table in Tables)
            if (await ReadTable(zip, table, cancel) is var count && count != manifest.Rows.GetValueOrDefault(table.Name))
                throw new RuleBroken("platform.restore.damaged", ("table", table.Name));
        foreach (var entry in zip.Entries.Where(e => e.FullName.StartsWith("data/", StringComparison.Ordinal)))
        {
            var target = Path.GetFullPath(Path.Combine(data.FullName, entry.FullName["data/".Length..]));
            if (!target.StartsWith(data.FullName + Path.DirectorySeparatorChar, StringComparison.Ordinal))
                throw new RuleBroken("platform.restore.damaged", ("table", entry.FullName));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            entry.ExtractToFile(target, overwrite: true);
        }
        await transaction.CommitAsync(cancel);
    }

    private static ZipArchive Open(FileInfo file)
    {
        try
        {
            return ZipFile.OpenRead(file.FullName);
        }
        catch (Exception fault) when (fault is InvalidDataException or FileNotFoundException or DirectoryNotFoundException)
        {
            throw new RuleBroken("platform.restore.no-archive", ("file", file.Name));
        }
    }

    private async Task<Manifest> Read(ZipArchive zip, CancellationToken cancel)
    {
        if (zip.GetEntry("manifest.json") is not { } entry)
            throw new RuleBroken("platform.restore.no-archive", ("file", "manifest.json"));
        await using var stream = entry.Open();
        var manifest = await JsonSerializer.DeserializeAsync<Manifest>(stream, JsonSerializerOptions.Web, cancel);
        if (manifest?.Format != Format)
            throw new RuleBroken("platform.restore.no-archive", ("file", "manifest.json"));
        return manifest.Migration == Newest() ? manifest : throw new RuleBroken("platform.restore.other-version", ("migration", manifest.Migration));
    }

    // The two providers' histories have the same names; only the moment before the underscore differs.
    private string Newest() => db.Database.GetMigrations().Last().Split('_', 2)[1];

    private static IEnumerable<FileInfo> Kept(DirectoryInfo data) => data.Exists
        ? data.EnumerateDirectories().Where(d => d.Name is "keys" or "files").SelectMany(d => d.EnumerateFiles("*", SearchOption.AllDirectories)).Where(f => f.Extension != ".part")
        : [];

    private async Task<long> Count(ITable table, CancellationToken cancel)
    {
        await using var command = db.Database.GetDbConnection().CreateCommand();
        command.Transaction = db.Database.CurrentTransaction?.GetDbTransaction();
        command.CommandText = $"SELECT COUNT(*) FROM \"{table.Name}\"";
        return Convert.ToInt64(await command.ExecuteScalarAsync(cancel), CultureInfo.InvariantCulture);
    }

    private async Task<long> WriteTable(ZipArchive zip, ITable table, System.Data.Common.DbTransaction snapshot, CancellationToken cancel)
    {
        var columns = table.Columns.ToList();
        await using var command = db.Database.GetDbConnection().CreateCommand();
        command.Transaction = snapshot;
        command.CommandText = $"SELECT {string.Join(", ", columns.Select(c => $"\"{c.Name}\""))} FROM \"{table.Name}\" ORDER BY {string.Join(", ", table.PrimaryKey!.Columns.Select(c => $"\"{c.Name}\""))}";
        await using var entry = zip.CreateEntry($"tables/{table.Name}.ndjson").Open();
        await using var reader = await command.ExecuteReaderAsync(cancel);
        long count = 0;
        while (await reader.ReadAsync(cancel))
        {
            using var line = new MemoryStream();
            using (var json = new Utf8JsonWriter(line))
            {
                json.WriteStartObject();
                for (var i = 0; i < columns.Count; i++)
                    if (!await reader.IsDBNullAsync(i, cancel))
                        WriteValue(json, columns[i], reader, i);
                json.WriteEndObject();
            }
            line.WriteByte((byte)'\n');
            await entry.WriteAsync(line.GetBuffer().AsMemory(0, (int)line.Length), cancel);
            count++;
        }
        return count;
    }

    private static Type Kind(IColumn column)
    {
        var type = column.PropertyMappings[0].TypeMapping.Converter?.ProviderClrType ?? column.PropertyMappings[0].Property.ClrType;
        var model = Nullable.GetUnderlyingType(column.PropertyMappings[0].Property.ClrType) ?? column.PropertyMappings[0].Property.ClrType;
        // An instant is a number on SQLite and a date on PostgreSQL: what it means decides, not how it is kept.
        return model == typeof(DateTimeOffset) ? model : Nullable.GetUnderlyingType(type) ?? type;
    }

    private void WriteValue(Utf8JsonWriter json, IColumn column, System.Data.Common.DbDataReader reader, int i)
    {
        var kind = Kind(column);
        if (kind == typeof(DateTimeOffset))
        {
            var at = db.IsSqlite ? new DateTimeOffset(reader.GetInt64(i), TimeSpan.Zero) : new DateTimeOffset(reader.GetFieldValue<DateTime>(i), TimeSpan.Zero);
            json.WriteString(column.Name, at.ToString("O", CultureInfo.InvariantCulture));
        }
        else if (kind == typeof(byte[])) json.WriteBase64String(column.Name, reader.GetFieldValue<byte[]>(i));
        else if (kind == typeof(Guid)) json.WriteString(column.Name, reader.GetGuid(i));
        else if (kind == typeof(bool)) json.WriteBoolean(column.Name, reader.GetBoolean(i));
        else if (kind == typeof(int) || kind == typeof(long)) json.WriteNumber(column.Name, reader.GetInt64(i));
        else if (kind == typeof(string)) json.WriteString(column.Name, reader.GetString(i));
        else throw new NotSupportedException($"{column.Table.Name}.{column.Name} is a {kind.Name}.");
    }

    private async Task<long> ReadTable(ZipArchive zip, ITable table, CancellationToken cancel)
    {
        if (zip.GetEntry($"tables/{table.Name}.ndjson") is not { } entry)
            return 0;
        var columns = table.Columns.ToList();
        await using var command = db.Database.GetDbConnection().CreateCommand();
        command.Transaction = db.Database.CurrentTransaction!.GetDbTransaction();
        command.CommandText = $"INSERT INTO \"{table.Name}\" ({string.Join(", ", columns.Select(c => $"\"{c.Name}\""))}) VALUES ({string.Join(", ", columns.Select((_, i) => $"@p{i}"))})";
        for (var i = 0; i < columns.Count; i++)
        {
            var parameter = command.CreateParameter();
            parameter.ParameterName = $"p{i}";
            command.Parameters.Add(parameter);
        }
        using var lines = new StreamReader(entry.Open());
        long count = 0;
        while (await lines.ReadLineAsync(cancel) is { } line)
        {
            using var row = JsonDocument.Parse(line);
            for (var i = 0; i < columns.Count; i++)
                command.Parameters[i].Value = row.RootElement.TryGetProperty(columns[i].Name, out var value) ? ReadValue(columns[i], value) : DBNull.Value;
            await command.ExecuteNonQueryAsync(cancel);
            count++;
        }
        return count;
    }

    private object ReadValue(IColumn column, JsonElement value)
    {
        var kind = Kind(column);
        if (kind == typeof(DateTimeOffset))
        {
            var at = DateTimeOffset.Parse(value.GetString()!, CultureInfo.InvariantCulture);
            return db.IsSqlite ? at.UtcTicks : at.UtcDateTime;
        }
        return kind == typeof(byte[]) ? value.GetBytesFromBase64()
            : kind == typeof(Guid) ? db.IsSqlite ? value.GetGuid().ToString().ToUpperInvariant() : value.GetGuid()
            : kind == typeof(bool) ? value.GetBoolean()
            : kind == typeof(int) ? value.GetInt32()
            : kind == typeof(long) ? value.GetInt64()
            : value.GetString()!;
    }
}
