using System.Data;
using System.Data.Common;
using System.Globalization;
using System.IO.Compression;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;

namespace Plenaria.Platform.Data;

/// <summary>
/// A backup that either database writes and either reads: a zip of one NDJSON file per table, from one snapshot, and
/// the files of the data directory (keys, uploads). Restoring it is therefore the step from SQLite to PostgreSQL.
/// </summary>
public sealed partial class Archive(PlenariaDb db, DatabaseChoice choice, IServiceProvider services)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    // Tables that others point at come first, so that restoring never refers to a row that is not there yet.
    private static IEnumerable<ITable> TablesOf(IModel model)
    {
        var (left, done) = (
            model.GetRelationalModel().Tables.OrderBy(t => t.Name, StringComparer.Ordinal).ToList(),
            new HashSet<ITable>()
        );
        while (left.Count > 0)
        {
            var next =
                left.Find(t =>
                    t.ForeignKeyConstraints.All(f => f.PrincipalTable == t || done.Contains(f.PrincipalTable))
                ) ?? throw new InvalidOperationException("Tables refer to each other in a circle.");
            left.Remove(next);
            done.Add(next);
            yield return next;
        }
    }

    /// <summary>
    /// Writes the archive beside its place and moves it there when it is whole. The server may go on writing: every
    /// table is read from one snapshot.
    /// </summary>
    /// <returns>How many rows and files are in it.</returns>
    public async Task<(long Rows, int Files)> Write(FileInfo file, DirectoryInfo data, CancellationToken cancel)
    {
        var tables = new List<ArchiveTable>();
        var files = 0;
        var draft = file.FullName + ".part";
        // It holds the keys that seal cookies: nobody but its owner reads it.
        var create = new FileStreamOptions
        {
            Mode = FileMode.Create,
            Access = FileAccess.ReadWrite,
            Share = FileShare.None,
        };
        if (!OperatingSystem.IsWindows())
            create.UnixCreateMode = OwnerOnly;
        await using (var stream = new FileStream(draft, create))
        {
            using var zip = new ZipArchive(stream, ZipArchiveMode.Create);
            await using var snapshot = await db.Snapshot(cancel);
            foreach (var table in TablesOf(db.Model))
                tables.Add(await WriteTable(zip, table, snapshot.GetDbTransaction(), cancel));
            foreach (var kept in Kept(data))
            {
                await using var entry = zip.CreateEntry("data/" + Path.GetRelativePath(data.FullName, kept.FullName))
                    .Open();
                await using var source = kept.OpenRead();
                await source.CopyToAsync(entry, cancel);
                files++;
            }
            await using var manifest = zip.CreateEntry("manifest.json").Open();
            await JsonSerializer.SerializeAsync(
                manifest,
                new ArchiveManifest(ArchiveManifest.PresentFormat, Newest(), tables),
                Json,
                cancel
            );
        }
        File.Move(draft, file.FullName, overwrite: true);
        return (tables.Sum(t => t.Rows), files);
    }

    /// <summary>
    /// Fills the database from an archive, in one transaction. An archive of an earlier version goes into a new
    /// database, which is brought to that version first and to the present one afterwards.
    /// </summary>
    /// <exception cref="RuleViolationException">
    /// There is something in the database and <paramref name="force"/> was not given, the file is no archive, or it is
    /// of a later version, or of an earlier one and the database is not new. </exception>
    /// <returns>How many rows and files were restored.</returns>
    public async Task<(long Rows, int Files)> Read(
        FileInfo file,
        DirectoryInfo data,
        bool force,
        CancellationToken cancel
    )
    {
        using var zip = Open(file);
        var manifest = await Read(zip, cancel);
        await choice.Migrate(db, cancel, await Former(manifest.Migration, cancel));
        var files = await Fill(zip, manifest, data, force, cancel);
        await choice.Upgrade(services, cancel);
        return (manifest.Tables.Sum(t => t.Rows), files);
    }

    /// <summary>Stores what an archive holds; how many files there were.</summary>
    private async Task<int> Fill(
        ZipArchive zip,
        ArchiveManifest manifest,
        DirectoryInfo data,
        bool force,
        CancellationToken cancel
    )
    {
        await db.Database.OpenConnectionAsync(cancel);
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        foreach (var table in manifest.Tables.Reverse())
        {
            if (!force && await Count(table.Name, cancel) > BornWith(table.Name))
                throw new RuleViolationException("platform.restore.not-empty");
            // The manifest's names were looked at when it was read.
#pragma warning disable EF1002
            await db.Database.ExecuteSqlRawAsync($"DELETE FROM \"{table.Name}\"", cancel);
#pragma warning restore EF1002
        }
        foreach (var table in manifest.Tables)
            await ReadTable(zip, table, cancel);
        // Files are laid beside their places and moved there once the rows are stored: a restore that fails has changed
        // nothing.
        var folder = Path.TrimEndingDirectorySeparator(data.FullName);
        var moves = new List<(string Draft, string Target)>();
        try
        {
            foreach (var entry in zip.Entries.Where(e => e.FullName.StartsWith("data/", StringComparison.Ordinal)))
            {
                // Only what `backup` writes: an archive made by somebody else cannot lay a file over the database, or
                // anywhere.
                if (!DataEntry().IsMatch(entry.FullName))
                    throw new RuleViolationException("platform.restore.damaged", ("table", entry.FullName));
                var target = Path.Combine(folder, entry.FullName["data/".Length..]);
                Directory.CreateDirectory(Path.GetDirectoryName(target)!);
                moves.Add(($"{target}.{Guid.NewGuid():N}.part", target));
                entry.ExtractToFile(moves[^1].Draft);
                if (!OperatingSystem.IsWindows())
                    File.SetUnixFileMode(moves[^1].Draft, OwnerOnly);
            }
            await transaction.CommitAsync(cancel);
            foreach (var (draft, target) in moves)
                File.Move(draft, target, overwrite: true);
            return moves.Count;
        }
        finally
        {
            foreach (var (draft, _) in moves)
                File.Delete(draft);
        }
    }

    [GeneratedRegex(
        "^data/(keys/key-[0-9a-f-]{36}\\.xml|files/[0-9a-f]{2}/[0-9a-f]{64})$",
        RegexOptions.NonBacktracking
    )]
    private static partial Regex DataEntry();

    // A new database begins with the vocabularies, entered in the journal once: an archive brings its own.
    private static long BornWith(string table) =>
        table switch
        {
            "thesaurus_schemes" or "thesaurus_concepts" => long.MaxValue,
            "thesaurus_revisions" or "journal_streams" or "journal_entries" or "journal_payloads" => 1,
            _ => 0,
        };

    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private static ZipArchive Open(FileInfo file)
    {
        try
        {
            return ZipFile.OpenRead(file.FullName);
        }
        catch (Exception fault)
            when (fault is InvalidDataException or FileNotFoundException or DirectoryNotFoundException)
        {
            throw new RuleViolationException("platform.restore.no-archive", ("file", file.Name));
        }
    }

    private static RuleViolationException Damaged(string part) => new("platform.restore.damaged", ("table", part));

    private async Task<ArchiveManifest> Read(ZipArchive zip, CancellationToken cancel)
    {
        if (zip.GetEntry("manifest.json") is not { } entry)
            throw new RuleViolationException("platform.restore.no-archive", ("file", "manifest.json"));
        await using var stream = entry.Open();
        ArchiveManifest? manifest;
        try
        {
            manifest = await JsonSerializer.DeserializeAsync<ArchiveManifest>(stream, Json, cancel);
        }
        catch (Exception fault) when (fault is JsonException or InvalidDataException)
        {
            manifest = null;
        }
        if (manifest is not { IsSound: true })
            throw new RuleViolationException("platform.restore.no-archive", ("file", "manifest.json"));
        // One of this version holds every table: what it left out would be emptied and not filled.
        var present = TablesOf(db.Model).Select(t => t.Name).ToHashSet();
        if (manifest.Migration == Newest() && !present.SetEquals(manifest.Tables.Select(t => t.Name)))
            throw Damaged("manifest.json");
        return manifest;
    }

    // The two providers' histories have the same names; only the moment before the underscore differs.
    private static string NameOf(string migration) => migration.Split('_', 2)[1];

    private string Newest() => NameOf(db.Database.GetMigrations().Last());

    /// <summary>The migration of an earlier version that the archive is of; null for the present one.</summary>
    private async Task<string?> Former(string name, CancellationToken cancel)
    {
        if (name == Newest())
            return null;
        var id = db.Database.GetMigrations().FirstOrDefault(m => NameOf(m) == name);
        if (id is null || await DatabaseChoice.Exists(db, cancel))
            throw new RuleViolationException("platform.restore.other-version", ("migration", name));
        return id;
    }

    private static IEnumerable<FileInfo> Kept(DirectoryInfo data) =>
        data.Exists
            ? data.EnumerateDirectories()
                .Where(d => d.Name is "keys" or "files")
                .SelectMany(d => d.EnumerateFiles("*", SearchOption.AllDirectories))
                .Where(f => f.Extension != ".part")
            : [];

    private async Task<long> Count(string table, CancellationToken cancel)
    {
        await using var command = db.Database.GetDbConnection().CreateCommand();
        command.Transaction = db.Database.CurrentTransaction?.GetDbTransaction();
        command.CommandText = $"SELECT COUNT(*) FROM \"{table}\"";
        return Convert.ToInt64(await command.ExecuteScalarAsync(cancel), CultureInfo.InvariantCulture);
    }

    private async Task<ArchiveTable> WriteTable(
        ZipArchive zip,
        ITable table,
        DbTransaction snapshot,
        CancellationToken cancel
    )
    {
        List<ArchiveColumn> columns =
        [
            .. table.Columns.Select(c => new ArchiveColumn(c.Name, ArchiveValues.KindOf(c))),
        ];
        await using var command = db.Database.GetDbConnection().CreateCommand();
        command.Transaction = snapshot;
        command.CommandText =
            $"SELECT {string.Join(", ", columns.Select(c => $"\"{c.Name}\""))} FROM \"{table.Name}\" ORDER BY {string.Join(", ", table.PrimaryKey!.Columns.Select(c => $"\"{c.Name}\""))}";
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
                        ArchiveValues.Write(json, columns[i], reader, i, db.IsSqlite);
                json.WriteEndObject();
            }
            line.WriteByte((byte)'\n');
            await entry.WriteAsync(line.GetBuffer().AsMemory(0, (int)line.Length), cancel);
            count++;
        }
        return new(table.Name, columns, count);
    }

    private async Task ReadTable(ZipArchive zip, ArchiveTable table, CancellationToken cancel)
    {
        long count;
        try
        {
            count = await InsertRows(zip, table, cancel);
        }
        catch (Exception fault)
            when (fault is DbException or JsonException or FormatException or InvalidOperationException)
        {
            throw Damaged(table.Name);
        }
        if (count != table.Rows)
            throw Damaged(table.Name);
    }

    /// <summary>Stores the rows of a table; how many there were.</summary>
    private async Task<long> InsertRows(ZipArchive zip, ArchiveTable table, CancellationToken cancel)
    {
        if (zip.GetEntry($"tables/{table.Name}.ndjson") is not { } entry)
            return 0;
        var columns = table.Columns;
        await using var command = db.Database.GetDbConnection().CreateCommand();
        command.Transaction = db.Database.CurrentTransaction!.GetDbTransaction();
        command.CommandText =
            $"INSERT INTO \"{table.Name}\" ({string.Join(", ", columns.Select(c => $"\"{c.Name}\""))}) VALUES ({string.Join(", ", columns.Select((_, i) => $"@p{i}"))})";
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
                command.Parameters[i].Value = row.RootElement.TryGetProperty(columns[i].Name, out var value)
                    ? ArchiveValues.Read(columns[i].Kind, value, db.IsSqlite)
                    : DBNull.Value;
            await command.ExecuteNonQueryAsync(cancel);
            count++;
        }
        return count;
    }
}
