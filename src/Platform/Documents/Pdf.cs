using System.Globalization;
using QRCoder;
using SkiaSharp;

namespace Plenaria.Platform.Documents;

/// <summary>
/// Writes a <see cref="Document"/> as PDF: A4, embedded fonts, tables that go on over pages, page numbers, a QR code to
/// its address.
/// </summary>
public static class Pdf
{
    /// <exception cref="RuleViolationException">None of the fonts we can embed is installed on this
    /// machine.</exception>
    public static byte[] Write(Document document)
    {
        using var bytes = new MemoryStream();
        using (var pages = new PdfPages(document))
            pages.WriteTo(bytes);
        return bytes.ToArray();
    }
}

/// <summary>
/// The family we print with: Noto Sans, else Liberation Sans, else DejaVu Sans, where Debian installs them.
/// </summary>
internal static class PrintFonts
{
    private static readonly (string Regular, string Bold)[] Known =
    [
        ("/usr/share/fonts/truetype/noto/NotoSans-Regular.ttf", "/usr/share/fonts/truetype/noto/NotoSans-Bold.ttf"),
        (
            "/usr/share/fonts/truetype/liberation/LiberationSans-Regular.ttf",
            "/usr/share/fonts/truetype/liberation/LiberationSans-Bold.ttf"
        ),
        ("/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf", "/usr/share/fonts/truetype/dejavu/DejaVuSans-Bold.ttf"),
    ];

    private static readonly Lazy<(SKTypeface Regular, SKTypeface Bold)?> Found = new(() =>
        Known.FirstOrDefault(k => File.Exists(k.Regular) && File.Exists(k.Bold)) is ({ } regular, { } bold)
            ? (SKTypeface.FromFile(regular), SKTypeface.FromFile(bold))
            : null
    );

    public static SKFont Of(float size, bool bold = false)
    {
        var found = Found.Value ?? throw new RuleViolationException("platform.no-fonts");
        return new(bold ? found.Bold : found.Regular, size);
    }
}

/// <summary>
/// Lays the parts out from top to bottom, begins a page where one is full, and numbers the pages once their count is
/// known.
/// </summary>
internal sealed class PdfPages : IDisposable
{
    private const float PageWidth = 595,
        PageHeight = 842,
        Left = 62,
        Top = 68,
        Bottom = 68,
        Gap = 8,
        Width = PageWidth - 2 * Left,
        CodeSize = 78;

    private readonly Document _document;
    private readonly SKFont _body = PrintFonts.Of(10),
        _bold = PrintFonts.Of(10, bold: true),
        _small = PrintFonts.Of(8),
        _title = PrintFonts.Of(22, bold: true);
    private readonly SKFont[] _headings =
    [
        PrintFonts.Of(15, bold: true),
        PrintFonts.Of(12, bold: true),
        PrintFonts.Of(10, bold: true),
    ];
    private readonly SKPaint _ink = new() { Color = new(28, 30, 34), IsAntialias = true },
        _grey = new() { Color = new(90, 93, 100), IsAntialias = true },
        _rule = new() { Color = new(200, 196, 186), StrokeWidth = 0.5f };
    private readonly List<SKPicture> _pages = [];
    private SKPictureRecorder? _recorder;
    private SKCanvas _canvas = null!;
    private float _y;

    public PdfPages(Document document) => _document = document;

    public void WriteTo(Stream stream)
    {
        Draw();
        using var pdf = SKDocument.CreatePdf(
            stream,
            new SKDocumentPdfMetadata
            {
                Title = _document.Title,
                Subject = _document.Subtitle ?? "",
                Creator = "Plenaria",
            }
        );
        for (var i = 0; i < _pages.Count; i++)
        {
            var canvas = pdf.BeginPage(PageWidth, PageHeight);
            canvas.DrawPicture(_pages[i]);
            var number = string.Create(CultureInfo.InvariantCulture, $"{i + 1} / {_pages.Count}");
            canvas.DrawText(
                _document.Footer ?? _document.Title,
                Left,
                PageHeight - 40,
                SKTextAlign.Left,
                _small,
                _grey
            );
            canvas.DrawText(number, PageWidth - Left, PageHeight - 40, SKTextAlign.Right, _small, _grey);
            pdf.EndPage();
        }
        pdf.Close();
    }

    private void Draw()
    {
        NewPage();
        var besideCode = Width - (_document.Link is null ? 0 : CodeSize + 12);
        if (_document.Link is { } link)
            DrawCode(link);
        Lines(_document.Title, _title, _ink, besideCode);
        if (_document.Subtitle is { } subtitle)
            Lines(subtitle, _body, _grey, besideCode);
        _y = Math.Max(_y, Top + (_document.Link is null ? 0 : CodeSize + 12)) + Gap;
        foreach (var part in _document.Parts)
            Draw(part);
        if (_document.Link is { } address)
            Lines(address, _small, _grey, Width);
        EndPage();
    }

    private void Draw(Part part)
    {
        switch (part)
        {
            case Heading heading:
                var font = _headings[Math.Clamp(heading.Level, 1, 3) - 1];
                _y += 2 * Gap;
                // A heading stays with the beginning of what it heads.
                Keep(font.Spacing * 2 + 30);
                Lines(heading.Text, font, _ink, Width);
                break;
            case Paragraph paragraph:
                Lines(paragraph.Text, paragraph.IsQuiet ? _small : _body, paragraph.IsQuiet ? _grey : _ink, Width);
                break;
            case Listing list:
                foreach (var item in list.Items)
                {
                    Keep(_body.Spacing);
                    _canvas.DrawText("•", Left + 2, _y - _body.Metrics.Ascent, SKTextAlign.Left, _body, _ink);
                    Lines(item, _body, _ink, Width - 14, 14);
                }
                break;
            case Table table:
                DrawTable(table);
                break;
        }
    }

