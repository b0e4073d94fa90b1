using Plenaria.CodeMetrics;

namespace Plenaria.Tests.Architecture;

/// <summary>What <c>./house</c> counts stays within <c>tests/house.json</c>, and is counted rightly.</summary>
public class CodeMetricsTests(ITestOutputHelper output)
{
    [Fact]
    public void No_figure_of_the_code_is_over_its_limit()
    {
        var reports = CodeReport.Measure(Sources.Root);
        var limits = Limits.Read(Sources.Root);
        foreach (var line in limits.ToLower(reports))
            output.WriteLine(line);
        var broken = limits.Broken(reports).ToList();
        Assert.True(broken.Count == 0, $"{string.Join('\n', broken)}\n`./house all` names what was counted.");
    }

    [Fact]
    public void A_figure_over_its_limit_breaks_it_and_one_below_asks_for_a_lower_one()
    {
        CodeReport[] reports = [new("src", [], [new("over", ["a", "b"]), new("under", ["a"]), new("without", [])])];
        var limits = new Limits(
            new()
            {
                ["src"] = new()
                {
                    ["over"] = 1,
                    ["under"] = 2,
                    ["gone"] = 3,
                },
            }
        );
        Assert.Equal(
            ["src: over: 2, limit 1", "src: without: 0, no limit", "src: gone: a limit of nothing that is measured"],
            limits.Broken(reports)
        );
        Assert.Equal(["src: under: 1, lower the limit of 2"], limits.ToLower(reports));
        limits.Lower(reports);
        Assert.Equal(
            (1, 1),
            (limits.Of(reports[0], reports[0].Figures[0]), limits.Of(reports[0], reports[0].Figures[1]))
        );
    }

    [Fact]
    public void A_distribution_is_read_by_the_nearest_rank()
    {
        var hundred = new Distribution("lines", Enumerable.Range(1, 100).Select(i => new Measured(i, $"line {i}")));
        Assert.Equal(
            (50, 90, 99, 100),
            (hundred.Percentile(50), hundred.Percentile(90), hundred.Percentile(99), hundred.Longest.Value)
        );
        Assert.Equal(3, hundred.Over(97).Value);
        Assert.Equal(0, new Distribution("none", []).Percentile(50));
    }

    [Theory]
    [InlineData("a.cs", """    var text = "{0}";""", false)]
    [InlineData("a.cs", """    // {0}""", false)]
    [InlineData("a.cs", """    var text = "{1}" + "{1}";""", true)]
    [InlineData("a.cs", """    var text = $"{1}{{text}}{1}";""", true)]
    [InlineData("a.cs", """    // {1} {1}""", true)]
    [InlineData("a.cshtml", """    <a href="{0}">""", false)]
    [InlineData("a.cshtml", """    <i>{1}</i><i>{1}</i>""", true)]
    public void A_line_that_one_piece_makes_too_wide_is_counted_apart(string path, string line, bool canBreak)
    {
        line = line.Replace("{0}", new string('x', 120))
            .Replace("{1}", new string('x', 80))
            .Replace("{{", "{")
            .Replace("}}", "}");
        var counted = LineWidths.Over("lines", [new CodeFile(path, line)]).ToDictionary(f => f.Name, f => f.Value);
        Assert.Equal(canBreak ? 1 : 0, counted["lines over 120 that can be broken"]);
        Assert.Equal(canBreak ? 0 : 1, counted["lines over 120 that cannot be broken"]);
    }

    [Fact]
    public void The_length_of_a_method_is_that_of_its_signature_and_its_code()
    {
        var file = new CodeFile(
            "a.cs",
            """
            class A(int one, int two)
            {
                /// <summary>A comment.</summary>
                [Obsolete]
                public void Run()
                {
                    Stop();
                }

                public int Value => 1;
            }
            record B(int One, int Two, int Three);
            """
        );
        Assert.Equal(new Measured(4, "A.Run (a.cs:4)"), Declarations.MethodLengths([file]).Longest);
        Assert.Equal(2, Declarations.MethodLengths([file]).Count);
        Assert.Equal(new Measured(2, "A (a.cs:1)"), Declarations.ConstructorParameters([file]).Longest);
        Assert.Equal(new Measured(3, "B (a.cs:12)"), Declarations.RecordParameters([file]).Longest);
    }

