using Plenaria.Ballots;

namespace Plenaria.Sessions.Live;

/// <summary>A vote as pages show it, with the rules that decided it.</summary>
/// <param name="IsUnderTitle">It stands directly under the page's title, so that its own is of the second
/// level.</param>
/// <param name="Papers">Who voted how, where it was voted by name.</param>
internal sealed record ShownVote(
    Session Session,
    Vote Vote,
    bool IsUnderTitle = false,
    IReadOnlyList<DocumentView>? Papers = null
)
{
    /// <summary>The question as it was put, in the best language there is for a reader.</summary>
    public (string Text, Language Language) Question(Language reader) =>
        reader
            .Fallbacks.Where(l => Vote.Question.ContainsKey(l.Code))
            .Select(l => (Vote.Question[l.Code], l))
            .FirstOrDefault(("", reader));
}
