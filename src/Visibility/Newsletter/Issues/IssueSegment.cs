using System.Text.Json.Serialization;
using Plenaria.Members;
using Plenaria.Newsletter.Subscribing;
using Plenaria.Platform.Language;
using Plenaria.Thesaurus;

namespace Plenaria.Newsletter.Issues;

/// <summary>What was done in the name of a member in the last twelve months.</summary>
internal enum MemberActivity
{
    /// <summary>It does not matter.</summary>
    Any,

    /// <summary>Something was.</summary>
    Active,

    /// <summary>Nothing was.</summary>
    Silent,
}

/// <summary>Facts by which readers are told apart: what is empty does not.</summary>
internal record ReaderFacts
{
    /// <summary>Who chose one of these continents (<c>Regions.Continents</c>).</summary>
    public IReadOnlyList<string> Regions { get; init; } = [];

    /// <summary>Who chose one of these themes: codes of <see cref="ReaderThemes"/>.</summary>
    public IReadOnlyList<string> Themes { get; init; } = [];

    /// <summary>Who acts for a member of one of these kinds (<see cref="MemberLine.Kind"/>).</summary>
    public IReadOnlyList<string> Kinds { get; init; } = [];

    /// <summary>Who acts for a member in whose name something was done, or nothing.</summary>
    public MemberActivity Activity { get; init; }

    /// <summary>Whether they tell people of members from others.</summary>
    [JsonIgnore]
    public bool AreOfMembers => Kinds.Count > 0 || Activity != MemberActivity.Any;

    /// <summary>What they say, in the reader's words.</summary>
    /// <param name="isExcept">Whether they say who does not get an issue.</param>
    public IEnumerable<string> Describe(PageLocalizer texts, Vocabulary terms, bool isExcept)
    {
        if (Regions.Count > 0)
            yield return texts[
                isExcept ? "newsletter.not-regions" : "newsletter.only-regions",
                ("regions", string.Join(", ", Regions.Select(r => texts[$"region.{r}"])))
            ];
        if (Themes.Count > 0)
            yield return texts[
                isExcept ? "newsletter.not-themes" : "newsletter.only-themes",
                ("themes", string.Join(", ", Themes.Select(t => terms.Label(t, texts.Language))))
            ];
        if (Kinds.Count > 0)
            yield return texts[
                isExcept ? "newsletter.not-kinds" : "newsletter.only-kinds",
                ("kinds", string.Join(", ", Kinds.Select(k => texts[$"members.kind.{k}"])))
            ];
        if (Activity != MemberActivity.Any)
            yield return isExcept
                ? texts.Name("newsletter.not-activity", Activity)
                : texts.Name("newsletter.only-activity", Activity);
    }
}

/// <summary>
/// The readers of its list whom an issue is for: those of whom all these facts are true, also who chose no theme, and
/// none of the facts of <see cref="Except"/>.
/// </summary>
internal sealed record IssueSegment : ReaderFacts
{
    public static readonly IssueSegment Everybody = new();

    /// <summary>Whoever one of these is true of does not get it. Who chose no theme is not left out by one.</summary>
    public ReaderFacts Except { get; init; } = new();

    /// <summary>What narrows it, in the reader's words.</summary>
    public IEnumerable<string> Describe(PageLocalizer texts, Vocabulary terms) =>
        [.. Describe(texts, terms, isExcept: false), .. Except.Describe(texts, terms, isExcept: true)];
}
