using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Html;

namespace Plenaria.Platform.Places.Map;

/// <summary>
/// What stands in the place of a picture that is missing: the outline of the country, on a ground whose colour and
/// pattern are those of the topic. It says nothing that the text beside it does not, and is hidden from screen readers.
/// </summary>
public static class CountryTile
{
    private const int Tones = 6,
        Patterns = 4;

    private static readonly ConcurrentDictionary<string, string> Shapes = new(StringComparer.Ordinal);

    /// <param name="country">ISO 3166 code; null or unknown leaves the ground alone.</param>
    /// <param name="topic">Any text: the same one always gives the same ground.</param>
    public static HtmlString Draw(string? country, string? topic) =>
        Ground(topic, country is null ? "" : Shapes.GetOrAdd(country, ShapeOf));

    /// <summary>
    /// The same for the rows of a list, which weigh less with the country's two letters; without a country with the
    /// date, as exactly as it is known: what stands in a list of news appeared in the same year.
    /// </summary>
    public static HtmlString Small(string? country, string? topic, PartialDate? date, Kernel.Language reader) =>
        Ground(topic, country is { Length: 2 } ? $"<span>{country}</span>" : DateOf(date, reader));

    private static string DateOf(PartialDate? date, Kernel.Language reader)
    {
        if (date is not { } known)
            return "";
        if (known.Month is null)
            return $"<span>{known.Year}</span>";
        var month = WebUtility.HtmlEncode(known.First.ToString("MMM", reader.Culture));
        return known.Day is { } day
            ? $"<span class=\"day\">{day}</span><span>{month}</span>"
            : $"<span class=\"month\">{month}</span><span>{known.Year}</span>";
    }

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
            .Select(ring => (Path: $"M{ring}", Box: WorldMap.BoxOf(ring)))
            .MaxBy(ring => (long)ring.Box.Width * ring.Box.Height);
        var pad = Math.Max(box.Width, box.Height) / 6 + 1;
        var view = FormattableString.Invariant(
            $"{box.X - pad} {box.Y - pad} {box.Width + 2 * pad} {box.Height + 2 * pad}"
        );
        return $"<svg viewBox=\"{view}\"><path d=\"{path}\"/></svg>";
    }
}
