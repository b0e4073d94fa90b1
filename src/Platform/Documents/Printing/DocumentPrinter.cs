using System.Globalization;
using System.Text;
using QRCoder;

namespace Plenaria.Platform.Documents.Printing;

/// <summary>Prints one document: its cover or title, its parts, and on every page what tells it from others.</summary>
internal sealed class DocumentPrinter
{
    private const float Logo = 74,
        Caption = 14;

    private readonly Document _document;
    private readonly TextShaper _shaper;
    private readonly PageFlow _flow;
    private readonly TagNode _root = new("Document", null);
    private readonly List<Bookmark> _bookmarks = [];

    private DocumentPrinter(Document document, FontFolders fonts)
    {
        _document = document;
        _shaper = new(fonts);
        _flow = new(_shaper);
    }

    public static (byte[] Bytes, IReadOnlyCollection<Rune> Missing) Print(Document document, FontFolders fonts)
    {
        var printer = new DocumentPrinter(document, fonts);
        printer.Print();
        return (
            PdfFile.Write(document, printer._flow.Pages, printer._flow.Fonts, printer._root, printer._bookmarks),
            printer._shaper.Missing
        );
    }

    private void Print()
    {
        _flow.NewPage();
        if (_document.Cover is { } cover)
            PrintCover(cover);
        else
            PrintTitle();
        foreach (var part in _document.Parts)
            Print(part);
        if (_document is { Cover: null, Link: { } link })
        {
            _flow.Y += PageSetup.Gap;
            _flow.Text(new("P", _root), link, PageSetup.Quiet);
        }
        PrintRunningTexts();
    }

    private void PrintTitle()
    {
        var beside = PageSetup.Width - (_document.Link is null ? 0 : PageSetup.CodeSize + 18);
        PrintBar();
        _flow.Text(new("Title", _root), _document.Title, PageSetup.Title, beside);
        if (_document.Subtitle is { } subtitle)
        {
            _flow.Y += PageSetup.Gap / 2;
            _flow.Text(new("P", _root), subtitle, PageSetup.Subtitle, beside);
        }
        if (_document.Link is { } link)
        {
            PrintCode(link, PageSetup.Top);
            _flow.Y = Math.Max(_flow.Y, PageSetup.Top + PageSetup.CodeSize);
        }
        _flow.Y += 2 * PageSetup.Gap;
    }

    private void PrintBar()
    {
        _flow.Rule(PageSetup.Left, _flow.Y, 36, 3, PageSetup.Accent);
        _flow.Y += 12;
    }

    private void PrintCover(Cover cover)
    {
        if (cover.Logo is { } logo)
            PrintPicture(logo, Logo, 3 * Logo);
        _flow.Y = Math.Max(_flow.Y, 270);
        PrintBar();
        _flow.Text(new("Title", _root), _document.Title, PageSetup.CoverTitle, PageSetup.Width * 0.9f);
        _flow.Y += 2 * PageSetup.Gap;
        foreach (var line in cover.Lines.Prepend(_document.Subtitle ?? "").Where(l => l.Length > 0))
            _flow.Text(new("P", _root), line, PageSetup.CoverLine);
        if (_document.Link is { } link)
        {
            _flow.Keep(PageSetup.CodeSize);
            PrintCode(link, PageFlow.Limit - PageSetup.CodeSize);
            _flow.Y = Math.Max(_flow.Y, PageFlow.Limit - 2 * PageSetup.Quiet.Leading);
            _flow.Text(new("P", _root), link, PageSetup.Quiet, PageSetup.Width - PageSetup.CodeSize - 18);
        }
        _flow.NewPage();
    }

