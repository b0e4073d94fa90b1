using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Plenaria.Members;
using Plenaria.Platform.Access;

namespace Plenaria.Tests.Network.Members;

public class CompositionTests
{
    private static Task Add(
        TestHost house,
        string name,
        MemberKind kind,
        PopulationClass? population,
        IReadOnlyList<Language> languages,
        int from,
        int? until = null
    ) =>
        house.Within(async services =>
        {
            var (members, acting) = (services.GetRequiredService<MemberStore>(), house.Acting());
            var member = new Member
            {
                Id = new(Guid.CreateVersion7()),
                Slug = MemberStore.Plain(name, "m"),
                Kind = kind,
                Population = population,
                Languages = [.. languages],
            };
            await members.Change(
                member,
                "members.member-added",
                acting,
                () =>
                {
                    member.Call(LocalizedText.Original(Language.English, name));
                    member.Settle("JP");
                    member.Join(MemberClass.Associate, new(from), acting.At);
                    if (until is { } end)
                        member.Leave(new(end), null, acting.Today);
                },
                default
            );
        });

    private static async Task<JsonElement> Composition(TestHost house) =>
        JsonDocument.Parse((await house.Visit().Get("/api/v1/composition")).Body).RootElement;

    private static long Count(JsonElement shares, string key) =>
        shares
            .EnumerateArray()
            .Where(s => s.GetProperty("key").GetString() == key)
            .Sum(s => s.GetProperty("count").GetInt64());

    [Theory, BothDatabases]
    public async Task A_member_counts_in_each_of_its_languages_and_the_figure_leads_to_those_it_counts(
        Provider provider
    )
    {
        await using var house = await TestHost.Open(provider);
        var before = await Composition(house);
        await Add(house, "Both Languages", MemberKind.Network, null, [Language.French, Language.Catalan], 2015);
        await Add(house, "One Language", MemberKind.University, PopulationClass.Metropolis, [Language.Catalan], 2016);
        await Add(
            house,
            "Gone Language",
            MemberKind.University,
            PopulationClass.Metropolis,
            [Language.Catalan],
            2014,
            2017
        );
        var after = (await Composition(house)).GetProperty("languages");
        Assert.Equal(
            (2, 1),
            (
                Count(after, "ca") - Count(before.GetProperty("languages"), "ca"),
                Count(after, "fr") - Count(before.GetProperty("languages"), "fr")
            )
        );
        var page = await house.Visit().Get("/en/composition");
        var row = page
            .Page.QuerySelectorAll("table.shares tr")
            .Single(r => r.QuerySelector("a[href='/en/members?language=ca']") is not null);
        Assert.Contains("Català", row.TextContent);
        Assert.NotNull(row.QuerySelector("svg"));
        var list = await house.Visit().Get("/en/members?language=ca");
        Assert.Equal(Count(after, "ca"), list.Page.QuerySelectorAll("ol.actions > li").Length);
        Assert.DoesNotContain("Gone Language", list.Text(".actions"));
        Assert.Contains($"{Count(after, "ca")} members", list.Text("[role=status]"));
        Assert.Equal(
            Count(after, "ca"),
            (await house.Visit().Get("/en/members.csv?language=ca")).Body.Trim().Split('\n').Length - 1
        );
        Assert.Equal(HttpStatusCode.NotFound, (await house.Visit().Get("/en/members?language=xx")).Status);
    }

    [Theory, BothDatabases]
    public async Task Every_year_says_what_its_members_were_and_the_groups_come_to_its_total(Provider provider)
    {
        await using var house = await TestHost.Open(provider);
        await Add(house, "Left Again", MemberKind.University, PopulationClass.Metropolis, [], 2014, 2017);
        await Add(house, "Still There", MemberKind.University, null, [], 2016);
        var years = (await Composition(house))
            .GetProperty("years")
            .EnumerateArray()
            .ToDictionary(y => y.GetProperty("year").GetInt32());
        foreach (var year in years.Values)
        foreach (var group in (string[])["kinds", "populations"])
            Assert.Equal(
                year.GetProperty("total").GetInt64(),
                year.GetProperty(group).EnumerateObject().Sum(g => g.Value.GetInt64())
            );
        long Universities(int year) =>
            years[year].GetProperty("kinds").TryGetProperty("University", out var count) ? count.GetInt64() : 0;
        Assert.Equal(
            (0, 1, 0),
            (
                Universities(2015) - Universities(2014),
                Universities(2016) - Universities(2014),
                Universities(2017) - Universities(2014)
            )
        );
        Assert.Equal(
            (1, 0),
            (
                years[2016].GetProperty("populations").GetProperty("Metropolis").GetInt64(),
                years[2017].GetProperty("populations").GetProperty("Metropolis").GetInt64()
            )
        );
        var tables = (await house.Visit().Get("/en/composition")).Page.QuerySelectorAll(
            "section[aria-labelledby=years] table"
        );
        Assert.Equal(3, tables.Length);
        Assert.Contains("University or research centre", tables[1].TextContent);
        Assert.Contains("Over 1 million", tables[2].TextContent);
    }

