using System.Text.Json;
using System.Text.RegularExpressions;
using Plenaria.Platform.Access;

namespace Plenaria.Tests.Knowledge;

/// <summary>
/// Tables that grow with the network are read through their indexes: no page goes through all rows of one. SQLite says
/// so without rows to measure; PostgreSQL reads the small tables of the sample whole.
/// </summary>
public partial class ScanTests
{
    private static readonly string[] Growing =
    [
        "members_members",
        "members_memberships",
        "members_people",
        "members_representations",
        "experiences_practices",
        "experiences_authors",
        "experiences_revisions",
        "experiences_adoptions",
        "exchange_threads",
        "comments_discussions",
        "comments_comments",
        "comments_followers",
        "comments_reports",
    ];

    // What compares everybody with everybody, and what says of all records whether they name somebody.
    private static readonly string[] Exempt = ["/members/people/merge", "/members/duplicates", "/members/people/erase"];

    [GeneratedRegex("\"([a-z_]+)\" AS \"([a-z0-9]+)\"")]
    private static partial Regex Aliases { get; }

    [Fact]
    public async Task No_page_goes_through_all_rows_of_a_table_that_grows_with_the_network()
    {
        var (house, counter) = await QueryCounter.Open(Provider.Sqlite);
        await using var closing = house;
        var staff = await house.Visit(Role.Staff);
        using var visits = JsonDocument.Parse(
            await File.ReadAllTextAsync(Sources.Path("samples", "network", "visits.json"))
        );
        var (seen, scans) = (new HashSet<string>(), new List<string>());
        foreach (var path in visits.RootElement.EnumerateObject().Select(v => v.Value.ToString()))
        {
            if (path.StartsWith("/sign-out", StringComparison.Ordinal) || Exempt.Any(path.StartsWith))
                continue;
            // Twice: what the first view keeps, the second does not ask again.
            await staff.Get("/en" + path);
            foreach (var query in await counter.During("", () => staff.Get("/en" + path)))
                if (seen.Add(query.Sql) && !query.Sql.Contains("WHERE 0", StringComparison.Ordinal))
                    scans.AddRange((await Scanned(house, query)).Select(table => $"{path}: {table} by {query.Sql}"));
        }
        Assert.True(seen.Count > 200);
        Assert.Empty(scans);
    }

    private static async Task<IEnumerable<string>> Scanned(TestHost house, CountedQuery query)
    {
        var tables = Aliases
            .Matches(query.Sql)
            .Where(m => Growing.Contains(m.Groups[1].Value))
            .ToLookup(m => m.Groups[2].Value, m => m.Groups[1].Value);
        if (tables.Count == 0)
            return [];
        var plan = (await QueryCounter.Plan(house, query)).Split('\n', StringSplitOptions.TrimEntries);
        return tables
            .Where(t => plan.Any(l => l == $"SCAN {t.Key}" || l.StartsWith($"SCAN {t.Key} ", StringComparison.Ordinal)))
            .Select(t => t.First());
    }
}
