using HarfBuzzSharp;

namespace Plenaria.Platform.Documents.Printing;

/// <summary>
/// The fonts that documents are printed with: those of the program, and for other scripts whatever lies in some
/// folders, the first folder first.
/// </summary>
public sealed class FontFolders
{
    private const int MostRemembered = 20_000;
    private static readonly string[] Endings = [".ttf", ".otf", ".ttc"];

    // Where a family has many cuts, the plain one is wanted.
    private static readonly string[] Unwanted =
    [
        "Italic",
        "Oblique",
        "Condensed",
        "Narrow",
        "Mono",
        "Serif",
        "Light",
        "Thin",
        "Black",
        "Hairline",
        "Heavy",
        "Math",
        "Awesome",
    ];

    private readonly IReadOnlyList<string> _folders;
    private readonly Lazy<IReadOnlyList<string>> _files;
    private readonly Dictionary<string, PrintFont?> _opened = [];
    private readonly Dictionary<(string, bool), PrintFont?> _answers = [];
    private readonly Lock _turn = new();

    public FontFolders(IReadOnlyList<string> folders)
    {
        _folders = folders;
        _files = new(() => [.. _folders.SelectMany(FilesIn)]);
    }

    /// <summary>The folder that goes before the others.</summary>
    public string? First => _folders.Count == 0 ? null : _folders[0];

    /// <summary>Where this machine keeps its fonts.</summary>
    public static IReadOnlyList<string> OnTheMachine { get; } =
        OperatingSystem.IsWindows() ? [Environment.GetFolderPath(Environment.SpecialFolder.Fonts)]
        : OperatingSystem.IsMacOS() ? ["/System/Library/Fonts", "/Library/Fonts"]
        : ["/usr/share/fonts", "/usr/local/share/fonts"];

    internal static FontFolders OfTheMachine { get; } = new(OnTheMachine);

    /// <summary>The font for a grapheme; null when none has it.</summary>
    internal PrintFont? For(string grapheme, bool isBold)
    {
        var own = isBold ? BundledFonts.Bold : BundledFonts.Regular;
        if (own.Has(grapheme))
            return own;
        lock (_turn)
        {
            if (_answers.TryGetValue((grapheme, isBold), out var known))
                return known;
            if (_answers.Count >= MostRemembered)
                _answers.Clear();
            return _answers[(grapheme, isBold)] = InFolders(isBold).FirstOrDefault(f => f.Has(grapheme));
        }
    }

    private IEnumerable<PrintFont> InFolders(bool isBold) =>
        _files
            .Value.OrderBy(file => _folders.TakeWhile(folder => !IsIn(file, folder)).Count())
            .ThenBy(file => Distance(file, isBold))
            .ThenBy(file => file, StringComparer.Ordinal)
            .Select(Open)
            .OfType<PrintFont>();

    private PrintFont? Open(string file)
    {
        if (!_opened.TryGetValue(file, out var font))
            _opened[file] = font = PrintFont.TryOpen(Path.GetFileNameWithoutExtension(file), Blob.FromFile(file));
        return font;
    }

    private static bool IsIn(string file, string folder) => file.StartsWith(folder, StringComparison.Ordinal);

    private static int Distance(string file, bool isBold)
    {
        var name = Path.GetFileName(file);
        return 2 * Unwanted.Count(u => name.Contains(u, StringComparison.OrdinalIgnoreCase))
            + (name.Contains("Bold", StringComparison.OrdinalIgnoreCase) == isBold ? 0 : 1);
    }

    private static IEnumerable<string> FilesIn(string folder) =>
        Directory.Exists(folder)
            ? Directory
                .EnumerateFiles(
                    folder,
                    "*",
                    new EnumerationOptions { RecurseSubdirectories = true, IgnoreInaccessible = true }
                )
                .Where(f => Endings.Contains(Path.GetExtension(f), StringComparer.OrdinalIgnoreCase))
            : [];
}
