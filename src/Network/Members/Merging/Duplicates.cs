using Microsoft.EntityFrameworkCore;
using Plenaria.Platform.Data;

namespace Plenaria.Members.Merging;

/// <summary>
/// Which records may be of one institution. The strict rule (<see cref="Member.Match"/>: the same name and country)
/// holds at forms and imports; the broad one below only makes a list for people to look at.
/// </summary>
internal sealed class Duplicates(PlenariaDb db)
{
    // What says what kind of institution it is, and not which.
    private static readonly HashSet<string> Common =
    [
        "ajuntament",
        "ayuntamiento",
        "alcaldia",
        "municipalidad",
        "municipio",
        "municipality",
        "municipal",
        "prefeitura",
        "camara",
        "mairie",
        "ville",
        "commune",
        "city",
        "council",
        "town",
        "government",
        "gobierno",
        "governo",
        "gouvernement",
        "de",
        "da",
        "do",
        "del",
        "la",
        "le",
        "les",
        "el",
        "los",
        "las",
        "the",
        "of",
        "d",
        "l",
        "du",
        "des",
        "i",
        "y",
        "e",
        "et",
        "and",
        "universitat",
        "universidad",
        "universite",
        "universidade",
        "university",
    ];

    /// <summary>The words of a name that tell one institution from another.</summary>
    public static HashSet<string> Telling(string name)
    {
        var words = Folding
            .Fold(name)
            .Split((char[])[' ', '-', '\'', '’', ',', '.', '/', '(', ')'], StringSplitOptions.RemoveEmptyEntries)
            .ToHashSet();
        var telling = words.Where(w => !Common.Contains(w)).ToHashSet();
        return telling.Count > 0 ? telling : words;
    }

    /// <summary>How much of the shorter name's telling words the other holds too, from 0 to 1.</summary>
    public static double Likeness(HashSet<string> one, HashSet<string> other) =>
        one.Count == 0 || other.Count == 0
            ? 0
            : (double)one.Count(w => other.Any(o => o == w || Math.Min(w.Length, o.Length) > 4 && IsOneSlipFrom(w, o)))
                / Math.Min(one.Count, other.Count);

    // Said by what they are: the index of countries begins with the status, and "not merged" is none.
    private IQueryable<Member> Unmerged =>
        db.Set<Member>()
            .AsNoTracking()
            .Where(m =>
                m.Status == MemberStatus.Prospect || m.Status == MemberStatus.Member || m.Status == MemberStatus.Former
            );

    /// <summary>Institutions of that country whose name is alike, or whose web site is on the same host.</summary>
    public async Task<IReadOnlyList<Member>> Of(string name, string country, string? website, CancellationToken cancel)
    {
        var (telling, host) = (Telling(name), HostOf(website));
        return
        [
            .. (await Unmerged.Where(m => m.Country == country).ToListAsync(cancel))
                .Where(m =>
                    Likeness(telling, Telling(m.Folded)) >= 0.99 || host is not null && host == HostOf(m.Website)
                )
                .OrderBy(m => m.SortKey, StringComparer.Ordinal)
                .Take(20),
        ];
    }

    /// <summary>
    /// Pairs that the broad rule finds, country by country; pairs that somebody looked at and left are not asked about
    /// again.
    /// </summary>
    public async Task<IReadOnlyList<(Member One, Member Other)>> Pairs(
        IReadOnlyCollection<string>? countries,
        int most,
        CancellationToken cancel
    )
    {
        var members = Unmerged;
        if (countries is not null)
            members = members.Where(m => countries.Contains(m.Country));
        var apart = (await db.Set<NotDuplicatePair>().AsNoTracking().ToListAsync(cancel))
            .Select(a => (a.One, a.Other))
            .ToHashSet();
        var pairs = new List<(Member, Member)>();
        foreach (var country in await members.Select(m => m.Country).Distinct().OrderBy(c => c).ToListAsync(cancel))
        {
            // Only those that share a telling word or a host are compared.
            var seen = new Dictionary<string, List<(Member Member, HashSet<string> Telling)>>();
            var found = new HashSet<(MemberId, MemberId)>();
            foreach (
                var member in await members.Where(m => m.Country == country).OrderBy(m => m.SortKey).ToListAsync(cancel)
            )
            {
                var telling = Telling(member.Folded);
                foreach (
                    var key in telling.Append(HostOf(member.Website) is { } host ? "@" + host : null).OfType<string>()
                )
                {
                    var bucket = seen.TryGetValue(key, out var there) ? there : seen[key] = [];
                    foreach (var (other, words) in bucket)
                        if (
                            (key.StartsWith('@') || Likeness(telling, words) >= 0.99)
                            && !apart.Contains(Ordered(other.Id, member.Id))
                            && found.Add((other.Id, member.Id))
                        )
                            pairs.Add((other, member));
                    bucket.Add((member, telling));
                }
                if (pairs.Count >= most)
                    return pairs;
            }
        }
        return pairs;
    }

    public static (MemberId, MemberId) Ordered(MemberId one, MemberId other) =>
        one.Value.CompareTo(other.Value) < 0 ? (one, other) : (other, one);

    public static string? HostOf(string? website) =>
        Uri.TryCreate(
            website?.Contains("://", StringComparison.Ordinal) == false ? "https://" + website : website,
            UriKind.Absolute,
            out var site
        )
            ? site.Host.StartsWith("www.", StringComparison.Ordinal)
                ? site.Host[4..]
                : site.Host
            : null;

    /// <summary>Whether one letter was added, lost or changed.</summary>
    private static bool IsOneSlipFrom(string a, string b)
    {
        if (a.Length > b.Length)
            (a, b) = (b, a);
        if (b.Length - a.Length > 1)
            return false;
        var i = 0;
        while (i < a.Length && a[i] == b[i])
            i++;
        return a.Length == b.Length
            ? a.AsSpan(Math.Min(i + 1, a.Length)).SequenceEqual(b.AsSpan(Math.Min(i + 1, b.Length)))
            : a.AsSpan(i).SequenceEqual(b.AsSpan(i + 1));
    }
}
