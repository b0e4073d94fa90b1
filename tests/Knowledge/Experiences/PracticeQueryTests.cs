using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Plenaria.Experiences;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;
using Plenaria.Platform.Journal;
using Plenaria.Platform.Register;
using Plenaria.Search;

namespace Plenaria.Tests.Knowledge.Experiences;

/// <summary>What pages read of the practices does not grow with all of them.</summary>
public class PracticeQueryTests
{
    private const string Table = "experiences_practices";

    /// <summary>Stores so many published practices, which an editor has read.</summary>
    private static Task<List<Guid>> Publish(TestHost house, int many, Action<Experience>? change = null) =>
        house.Within(async services =>
        {
            var (db, acting) = (services.GetRequiredService<PlenariaDb>(), house.Acting());
            var next = await services.GetRequiredService<ExperienceStore>().NextNumber(default);
            var practices = Enumerable
                .Range(next, many)
                .Select(number => new Experience
                {
                    Id = Guid.CreateVersion7(acting.At),
                    Number = number,
                    Slug = $"counted-{number}",
                    Reference = ExperienceStore.ReferenceOf("CNT", number),
                    Title = LocalizedText.Original(Language.English, $"Counted {number}"),
                    CreatedAt = acting.At,
                    ChangedAt = acting.At,
                })
                .ToList();
            foreach (var practice in practices)
            {
                practice.Publish(acting.At);
                change?.Invoke(practice);
                services
                    .GetRequiredService<Journal>()
                    .Append(acting, practice.Stream, "experiences.published", null, new { many });
            }
            db.AddRange(practices);
            await db.SaveChangesAsync();
            return practices.Select(p => p.Id).ToList();
        });

    private static Task<string> PathOf(TestHost house, Guid practice) =>
        house.Within(async services =>
            (await services.GetRequiredService<PlenariaDb>().Set<Experience>().SingleAsync(e => e.Id == practice)).Path
        );

    [Theory, BothDatabases]
    public async Task A_practice_page_reads_its_parts_and_relations_and_no_other_practice(Provider provider)
    {
        var (house, counter) = await QueryCounter.Open(provider);
        await using var closing = house;
        var whole = (await Publish(house, 1))[0];
        var related = await Publish(house, 2);
        var practice = (await Publish(house, 1, e => (e.PartOf, e.Related) = (whole, related)))[0];
        await Publish(house, 2, e => e.PartOf = practice);
        await Publish(house, 3_000);
        await QueryCounter.Analyze(house);
        var path = await PathOf(house, practice);
        var queries = await counter.During(
            Table,
            async () => Assert.Equal(HttpStatusCode.OK, (await house.Visit().Get("/en" + path)).Status)
        );
        // Itself and its authors; the whole and two relations by their keys; its two parts. Each to the end.
        Assert.Equal([2, 0, 4, 3], queries.Select(q => q.Reads));
        Assert.DoesNotContain("_state", await QueryCounter.Plan(house, queries[2]), StringComparison.Ordinal);
        Assert.Contains("IX_experiences_practices_part_of", await QueryCounter.Plan(house, queries[3]));
    }

    [Theory, BothDatabases]
    public async Task The_desk_reads_what_changed_since_it_was_read_and_no_other_practice(Provider provider)
    {
        var (house, counter) = await QueryCounter.Open(provider);
        await using var closing = house;
        var editor = await house.Visit(Role.Editor);
        await editor.Get("/en/experiences/desk");
        var before = await counter.During(Table, () => editor.Get("/en/experiences/desk"));
        await Publish(house, 3_000);
        await Publish(house, 2, e => e.ChangedAt = e.ReviewedAt!.Value.AddMinutes(1));
        await QueryCounter.Analyze(house);
        var after = await counter.During(Table, () => editor.Get("/en/experiences/desk"));
        Assert.Equal(before.Count, after.Count);
        Assert.Equal(before.Sum(q => q.Reads) + 2, after.Sum(q => q.Reads));
        var changed = after.Single(q =>
            q.Sql.Replace("\"", "", StringComparison.Ordinal).Contains("reviewed_at < ", StringComparison.Ordinal)
        );
        Assert.Contains("IX_experiences_practices_state_changed_at", await QueryCounter.Plan(house, changed));
    }

    [Theory, BothDatabases]
    public async Task The_lists_of_an_author_are_read_from_what_they_wrote(Provider provider)
    {
        var (house, counter) = await QueryCounter.Open(provider);
        await using var closing = house;
        var member = await house.Visit(Role.Member);
        foreach (var path in (string[])["/en/workspace", "/en/experiences/mine"])
        {
            await member.Get(path);
            var before = await counter.During(Table, () => member.Get(path));
            await Publish(house, 1_500);
            await QueryCounter.Analyze(house);
            var after = await counter.During(Table, () => member.Get(path));
            Assert.Equal(before.Select(q => q.Reads), after.Select(q => q.Reads));
            foreach (var query in after.Where(q => !q.Sql.Contains("Submitted", StringComparison.Ordinal)))
                Assert.DoesNotMatch("SCAN e|IX_experiences_practices_state", await QueryCounter.Plan(house, query));
        }
    }

    [Theory, BothDatabases]
    public async Task The_home_page_and_lists_count_no_practices_again_until_one_is_published(Provider provider)
    {
        var (house, counter) = await QueryCounter.Open(provider);
        await using var closing = house;
        var staff = await house.Visit(Role.Staff);
        await staff.Get("/en");
        var before = await counter.During(Table, () => staff.Get("/en"));
        await Publish(house, 1_500);
        await QueryCounter.Analyze(house);
        var after = await counter.During(Table, () => staff.Get("/en"));
        Assert.Equal(before.Select(q => q.Reads), after.Select(q => q.Reads));
        Assert.DoesNotContain(after, q => q.Sql.Contains("COUNT(", StringComparison.Ordinal));

        var request = new SearchRequest(null, Language.English, Audience.Public);
        Task<SearchResult> Find() =>
            house.Within(services => services.GetRequiredService<SearchService>().Find(request, default));
        var first = await Find();
        Assert.Same(first.Counts, (await Find()).Counts);
        var place = first.Counts["place"].First();
        request = request with
        {
            Wanted = new Dictionary<string, IReadOnlyCollection<string>> { ["place"] = [place.Key] },
        };
        Assert.Equal(place.Value, (await Find()).Total);
        request = request with { Wanted = new Dictionary<string, IReadOnlyCollection<string>>() };
        await house.Within(async services =>
        {
            await services
                .GetRequiredService<Register>()
                .Publish(
                    new(
                        Reference.Parse("CNT-NEW"),
                        "experience",
                        "/counted",
                        LocalizedText.Original(Language.English, "Counted anew"),
                        LocalizedText.Empty
                    ),
                    LocalizedText.Empty,
                    Audience.Public,
                    default
                );
            services.GetRequiredService<Journal>().Append(house.Acting(), "site", "site.home-arranged", null, new { });
            await services.GetRequiredService<PlenariaDb>().SaveChangesAsync();
        });
        var second = await Find();
        Assert.Equal(first.Total + 1, second.Total);
        Assert.Equal(first.Counts["kind"]["experience"] + 1, second.Counts["kind"]["experience"]);
    }
}
