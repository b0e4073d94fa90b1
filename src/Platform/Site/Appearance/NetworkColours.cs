using System.Globalization;

namespace Plenaria.Platform.Site.Appearance;

/// <summary>
/// The colours of a network, made from the one it chose so that text stays readable in both schemes: the contrast that
/// WCAG 2.2 asks for (1.4.3: 4.5 to 1 for text) holds whatever was chosen.
/// </summary>
public static class NetworkColours
{
    private const double Text = 4.5,
        Band = 7;

    /// <summary>How much of a wash is the sheet below it.</summary>
    private const double Wash = 0.9;

    // The backgrounds of the stylesheet, and the text on a band.
    private static readonly Rgb LightPaper = Rgb.Parse("#fbfaf7"),
        DarkPaper = Rgb.Parse("#16181c"),
        DarkSheet = Rgb.Parse("#1e2126"),
        OnBand = Rgb.Parse("#eef3f3"),
        Black = new(0, 0, 0),
        White = new(255, 255, 255);

    public static bool IsColour(string? text) =>
        text is ['#', .. { Length: 6 } digits] && digits.All(char.IsAsciiHexDigit);

    /// <summary>The address of the colours; it changes with them, so that browsers keep them for good.</summary>
    public static string AddressOf(string colour) => $"/assets/colours/{colour[1..].ToLowerInvariant()}.css";

    /// <summary>The custom properties that replace those of the stylesheet.</summary>
    /// <param name="colour">As <c>#rrggbb</c>.</param>
    public static string StyleOf(string colour)
    {
        var chosen = Rgb.Parse(colour);
        var (lightWash, darkWash) = (chosen.Mix(White, Wash), chosen.Mix(DarkSheet, Wash));
        var light = Towards(Black, chosen, Text, lightWash, LightPaper);
        var dark = Towards(White, chosen, Text, darkWash, DarkPaper, DarkSheet);
        var band = Towards(Black, chosen, Band, OnBand);
        return ":root {"
            + $" --accent: light-dark({light}, {dark});"
            + $" --wash: light-dark({lightWash}, {darkWash});"
            + $" --band: light-dark({band}, #10161a);"
            + " }";
    }

    /// <summary>The contrast of two colours as WCAG 2.2 defines it, from 1 to 21.</summary>
    internal static double Contrast(string one, string other) => Contrast(Rgb.Parse(one), Rgb.Parse(other));

    private static double Contrast(Rgb one, Rgb other)
    {
        var (a, b) = (one.Luminance, other.Luminance);
        return (Math.Max(a, b) + 0.05) / (Math.Min(a, b) + 0.05);
    }

    /// <summary>The colour nearest to the chosen one, on the way to an end, that is readable on all sheets.</summary>
    private static Rgb Towards(Rgb end, Rgb chosen, double contrast, params IReadOnlyList<Rgb> sheets)
    {
        for (var part = 0; part < 100; part++)
            if (chosen.Mix(end, part / 100.0) is var mixed && sheets.All(s => Contrast(mixed, s) >= contrast))
                return mixed;
        return end;
    }

    private readonly record struct Rgb(byte Red, byte Green, byte Blue)
    {
        public double Luminance => 0.2126 * Linear(Red) + 0.7152 * Linear(Green) + 0.0722 * Linear(Blue);

        public static Rgb Parse(string hex)
        {
            var value = int.Parse(hex.AsSpan(1), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
            return new((byte)(value >> 16), (byte)(value >> 8), (byte)value);
        }

        public Rgb Mix(Rgb end, double part) =>
            new(Mix(Red, end.Red, part), Mix(Green, end.Green, part), Mix(Blue, end.Blue, part));

        private static byte Mix(byte from, byte to, double part) => (byte)Math.Round(from + (to - from) * part);

        private static double Linear(byte channel) =>
            channel / 255.0 is var share && share <= 0.04045 ? share / 12.92 : Math.Pow((share + 0.055) / 1.055, 2.4);

        public override string ToString() => $"#{Red:x2}{Green:x2}{Blue:x2}";
    }
}
