using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Html;

namespace Plenaria.Platform.Places.Map;

/// <summary>
/// What a map shows: numbers by country, where each country leads, how a number is said, and what the map is of.
/// </summary>
public sealed record MapView(
    IReadOnlyDictionary<string, long> Counts,
    Func<string, string> Link,
    Func<long, string> Says,
    string Label
)
{
    public static IReadOnlyList<(int Shade, string Text)> Shades { get; } =
    [(1, "1"), (2, "2–4"), (3, "5–19"), (4, "20+")];
}

/// <summary>
/// Numbers on a map: the countries that have one filled by how large it is, each a link that says in words what it
/// shows; a country too small to be seen is a dot. Drawn here as SVG, from outlines.txt.
/// </summary>
internal static partial class WorldMap
{
    internal const int Width = 2000,
        Height = 865;

    private const int Radius = 8,
        Smallest = 12;

    internal static readonly Lazy<IReadOnlyList<Outline>> Outlines = new(Read);

    public static IHtmlContent Draw(
        IReadOnlyDictionary<string, long> counts,
        Func<string, string> name,
        Func<string, string> link,
        string label
    ) => new Drawing(counts, name, link, label);

    /// <summary>The shade of a country, from 1 for a single member to 4 for twenty and more.</summary>
    public static int ClassOf(long count) =>
        count switch
        {
            >= 20 => 4,
            >= 5 => 3,
            >= 2 => 2,
            _ => 1,
        };

    private static List<Outline> Read()
    {
        using var stream = new StreamReader(typeof(WorldMap).Assembly.GetManifestResourceStream("outlines.txt")!);
        var outlines = new List<Outline>();
        while (stream.ReadLine() is { } line)
            if (!line.StartsWith('#') && line.Split(' ', 4) is [var code, var x, var y, var path])
                outlines.Add(new(code, x, y, path == "-" ? "" : path, !path.Split('M').Any(IsSeen)));
        return outlines;
    }

    private static bool IsSeen(string ring) => BoxOf(ring) is var box && Math.Max(box.Width, box.Height) >= Smallest;

    /// <summary>The smallest box around a ring: where it begins, then steps.</summary>
    internal static (int X, int Y, int Width, int Height) BoxOf(string ring)
    {
        var numbers = Number().Matches(ring).Select(n => int.Parse(n.Value, CultureInfo.InvariantCulture)).ToList();
        if (numbers.Count < 2)
            return default;
        var (x, y) = (numbers[0], numbers[1]);
        var (left, right, top, bottom) = (x, x, y, y);
        foreach (var step in numbers.Skip(2).Chunk(2))
        {
            (x, y) = (x + step[0], y + step[1]);
            (left, right, top, bottom) = (Math.Min(left, x), Math.Max(right, x), Math.Min(top, y), Math.Max(bottom, y));
        }
        return (left, top, right - left, bottom - top);
    }

    [GeneratedRegex(@"-?\d+")]
    private static partial Regex Number();

    internal sealed record Outline(string Code, string X, string Y, string Path, bool IsDot);

    private sealed class Drawing(
        IReadOnlyDictionary<string, long> counts,
        Func<string, string> name,
        Func<string, string> link,
        string label
    ) : IHtmlContent
    {
        public void WriteTo(TextWriter writer, HtmlEncoder encoder)
        {
            writer.Write(
                $"<svg class=\"world\" viewBox=\"0 0 {Width} {Height}\" role=\"group\" aria-label=\"{encoder.Encode(label)}\"><path class=\"land\" d=\""
            );
            foreach (var country in Outlines.Value.Where(c => c.IsDot || !Has(c)))
                writer.Write(country.Path);
            writer.Write("\"/>");
            // The dots come last and lie above their neighbours.
            foreach (var country in Outlines.Value.Where(Has).OrderBy(c => c.IsDot))
            {
                var (text, shade) = (encoder.Encode(name(country.Code)), ClassOf(counts[country.Code]));
                writer.Write(
                    $"<a href=\"{encoder.Encode(link(country.Code))}\" aria-label=\"{text}\"><title>{text}</title>"
                );
                writer.Write(
                    country.IsDot
                        ? $"<circle class=\"has h{shade}\" cx=\"{country.X}\" cy=\"{country.Y}\" r=\"{Radius}\"/></a>"
                        : $"<path class=\"has h{shade}\" d=\"{country.Path}\"/></a>"
                );
            }
            writer.Write("</svg>");
        }

        private bool Has(Outline country) => counts.GetValueOrDefault(country.Code) > 0;
    }
}
