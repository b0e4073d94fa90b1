using System.Globalization;
using System.Xml.Linq;

namespace Plenaria.Plans.Import;

/// <summary>Characters of symbol fonts, as the Unicode characters that look the same.</summary>
internal static class WordSymbols
{
    private static readonly Dictionary<int, string> Wingdings = new()
    {
        [0x6C] = "●",
        [0x6E] = "■",
        [0x6F] = "□",
        [0x71] = "❑",
        [0x75] = "◆",
        [0x76] = "❖",
        [0x77] = "◆",
        [0x9F] = "•",
        [0xA7] = "▪",
        [0xA8] = "□",
        [0xD8] = "➢",
        [0xE0] = "→",
        [0xE8] = "➔",
        [0xF0] = "⇨",
        [0xFB] = "✗",
        [0xFC] = "✓",
        [0xFD] = "☒",
        [0xFE] = "☑",
        [0x4A] = "☺",
        [0x2A] = "✉",
        [0x28] = "☎",
        [0xE1] = "↑",
        [0xDF] = "←",
        [0xE2] = "↓",
    };

    private static readonly Dictionary<int, string> Symbol = new()
    {
        [0xA3] = "≤",
        [0xB3] = "≥",
        [0xB1] = "±",
        [0xB4] = "×",
        [0xB7] = "•",
        [0xB9] = "≠",
        [0xBB] = "≈",
        [0xA5] = "∞",
        [0xAC] = "←",
        [0xAD] = "↑",
        [0xAE] = "→",
        [0xAF] = "↓",
        [0xB0] = "°",
        [0xDE] = "⇒",
        [0xB8] = "÷",
        [0xA0] = "€",
        [0x2D] = "−",
        [0x61] = "α",
        [0x62] = "β",
        [0x67] = "γ",
        [0x64] = "δ",
        [0x44] = "Δ",
        [0x53] = "Σ",
        [0x57] = "Ω",
        [0x6D] = "μ",
        [0x70] = "π",
        [0x73] = "σ",
    };

    /// <summary>The replacement character for an unknown symbol: a reader sees that something stood there.</summary>
    public static string Find(XElement symbol)
    {
        if (!int.TryParse(symbol.Value("char"), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var code))
            return "\uFFFD";
        var font = symbol.Value("font") ?? "";
        // Symbol fonts are addressed in the private use area, F000 added to the position.
        var position = code is >= 0xF000 and <= 0xF0FF ? code - 0xF000 : code;
        if (font.StartsWith("Wingdings", StringComparison.OrdinalIgnoreCase))
            return font.Equals("Wingdings", StringComparison.OrdinalIgnoreCase)
                ? Wingdings.GetValueOrDefault(position, "\uFFFD")
                : "\uFFFD";
        if (font.Equals("Symbol", StringComparison.OrdinalIgnoreCase))
            return Symbol.GetValueOrDefault(position, position is > 0x2F and < 0x3A ? $"{(char)position}" : "\uFFFD");
        // What was addressed as a symbol has no meaning in another font, a character of a text font is itself.
        return code is >= 0x20 and < 0xD800 ? $"{(char)code}" : "\uFFFD";
    }
}
