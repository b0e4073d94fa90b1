using Plenaria.Members;
using Plenaria.Newsletter.Subscribing;
using Plenaria.Platform.Places;
using Plenaria.Thesaurus;

namespace Plenaria.Newsletter.Issues;

/// <summary>What a form says of the segment of an issue.</summary>
internal sealed class SegmentFields
{
    public List<string> Regions { get; set; } = [];
    public List<string> Themes { get; set; } = [];
    public List<string> Kinds { get; set; } = [];
    public MemberActivity Activity { get; set; }

    public static SegmentFields Of(IssueSegment segment) =>
        new()
        {
            Regions = [.. segment.Regions],
            Themes = [.. segment.Themes],
            Kinds = [.. segment.Kinds],
            Activity = segment.Activity,
        };

    public bool IsNarrowed => Regions.Count + Themes.Count + Kinds.Count > 0 || Activity != MemberActivity.Any;
}

/// <summary>The choices of which a segment is made.</summary>
internal sealed class SegmentEditor(IMembers members, ThesaurusService thesaurus)
{
    public IReadOnlyList<string> Kinds => members.Kinds;

    public ValueTask<Vocabulary> ReadTermsAsync(CancellationToken cancel) => thesaurus.Read(cancel);

    /// <summary>What was chosen; what cannot be chosen is left out.</summary>
    public async Task<IssueSegment> ReadAsync(SegmentFields fields, CancellationToken cancel) =>
        new()
        {
            Regions = [.. Regions.Continents.Where(fields.Regions.Contains)],
            Themes = ReaderThemes.Read(fields.Themes, await thesaurus.Read(cancel)),
            Kinds = [.. members.Kinds.Where(fields.Kinds.Contains)],
            Activity = fields.Activity,
        };
}
