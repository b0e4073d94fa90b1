using Plenaria.Thesaurus;

namespace Plenaria.Newsletter.Subscribing;

/// <summary>What readers say that they care about: terms of a vocabulary of the thesaurus.</summary>
internal static class ReaderThemes
{
    private const string Scheme = "issues";

    /// <summary>Those that can be chosen; none where the thesaurus has no such vocabulary.</summary>
    public static IReadOnlyList<Concept> In(Vocabulary terms) => [.. terms.Of(Scheme)];

    /// <summary>The codes among what a form sent that can be chosen.</summary>
    public static List<string> Read(IEnumerable<string> sent, Vocabulary terms) =>
        [.. In(terms).Select(c => c.Code).Intersect(sent)];
}
