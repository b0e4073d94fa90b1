using System.IO.Compression;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Plenaria.Platform.Data;

namespace Plenaria.Platform.Register;

/// <summary>
/// All that is public as one file, made every night: gzip of JSON lines, an entry each, in the order of their
/// references.
/// </summary>
public static class BulkArchive
{
    public const string Name = "register.ndjson.gz";
    private const int PageSize = 500;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    internal static async Task Make(IServiceProvider services, CancellationToken cancel)
    {
        var (db, folder) = (
            services.GetRequiredService<PlenariaDb>(),
            services.GetRequiredService<DataFolder>().Of("archive")
        );
        folder.Create();
        // In place only when whole: whoever fetches it meanwhile gets yesterday's.
        var draft = Path.Combine(folder.FullName, $"{Guid.NewGuid():N}.part");
        try
        {
            await using (var file = new GZipStream(File.Create(draft), CompressionLevel.SmallestSize))
            {
                var used = services.GetRequiredService<Site.Contributions>();
                var all = await (await db.Set<RegisterEntry>().OfUsedModulesAsync(used, cancel))
                    .Where(e => e.Audience == Audience.Public && !e.Withdrawn)
                    .OrderBy(e => e.Reference)
                    .Select(e => e.Id)
                    .ToListAsync(cancel);
                foreach (var ids in all.Chunk(PageSize))
                foreach (
                    var entry in await db.Set<RegisterEntry>()
                        .AsNoTracking()
                        .Include(e => e.Texts)
                        .Where(e => ids.Contains(e.Id))
                        .OrderBy(e => e.Reference)
                        .ToListAsync(cancel)
                )
                {
                    await JsonSerializer.SerializeAsync(file, Of(entry), Json, cancel);
                    file.WriteByte((byte)'\n');
                }
            }
            File.Move(draft, Path.Combine(folder.FullName, Name), overwrite: true);
        }
        finally
        {
            File.Delete(draft);
        }
    }

    internal static void Map(IEndpointRouteBuilder app) =>
        app.MapGet(
                $"/data/{Name}",
                (DataFolder data) =>
                    new FileInfo(Path.Combine(data.Of("archive").FullName, Name)) is { Exists: true } file
                        ? Results.File(
                            file.FullName,
                            "application/gzip",
                            Name,
                            file.LastWriteTimeUtc,
                            enableRangeProcessing: true
                        )
                        : Results.NotFound()
            )
            .AllowAnonymous();

    private static object Of(RegisterEntry entry)
    {
        Dictionary<string, string>? Said(Func<RegisterText, string> pick) =>
            entry
                .Texts.Where(t => pick(t).Length > 0)
                .OrderBy(t => t.Language.Code, StringComparer.Ordinal)
                .ToDictionary(t => t.Language.Code, pick)
                is { Count: > 0 } said
                ? said
                : null;
        return new
        {
            reference = entry.Reference.ToString(),
            kind = entry.Kind,
            path = entry.Path,
            title = Said(t => t.Title),
            summary = Said(t => t.Summary),
            body = Said(t => t.Body),
            place = entry.Place,
            date = entry.Date?.ToString(),
            topics = entry.Topics,
            states = entry
                .Texts.OrderBy(t => t.Language.Code, StringComparer.Ordinal)
                .ToDictionary(t => t.Language.Code, t => t.State.ToString().ToLowerInvariant()),
            publishedAt = entry.PublishedAt,
            changedAt = entry.ChangedAt,
        };
    }
}
