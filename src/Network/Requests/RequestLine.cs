using Plenaria.Members;

namespace Plenaria.Requests;

/// <summary>A member that is asked, and what has become of it.</summary>
/// <param name="Begun">Whether somebody has written something.</param>
internal sealed record RequestLine(RequestedMember Asked, MemberLine Member, DateTimeOffset? SentAt, bool Begun)
{
    public bool IsAnswered => SentAt is not null;
}