    [Fact]
    public void Partial_types_and_handed_on_service_providers_are_counted()
    {
        var files = new[]
        {
            new CodeFile("a.cs", "namespace P; partial class A { } partial class B { }"),
            new CodeFile("b.cs", "namespace P; partial class A { void Run(IServiceProvider? services) { } }"),
        };
        var counted = Declarations.Counted(files).ToDictionary(f => f.Name, f => f.Value);
        Assert.Equal(3, counted["partial declarations"]);
        Assert.Equal(1, counted["types in several pieces"]);
        Assert.Equal(1, counted["IServiceProvider parameters"]);
    }

    [Fact]
    public void Folders_that_use_each_other_are_found_by_imports_by_full_names_and_by_the_folder_around()
    {
        CodeFile[] files =
        [
            new("M/A/X.cs", "using P.M.B; namespace P.M.A; class X { }"),
            new("M/B/Y.cs", "namespace P.M.B; class Y { P.M.C.Z z; }"),
            new("M/C/Z.cs", "namespace P.M.C; class Z { A.X x; }"),
            new("M/W.cs", "using P.M.D; namespace P.M; class W { }"),
            new("M/D/V.cs", "namespace P.M.D; class V { W w; }"),
            new("M/E/U.cs", "namespace P.M.E; class U { string W; int x = Other.W.Length; }"),
            new("M/MModule.cs", "using P.M.E; namespace P.M; class MModule { }"),
        ];
        var found = FolderCircles.Of(files).ToDictionary(f => f.Name, f => f.Items);
        Assert.Equal(["P.M: (root) (M/W.cs:1) and D (M/D/V.cs:1)"], found["pairs of folders that use each other"]);
        Assert.Equal(
            [
                "P.M: (root) (in a circle of 2)",
                "P.M: D (in a circle of 2)",
                "P.M: A (in a circle of 3)",
                "P.M: B (in a circle of 3)",
                "P.M: C (in a circle of 3)",
            ],
            found["folders in circles"]
        );
    }

    [Fact]
    public void Names_alike_names_given_twice_and_types_with_one_user_are_named()
    {
        CodeFile[] files =
        [
            new("a.cs", "namespace A; public class Seat { } class Seats { } class SeatInfo { } class Status { }"),
            new("b.cs", "namespace B; class Seat { } class Policy { } class Policies { } class Chair { }"),
            new("c.cs", "class C { Seat seat; }"),
            new("d.cshtml.cs", "namespace D; public class IndexModel { public class Chairs { } }"),
            new("e.cshtml.cs", "namespace E; public class IndexModel { }"),
            new("f.cshtml", "<p>@Seat.Name @IndexModel</p>"),
        ];
        var found = TypeNames.Of(files).ToDictionary(f => f.Name, f => f.Items);
        Assert.Equal(
            ["Chair and Chairs", "Policies and Policy", "Seat and SeatInfo", "Seat and Seats"],
            found["type names alike"]
        );
        Assert.Equal(["A.Seat and B.Seat"], found["type names given twice"]);
        Assert.DoesNotContain(found["public types with one user"], t => t.StartsWith("Seat", StringComparison.Ordinal));
    }

    [Fact]
    public void A_passage_stands_twice_whatever_its_indentation_and_comments()
    {
        const string Passage = "  a = 1;\n  b = 2;\n  c = 3;\n  d = 4;\n  e = 5;\n  f = 6;\n";
        CodeFile[] files =
        [
            new("a.cs", $"class A {{ void Run()\n{{\n{Passage}}} }}"),
            new("c.cs", $"class B {{ void Stop()\n{{\n// text\n{Passage.Replace("  ", "      ")}}} }}"),
        ];
        Assert.Equal(["a.cs:3 and c.cs:4"], Repetitions.Of(files).Items);
    }
}