    [Theory, BothDatabases]
    public async Task A_target_of_a_kind_or_a_language_is_measured_and_carries_an_action_of_the_plan(Provider provider)
    {
        await using var house = await TestHost.Open(provider);
        var staff = await house.Visit(Role.Staff);
        (string, string)[] Target(string measure, string kind, string language, string value) =>
            [
                ("Input.Measure", measure),
                ("Input.Kind", kind),
                ("Input.Language", language),
                ("Input.Value", value),
                ("Input.Due", "2027"),
            ];
        Assert.Equal(
            HttpStatusCode.UnprocessableEntity,
            (await staff.Submit("/en/composition/targets", "section form", Target("MembersOfKind", "", "", "1"))).Status
        );
        Assert.Equal(
            HttpStatusCode.UnprocessableEntity,
            (
                await staff.Submit("/en/composition/targets", "section form", Target("MembersWorkingIn", "", "xx", "1"))
            ).Status
        );
        Assert.Equal(
            HttpStatusCode.Redirect,
            (
                await staff.Submit(
                    "/en/composition/targets",
                    "section form",
                    Target("MembersOfKind", "Network", "", "1")
                )
            ).Status
        );
        Assert.Equal(
            HttpStatusCode.Redirect,
            (
                await staff.Submit("/en/composition/targets", "section form", Target("MembersWorkingIn", "", "ca", "2"))
            ).Status
        );
        var networks = Count((await Composition(house)).GetProperty("kinds"), "Network");
        await Add(house, "Network of Cities", MemberKind.Network, null, [Language.Catalan], 2012);
        var targets = (await Composition(house))
            .GetProperty("targets")
            .EnumerateArray()
            .ToDictionary(t => t.GetProperty("place").GetString() ?? t.GetProperty("measure").GetString()!);
        Assert.True(targets["Network"].GetProperty("met").GetBoolean());
        Assert.Equal(
            (1, false),
            (targets["ca"].GetProperty("now").GetInt64(), targets["ca"].GetProperty("met").GetBoolean())
        );
        const string instruments = "/en/plans/2013/actions/8/instruments";
        foreach (
            var (words, link, before) in ((string, string, long)[])
                [("work in this language", "language=ca", 0), ("of this kind", "kind=Network", networks)]
        )
        {
            var choice = (await staff.Get(instruments))
                .Page.QuerySelectorAll("#Choice option")
                .Single(o => o.TextContent.Contains(words, StringComparison.Ordinal))
                .GetAttribute("value")!;
            Assert.Equal(
                HttpStatusCode.Redirect,
                (await staff.Press(await staff.Get(instruments), "form:has(#Choice)", "Add", ("Choice", choice))).Status
            );
            // The plan's year is past: the figure is that of its last day, and so is the list behind it.
            var figure = (await house.Visit().Get("/en/plans/2013/actions/8"))
                .Page.QuerySelectorAll(".figure a")
                .Single(a => a.GetAttribute("href")!.Contains(link, StringComparison.Ordinal));
            Assert.Equal(before == 0 ? "1 member" : $"{before + 1} members", figure.TextContent.Trim());
            var behind = await house.Visit().Get(figure.GetAttribute("href")!);
            Assert.Equal(before + 1, behind.Page.QuerySelectorAll("ol.actions > li").Length);
            Assert.Contains("Network of Cities", behind.Text(".actions"));
        }
    }
}
