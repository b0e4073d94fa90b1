namespace Plenaria.Sessions.Live;

/// <summary>A vote as pages show it, with the rules that decided it.</summary>
internal sealed record ShownVote(Session Session, Vote Vote)
{
    /// <summary>The question as it was put, in the best language there is for a reader.</summary>
    public (string Text, Language Language) Question(Language reader) =>
        reader.Fallbacks.Where(l => Vote.Question.ContainsKey(l.Code)).Select(l => (Vote.Question[l.Code], l)).FirstOrDefault(("", reader));
}
