using Microsoft.EntityFrameworkCore;
using Plenaria.Correspondence;
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
        var due = await FindDueAsync(acting.At, cancel);
        var lines = await members.Lines(due, cancel);
        var addressed = await people.FindAsync(due, cancel);
        var readers = await letters.FindReadersAsync(addressed.SelectMany(a => a), cancel);
        var nudges = await db.Set<Nudge>().Where(n => due.Contains(n.Member)).ToListAsync(cancel);
        foreach (var member in due.Select(d => lines.GetValueOrDefault(d)).OfType<MemberLine>())
            await Write(
                member,
                nudges.Find(n => n.Member == member.Id) ?? Add(member.Id, acting),
                [.. addressed[member.Id].Where(p => readers.Reaches(p.Email))],
                readers,
                page,
                acting,
                cancel
            );
    }

    /// <summary>
    /// Members of more than a year that somebody acts for, that published nothing in the last one, and that were
    /// neither invited in it nor declined: the database finds them, whatever their number.
    /// </summary>
    private Task<List<MemberId>> FindDueAsync(DateTimeOffset now, CancellationToken cancel)
    {
        var yearAgo = now.AddYears(-1);
        var written = people.QueryMembers();
        return members
            .QueryPresent(DateOnly.FromDateTime(yearAgo.UtcDateTime))
            .Where(m =>
                written.Contains((Guid)(object)m)
                && !db.Set<RegisterEntry>()
                    .Any(e => e.Member == m && !e.Withdrawn && e.Kind != "member" && e.PublishedAt >= yearAgo)
                && !db.Set<Nudge>().Any(n => n.Member == m && (n.IsOff || n.LastAt > yearAgo))
            )
            .OrderBy(m => m)
            .Take(MostPerRun)
            .ToListAsync(cancel);
    }

    private async Task Write(
        MemberLine member,
        Nudge nudge,
        IReadOnlyList<AccountAddress> addressed,
        LetterReaders readers,
        ContributionPage page,
        OperationContext acting,
        CancellationToken cancel
    )
    {
        nudge.LastAt = acting.At;
        foreach (var person in addressed)
            await letters.AskAsync(
                person,
                readers,
                "nudge",
                language =>
                    [
                        ("member", member.Name.For(language)),
                        ("link", letters.Link(language, page.Path)),
                        ("stop", letters.Link(language, $"/exchange/nudges/{member.Path["/members/".Length..]}")),
                    ],
                cancel
            );
        journal.Append(acting, StreamOf(member.Id), "exchange.nudged", null, new { people = addressed.Count });
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

    private async Task<Nudge> Row(MemberId member, OperationContext acting, CancellationToken cancel) =>
        await db.Set<Nudge>().FirstOrDefaultAsync(n => n.Member == member, cancel) ?? Add(member, acting);

    private Nudge Add(MemberId member, OperationContext acting)
    {
        var nudge = new Nudge { Id = Guid.CreateVersion7(acting.At), Member = member };
        db.Add(nudge);
        return nudge;
    }

    internal static string StreamOf(MemberId member) => $"nudge:{member}";
}
