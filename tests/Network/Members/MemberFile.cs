using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Plenaria.Imports;

namespace Plenaria.Tests.Network.Members;

/// <summary>Files of members on their way through the import.</summary>
internal static class MemberFile
{
    public static Task<ImportResult> Import(
        this TestHost house,
        Stream content,
        string name = "members.csv",
        bool isDryRun = false,
        Language? language = null,
        ColumnMap? map = null
    ) =>
        house.Within(s =>
            s.GetRequiredService<ImportService>()
                .RunAsync(
                    new("members", name, content, language ?? Language.English, map),
                    isDryRun,
                    house.Acting(),
                    default
                )
        );

    public static Task<ImportResult> Import(this TestHost house, string csv, bool isDryRun = false) =>
        house.Import(new MemoryStream(Encoding.UTF8.GetBytes(csv)), isDryRun: isDryRun);
}
