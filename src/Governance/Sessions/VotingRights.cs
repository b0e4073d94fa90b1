using Microsoft.EntityFrameworkCore;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;
using Plenaria.Sessions.Accreditation;

namespace Plenaria.Sessions;

/// <summary>
/// Whose vote a person may cast in a session: that of the members whose delegate it is, and of those for which the desk
/// accredited it there. To act for a member otherwise is not enough.
/// </summary>
internal sealed class VotingRights(PlenariaDb db)
{
    public async Task<IReadOnlySet<MemberId>> FindAsync(Session session, Actor who, CancellationToken cancel)
    {
        var members = who.VotesFor.ToHashSet();
        if (who.Id is { } account)
            members.UnionWith(
                await db.Set<Accredited>()
                    .Where(d =>
                        d.Session == session.Id
                        && d.Account == account
                        && d.Member != null
                        && d.Kind != DelegateKind.Observer
                    )
                    .Select(d => d.Member!.Value)
                    .ToListAsync(cancel)
            );
        members.IntersectWith(session.Seats.Where(s => !s.IsObserver).Select(s => s.Member));
        return members;
    }

    /// <summary>The seats of these members, in the order of the session.</summary>
    public async Task<IReadOnlyList<Seat>> FindSeatsAsync(Session session, Actor who, CancellationToken cancel)
    {
        var members = await FindAsync(session, who, cancel);
        return [.. session.Seats.Where(s => members.Contains(s.Member))];
    }
}
