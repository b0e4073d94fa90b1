namespace Plenaria.CodeMetrics;

/// <summary>
/// What is measured of one part of the repository: distributions to look at, figures that have limits.
/// </summary>
internal sealed record CodeReport(string Part, IReadOnlyList<Distribution> Distributions, IReadOnlyList<Figure> Figures)
{
    public static IReadOnlyList<CodeReport> Measure(string repository)
    {
        var src = CodeFile.ReadAll(repository, "src");
        var report = Measure("src", src);
        return
        [
            report with
            {
                Figures = [.. report.Figures, .. FolderCircles.Of(src), .. TypeNames.Of(src)],
            },
            Measure("tests", CodeFile.ReadAll(repository, "tests")),
        ];
    }

    private static CodeReport Measure(string part, List<CodeFile> files)
    {
        var code = files.Where(f => f.Root is not null).ToList();
        var razor = files.Where(f => f.Root is null).ToList();
        var methods = Declarations.MethodLengths(code);
        var constructors = Declarations.ConstructorParameters(code);
        var records = Declarations.RecordParameters(code);
        var pageModels = FileLengths("page models", code.Where(f => f.IsPageModel));
        var otherCode = FileLengths("other C# files", code.Where(f => !f.IsPageModel));
        var razorFiles = FileLengths("Razor files", razor);
        return new CodeReport(
            part,
            [
                LineWidths.Of("C# lines", code),
                LineWidths.Of("Razor lines", razor),
                methods,
                otherCode,
                pageModels,
                razorFiles,
                constructors,
                records,
            ],
            [
                .. LineWidths.Over("C# lines", code),
                .. LineWidths.Over("Razor lines", razor),
                methods.Over(40),
                otherCode.Over(300),
                pageModels.Over(150),
                razorFiles.Over(150),
                constructors.Over(7),
                records.Over(12),
                .. Declarations.Counted(code),
                Repetitions.Of(code),
            ]
        );
    }

    private static Distribution FileLengths(string name, IEnumerable<CodeFile> files) =>
        new(name, files.Select(file => new Measured(file.Lines.Length, file.Path)));
}
