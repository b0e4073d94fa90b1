using System.IO.Compression;
using System.Xml;
using System.Xml.Linq;

namespace Plenaria.Platform.Documents;

/// <summary>
/// Looks at XML and office files of others before a library does. Libraries follow elements within elements by
/// recursion: a file of three kilobytes with twenty thousand levels ends the process. Nesting beyond
/// <see cref="MaxDepth"/>, a document type declaration, and content that unpacks to more than was agreed are refused.
/// </summary>
public static class InputGuard
{
    /// <summary>Levels of elements; text documents of people stay below 40.</summary>
    public const int MaxDepth = 60;

    private const long MaxNodes = 20_000_000;

    private static readonly XmlReaderSettings Settings = new()
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        MaxCharactersInDocument = 200_000_000,
        CloseInput = false,
    };

    /// <summary>
    /// Every XML part of an office file (OPC: docx, xlsx, pptx; or OpenDocument), read once as a stream.
    /// </summary>
    /// <param name="refusal">Thrown where a part is nested too deeply, is no XML, or unpacks to more than
    /// <paramref name="maxUnpacked"/> bytes in all.</param>
    public static void DemandHarmless(byte[] archive, long maxUnpacked, RuleViolationException refusal) =>
        DemandHarmless(new MemoryStream(archive, writable: false), maxUnpacked, refusal);

    /// <inheritdoc cref="DemandHarmless(byte[], long, RuleViolationException)"/>
    /// <param name="archive">Read from its beginning, and left there.</param>
    public static void DemandHarmless(Stream archive, long maxUnpacked, RuleViolationException refusal)
    {
        try
        {
            using var zip = new ZipArchive(archive, ZipArchiveMode.Read, leaveOpen: true);
            var left = maxUnpacked;
            foreach (var entry in zip.Entries)
            {
                // What a header says of a part's length is its author's word: what is read counts.
                using var content = new BoundedStream(entry.Open(), left, refusal);
                if (IsXml(entry.FullName))
                    DemandShallow(content, refusal);
                content.Drain();
                left = content.Left;
            }
            archive.Position = 0;
        }
        catch (InvalidDataException)
        {
            throw refusal;
        }
    }

    /// <summary>An XML file, loaded as a tree.</summary>
    /// <exception cref="XmlException">It is no XML.</exception>
    public static XDocument LoadXml(
        Stream content,
        RuleViolationException refusal,
        LoadOptions options = LoadOptions.None
    )
    {
        using var bytes = new MemoryStream();
        content.CopyTo(bytes);
        bytes.Position = 0;
        DemandShallow(bytes, refusal, lets: true);
        bytes.Position = 0;
        using var reader = XmlReader.Create(bytes, Settings);
        return XDocument.Load(reader, options);
    }

    private static void DemandShallow(Stream content, RuleViolationException refusal, bool lets = false)
    {
        try
        {
            using var reader = XmlReader.Create(content, Settings);
            long nodes = 0;
            while (reader.Read())
                if (reader.Depth > MaxDepth || ++nodes > MaxNodes)
                    throw refusal;
        }
        catch (XmlException) when (!lets)
        {
            throw refusal;
        }
    }

    private static bool IsXml(string name) =>
        name.EndsWith(".xml", StringComparison.OrdinalIgnoreCase)
        || name.EndsWith(".rels", StringComparison.OrdinalIgnoreCase)
        || name.EndsWith(".vml", StringComparison.OrdinalIgnoreCase);

    /// <summary>Gives out so many bytes and refuses the next.</summary>
    private sealed class BoundedStream(Stream inner, long most, RuleViolationException refusal) : Stream
    {
        public long Left { get; private set; } = most;

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override int Read(Span<byte> buffer)
        {
            var read = inner.Read(buffer);
            Left -= read;
            return Left < 0 ? throw refusal : read;
        }

        public void Drain()
        {
            Span<byte> buffer = stackalloc byte[4096];
            while (Read(buffer) > 0) { }
        }

        protected override void Dispose(bool disposing) => inner.Dispose();

        public override bool CanRead => true;
        public override bool CanSeek => false;
        public override bool CanWrite => false;
        public override long Length => throw new NotSupportedException();
        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override void Flush() => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
