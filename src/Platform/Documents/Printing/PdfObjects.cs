using System.IO.Compression;
using PdfSharp.Pdf;

namespace Plenaria.Platform.Documents.Printing;

/// <summary>Makes the objects of a file.</summary>
internal sealed class PdfObjects(PdfDocument file)
{
    public PdfDocument File => file;

    public PdfDictionary Dictionary()
    {
        var made = new PdfDictionary(file);
        file.Internals.AddObject(made);
        return made;
    }

    public PdfDictionary Add(string type, string? subtype = null)
    {
        var made = Dictionary();
        made.Elements.SetName("/Type", type);
        if (subtype is not null)
            made.Elements.SetName("/Subtype", subtype);
        return made;
    }

    /// <summary>
    /// A compressed stream. The library's own compression leaves the end of its data out, about which readers complain.
    /// </summary>
    public PdfDictionary Stream(byte[] bytes)
    {
        using var compressed = new MemoryStream();
        using (var zip = new ZLibStream(compressed, CompressionLevel.Optimal))
            zip.Write(bytes);
        var stream = Dictionary();
        stream.Elements.SetName("/Filter", "/FlateDecode");
        stream.CreateStream(compressed.ToArray());
        return stream;
    }
}
