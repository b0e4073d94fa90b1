namespace Plenaria.Platform.Documents.Printing;

/// <summary>
/// The pages of a document as they fill from top to bottom; a new one begins where something does not fit.
/// </summary>
internal sealed class PageFlow(TextShaper shaper)
{
    private readonly List<PageCanvas> _pages = [];

    public IReadOnlyList<PageCanvas> Pages => _pages;
    public PdfFonts Fonts { get; } = new();
    public TextBreaker Breaker { get; } = new(shaper);
    public PageCanvas Canvas => _pages[^1];

    /// <summary>How far down the page is filled.</summary>
    public float Y { get; set; }

    public static float Limit => PageSetup.PageHeight - PageSetup.Bottom;

    /// <summary>The most that fits on one page.</summary>
    public static float Room => Limit - PageSetup.Top;

    public bool IsAtTop => Y <= PageSetup.Top;

    public bool Fits(float height) => Y + height <= Limit;

    public void NewPage()
    {
        _pages.Add(new(_pages.Count, PageSetup.PageHeight, Fonts));
        Y = PageSetup.Top;
    }

    /// <summary>Begins a page when this much does not fit any more.</summary>
    public void Keep(float height)
    {
        if (!Fits(height) && !IsAtTop)
            NewPage();
    }

    /// <summary>A text as an element, over as many pages as it takes.</summary>
    public void Text(TagNode node, string text, TextStyle style, float width = PageSetup.Width, float indent = 0)
    {
        var lines = Breaker.Break(text, style, width);
        // The first line does not stay behind alone.
        Keep(style.Leading * Math.Min(lines.Count, 2));
        Canvas.Begin(node);
        for (var i = 0; i < lines.Count; i++)
        {
            var isLastOfMany = i == lines.Count - 1 && i > 1;
            // Nor does the last one go over alone: it takes the one before it along.
            var needed = i == lines.Count - 2 && i > 1 ? 2 * style.Leading : style.Leading;
            if (!Fits(needed) && !isLastOfMany)
                Turn(node);
            Put(lines[i], style, PageSetup.Left + indent, width);
            Y += style.Leading;
        }
        Canvas.End();
    }

    private void Turn(TagNode node)
    {
        Canvas.End();
        NewPage();
        Canvas.Begin(node);
    }

    /// <summary>One line with its top at <see cref="Y"/>; a line that runs from right to left ends at the
    /// right.</summary>
    public void Put(TextLine line, TextStyle style, float x, float width, bool isAtEnd = false)
    {
        var free = width - line.Width * style.Size;
        var font = BundledFonts.Regular;
        var above = (style.Leading - (font.Ascent - font.Descent) * style.Size) / 2;
        Canvas.Line(line, style, line.IsRightToLeft != isAtEnd ? x + free : x, Y + above + font.Ascent * style.Size);
    }

    public void Rule(float x, float y, float width, float thickness, string ink)
    {
        Canvas.BeginArtifact("Layout");
        Canvas.Rectangle(x, y, width, thickness, ink);
        Canvas.End();
    }
}
