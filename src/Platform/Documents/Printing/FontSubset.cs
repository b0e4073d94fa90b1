using System.Runtime.InteropServices;
using HarfBuzzSharp;

namespace Plenaria.Platform.Documents.Printing;

/// <summary>
/// The subsetter of HarfBuzz, which is in the library that comes with HarfBuzzSharp but not in its managed face.
/// </summary>
internal static class FontSubset
{
    private const string Library = "libHarfBuzzSharp";

    // hb_subset_flags_t and hb_subset_sets_t.
    private const int KeepGlyphNumbers = 0x2,
        WithoutLayoutClosure = 0x200,
        TablesToDrop = 3;

    private static readonly string[] Dropped = ["GSUB", "GPOS", "GDEF", "STAT", "name", "DSIG", "kern"];

    public static byte[] Of(Face face, IEnumerable<ushort> glyphs)
    {
        var input = CreateInput();
        var subset = nint.Zero;
        try
        {
            SetFlags(input, KeepGlyphNumbers | WithoutLayoutClosure);
            var wanted = GlyphSet(input);
            foreach (var glyph in glyphs)
                Add(wanted, glyph);
            var dropped = Set(input, TablesToDrop);
            foreach (var table in Dropped)
                Add(dropped, Tag.Parse(table));
            if (face.HasVariationData && PinToDefault(input, face.Handle) == 0)
                throw new InvalidDataException("A variable font could not be fixed.");
            subset = Make(face.Handle, input);
            return subset == 0 ? throw new InvalidDataException("A font could not be subset.") : BytesOf(subset);
        }
        finally
        {
            DestroyInput(input);
            if (subset != 0)
                DestroyFace(subset);
            GC.KeepAlive(face);
        }
    }

    private static byte[] BytesOf(nint face)
    {
        var blob = ReferenceBlob(face);
        var data = GetData(blob, out var length);
        var bytes = new byte[length];
        Marshal.Copy(data, bytes, 0, bytes.Length);
        DestroyBlob(blob);
        return bytes;
    }

    [DllImport(Library, EntryPoint = "hb_subset_input_create_or_fail")]
    private static extern nint CreateInput();

    [DllImport(Library, EntryPoint = "hb_subset_input_destroy")]
    private static extern void DestroyInput(nint input);

    [DllImport(Library, EntryPoint = "hb_subset_input_set_flags")]
    private static extern void SetFlags(nint input, int flags);

    [DllImport(Library, EntryPoint = "hb_subset_input_glyph_set")]
    private static extern nint GlyphSet(nint input);

    [DllImport(Library, EntryPoint = "hb_subset_input_set")]
    private static extern nint Set(nint input, int kind);

    [DllImport(Library, EntryPoint = "hb_subset_input_pin_all_axes_to_default")]
    private static extern int PinToDefault(nint input, nint face);

    [DllImport(Library, EntryPoint = "hb_set_add")]
    private static extern void Add(nint set, uint value);

    [DllImport(Library, EntryPoint = "hb_subset_or_fail")]
    private static extern nint Make(nint face, nint input);

    [DllImport(Library, EntryPoint = "hb_face_destroy")]
    private static extern void DestroyFace(nint face);

    [DllImport(Library, EntryPoint = "hb_face_reference_blob")]
    private static extern nint ReferenceBlob(nint face);

    [DllImport(Library, EntryPoint = "hb_blob_get_data")]
    private static extern nint GetData(nint blob, out uint length);

    [DllImport(Library, EntryPoint = "hb_blob_destroy")]
    private static extern void DestroyBlob(nint blob);
}
