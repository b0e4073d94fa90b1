using System.Diagnostics.CodeAnalysis;

namespace Plenaria.Kernel;

/// <summary>
/// A permanent public name, e.g. <c>NET-2030-A07</c>: upper-case ASCII letters and digits in groups joined by hyphens,
/// at most <see cref="MaxLength"/> characters. Once given it never changes and is never given again.
/// </summary>
public readonly record struct Reference : IParsable<Reference>
{
    public const int MaxLength = 60;

    private readonly string _value;

    private Reference(string value) => _value = value;

    public static Reference Of(params IEnumerable<object> parts) =>
        Parse(
            string.Join(
                '-',
                parts.Select(p => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{p}"))
            )
        );

    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out Reference result)
    {
        result = default;
        if (
            s is null or { Length: 0 or > MaxLength }
            || s.StartsWith('-')
            || s.EndsWith('-')
            || s.Contains("--", StringComparison.Ordinal)
        )
            return false;
        if (s.Any(c => !char.IsAsciiLetterUpper(c) && !char.IsAsciiDigit(c) && c != '-'))
            return false;
        result = new(s);
        return true;
    }

    public static Reference Parse(string s, IFormatProvider? provider = null) =>
        TryParse(s, provider, out var reference) ? reference : throw new FormatException($"'{s}' is not a reference.");

    public override string ToString() => _value ?? "";
}
