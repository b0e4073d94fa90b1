using PdfSharp.Drawing;
using PdfSharp.Fonts;
using PdfSharp.Pdf;
using QRCoder;

namespace Plenaria.Platform.Documents;

/// <summary>Writes a <see cref="Document"/> as PDF: A4, embedded fonts, headings as bookmarks, tables that go on over pages, page numbers, a QR code to its address.</summary>
public static class Pdf
{
    private static readonly Lock Once = new();

    /// <exception cref="RuleBroken">None of the fonts we can embed is installed on this machine.</exception>
    public static byte[] Write(Document document)
    {
        lock (Once)
            GlobalFontSettings.FontResolver ??= new InstalledFonts();
        using var bytes = new MemoryStream();
        using (var pdf = new PdfDocument())
        {
            pdf.Info.Title = document.Title;
            pdf.Language = document.Language.Culture.Name;
            new PdfPages(pdf, document).Draw();
            pdf.Save(bytes, closeStream: false);
        }
        return bytes.ToArray();
    }

    /// <summary>The family we print with: Noto Sans, else Liberation Sans, else DejaVu Sans, as Debian installs them.</summary>
    private sealed class InstalledFonts : IFontResolver
    {
        public const string Family = "Plenaria";

        private static readonly (string Regular, string Bold)[] Known =
        [
            ("/usr/share/fonts/truetype/noto/NotoSans-Regular.ttf", "/usr/share/fonts/truetype/noto/NotoSans-Bold.ttf"),
            ("/usr/share/fonts/truetype/liberation/LiberationSans-Regular.ttf", "/usr/share/fonts/truetype/liberation/LiberationSans-Bold.ttf"),
            ("/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf", "/usr/share/fonts/truetype/dejavu/DejaVuSans-Bold.ttf"),
        ];

        private readonly (string Regular, string Bold) _found = Known.FirstOrDefault(k => File.Exists(k.Regular) && File.Exists(k.Bold));

        public FontResolverInfo ResolveTypeface(string familyName, bool isBold, bool isItalic) =>
            _found.Regular is null ? throw new RuleBroken("platform.no-fonts") : new(isBold ? _found.Bold : _found.Regular);

        public byte[] GetFont(string faceName) => File.ReadAllBytes(faceName);
    }

    /// <summary>Lays the parts out from top to bottom and begins a page where one is full.</summary>
    private sealed class PdfPages(PdfDocument pdf, Document document)
    {
        private const double Left = 62, Top = 68, Bottom = 68, Gap = 8;

        private static readonly XFont Body = new(InstalledFonts.Family, 10), Bold = new(InstalledFonts.Family, 10, XFontStyleEx.Bold),
            Small = new(InstalledFonts.Family, 8), TitleFont = new(InstalledFonts.Family, 22, XFontStyleEx.Bold);
        private static readonly XFont[] Headings = [new(InstalledFonts.Family, 15, XFontStyleEx.Bold), new(InstalledFonts.Family, 12, XFontStyleEx.Bold), Bold];
        private static readonly XBrush Ink = new XSolidBrush(XColor.FromArgb(28, 30, 34)), Grey = new XSolidBrush(XColor.FromArgb(90, 93, 100));
        private static readonly XPen Rule = new(XColor.FromArgb(200, 196, 186), 0.5);

        private readonly List<PdfOutline> _open = [];
        private PdfPage _page = null!;
        private XGraphics _canvas = null!;
        private double _y;

        private double Width => _page.Width.Point - 2 * Left;

        public void Draw()
        {
            NewPage();
            if (document.Link is { } link)
                DrawCode(link);
            Lines(document.Title, TitleFont, Ink, Width - (document.Link is null ? 0 : 90));
            if (document.Subtitle is { } subtitle)
                Lines(subtitle, Body, Grey, Width - 90);
            _y = Math.Max(_y, Top + (document.Link is null ? 0 : 90)) + Gap;
            foreach (var part in document.Parts)
                Draw(part);
            if (document.Link is { } address)
                Lines(address, Small, Grey, Width);
            _canvas.Dispose();
            Number();
        }

        private void Draw(Part part)
        {
            switch (part)
            {
                case Heading heading:
                    var font = Headings[Math.Clamp(heading.Level, 1, 3) - 1];
                    _y += 2 * Gap;
                    Keep(font.GetHeight() * 2 + 30);
                    Bookmark(heading);
                    Lines(heading.Text, font, Ink, Width);
                    break;
                case Paragraph paragraph:
                    Lines(paragraph.Text, paragraph.IsQuiet ? Small : Body, paragraph.IsQuiet ? Grey : Ink, Width);
                    break;
                case Listing list:
                    foreach (var item in list.Items)
                    {
                        Keep(Body.GetHeight());
                        _canvas.DrawString("•", Body, Ink, Left + 2, _y + Body.GetHeight() * 0.8);
                        Lines(item, Body, Ink, Width - 14, 14);
                    }
                    break;
                case Table table:
                    DrawTable(table);
                    break;
            }
        }

