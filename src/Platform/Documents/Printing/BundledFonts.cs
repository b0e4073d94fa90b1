using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Runtime.InteropServices;

namespace Plenaria.Platform.Documents.Printing;

/// <summary>
/// Inter, which comes with the program, so that a machine without font packages prints: Latin, Greek and Cyrillic. Its
/// files lie within a library that is never loaded, only read.
/// </summary>
internal static class BundledFonts
{
    private const string Library = "Avalonia.Fonts.Inter.dll",
        Container = "!AvaloniaResources";

    private static readonly Lazy<PrintFont> Upright = new(() => Open("Inter-Regular")),
        Heavy = new(() => Open("Inter-SemiBold"));

    public static PrintFont Regular => Upright.Value;
    public static PrintFont Bold => Heavy.Value;

    // In memory that stays where it is for as long as the program runs: the blob's own reader of streams leaves the
    // bytes to the garbage collector.
    private static PrintFont Open(string name)
    {
        var bytes = Read($"/Assets/{name}.ttf");
        var kept = Marshal.AllocHGlobal(bytes.Length);
        Marshal.Copy(bytes, 0, kept, bytes.Length);
        return PrintFont.TryOpen(name, new(kept, bytes.Length, HarfBuzzSharp.MemoryMode.ReadOnly))
            ?? throw new InvalidDataException($"{name} is no font that can be embedded.");
    }

    // An index of 7-bit-counted names, each with offset and size, stands before the files.
    private static byte[] Read(string path)
    {
        var container = ReadContainer();
        using var reader = new BinaryReader(new MemoryStream(container));
        var begin = sizeof(int) + reader.ReadInt32();
        reader.ReadInt32();
        for (var left = reader.ReadInt32(); left > 0; left--)
        {
            var name = reader.ReadString();
            var (offset, size) = (reader.ReadInt32(), reader.ReadInt32());
            if (name == path)
                return container[(begin + offset)..(begin + offset + size)];
        }
        throw new InvalidDataException($"{Library} has no {path}.");
    }

    private static byte[] ReadContainer()
    {
        using var stream = typeof(BundledFonts).Assembly.GetManifestResourceStream(Library)!;
        using var library = new PEReader(stream);
        var metadata = library.GetMetadataReader();
        var resource = metadata
            .ManifestResources.Select(metadata.GetManifestResource)
            .Single(r => metadata.GetString(r.Name) == Container);
        var reader = library
            .GetSectionData(library.PEHeaders.CorHeader!.ResourcesDirectory.RelativeVirtualAddress)
            .GetReader();
        reader.Offset = (int)resource.Offset;
        return reader.ReadBytes(reader.ReadInt32());
    }
}
