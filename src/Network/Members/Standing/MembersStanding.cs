using Microsoft.EntityFrameworkCore;
using Plenaria.Members.People;
using Plenaria.Platform.Data;
using Plenaria.Platform.Language;
using Plenaria.Platform.Standing;

namespace Plenaria.Members.Standing;

/// <summary>
/// What a member owes the network as an institution: that it can be reached, and that somebody may vote for it.
/// </summary>
internal sealed class MembersStanding(PlenariaDb db, MemberStore members, Localizer texts) : IStanding
{
    public async Task<IReadOnlyList<Duty>> Of(MemberId id, Language reader, CancellationToken cancel)
    {
        var member = await db.Set<Member>().AsNoTracking().SingleAsync(m => m.Id == id, cancel);
        var roles = await db.Set<Representation>()
            .AsNoTracking()
            .Where(r => r.Member == id && r.Until == null)
            .ToListAsync(cancel);
        var today = members.Today;
        Duty Say(string key, bool done, PartialDate? on, string path) =>
            new(
                texts.Get(reader, $"members.duty.{key}"),
                texts.Get(reader, $"members.duty.{key}.help"),
                done,
                on,
                path
            );
        PartialDate? Day(DateOnly? day) => day is { } d ? PartialDate.On(d) : null;
        var votes = roles.Find(r => r is { Role: RepresentationRole.VotingDelegate, Holds: true });
        List<Duty> duties =
        [
            Say(
                "contact",
                roles.Exists(r => r.Role != RepresentationRole.Juror),
                roles.Select(r => r.From).Min(),
                $"{member.Path}/people"
            ),
            Say("delegate", votes is not null, votes?.From, $"{member.Path}/people"),
            Say("letter", votes?.ProvedOn is not null, Day(votes?.ProvedOn), $"{member.Path}/people"),
            Say(
                "confirmed",
                member.ConfirmedOn > today.AddYears(-1)
                    && !(member.ElectionOn?.Last < today && member.ConfirmedOn <= member.ElectionOn.Value.Last),
                Day(member.ConfirmedOn),
                $"{member.Path}/details"
            ),
        ];
        if (member.Kind is MemberKind.LocalGovernment or MemberKind.RegionalGovernment)
            duties.Add(Say("election", member.ElectionOn?.Last >= today, member.ElectionOn, $"{member.Path}/details"));
        return duties;
    }
}
