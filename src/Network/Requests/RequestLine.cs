using Plenaria.Members;

namespace Plenaria.Requests;

/// <summary>A member that is asked, and what has become of it.</summary>
/// <param name="Begun">Whether somebody has written something.</param>
internal sealed record RequestLine(RequestedMember Asked, MemberLine Member, DateTimeOffset? SentAt, bool Begun)
{
    public bool IsAnswered => SentAt is not null;
}

/// <summary>Which members a request is to ask; what is not said does not narrow.</summary>
/// <param name="Kind">As <see cref="MemberLine.Kind"/> writes it.</param>
/// <param name="Named">One member by name; the others are not looked at.</param>
internal sealed record RequestSegment(OfficeId? Office, string? Country, string? Kind, string? Named);
