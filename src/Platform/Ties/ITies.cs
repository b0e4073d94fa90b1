namespace Plenaria.Platform.Ties;

/// <summary>One end of a relation: an institution, or a person by their record.</summary>
public readonly record struct TieEnd(MemberId? Member, PersonId? Person)
{
    public static TieEnd Of(MemberId member) => new(member, null);

    public static TieEnd Of(PersonId person) => new(null, person);
}

/// <summary>
/// That two ends have something to do with each other. <paramref name="Says"/> is what, in the reader's language;
/// <paramref name="Path"/> the page that shows it, without the language.
/// </summary>
public sealed record Tie(TieEnd A, TieEnd B, string Says, PartialDate? From, PartialDate? Until, string? Path);

/// <summary>
/// A module's relations between members and persons: who shares a group, a jury, an agreement, an event. The warm path
/// and a jury's recusal read only these.
/// </summary>
public interface ITies
{
    /// <summary>Every relation that has one of these ends.</summary>
    Task<IReadOnlyList<Tie>> Of(IReadOnlyCollection<TieEnd> ends, Kernel.Language reader, CancellationToken cancel);
}
