namespace Plenaria.Platform.Documents.Printing;

/// <summary>
/// Prints a table: columns by what is in them, the head again on every page, a row on one page where it fits on one.
/// </summary>
internal sealed class TablePrinter
{
    private const float Padding = 5,
        Above = 4;

    /// <summary>Tried from the largest, until no word is broken.</summary>
    private static readonly TextStyle[] Styles =
    [
        new(9, 12.5f, PageSetup.Body.Ink),
        new(8, 11, PageSetup.Body.Ink),
        new(7, 9.5f, PageSetup.Body.Ink),
    ];

    private readonly PageFlow _flow;
    private readonly Table _table;
    private readonly TagNode _node;
    private readonly TextStyle _style,
        _headStyle;
    private readonly float[] _widths;
    private readonly bool[] _areNumbers;

    private TablePrinter(PageFlow flow, Table table, TagNode parent)
    {
        (_flow, _table) = (flow, table);
        _node = new("Table", parent);
        (_style, _widths) = Choose();
        _headStyle = _style with { IsBold = true };
        _areNumbers = [.. table.Columns.Select((_, i) => table.Rows.Count > 0 && table.Rows.All(r => IsNumber(r[i])))];
    }

    public static void Print(PageFlow flow, Table table, TagNode parent)
    {
        var printer = new TablePrinter(flow, table, parent);
        var head = printer.Break(table.Columns, printer._headStyle);
        var rows = table.Rows.Select(row => printer.Break(row, printer._style));
        var isFirst = true;
        foreach (var row in rows)
        {
            var needed = printer.Height(row) + (isFirst ? printer.Height(head) : 0);
            if (isFirst)
                flow.Keep(Math.Min(needed, PageFlow.Room));
            if (isFirst)
                printer.Head(head, isAgain: false);
            else if (!flow.Fits(needed))
                printer.Turn(head);
            isFirst = false;
            printer.Row(row, head);
        }
        if (isFirst)
            printer.Head(head, isAgain: false);
        flow.Y += 2 * PageSetup.Gap;
    }

    private void Turn(List<TextLine>[] head)
    {
        _flow.NewPage();
        Head(head, isAgain: true);
    }

    private List<TextLine>[] Break(IReadOnlyList<string> cells, TextStyle style) =>
        [.. cells.Select((cell, i) => _flow.Breaker.Break(cell, style, _widths[i] - 2 * Padding))];

    private float Height(List<TextLine>[] cells) => cells.Max(c => c.Count) * _style.Leading + 2 * Above;

    private void Head(List<TextLine>[] cells, bool isAgain)
    {
        var height = Height(cells);
        _flow.Keep(height);
        _flow.Rule(PageSetup.Left, _flow.Y, PageSetup.Width, height, PageSetup.Wash);
        _flow.Rule(PageSetup.Left, _flow.Y + height - 0.8f, PageSetup.Width, 0.8f, PageSetup.Accent);
        var row = isAgain ? null : new TagNode("TR", _node);
        Cells(cells, _headStyle, i => row is null ? null : new("TH", row), 0, int.MaxValue);
    }

    // A row that is higher than a page is cut between lines.
    private void Row(List<TextLine>[] cells, List<TextLine>[] head)
    {
        var row = new TagNode("TR", _node);
        var nodes = cells.Select(_ => new TagNode("TD", row)).ToList();
        var lines = cells.Max(c => c.Count);
        for (var from = 0; from < lines; )
        {
            var fitting = Math.Max(1, (int)((PageFlow.Limit - _flow.Y - 2 * Above) / _style.Leading));
            Cells(cells, _style, i => nodes[i], from, fitting);
            _flow.Rule(PageSetup.Left, _flow.Y, PageSetup.Width, 0.4f, PageSetup.Rule);
            from += Math.Min(fitting, lines - from);
            if (from < lines)
                Turn(head);
        }
    }

    private void Cells(List<TextLine>[] cells, TextStyle style, Func<int, TagNode?> nodeOf, int from, int most)
    {
        var (top, bottom) = (_flow.Y, _flow.Y);
        var x = PageSetup.Left;
        for (var i = 0; i < cells.Length; i++)
        {
            if (nodeOf(i) is { } node)
                _flow.Canvas.Begin(node);
            else
                _flow.Canvas.BeginArtifact("Pagination");
            _flow.Y = top + Above;
            foreach (var line in cells[i].Skip(from).Take(most))
            {
                // A name that runs from right to left begins where its column does, unless it needs several lines.
                var isAtEnd = _areNumbers[i] || (line.IsRightToLeft && cells[i].Count == 1);
                _flow.Put(line, style, x + Padding, _widths[i] - 2 * Padding, isAtEnd);
                _flow.Y += style.Leading;
            }
            _flow.Canvas.End();
            bottom = Math.Max(bottom, _flow.Y + Above);
            x += _widths[i];
        }
        _flow.Y = bottom;
    }

    private static bool IsNumber(string cell) =>
        cell.All(c =>
            char.IsDigit(c) || char.IsWhiteSpace(c) || c is '.' or ',' or '%' or '+' or '-' or '−' or '–' or '€'
        );

    private (TextStyle Style, float[] Widths) Choose()
    {
        foreach (var style in Styles)
        {
            var needs = Needs(style);
            if (needs.Sum(n => n.Word) <= PageSetup.Width || style == Styles[^1])
                return (style, Share(needs));
        }
        throw new InvalidOperationException("The last style is always taken.");
    }

    private List<(float Word, float Text)> Needs(TextStyle style)
    {
        const float most = PageSetup.Width / 3;
        var head = style with { IsBold = true };
        return
        [
            .. _table.Columns.Select(
                (name, i) =>
                {
                    var (word, text) = _flow.Breaker.Measure(name, head, most);
                    foreach (var row in _table.Rows)
                    {
                        var cell = _flow.Breaker.Measure(row[i], style, most);
                        (word, text) = (Math.Max(word, cell.Word), Math.Max(text, cell.Text));
                    }
                    // A little more than measured: sums are rounded.
                    return (word + 2 * Padding + 0.5f, Math.Max(word, text) + 2 * Padding + 0.5f);
                }
            ),
        ];
    }

    /// <summary>
    /// Every column gets its longest word; what is left goes to those whose texts are longer, by the square root of how
    /// much, so that one of long texts does not starve the others.
    /// </summary>
    private static float[] Share(List<(float Word, float Text)> needs)
    {
        var (words, texts) = (needs.Sum(n => n.Word), needs.Sum(n => n.Text));
        if (texts <= PageSetup.Width)
            return [.. needs.Select(n => n.Text + (PageSetup.Width - texts) * n.Text / texts)];
        if (words >= PageSetup.Width)
            return [.. needs.Select(n => n.Word * PageSetup.Width / words)];
        var wishes = needs.Select(n => MathF.Sqrt(n.Text - n.Word)).ToList();
        return [.. needs.Select((n, i) => n.Word + (PageSetup.Width - words) * wishes[i] / wishes.Sum())];
    }
}
