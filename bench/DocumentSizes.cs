using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;
using Plenaria.Kernel;
using Plenaria.Platform.Documents;
using Plenaria.Platform.Documents.Printing;

namespace Plenaria.Bench;

/// <summary>A report of at least sixty pages as PDF, by a process that has printed nothing before.</summary>
internal static class DocumentSizes
{
    public const string Figure = "report-60-pages-s";

    private const int Pages = 60,
        Actions = 150;

    public static double Measure()
    {
        var report = new Document("Annual report", Language.English, [.. Enumerable.Range(0, Actions).SelectMany(Of)]);
        var since = Stopwatch.StartNew();
        var (bytes, _) = DocumentPrinter.Print(report, new FontFolders([]));
        var seconds = since.Elapsed.TotalSeconds;
        var pages = Regex.Count(Encoding.Latin1.GetString(bytes), @"/Type\s*/Page\b");
        Console.WriteLine($"{Figure}: {pages} pages, {bytes.Length / 1024} KB");
        return pages >= Pages
            ? seconds
            : throw new InvalidOperationException($"The report has {pages} pages, not {Pages}.");
    }

    private static IEnumerable<Part> Of(int action)
    {
        if (action % 15 == 0)
            yield return new Heading(1, $"Direction {action / 15 + 1}");
        yield return new Heading(2, $"Action {action + 1}: participatory budgets of the region");
        yield return new Paragraph(Words(action, 90));
        yield return new Paragraph(Words(action * 7, 60));
        yield return new Listing([Words(action, 12), Words(action * 3, 15), Words(action * 5, 9)]);
        yield return new Table(
            ["Evidence", "When", "Where", "Of whom"],
            [
                .. Enumerable
                    .Range(0, 5)
                    .Select(n => (string[])[Words(n, 6), $"{n + 1} May 2013", "Cascais", Words(n, 3)]),
            ]
        );
    }

    private static string Words(int seed, int many)
    {
        string[] words = ["council", "neighbours", "São", "agreement", "assemblée", "pressupost", "ciudad", "plan"];
        return string.Join(' ', Enumerable.Range(seed, many).Select(n => words[n * 5 % 13 % words.Length]));
    }
}
