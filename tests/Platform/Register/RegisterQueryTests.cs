using System.Net;
using System.Xml.Linq;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Plenaria.Platform.Data;
using Plenaria.Platform.Register;
using Plenaria.Platform.Site;

namespace Plenaria.Tests.Platform.Register;

/// <summary>What lists read of the register does not grow with all of it.</summary>
public class RegisterQueryTests
{
    [Theory, BothDatabases]
    public async Task The_newest_entries_are_the_first_of_an_index_and_nothing_is_sorted(Provider provider)
    {
        var (house, counter) = await QueryCounter.Open(provider);
        await using var closing = house;
        var queries = await counter.During(
            "register_entries",
            () =>
                house.Within(services =>
                    services
                        .GetRequiredService<Plenaria.Platform.Register.Register>()
                        .NewestBut(["page"], Audience.Public, 3, default)
                )
        );
        // The entries, then their texts by them: each reads three entries at most.
        Assert.Equal(2, queries.Count);
        Assert.Equal(4, queries[0].Reads);
        var plan = await QueryCounter.Plan(house, queries[0]);
        Assert.Contains("IX_register_entries_changed_at_reference_id", plan, StringComparison.Ordinal);
        Assert.DoesNotContain("B-TREE FOR ORDER BY", plan, StringComparison.Ordinal);
        Assert.DoesNotContain("Sort", plan, StringComparison.Ordinal);
    }

    /// <summary>Publishes so many entries of one kind, the newest of all.</summary>
    private static Task Publish(TestHost house, string kind, int many) =>
        house.Within(async services =>
        {
            var register = services.GetRequiredService<Plenaria.Platform.Register.Register>();
            for (var n = 0; n < many; n++)
                await register.Publish(
                    new(
                        Reference.Of("CNT", kind.ToUpperInvariant(), n),
                        kind,
                        $"/counted/{n}",
                        LocalizedText.Original(Language.English, $"Counted {n}"),
                        LocalizedText.Empty
                    ),
                    LocalizedText.Empty,
                    Audience.Public,
                    default
                );
            services
                .GetRequiredService<Plenaria.Platform.Journal.Journal>()
                .Append(house.Acting(), "site", "site.home-arranged", null, new { many });
            await services.GetRequiredService<PlenariaDb>().SaveChangesAsync();
        });

    [Theory, BothDatabases]
    public async Task Entries_of_kinds_that_are_left_out_are_not_read_however_new_they_are(Provider provider)
    {
        var (house, counter) = await QueryCounter.Open(provider);
        await using var closing = house;
        await Publish(house, "experience", 600);
        await QueryCounter.Analyze(house);
        var kinds = (
            await house.Within(services =>
                services.GetRequiredService<Contributions>().DeclaredAsync<PublishedKind>(default)
            )
        )
            .Select(k => k.Kind)
            .Except(["experience"])
            .ToList();
        IReadOnlyList<PublishedEntry> found = [];
        var queries = await counter.During(
            "register_entries",
            () =>
                house.Within(async services =>
                    found = await services
                        .GetRequiredService<Plenaria.Platform.Register.Register>()
                        .NewestOfAsync(kinds, Audience.Public, 3, default)
                )
        );
        Assert.Equal(3, found.Count);
        Assert.DoesNotContain(found, f => f.Kind == "experience");
        Assert.Equal(found.OrderByDescending(f => f.ChangedAt).ThenBy(f => f.Reference.ToString()), found);
        // Three of each kind at most; then those three and their texts.
        Assert.InRange(queries[0].Reads, 4, kinds.Count * 3 + 1);
        Assert.Equal(4, queries[1].Reads);
        Assert.Contains(
            "IX_register_entries_kind_changed_at_reference",
            await QueryCounter.Plan(house, queries[0]),
            StringComparison.Ordinal
        );
    }

    private static async Task<List<string>> Addresses(Browser browser, string path)
    {
        var answer = await browser.Get(path);
        Assert.Equal(HttpStatusCode.OK, answer.Status);
        return
        [
            .. XDocument.Parse(answer.Body).Descendants().Where(e => e.Name.LocalName == "loc").Select(e => e.Value),
        ];
    }

    [Theory, BothDatabases]
    public async Task Each_part_of_the_sitemap_is_a_range_of_keys_and_the_index_reads_no_entry(Provider provider)
    {
        const int Size = 20;
        var (house, counter) = await QueryCounter.Open(provider);
        await using var closing = house;
        await Publish(house, "experience", 70);
        var browser = house.Visit();
        // What the job has not seen yet stands in the last part.
        var all = await Addresses(browser, "/sitemap-1.xml");
        Assert.Single(await Addresses(browser, "/sitemap.xml"));
        await house.Within(services => services.GetRequiredService<SitemapPartStore>().ExtendAsync(default, Size));
        await QueryCounter.Analyze(house);
        List<string> parts = [];
        Assert.Empty(
            await counter.During("register_entries", async () => parts = await Addresses(browser, "/sitemap.xml"))
        );
        Assert.True(parts.Count > 70 / Size);
        var seen = new List<string>();
        foreach (var part in parts)
        {
            var query = Assert.Single(
                await counter.During(
                    "register_entries",
                    async () => seen.AddRange(await Addresses(browser, new Uri(part).AbsolutePath))
                )
            );
            Assert.InRange(query.Reads, 1, Size + 1);
        }
        Assert.Equal(all, seen);
        Assert.Equal(HttpStatusCode.NotFound, (await browser.Get($"/sitemap-{parts.Count + 1}.xml")).Status);
        Assert.Empty(await Faults(house));
        await house.Within(services =>
            services.GetRequiredService<PlenariaDb>().Set<SitemapPart>().Where(p => p.Number == 2).ExecuteDeleteAsync()
        );
        Assert.Equal(["part 2 of the sitemap is missing"], await Faults(house));
    }

    private static Task<List<string>> Faults(TestHost house) =>
        house.Within(async services =>
        {
            var faults = new List<string>();
            await foreach (var fault in services.GetRequiredService<SitemapPartStore>().Faults(default))
                faults.Add(fault);
            return faults;
        });
}