        private void Bookmark(Heading heading)
        {
            while (_open.Count >= heading.Level)
                _open.RemoveAt(_open.Count - 1);
            var under = _open.Count == 0 ? pdf.Outlines : _open[^1].Outlines;
            _open.Add(under.Add(heading.Text, _page, opened: true));
        }

        private void DrawTable(Table table)
        {
            var widths = Widths(table);
            DrawRow(table.Columns, widths, Bold);
            foreach (var row in table.Rows)
            {
                if (_y + RowHeight(row, widths, Body) > _page.Height.Point - Bottom)
                {
                    NewPage();
                    DrawRow(table.Columns, widths, Bold);
                }
                DrawRow(row, widths, Body);
            }
            _y += Gap;
        }

        /// <summary>Columns share the width by the square root of their longest text, so that a long one does not starve the others.</summary>
        private double[] Widths(Table table)
        {
            var wishes = table.Columns.Select((name, i) => Math.Sqrt(table.Rows.Select(r => r[i].Length).Append(name.Length).Max() + 4)).ToList();
            return [.. wishes.Select(w => w / wishes.Sum() * Width)];
        }

        private double RowHeight(IReadOnlyList<string> cells, double[] widths, XFont font) =>
            cells.Select((cell, i) => Wrap(cell, font, widths[i] - 8).Count).Max() * font.GetHeight() + 8;

        private void DrawRow(IReadOnlyList<string> cells, double[] widths, XFont font)
        {
            var height = RowHeight(cells, widths, font);
            Keep(height);
            var x = Left;
            for (var i = 0; i < cells.Count; i++)
            {
                var y = _y + 4;
                var isNumber = cells[i].Length > 0 && cells[i].All(c => char.IsDigit(c) || c is '.' or ',' or ' ' or '%' or '+' or '-' or '−');
                foreach (var line in Wrap(cells[i], font, widths[i] - 8))
                {
                    _canvas.DrawString(line, font, Ink, new XRect(x + 4, y, widths[i] - 8, font.GetHeight()), isNumber ? XStringFormats.TopRight : XStringFormats.TopLeft);
                    y += font.GetHeight();
                }
                x += widths[i];
            }
            _y += height;
            _canvas.DrawLine(Rule, Left, _y, Left + Width, _y);
        }

        private void Lines(string text, XFont font, XBrush brush, double width, double indent = 0)
        {
            foreach (var line in Wrap(text, font, width))
            {
                Keep(font.GetHeight());
                _canvas.DrawString(line, font, brush, Left + indent, _y + font.GetHeight() * 0.8);
                _y += font.GetHeight() * 1.12;
            }
            _y += Gap;
        }

        private List<string> Wrap(string text, XFont font, double width)
        {
            var lines = new List<string>();
            foreach (var paragraph in text.ReplaceLineEndings("\n").Split('\n'))
            {
                var line = "";
                foreach (var word in paragraph.Split(' ', StringSplitOptions.RemoveEmptyEntries).SelectMany(w => Pieces(w, font, width)))
                {
                    var longer = line.Length == 0 ? word : $"{line} {word}";
                    if (line.Length > 0 && _canvas.MeasureString(longer, font).Width > width)
                    {
                        lines.Add(line);
                        line = word;
                    }
                    else
                        line = longer;
                }
                lines.Add(line);
            }
            return lines;
        }

        /// <summary>A word that is wider than the line, an address for instance, is broken.</summary>
        private IEnumerable<string> Pieces(string word, XFont font, double width)
        {
            while (word.Length > 1 && _canvas.MeasureString(word, font).Width > width)
            {
                var cut = word.Length - 1;
                while (cut > 1 && _canvas.MeasureString(word[..cut], font).Width > width)
                    cut--;
                yield return word[..cut];
                word = word[cut..];
            }
            yield return word;
        }

        private void DrawCode(string link)
        {
            using var generator = new QRCodeGenerator();
            using var code = generator.CreateQrCode(link, QRCodeGenerator.ECCLevel.M);
            var modules = code.ModuleMatrix;
            var size = 78.0 / modules.Count;
            for (var row = 0; row < modules.Count; row++)
                for (var column = 0; column < modules.Count; column++)
                    if (modules[row][column])
                        _canvas.DrawRectangle(Ink, Left + Width - 78 + column * size, Top - 8 + row * size, size + 0.05, size + 0.05);
        }

        private void Keep(double height)
        {
            if (_y + height > _page.Height.Point - Bottom)
                NewPage();
        }

        private void NewPage()
        {
            _canvas?.Dispose();
            _page = pdf.AddPage();
            _page.Size = PdfSharp.PageSize.A4;
            _canvas = XGraphics.FromPdfPage(_page);
            _y = Top;
        }

        private void Number()
        {
            for (var i = 0; i < pdf.PageCount; i++)
            {
                using var canvas = XGraphics.FromPdfPage(pdf.Pages[i]);
                var line = new XRect(Left, _page.Height.Point - 48, Width, 12);
                canvas.DrawString($"{i + 1} / {pdf.PageCount}", Small, Grey, line, XStringFormats.TopRight);
                canvas.DrawString(document.Footer ?? document.Title, Small, Grey, line, XStringFormats.TopLeft);
            }
        }
    }
}
