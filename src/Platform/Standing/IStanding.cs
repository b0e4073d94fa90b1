namespace Plenaria.Platform.Standing;

/// <summary>
/// Something a member does for the network instead of paying a fee. <paramref name="Says"/> is what,
/// <paramref name="Help"/>
/// how; <paramref name="On"/> when it was done; <paramref name="Path"/> where one does it, without the language. Not a
/// score: nobody is ranked by it, and nobody else sees it.
/// </summary>
public sealed record Duty(string Says, string Help, bool IsDone, PartialDate? On, string? Path);

/// <summary>A module's facts about duties met and pending.</summary>
public interface IStanding
{
    Task<IReadOnlyList<Duty>> Of(MemberId member, Kernel.Language reader, CancellationToken cancel);
}
