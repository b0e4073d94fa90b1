using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Plenaria.Plans;
using Plenaria.Plans.Import;
using Plenaria.Platform.Data;
using Plenaria.Platform.Register;

namespace Plenaria.Tests.Governance.Plans.Import;

public class PlanImportTests(SharedHosts houses) : IClassFixture<SharedHosts>
{
    private static readonly byte[] Text = Encoding.UTF8.GetBytes(
        "# Plan\n\n## Knowledge\n\n- **Conference.** In July.\n- **Award.**\n\n## Growth\n\n- **Offices.**\n"
    );

    private static Task<WorkPlan> Import(TestHost house, int year, byte[] text) =>
        house.Within(services =>
            services
                .GetRequiredService<PlanImport>()
                .Accept(
                    PlanImport.Read(text),
                    year,
                    Language.English,
                    text,
                    "plan.md",
                    house.Acting("importer"),
                    default
                )
        );

    [Theory, BothDatabases]
    public async Task An_accepted_plan_stands_in_tables_register_and_journal(Provider provider)
    {
        var house = await houses.On(provider);
        var plan = await Import(house, 2031, Text);
        Assert.Equal("OIDP-2031", plan.Reference.ToString());
        Assert.Equal("/en/plans/2031/actions/3", (await house.Visit().Get("/r/OIDP-2031-A03")).Location);
        var page = await house.Visit().Get("/en/plans/2031");
        Assert.Equal(
            ["1 Conference", "2 Award", "3 Offices"],
            page.Page.QuerySelectorAll(".action-link").Select(a => a.TextContent)
        );
        var lines = await house.Within(s =>
            s.GetRequiredService<Plenaria.Platform.Journal.Journal>().Read("plan:OIDP-2031", 10, default)
        );
        Assert.Equal(
            ["plans.action-imported", "plans.action-imported", "plans.action-imported", "plans.imported"],
            lines.Select(l => l.Act)
        );
        Assert.All(lines, l => Assert.Equal("importer", l.Who));
    }

    [Theory, BothDatabases]
    public async Task The_same_plan_twice_and_another_for_the_year_are_refused_and_change_nothing(Provider provider)
    {
        var house = await houses.On(provider);
        await Import(house, 2032, Text);
        Assert.Equal(
            "plans.import.again",
            (await Assert.ThrowsAsync<RuleViolationException>(() => Import(house, 2032, Text))).Key
        );
        Assert.Equal(
            "plans.import.year-taken",
            (
                await Assert.ThrowsAsync<RuleViolationException>(() =>
                    Import(house, 2032, [.. Text, .. "- **More.**\n"u8])
                )
            ).Key
        );
        Assert.Equal(3, (await house.Visit().Get("/en/plans/2032")).Page.QuerySelectorAll(".action-link").Length);
    }

    [Theory, BothDatabases]
    public async Task Of_many_imports_of_one_year_at_once_one_succeeds(Provider provider)
    {
        var house = await houses.On(provider);
        var outcomes = await Task.WhenAll(
            Enumerable
                .Range(0, 6)
                .Select(async _ =>
                {
                    try
                    {
                        await Import(house, 2033, Text);
                        return "";
                    }
                    catch (RuleViolationException broken)
                    {
                        return broken.Key;
                    }
                })
        );
        Assert.Single(outcomes, "");
        Assert.All(outcomes.Where(o => o.Length > 0), o => Assert.StartsWith("plans.import.", o));
        await house.Within(async services =>
        {
            var db = services.GetRequiredService<PlenariaDb>();
            var plan = await db.Set<WorkPlan>().SingleAsync(p => p.Year == 2033);
            Assert.Equal(3, await db.Set<PlanAction>().CountAsync(a => a.PlanId == plan.Id));
            Assert.Equal(4, await db.Set<RegisterEntry>().CountAsync(e => e.Path.StartsWith("/plans/2033")));
        });
    }

    [Theory]
    [InlineData(0)]
    [InlineData(99_999)]
    public async Task A_year_out_of_range_is_refused(int year) =>
        Assert.Equal(
            "plans.import.year-out-of-range",
            (
                await Assert.ThrowsAsync<RuleViolationException>(async () =>
                    await Import(await houses.On(Provider.Sqlite), year, Text)
                )
            ).Key
        );
}
