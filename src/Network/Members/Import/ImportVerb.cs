using System.CommandLine;
using Plenaria.Imports;
using Plenaria.Platform.Modules;

namespace Plenaria.Members.Import;

/// <summary><c>members import</c></summary>
internal static class ImportVerb
{
    public static Command Make(CliHost host) =>
        new("members", "Members of the network.")
        {
            ImportCommand.Make(
                host,
                MemberImport.Kind.Key,
                "name, country, and if known kind, class, city, population, website, since"
            ),
        };
}
