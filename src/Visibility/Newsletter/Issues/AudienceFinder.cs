using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Plenaria.Correspondence;
using Plenaria.Members;
using Plenaria.Newsletter.Subscribing;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;
using Plenaria.Platform.Journal;

namespace Plenaria.Newsletter.Issues;

/// <summary>A confirmed subscriber whom an issue is for.</summary>
internal sealed record IssueReader(string Email, Language Language, string? Region, string Token);

/// <summary>Whom an issue would reach now.</summary>
/// <param name="ByLanguage">How many read it in each language.</param>
/// <param name="Addresses">The first of those it reaches.</param>
/// <param name="LeftOut">Subscribers whose addresses are not written to.</param>
/// <param name="Hash">Of its segment and all addresses it reaches: another audience has another.</param>
internal sealed record IssueAudience(
    IReadOnlyList<(Language Language, int Count)> ByLanguage,
    IReadOnlyList<string> Addresses,
    int LeftOut,
    string Hash
)
{
    public const int MostAddresses = 200;

    public int Count => ByLanguage.Sum(l => l.Count);
}

/// <summary>Finds the subscribers whom an issue is for.</summary>
internal sealed class AudienceFinder(
    PlenariaDb db,
    IMembers members,
    Accounts accounts,
    Journal journal,
    Outbox outbox,
    TimeProvider time
)
{
    private const int MonthsOfActivity = 12;

    public async Task<IssueAudience> FindAsync(Issue issue, CancellationToken cancel)
    {
        var readers = await ReadAsync(issue, cancel);
        var refusing = await outbox.FindRefusingAsync(readers.Select(r => r.Email), cancel);
        var reached = readers.Where(r => !refusing.Contains(r.Email)).ToList();
        var addresses = reached.Select(r => r.Email).Order(StringComparer.Ordinal).ToList();
        return new(
            [
                .. reached
                    .GroupBy(r => r.Language)
                    .OrderBy(g => g.Key.Code, StringComparer.Ordinal)
                    .Select(g => (g.Key, g.Count())),
            ],
            [.. addresses.Take(IssueAudience.MostAddresses)],
            readers.Count - reached.Count,
            Hash(issue.Segment, addresses)
        );
    }

    private static string Hash(IssueSegment segment, IEnumerable<string> addresses)
    {
        var text = string.Join('\n', [JsonSerializer.Serialize(segment), .. addresses]);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
    }

    /// <summary>All of them, also those whose addresses are not written to.</summary>
    public async Task<IReadOnlyList<IssueReader>> ReadAsync(Issue issue, CancellationToken cancel)
    {
        var segment = issue.Segment;
        var (everywhere, regions, not) = (segment.Regions.Count == 0, segment.Regions, segment.Except);
        var notRegions = not.Regions;
        // An erased person's address is no address any more.
        var found = await db.Set<Subscriber>()
            .AsNoTracking()
            .Where(s =>
                s.State == SubscriberState.Confirmed
                && EF.Functions.Like(s.Email, "%@%")
                && s.Subscriptions.Any(x => x.List == issue.List)
                && (everywhere || regions.Contains(s.Region!))
                && (s.Region == null || !notRegions.Contains(s.Region))
            )
            .OrderBy(s => s.Id)
            .Select(s => new
            {
                s.Account,
                s.Themes,
                Reader = new IssueReader(s.Email, s.Language, s.Region, s.Token),
            })
            .ToListAsync(cancel);
        if (segment.Themes.Count > 0)
            found.RemoveAll(s => s.Themes.Count > 0 && !s.Themes.Intersect(segment.Themes).Any());
        if (not.Themes.Count > 0)
            found.RemoveAll(s => s.Themes.Intersect(not.Themes).Any());
        if (segment.AreOfMembers)
        {
            var people = await FindPeopleAsync(segment, cancel);
            found.RemoveAll(s => s.Account is not { } account || !people.Contains(account));
        }
        var leftOut = await FindLeftOutAsync(not, cancel);
        found.RemoveAll(s => s.Account is { } account && leftOut.Contains(account));
        return found.ConvertAll(s => s.Reader);
    }

    // One fact is enough to be left out.
    private async Task<HashSet<AccountId>> FindLeftOutAsync(ReaderFacts not, CancellationToken cancel)
    {
        var people = new HashSet<AccountId>();
        foreach (var fact in new[] { not with { Kinds = [] }, not with { Activity = MemberActivity.Any } })
            if (fact.AreOfMembers)
                people.UnionWith(await FindPeopleAsync(fact, cancel));
        return people;
    }

    private async Task<IReadOnlySet<AccountId>> FindPeopleAsync(ReaderFacts facts, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        var chosen = (await members.Present(countries: null, cancel))
            .Where(m => facts.Kinds.Count == 0 || facts.Kinds.Contains(m.Kind))
            .Select(m => m.Id)
            .ToHashSet();
        if (facts.Activity != MemberActivity.Any)
        {
            var active = await journal.FindMembersActedForAsync(now.AddMonths(-MonthsOfActivity), cancel);
            if (facts.Activity == MemberActivity.Active)
                chosen.IntersectWith(active);
            else
                chosen.ExceptWith(active);
        }
        var people = await accounts.FindHoldersAsync(Role.Member, chosen, now, cancel);
        return people.SelectMany(p => p.Select(a => a.Account)).ToHashSet();
    }
}
