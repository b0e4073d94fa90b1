using System.Collections.Concurrent;
using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Html;

namespace Plenaria.Platform.Places.Map;

/// <summary>
/// What stands in the place of a picture that is missing: the outline of the country, on a ground whose colour and
/// pattern are those of the topic. It says nothing that the text beside it does not, and is hidden from screen readers.
/// </summary>
public static partial class CountryTile
{
    private const int Tones = 6,
        Patterns = 4;

    private static readonly ConcurrentDictionary<string, string> Shapes = new(StringComparer.Ordinal);

    /// <param name="country">ISO 3166 code; null or unknown leaves the ground alone.</param>
    /// <param name="topic">Any text: the same one always gives the same ground.</param>
    public static IHtmlContent Draw(string? country, string? topic) =>
        Ground(topic, country is null ? "" : Shapes.GetOrAdd(country, ShapeOf));

    /// <summary>The same for the rows of a list, which weigh less with the country's two letters.</summary>
    public static IHtmlContent Small(string? country, string? topic) =>
        Ground(topic, country is { Length: 2 } ? $"<span>{country}</span>" : "");

    private static HtmlString Ground(string? topic, string figure)
    {
        var seed = (topic ?? "").Aggregate(7u, (hash, letter) => unchecked(hash * 31 + letter));
        return new(
            $"<span class=\"tile d{seed % Tones + 1} p{seed / Tones % Patterns}\" aria-hidden=\"true\">{figure}</span>"
        );
    }

    private static string ShapeOf(string country)
    {
        if (WorldMap.Outlines.Value.FirstOrDefault(c => c.Code == country) is not { Path.Length: > 0 } outline)
            return "";
        var (path, box) = outline
            .Path.Split('M', StringSplitOptions.RemoveEmptyEntries)
            .Select(ring => (Path: $"M{ring}", Box: BoxOf(ring)))
            .MaxBy(ring => (long)ring.Box.Width * ring.Box.Height);
        var pad = Math.Max(box.Width, box.Height) / 6 + 1;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"<svg viewBox=\"{box.X - pad} {box.Y - pad} {box.Width + 2 * pad} {box.Height + 2 * pad}\"><path d=\"{path}\"/></svg>"
        );
    }

    // A ring is where it begins, then steps.
    private static (int X, int Y, int Width, int Height) BoxOf(string ring)
    {
        var numbers = Number().Matches(ring).Select(n => int.Parse(n.Value, CultureInfo.InvariantCulture)).ToList();
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
}
