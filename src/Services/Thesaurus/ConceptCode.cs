using System.Text.RegularExpressions;

namespace Plenaria.Thesaurus;

/// <summary>The name of a term for good: <c>scheme:code</c>, small letters, digits and hyphens.</summary>
internal static partial class ConceptCode
{
    public static bool IsValid(string code) => code.Length <= Concept.CodeMaxLength && Form().IsMatch(code);

    /// <summary>A name made from what the term is called: at most 60 characters of it.</summary>
    public static string Of(string scheme, string label)
    {
        var code = Folding.Slug(label, 60);
        return code.Length == 0 ? throw new RuleViolationException("thesaurus.label-latin") : $"{scheme}:{code}";
    }

    [GeneratedRegex("^[a-z0-9]+(-[a-z0-9]+)*:[a-z0-9]+(-[a-z0-9]+)*$")]
    private static partial Regex Form();
}
