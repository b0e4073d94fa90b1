using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Plenaria.Tests.Architecture;

/// <summary>
/// What we note of a package's licence is what the package declares, and it binds nobody who runs the platform.
/// </summary>
public class LicencesTests
{
    private static readonly string[] Permissive =
    [
        "MIT",
        "Apache-2.0",
        "BSD-2-Clause",
        "BSD-3-Clause",
        "PostgreSQL",
        "MS-PL OR Apache-2.0",
    ];

    /// <summary>Packages that bring their licence as a file: read by a person, and named here.</summary>
    private static readonly Dictionary<string, string> ByFile = new()
    {
        ["Otp.NET"] = "MIT",
        ["Lucene.Net"] = "Apache-2.0",
        ["Lucene.Net.Analysis.Common"] = "Apache-2.0",
    };

    [Fact]
    public void Every_noted_licence_is_the_declared_one_and_is_permissive()
    {
        var folder =
            Environment.GetEnvironmentVariable("NUGET_PACKAGES")
            ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        var wrong = new List<string>();
        foreach (
            Match line in Regex.Matches(
                File.ReadAllText(Sources.Path("Directory.Packages.props")),
                @"Include=""([^""]+)"" Version=""([^""]+)"" />\s*(?:<!-- (.*?) -->)?"
            )
        )
        {
            var (name, version, noted) = (line.Groups[1].Value, line.Groups[2].Value, line.Groups[3].Value);
            var nuspec = Path.Combine(folder, name.ToLowerInvariant(), version, name.ToLowerInvariant() + ".nuspec");
            if (!File.Exists(nuspec))
            {
                wrong.Add($"{name} {version} is listed and nothing uses it");
                continue;
            }
            var declared = XDocument.Load(nuspec).Descendants().First(e => e.Name.LocalName == "license");
            var licence =
                declared.Attribute("type")?.Value == "expression"
                    ? declared.Value
                    : ByFile.GetValueOrDefault(name, "unknown");
            if (noted != licence || !Permissive.Contains(licence))
                wrong.Add($"{name} {version} is noted as '{noted}' and declares '{licence}'");
        }
        Assert.Empty(wrong);
    }
}
