namespace Plenaria.Platform.Documents.Printing;

/// <summary>The sheet (A4), its margins and the styles of what is printed; lengths in points.</summary>
internal static class PageSetup
{
    public const float PageWidth = 595,
        PageHeight = 842,
        Left = 64,
        Top = 74,
        Bottom = 76,
        Width = PageWidth - 2 * Left,
        Gap = 7,
        CodeSize = 76;

    private const string Ink = "0.11 0.118 0.133",
        Grey = "0.353 0.365 0.392";

    /// <summary>The accent of the stylesheet, #1f4e5f, and its wash.</summary>
    public const string Accent = "0.122 0.306 0.373",
        Wash = "0.929 0.953 0.957",
        Rule = "0.824 0.82 0.796",
        Black = "0 0 0";

    public static readonly TextStyle Body = new(10, 14.5f, Ink),
        Strong = new(10, 14.5f, Ink, IsBold: true),
        Quiet = new(8.5f, 12, Grey),
        Running = new(8, 11, Grey),
        Title = new(23, 29, Ink, IsBold: true),
        Subtitle = new(11, 16, Grey),
        CoverTitle = new(32, 39, Ink, IsBold: true),
        CoverLine = new(12, 18, Grey);

    private static readonly TextStyle[] Headings =
    [
        new(15.5f, 20, Accent, IsBold: true),
        new(12, 16.5f, Ink, IsBold: true),
        new(10, 14.5f, Accent, IsBold: true),
    ];

    public static TextStyle HeadingOf(int level) => Headings[LevelOf(level) - 1];

    public static int LevelOf(int level) => Math.Clamp(level, 1, Headings.Length);
}
