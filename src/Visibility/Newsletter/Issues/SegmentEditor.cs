using Plenaria.Members;
using Plenaria.Newsletter.Subscribing;
using Plenaria.Platform.Places;
using Plenaria.Thesaurus;

namespace Plenaria.Newsletter.Issues;

/// <summary>What a form says of facts of readers.</summary>
internal class ReaderFactFields
{
    public List<string> Regions { get; set; } = [];
    public List<string> Themes { get; set; } = [];
    public List<string> Kinds { get; set; } = [];
    public MemberActivity Activity { get; set; }

    public static ReaderFactFields Of(ReaderFacts facts) => new ReaderFactFields().Fill(facts);

    protected ReaderFactFields Fill(ReaderFacts facts)
    {
        (Regions, Themes, Kinds) = ([.. facts.Regions], [.. facts.Themes], [.. facts.Kinds]);
        Activity = facts.Activity;
        return this;
    }

    public bool IsNarrowed => Regions.Count + Themes.Count + Kinds.Count > 0 || Activity != MemberActivity.Any;
}

/// <summary>What a form says of the segment of an issue.</summary>
internal sealed class SegmentFields : ReaderFactFields
{
    public ReaderFactFields Except { get; set; } = new();

    public static SegmentFields Of(IssueSegment segment)
    {
        var fields = new SegmentFields { Except = ReaderFactFields.Of(segment.Except) };
        fields.Fill(segment);
        return fields;
    }
}

/// <summary>A part of the form: the facts that a reader must have, or must not have.</summary>
/// <param name="Name">What the names of its fields begin with.</param>
/// <param name="IsExcept">Whether they are those that nobody must have.</param>
internal sealed record FactsView(
    string Name,
    bool IsExcept,
    ReaderFactFields Input,
    Vocabulary Terms,
    IReadOnlyList<string> Kinds
);

/// <summary>The choices of which a segment is made.</summary>
internal sealed class SegmentEditor(IMembers members, ThesaurusService thesaurus)
{
    public IReadOnlyList<string> Kinds => members.Kinds;

    public ValueTask<Vocabulary> ReadTermsAsync(CancellationToken cancel) => thesaurus.Read(cancel);

    /// <summary>What was chosen; what cannot be chosen is left out.</summary>
    public async Task<IssueSegment> ReadAsync(SegmentFields fields, CancellationToken cancel)
    {
        var terms = await thesaurus.Read(cancel);
        var only = Read(fields, terms);
        return new()
        {
            Regions = only.Regions,
            Themes = only.Themes,
            Kinds = only.Kinds,
            Activity = only.Activity,
            Except = Read(fields.Except, terms),
        };
    }

    private ReaderFacts Read(ReaderFactFields fields, Vocabulary terms) =>
        new()
        {
            Regions = [.. Regions.Continents.Where(fields.Regions.Contains)],
            Themes = ReaderThemes.Read(fields.Themes, terms),
            Kinds = [.. members.Kinds.Where(fields.Kinds.Contains)],
            Activity = fields.Activity,
        };
}
