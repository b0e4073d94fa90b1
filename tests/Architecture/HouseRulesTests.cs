using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Plenaria.Tests.Architecture;

public class HouseRulesTests
{
    private static readonly string Src = Sources.Path("src");

    private static IEnumerable<string> Files(string pattern) =>
        Directory
            .EnumerateFiles(Src, pattern, SearchOption.AllDirectories)
            .Where(f =>
                !f.Contains("/obj/", StringComparison.Ordinal) && !f.Contains("/bin/", StringComparison.Ordinal)
            );

    private static string Name(string project) => Path.GetFileNameWithoutExtension(project)["Plenaria.".Length..];

    [Fact]
    public void Projects_reference_what_the_table_in_the_architecture_page_allows()
    {
        var table = File.ReadLines(Sources.Path("docs", "architecture.md"))
            .Select(l => Regex.Match(l, @"^\| ([\w.]+) \| ([\w., ]*)\|$"))
            .Where(m => m.Success && m.Groups[1].Value != "project")
            .ToDictionary(
                m => m.Groups[1].Value,
                m =>
                    m.Groups[2]
                        .Value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
                        .Order()
                        .ToArray()
            );
        var projects = Files("*.csproj")
            .ToDictionary(
                Name,
                file =>
                {
                    var references = XDocument
                        .Load(file)
                        .Descendants("ProjectReference")
                        .Select(r => (string)r.Attribute("Include")!)
                        .SelectMany(r =>
                            r.Contains('*')
                                ? Files("*.csproj")
                                    .Where(f =>
                                        Regex.IsMatch(
                                            f,
                                            Regex.Escape(
                                                Path.GetFullPath(
                                                    Path.Combine(Path.GetDirectoryName(file)!, r.Split('*')[0])
                                                )
                                            ) + ".*"
                                        )
                                    )
                                : [r]
                        )
                        .Select(Name)
                        .ToHashSet();
                    // Modules stand on Platform by the build's own rule, in src/Directory.Build.targets.
                    if (
                        XDocument.Load(file).Root!.Attribute("Sdk")!.Value == "Microsoft.NET.Sdk.Razor"
                        && Name(file) != "Platform"
                    )
                        references.Add("Platform");
                    return references.Order().ToArray();
                }
            );
        Assert.Equal(projects.Keys.Order(), table.Keys.Order());
        foreach (var (project, references) in projects)
            Assert.True(
                references.SequenceEqual(table[project]),
                $"{project} references {string.Join(", ", references)}; the page allows {string.Join(", ", table[project])}."
            );
    }

    // From the ground up. What stands in none of these folders (Migrations, Web) stands above all of them.
    private static readonly string[] Floors =
    [
        "Kernel",
        "Platform",
        "Services",
        "Network",
        "Governance",
        "Visibility",
        "Knowledge",
    ];

    [Fact]
    public void Projects_reference_floors_below_them_and_projects_of_their_own()
    {
        static int FloorOf(string project) =>
            Array.IndexOf(Floors, Path.GetRelativePath(Src, project).Split('/')[0]) is var floor and >= 0
                ? floor
                : Floors.Length;
        var upward =
            from file in Files("*.csproj")
            from reference in XDocument.Load(file).Descendants("ProjectReference")
            let target = Path.GetFullPath(
                Path.Combine(Path.GetDirectoryName(file)!, (string)reference.Attribute("Include")!)
            )
            where FloorOf(target) > FloorOf(file)
            select $"{Name(file)} references {Path.GetRelativePath(Src, target)}";
        Assert.Empty(upward);
        Assert.Contains(Files("*.csproj"), f => FloorOf(f) == Array.IndexOf(Floors, "Services"));
    }

    [Fact]
    public void A_module_shows_its_module_class_its_door_and_its_events_and_nothing_else()
    {
        foreach (
            var module in (Assembly[])
                [
                    typeof(Plenaria.Members.MembersModule).Assembly,
                    typeof(Plenaria.Plans.PlansModule).Assembly,
                    typeof(Plenaria.Experiences.ExperiencesModule).Assembly,
                ]
        )
        {
            var root = module.GetName().Name!;
            var shown = module
                .GetExportedTypes()
                .Where(t => !t.Name.StartsWith('_') && t.Namespace != "AspNetCoreGeneratedDocument")
                .ToList();
            Assert.All(shown, t => Assert.Equal(root, t.Namespace));
            Assert.All(
                shown.Where(t => !t.IsEnum),
                t => Assert.Matches("Module$|^I[A-Z]|Events$|Id$|Line$|Segment$", t.Name)
            );
        }
    }

    [Fact]
    public void The_code_knows_no_particular_network()
    {
        var telling = Files("*.*")
            .Where(f =>
                f.EndsWith(".cs", StringComparison.Ordinal)
                || f.EndsWith(".cshtml", StringComparison.Ordinal)
                || f.EndsWith(".css", StringComparison.Ordinal)
            )
            .Where(f => Regex.IsMatch(File.ReadAllText(f), "Cascais|OIDP|2013"))
            .Select(f => Path.GetRelativePath(Src, f));
        Assert.Empty(telling);
    }

    [Fact]
    public void The_core_of_Platform_uses_no_service_that_stands_on_it()
    {
        string[] services = ["Correspondence", "Jobs", "Home", "FirstSteps"];
        string[] core =
        [
            "Access",
            "Data",
            "Documents",
            "Files",
            "Journal",
            "Language",
            "Letters",
            "Modules",
            "Register",
            "Site",
            "Subjects",
        ];
        var names = string.Join('|', services);
        var use = new Regex(
            $@"^using (static )?Plenaria\.Platform\.({names})\b|(?<![\w.""/<])(Platform\.)?({names})\.[A-Z]\w+",
            RegexOptions.Multiline
        );
        var telling =
            from folder in core
            from file in Directory.EnumerateFiles(
                Path.Combine(Src, "Platform", folder),
                "*.cs",
                SearchOption.AllDirectories
            )
            let code = Regex.Replace(File.ReadAllText(file), "//.*|\"[^\"\n]*\"", "")
            from found in use.Matches(code)
            select $"{Path.GetRelativePath(Src, file)}: {found.Value}";
        Assert.Empty(telling);
    }

    [Fact]
    public void Time_comes_from_the_clock_that_is_passed_in()
    {
        var telling = Files("*.cs")
            .Where(f => !f.Contains("/Migrations/", StringComparison.Ordinal))
            .Where(f =>
                Regex.IsMatch(
                    File.ReadAllText(f),
                    @"DateTime(Offset)?\.(Utc)?Now|DateTime\.Today|\.Result\b(?!s|\s*=)|new HttpClient\(|Thread\.Sleep|Task\.Delay"
                )
            )
            .Select(f => Path.GetRelativePath(Src, f));
        Assert.Empty(telling);
    }

    [Fact]
    public void Pages_hold_no_script_no_style_and_no_handler_of_their_own()
    {
        var telling = Files("*.cshtml")
            .Where(f =>
                Regex.IsMatch(
                    File.ReadAllText(f),
                    @"<style|<script(?![^>]*(\bsrc=|application/ld\+json))|\sstyle=|\son[a-z]+=""|hx-on|hx-vals=""js:",
                    RegexOptions.IgnoreCase
                )
            )
            .Select(f => Path.GetRelativePath(Src, f));
        Assert.Empty(telling);
    }
}
