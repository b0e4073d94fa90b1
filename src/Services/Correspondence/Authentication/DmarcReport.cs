using System.Globalization;
using System.IO.Compression;
using System.Net;
using System.Net.Sockets;
using System.Xml;
using System.Xml.Linq;
using Plenaria.Platform.Fetching;

namespace Plenaria.Correspondence;

/// <summary>One line of a report: what came from one source.</summary>
internal sealed record DmarcRow(string Source, long Count, bool HasPassed);

/// <summary>An aggregate report of DMARC (RFC 7489, appendix C).</summary>
internal sealed record DmarcReport(
    string Reporter,
    string Id,
    string Domain,
    DateOnly Day,
    IReadOnlyList<DmarcRow> Rows
)
{
    private const int MaxPacked = 5 << 20,
        MaxPlain = 20 << 20,
        MaxRows = 10_000,
        MaxDepth = 12,
        MaxElements = 400_000,
        MaxCount = 1_000_000_000;

    /// <summary>Reads a report as it is attached: XML, packed with gzip or zip. Null when it is none.</summary>
    public static DmarcReport? Read(byte[] attachment)
    {
        if (attachment.Length is 0 or > MaxPacked)
            return null;
        try
        {
            using var packed = new MemoryStream(attachment);
            using var plain = new BoundedStream(Unpack(attachment, packed), MaxPlain);
            using var reader = XmlReader.Create(
                plain,
                new()
                {
                    DtdProcessing = DtdProcessing.Prohibit,
                    XmlResolver = null,
                    MaxCharactersInDocument = MaxPlain,
                }
            );
            return Load(reader).Root is { Name.LocalName: "feedback" } root ? Read(root) : null;
        }
        catch (Exception fault)
            when (fault is XmlException or InvalidDataException or FetchException or NotSupportedException)
        {
            return null;
        }
    }

    // A tree that is deep or has millions of elements occupies the processor for minutes: it is refused while it is
    // read.
    private static XDocument Load(XmlReader reader)
    {
        var document = new XDocument();
        using var writer = document.CreateWriter();
        for (var elements = 0; reader.Read(); )
        {
            if (reader.Depth > MaxDepth || reader.NodeType == XmlNodeType.Element && ++elements > MaxElements)
                throw new InvalidDataException("The report is too deep or has too many elements.");
            switch (reader.NodeType)
            {
                case XmlNodeType.Element:
                    writer.WriteStartElement(reader.LocalName);
                    if (reader.IsEmptyElement)
                        writer.WriteEndElement();
                    break;
                case XmlNodeType.EndElement:
                    writer.WriteEndElement();
                    break;
                case XmlNodeType.Text or XmlNodeType.CDATA:
                    writer.WriteString(reader.Value);
                    break;
            }
        }
        writer.Flush();
        return document;
    }

    // By what it begins with: what reporters call it differs.
    private static Stream Unpack(byte[] attachment, MemoryStream packed) =>
        attachment.AsSpan(0, Math.Min(2, attachment.Length)) switch
        {
            [0x1f, 0x8b] => new GZipStream(packed, CompressionMode.Decompress),
            [(byte)'P', (byte)'K'] => new ZipArchive(packed).Entries.FirstOrDefault(e =>
                e.Name.EndsWith(".xml", StringComparison.OrdinalIgnoreCase)
            )
                is { } entry
                ? entry.Open()
                : Stream.Null,
            _ => packed,
        };

    private static DmarcReport? Read(XElement root)
    {
        var about = Part(root, "report_metadata");
        var domain = Text(Part(root, "policy_published"), "domain")?.TrimEnd('.').ToLowerInvariant();
        var begins = Number(Text(Part(about, "date_range"), "begin"));
        if (Text(about, "org_name") is not { } reporter || Text(about, "report_id") is not { } id || domain is null)
            return null;
        // Seconds of the calendar: what is outside is no moment.
        if (begins is null or < 0 or > 32_503_680_000)
            return null;
        var rows = root.Elements()
            .Where(e => e.Name.LocalName == "record")
            .Take(MaxRows)
            .Select(ReadRow)
            .OfType<DmarcRow>()
            .ToList();
        var day = DateOnly.FromDateTime(DateTimeOffset.FromUnixTimeSeconds(begins.Value).UtcDateTime);
        return new(reporter, id, domain, day, rows);
    }

    private static DmarcRow? ReadRow(XElement record)
    {
        var row = Part(record, "row");
        var policy = Part(row, "policy_evaluated");
        return
            IPAddress.TryParse(Text(row, "source_ip"), out var source)
            // An address with a scope is one of the reporter's own machine.
            && source is not { AddressFamily: AddressFamily.InterNetworkV6, ScopeId: not 0 }
            && Number(Text(row, "count")) is { } count and > 0 and <= MaxCount
            ? new(source.ToString(), count, Text(policy, "dkim") == "pass" || Text(policy, "spf") == "pass")
            : null;
    }

    // Some reporters name a namespace, some none.
    private static XElement? Part(XElement? element, string name) =>
        element?.Elements().FirstOrDefault(e => e.Name.LocalName == name);

    private static string? Text(XElement? element, string name) =>
        Part(element, name)?.Value.Trim() is { Length: > 0 } text ? text : null;

    private static long? Number(string? text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