    private void DrawTable(Table table)
    {
        var widths = Widths(table);
        DrawRow(table.Columns, widths, _bold);
        foreach (var row in table.Rows)
        {
            if (_y + RowHeight(row, widths, _body) > PageHeight - Bottom)
            {
                NewPage();
                DrawRow(table.Columns, widths, _bold);
            }
            DrawRow(row, widths, _body);
        }
        _y += Gap;
    }

    /// <summary>
    /// Columns share the width by the square root of their longest text, so that a long one does not starve the others.
    /// </summary>
    private static float[] Widths(Table table)
    {
        var wishes = table
            .Columns.Select((name, i) => Math.Sqrt(table.Rows.Select(r => r[i].Length).Append(name.Length).Max() + 4))
            .ToList();
        return [.. wishes.Select(w => (float)(w / wishes.Sum() * Width))];
    }

    private static float RowHeight(IReadOnlyList<string> cells, float[] widths, SKFont font) =>
        cells.Select((cell, i) => Wrap(cell, font, widths[i] - 8).Count).Max() * font.Spacing + 8;

    private void DrawRow(IReadOnlyList<string> cells, float[] widths, SKFont font)
    {
        var height = RowHeight(cells, widths, font);
        Keep(height);
        var x = Left;
        for (var i = 0; i < cells.Count; i++)
        {
            var y = _y + 4 - font.Metrics.Ascent;
            var isNumber =
                cells[i].Length > 0
                && cells[i].All(c => char.IsDigit(c) || c is '.' or ',' or ' ' or '%' or '+' or '-' or '−');
            foreach (var line in Wrap(cells[i], font, widths[i] - 8))
            {
                _canvas.DrawText(
                    line,
                    isNumber ? x + widths[i] - 4 : x + 4,
                    y,
                    isNumber ? SKTextAlign.Right : SKTextAlign.Left,
                    font,
                    _ink
                );
                y += font.Spacing;
            }
            x += widths[i];
        }
        _y += height;
        _canvas.DrawLine(Left, _y, Left + Width, _y, _rule);
    }

    private void Lines(string text, SKFont font, SKPaint paint, float width, float indent = 0)
    {
        foreach (var line in Wrap(text, font, width))
        {
            Keep(font.Spacing);
            _canvas.DrawText(line, Left + indent, _y - font.Metrics.Ascent, SKTextAlign.Left, font, paint);
            _y += font.Spacing;
        }
        _y += Gap;
    }

    private static List<string> Wrap(string text, SKFont font, float width)
    {
        var lines = new List<string>();
        foreach (var paragraph in text.ReplaceLineEndings("\n").Split('\n'))
        {
            var line = "";
            foreach (
                var word in paragraph
                    .Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries)
                    .SelectMany(w => Pieces(w, font, width))
            )
            {
                var longer = line.Length == 0 ? word : $"{line} {word}";
                if (line.Length > 0 && font.MeasureText(longer) > width)
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
    private static IEnumerable<string> Pieces(string word, SKFont font, float width)
    {
        // No more than fits a line can be on it: what is measured stays bounded however long the word is.
        for (var from = 0; from < word.Length; )
        {
            var ahead = word.AsSpan(from, Math.Min(MostOnLine, word.Length - from));
            var cut = Math.Clamp(font.BreakText(ahead, width), 1, ahead.Length);
            if (cut < ahead.Length && cut > 1 && char.IsHighSurrogate(ahead[cut - 1]))
                cut--;
            yield return word.Substring(from, cut);
            from += cut;
        }
    }

    /// <summary>More characters than the narrowest letters leave room for on the widest line.</summary>
    private const int MostOnLine = 400;

    private void DrawCode(string link)
    {
        using var generator = new QRCodeGenerator();
        using var code = generator.CreateQrCode(link, QRCodeGenerator.ECCLevel.M);
        var modules = code.ModuleMatrix;
        var size = CodeSize / modules.Count;
        using var black = new SKPaint { Color = SKColors.Black };
        for (var row = 0; row < modules.Count; row++)
        for (var column = 0; column < modules.Count; column++)
            if (modules[row][column])
                _canvas.DrawRect(
                    Left + Width - CodeSize + column * size,
                    Top - 8 + row * size,
                    size + 0.05f,
                    size + 0.05f,
                    black
                );
    }

    private void Keep(float height)
    {
        if (_y + height > PageHeight - Bottom)
            NewPage();
    }

    private void NewPage()
    {
        EndPage();
        _recorder = new();
        _canvas = _recorder.BeginRecording(new(0, 0, PageWidth, PageHeight));
        _y = Top;
    }

    private void EndPage()
    {
        if (_recorder is null)
            return;
        _pages.Add(_recorder.EndRecording());
        _recorder.Dispose();
        _recorder = null;
    }

    public void Dispose()
    {
        foreach (
            var thing in (IDisposable[])[_body, _bold, _small, _title, .. _headings, _ink, _grey, _rule, .. _pages]
        )
            thing.Dispose();
        _recorder?.Dispose();
    }
}
