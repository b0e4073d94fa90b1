using System.Text;

namespace Plenaria.Platform.Documents.Printing;

/// <summary>
/// Writes a <see cref="Document"/> as tagged PDF: A4, embedded fonts, bookmarks, tables that go on over pages, page
/// numbers, a QR code to its address. The same document with the same fonts is the same bytes.
/// </summary>
public static class Pdf
{
    public static byte[] Write(Document document) => Write(document, FontFolders.OfTheMachine).Bytes;

    /// <returns>With the bytes the characters that no font has; something else stands for them on the
    /// page.</returns>
    /// <exception cref="RuleViolationException">A picture in it is none.</exception>
    public static (byte[] Bytes, IReadOnlyCollection<Rune> Missing) Write(Document document, FontFolders fonts) =>
        DocumentPrinter.Print(document, fonts);
}
