using Microsoft.EntityFrameworkCore;
using Plenaria.Members;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;
using Plenaria.Platform.Journal;
using Plenaria.Platform.Register;
using Plenaria.Platform.Site;

namespace Plenaria.Exchange;

/// <summary>
/// Invites the people of members that have told nothing for a year to tell something; at most once a year, and not who
/// declined.
/// </summary>
internal sealed class ContributionReminderJob(
    PlenariaDb db,
    Journal journal,
    Contributions contributions,
    People people,
    IMembers members,
    Letters letters,
    SystemActor house
)
{
    // A network that is new here would write to all its members in one night.
    private const int MostPerRun = 100;

    public async Task Run(CancellationToken cancel)
    {
        if (await contributions.DeclaredAsync<ContributionPage>(cancel) is not [var page, ..])
            return;
        var acting = house.As("exchange-nudges");
        var yearAgo = acting.At.AddYears(-1);
        var told = (
            await db.Set<RegisterEntry>()
                .Where(e => !e.Withdrawn && e.Member != null && e.Kind != "member" && e.PublishedAt >= yearAgo)
                .Select(e => e.Member)
                .Distinct()
                .ToListAsync(cancel)
        ).ToHashSet();
        var day = DateOnly.FromDateTime(yearAgo.UtcDateTime);
        var nudges = (await db.Set<Nudge>().AsNoTracking().ToListAsync(cancel)).ToLookup(n => n.Member);
        var written = 0;
        foreach (
            var member in (await members.Present(null, cancel)).Where(m =>
                (m.Since is not { } since || since.Last < day)
                && !told.Contains(m.Id)
                && !nudges[m.Id].Any(n => n.IsOff || n.LastAt > yearAgo)
            )
        )
        {
            if (written == MostPerRun)
                return;
            if (await people.Of(member.Id, cancel) is { Count: > 0 } addressed)
            {
                await Write(member, addressed, page, acting, cancel);
                written++;
            }
        }
    }

    private async Task Write(
        MemberLine member,
        IReadOnlyList<AccountAddress> addressed,
        ContributionPage page,
        OperationContext acting,
        CancellationToken cancel
    )
    {
        (await Row(member.Id, acting, cancel)).LastAt = acting.At;
        var sent = 0;
        foreach (var person in addressed)
            sent += await letters.Send(
                person,
                "nudge",
                null,
                language =>
                    [
                        ("member", member.Name.For(language)),
                        ("link", letters.Link(language, page.Path)),
                        ("stop", letters.Link(language, $"/exchange/nudges/{member.Path["/members/".Length..]}")),
                    ],
                cancel
            )
                ? 1
                : 0;
        journal.Append(acting, StreamOf(member.Id), "exchange.nudged", null, new { people = sent });
        await db.SaveChangesAsync(cancel);
    }

    public Task<bool> IsOff(MemberId member, CancellationToken cancel) =>
        db.Set<Nudge>().AnyAsync(n => n.Member == member && n.IsOff, cancel);

    /// <summary>Lets a member's people decline these letters, or want them again.</summary>
    public async Task Set(MemberId member, bool isOff, OperationContext acting, CancellationToken cancel)
    {
        (await Row(member, acting, cancel)).IsOff = isOff;
        journal.Append(acting, StreamOf(member), isOff ? "exchange.nudges-off" : "exchange.nudges-on", null, new { });
        await db.SaveChangesAsync(cancel);
    }

    private async Task<Nudge> Row(MemberId member, OperationContext acting, CancellationToken cancel)
    {
        if (await db.Set<Nudge>().FirstOrDefaultAsync(n => n.Member == member, cancel) is { } known)
            return known;
        var nudge = new Nudge { Id = Guid.CreateVersion7(acting.At), Member = member };
        db.Add(nudge);
        return nudge;
    }

    internal static string StreamOf(MemberId member) => $"nudge:{member}";
}
