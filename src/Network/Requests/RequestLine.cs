using Plenaria.Members;

namespace Plenaria.Requests;

/// <summary>A member that is asked, and what has become of it.</summary>
/// <param name="Begun">Whether somebody has written something.</param>
internal sealed record RequestLine(RequestedMember Asked, MemberLine Member, DateTimeOffset? SentAt, bool Begun)
{
    private static readonly TimeSpan BetweenReminders = TimeSpan.FromHours(20);

    public bool IsAnswered => SentAt is not null;

    /// <summary>
    /// The silent that a reminder would reach now: those who were reached, and were not reminded today.
    /// </summary>
    public static IReadOnlyList<RequestLine> Remindable(IReadOnlyList<RequestLine> lines, DateTimeOffset now) =>
        [
            .. lines.Where(l =>
                l is { IsAnswered: false, Asked.Reached: > 0, Member.IsMember: true }
                && !(l.Asked.RemindedAt > now - BetweenReminders)
            ),
        ];
}
