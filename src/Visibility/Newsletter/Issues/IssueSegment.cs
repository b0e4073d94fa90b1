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

/// <summary>The readers of its list whom an issue is for: what is empty does not narrow.</summary>
internal sealed record IssueSegment
{
    public static readonly IssueSegment Everybody = new();

    /// <summary>Who chose one of these continents (<c>Regions.Continents</c>).</summary>
    public IReadOnlyList<string> Regions { get; init; } = [];

    /// <summary>Who chose one of these themes, or none: codes of <see cref="ReaderThemes"/>.</summary>
    public IReadOnlyList<string> Themes { get; init; } = [];

    /// <summary>Who acts for a member of one of these kinds (<see cref="MemberLine.Kind"/>).</summary>
    public IReadOnlyList<string> Kinds { get; init; } = [];

    /// <summary>Who acts for a member in whose name something was done, or nothing.</summary>
    public MemberActivity Activity { get; init; }

    /// <summary>Whether only people of members can be among them.</summary>
    public bool IsOfMembers => Kinds.Count > 0 || Activity != MemberActivity.Any;

    /// <summary>What narrows it, in the reader's words.</summary>
    public IEnumerable<string> Describe(PageLocalizer texts, Vocabulary terms)
    {
        if (Regions.Count > 0)
            yield return texts[
                "newsletter.only-regions",
                ("regions", string.Join(", ", Regions.Select(r => texts[$"region.{r}"])))
            ];
        if (Themes.Count > 0)
            yield return texts[
                "newsletter.only-themes",
                ("themes", string.Join(", ", Themes.Select(t => terms.Label(t, texts.Language))))
            ];
        if (Kinds.Count > 0)
            yield return texts[
                "newsletter.only-kinds",
                ("kinds", string.Join(", ", Kinds.Select(k => texts[$"members.kind.{k}"])))
            ];
        if (Activity != MemberActivity.Any)
            yield return texts.Name("newsletter.only-activity", Activity);
    }
}
