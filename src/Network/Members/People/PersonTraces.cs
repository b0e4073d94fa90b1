using System.Text.RegularExpressions;

namespace Plenaria.Members.People;

/// <summary>
/// How a person may be named in free text: the name in either order, the address, the telephone however it is
/// grouped.
/// </summary>
internal sealed class PersonTraces
{
    private const int ShortestPhone = 6;
    private static readonly TimeSpan MatchTimeout = TimeSpan.FromSeconds(1);

    private readonly Regex _pattern;

    private PersonTraces(Regex pattern, IReadOnlyList<string> terms) => (_pattern, Terms) = (pattern, terms);

    /// <summary>
    /// Any text that names the person contains one of these, in these letters, in capitals or in small letters.
    /// </summary>
    public IReadOnlyList<string> Terms { get; }

    public static PersonTraces Of(Person person)
    {
        var words = person.Name.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        var digits = string.Concat((person.Phone ?? "").Where(char.IsAsciiDigit));
        var patterns = new List<string> { Word(string.Join(@"\s+", words.Select(Regex.Escape))) };
        var terms = new List<string> { words.MaxBy(w => w.Length)! };
        if (words.Length > 1)
            patterns.Add(
                Word($@"{Regex.Escape(words[^1])},?\s+{string.Join(@"\s+", words[..^1].Select(Regex.Escape))}")
            );
        if (person.Email is { } email)
        {
            patterns.Add($@"(?<![\w.%+'-]){Regex.Escape(email)}(?!\w|[.-]\w)");
            terms.Add(email);
        }
        if (digits.Length >= ShortestPhone)
        {
            patterns.Add($@"(?<![\d+])\+?{string.Join(@"[\s./()-]*", digits.ToCharArray())}(?!\d)");
            terms.AddRange(((string[])[person.Phone!, digits]).Distinct());
        }
        return new(
            new(string.Join('|', patterns), RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, MatchTimeout),
            terms
        );
    }

    public bool IsIn(string text) => _pattern.IsMatch(text);

    /// <summary>The text without them; null stays null.</summary>
    public string? RemoveFrom(string? text) => text is null ? null : _pattern.Replace(text, Person.Nobody);

    private static string Word(string pattern) => $@"(?<![\p{{L}}\p{{N}}]){pattern}(?![\p{{L}}\p{{N}}])";
}
