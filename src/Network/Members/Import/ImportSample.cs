using Microsoft.Extensions.DependencyInjection;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;
using Plenaria.Platform.Modules;

namespace Plenaria.Members.Import;

/// <summary>A spreadsheet that somebody is looking through, for the page that shows one.</summary>
internal static class ImportSample
{
    private const string Name = "members-import.csv";

    private static readonly Guid Id = Guid.Parse("01900000-0000-7000-8000-000000000002");

    public static async Task Load(IServiceProvider services, SampleFolder folder, CancellationToken cancel)
    {
        var (db, acting) = (
            services.GetRequiredService<PlenariaDb>(),
            services.GetRequiredService<SystemActor>().As("sample")
        );
        var content = folder.Bytes(Name);
        using var stream = new MemoryStream(content);
        var columns = MemberRows.ReadColumns(stream);
        db.Add(
            new ImportFile
            {
                Id = Id,
                FileName = Name,
                Content = content,
                Language = Language.Spanish,
                Headings = [.. columns.Select(c => Folding.Fold(c.Heading))],
                Columns = [.. columns.Select(c => c.Meaning ?? "")],
                By = acting.Actor.Name,
                CreatedAt = acting.At,
            }
        );
        await db.SaveChangesAsync(cancel);
    }
}