    private void Print(Part part)
    {
        switch (part)
        {
            case Heading heading:
                PrintHeading(heading);
                break;
            case Paragraph paragraph:
                var style = paragraph.IsQuiet ? PageSetup.Quiet : PageSetup.Body;
                _flow.Text(new("P", _root), paragraph.Text, style);
                _flow.Y += PageSetup.Gap;
                break;
            case Listing list:
                PrintList(list);
                break;
            case Table table:
                TablePrinter.Print(_flow, table, _root);
                break;
            case Illustration picture:
                PrintPicture(picture, PageFlow.Room / 2, PageSetup.Width);
                break;
            case SignatureBlock signatures:
                PrintSignatures(signatures);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(part));
        }
    }

    private void PrintHeading(Heading heading)
    {
        var (level, style) = (PageSetup.LevelOf(heading.Level), PageSetup.HeadingOf(heading.Level));
        if (!_flow.IsAtTop)
            _flow.Y += (5 - level) * 4;
        var lines = _flow.Breaker.Break(heading.Text, style, PageSetup.Width).Count;
        // A heading stays with the beginning of what it heads.
        _flow.Keep(Math.Min(lines * style.Leading + 4 * PageSetup.Body.Leading, PageFlow.Room));
        _bookmarks.Add(new(level, heading.Text, _flow.Pages.Count - 1, PageSetup.PageHeight - _flow.Y + PageSetup.Gap));
        var number = string.Create(CultureInfo.InvariantCulture, $"H{level}");
        _flow.Text(new(number, _root), heading.Text, style);
        _flow.Y += PageSetup.Gap - 2;
    }

    private void PrintList(Listing list)
    {
        var node = new TagNode("L", _root) { IsNumbered = list.IsNumbered };
        var indent = list.IsNumbered ? 22 : 14;
        for (var i = 0; i < list.Items.Count; i++)
        {
            _flow.Keep(2 * PageSetup.Body.Leading);
            var item = new TagNode("LI", node);
            var label = list.IsNumbered ? string.Create(CultureInfo.InvariantCulture, $"{i + 1}.") : "•";
            var line = _flow.Breaker.Break(label, PageSetup.Body, PageSetup.Width)[0];
            _flow.Canvas.Begin(new("Lbl", item));
            _flow.Put(line, PageSetup.Body, PageSetup.Left + 2, PageSetup.Width);
            _flow.Canvas.End();
            _flow.Text(new("LBody", item), list.Items[i], PageSetup.Body, PageSetup.Width - indent, indent);
            _flow.Y += PageSetup.Gap / 3;
        }
        _flow.Y += PageSetup.Gap * 2 / 3;
    }

    private void PrintPicture(Illustration picture, float mostHigh, float mostWide)
    {
        var printed = PrintedPicture.Of(picture.Bytes);
        // 96 pixels are an inch, that is 72 points.
        var scale = Math.Min(0.75f, Math.Min(mostWide / printed.Width, mostHigh / printed.Height));
        var (width, height) = (printed.Width * scale, printed.Height * scale);
        _flow.Keep(height + (picture.Caption is null ? 0 : Caption + PageSetup.Gap));
        Figure(picture.Alternative, PageSetup.Left, _flow.Y, width, height);
        _flow.Canvas.Picture(printed, PageSetup.Left, _flow.Y, width, height);
        _flow.Canvas.End();
        _flow.Y += height + PageSetup.Gap;
        if (picture.Caption is { } caption)
        {
            _flow.Text(new("Caption", _root), caption, PageSetup.Quiet);
            _flow.Y += PageSetup.Gap;
        }
    }

    private void Figure(string alternative, float x, float y, float width, float height) =>
        _flow.Canvas.Begin(
            new("Figure", _root)
            {
                Alternative = alternative,
                Bounds = [x, PageSetup.PageHeight - y - height, x + width, PageSetup.PageHeight - y],
            }
        );

    // Two beside each other, each with room to sign above the rule.
    private void PrintSignatures(SignatureBlock block)
    {
        const float room = 56,
            between = 28,
            width = (PageSetup.Width - between) / 2;
        var height = room + PageSetup.Body.Leading + 2 * PageSetup.Quiet.Leading;
        foreach (var pair in block.Signatories.Chunk(2))
        {
            _flow.Keep(height);
            var (top, bottom) = (_flow.Y + room, 0f);
            for (var i = 0; i < pair.Length; i++)
            {
                var indent = i * (width + between);
                _flow.Rule(PageSetup.Left + indent, top, width, 0.6f, PageSetup.Black);
                _flow.Y = top + 4;
                _flow.Text(new("P", _root), pair[i].Name, PageSetup.Strong, width, indent);
                if (pair[i].Role.Length > 0)
                    _flow.Text(new("P", _root), pair[i].Role, PageSetup.Quiet, width, indent);
                bottom = Math.Max(bottom, _flow.Y);
            }
            _flow.Y = bottom + PageSetup.Gap;
        }
    }

    private void PrintCode(string link, float y)
    {
        using var generator = new QRCodeGenerator();
        using var code = generator.CreateQrCode(link, QRCodeGenerator.ECCLevel.M);
        // Without the quiet zone: the paper around it is as white.
        const int zone = 4;
        var modules = code.ModuleMatrix;
        var count = modules.Count - 2 * zone;
        var size = PageSetup.CodeSize / count;
        var x = PageSetup.Left + PageSetup.Width - PageSetup.CodeSize;
        Figure(link, x, y, PageSetup.CodeSize, PageSetup.CodeSize);
        for (var row = 0; row < count; row++)
        for (var column = 0; column < count; )
        {
            var begin = column;
            while (column < count && modules[row + zone][column + zone])
                column++;
            if (column > begin)
                _flow.Canvas.Rectangle(
                    x + begin * size,
                    y + row * size,
                    (column - begin) * size,
                    size + 0.05f,
                    PageSetup.Black
                );
            else
                column++;
        }
        _flow.Canvas.End();
    }

    private void PrintRunningTexts()
    {
        var style = PageSetup.Running;
        var first = _document.Cover is null ? 0 : 1;
        for (var i = first; i < _flow.Pages.Count; i++)
        {
            var canvas = _flow.Pages[i];
            if (i > first)
                Running(canvas, _document.Title, PageSetup.Top - 30, isAtEnd: false);
            canvas.BeginArtifact("Pagination");
            var bottom = PageFlow.Limit + 22;
            canvas.Rectangle(PageSetup.Left, bottom, PageSetup.Width, 0.4f, PageSetup.Rule);
            canvas.End();
            Running(canvas, _document.Footer ?? _document.Title, bottom + 14, isAtEnd: false);
            var number = string.Create(CultureInfo.InvariantCulture, $"{i + 1} / {_flow.Pages.Count}");
            Running(canvas, number, bottom + 14, isAtEnd: true);
        }

        void Running(PageCanvas canvas, string text, float baseline, bool isAtEnd)
        {
            var line = _flow.Breaker.Break(text, style, PageSetup.Width * 0.85f)[0];
            var x = isAtEnd ? PageSetup.Left + PageSetup.Width - line.Width * style.Size : PageSetup.Left;
            canvas.BeginArtifact("Pagination");
            canvas.Line(line, style, x, baseline);
            canvas.End();
        }
    }
}
