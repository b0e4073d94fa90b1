using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Plenaria.Kernel;

/// <summary>One of the languages the platform speaks. The default value is English.</summary>
public readonly record struct Language : IParsable<Language>
{
    private readonly byte _index;

    private Language(byte index) => _index = index;

    public static readonly Language English = new(0),
        Spanish = new(1),
        Catalan = new(2),
        French = new(3),
        Portuguese = new(4);

    /// <summary>In the order in which a list of languages shows them: by their own names.</summary>
    public static IReadOnlyList<Language> All { get; } = [Catalan, English, Spanish, French, Portuguese];

    private static readonly string[] Codes = ["en", "es", "ca", "fr", "pt"];
    private static readonly string[] OwnNames = ["English", "Español", "Català", "Français", "Português"];
    private static readonly CultureInfo[] Cultures =
    [
        .. new[] { "en-GB", "es", "ca", "fr", "pt" }.Select(CultureInfo.GetCultureInfo),
    ];

    /// <summary>The ISO 639-1 code, as in the address of a page.</summary>
    public string Code => Codes[_index];

    /// <summary>The language's name in itself.</summary>
    public string OwnName => OwnNames[_index];

    public CultureInfo Culture => Cultures[_index];

    /// <summary>Which languages a reader of this one is offered when a text is missing, nearest first.</summary>
    public IEnumerable<Language> Fallbacks =>
        _index switch
        {
            1 => [Spanish, Catalan, Portuguese, English, French],
            2 => [Catalan, Spanish, French, English, Portuguese],
            3 => [French, English, Spanish, Catalan, Portuguese],
            4 => [Portuguese, Spanish, English, French, Catalan],
            _ => [English, French, Spanish, Portuguese, Catalan],
        };

    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out Language result)
    {
        var index = Array.IndexOf(Codes, s);
        result = new((byte)Math.Max(index, 0));
        return index >= 0;
    }

    public static bool TryParse([NotNullWhen(true)] string? s, out Language result) => TryParse(s, null, out result);

    public static Language Parse(string s, IFormatProvider? provider = null) =>
        TryParse(s, provider, out var language)
            ? language
            : throw new FormatException($"'{s}' is not one of {string.Join(", ", Codes)}.");

    public override string ToString() => Code;
}
