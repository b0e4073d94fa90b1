using System.Globalization;
using System.Text;
using System.Xml;
using Microsoft.AspNetCore.Http;

namespace Plenaria.Platform.Site;

/// <summary>
/// One entry of a feed. <paramref name="Id"/> is a URI that never changes; <paramref name="Path"/> begins with a slash.
/// </summary>
public sealed record FeedEntry(string Id, string Title, string Summary, DateTimeOffset UpdatedAt, string Path);

/// <summary>Atom feeds after RFC 4287, the one way in which the house writes them.</summary>
public static class AtomFeed
{
    private const string Atom = "http://www.w3.org/2005/Atom";

    /// <summary>
    /// <paramref name="path"/> is what the feed is about, <paramref name="idPath"/> what names it for good; both begin
    /// with a slash.
    /// </summary>
    public static async Task<IResult> Write(
        HttpContext context,
        Kernel.Language language,
        string author,
        string title,
        string path,
        string idPath,
        DateTimeOffset updatedAt,
        IEnumerable<FeedEntry> entries
    )
    {
        var site = $"{context.Request.Scheme}://{context.Request.Host}";
        using var bytes = new MemoryStream();
        await using (var xml = XmlWriter.Create(bytes, new() { Async = true, Encoding = new UTF8Encoding(false) }))
        {
            async Task Element(string name, string value) =>
                await xml.WriteElementStringAsync(null, name, Atom, Clean(value));
            async Task Link(string href, string? rel = null)
            {
                await xml.WriteStartElementAsync(null, "link", Atom);
                if (rel is not null)
                    await xml.WriteAttributeStringAsync(null, "rel", null, rel);
                await xml.WriteAttributeStringAsync(null, "href", null, href);
                await xml.WriteEndElementAsync();
            }
            await xml.WriteStartElementAsync(null, "feed", Atom);
            await xml.WriteAttributeStringAsync("xml", "lang", null, language.Code);
            await Element("id", site + idPath);
            await Element("title", title);
            await Element("updated", Instant(updatedAt));
            await xml.WriteStartElementAsync(null, "author", Atom);
            await Element("name", author);
            await xml.WriteEndElementAsync();
            await Link(site + path);
            await Link(site + context.Request.Path, "self");
            foreach (var entry in entries)
            {
                await xml.WriteStartElementAsync(null, "entry", Atom);
                await Element("id", entry.Id);
                await Element("title", entry.Title);
                await Element("updated", Instant(entry.UpdatedAt));
                await Link(site + entry.Path);
                await Element("summary", entry.Summary);
                await xml.WriteEndElementAsync();
            }
            await xml.WriteEndElementAsync();
        }
        return Results.Bytes(bytes.ToArray(), "application/atom+xml; charset=utf-8");
    }

    private static string Instant(DateTimeOffset at) =>
        at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    // What people paste may hold characters that XML cannot.
    private static string Clean(string text) =>
        text.All(XmlConvert.IsXmlChar)
            ? text
            : string.Concat(text.Where(c => XmlConvert.IsXmlChar(c) || char.IsSurrogate(c)));
}
