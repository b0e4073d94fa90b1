using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Plenaria.Plans;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;
using Plenaria.Platform.Decisions;
using Plenaria.Platform.Journal;

namespace Plenaria.Tests.Governance.Plans;

/// <summary>What pages read of the plans does not grow with all of them.</summary>
public class PlanQueryTests
{
    /// <summary>Plans of the 22nd century, each with one direction and so many actions that nobody has begun.</summary>
    private static Task Add(TestHost house, int plans, int actions, ActionState state, string? office = null) =>
        house.Within(async services =>
        {
            var (db, acting) = (services.GetRequiredService<PlenariaDb>(), house.Acting());
            var first = Math.Max(2_100, await db.Set<WorkPlan>().MaxAsync(p => p.Year) + 1);
            foreach (var year in Enumerable.Range(first, plans))
            {
                var plan = new WorkPlan
                {
                    Id = Guid.CreateVersion7(),
                    Year = year,
                    Reference = Reference.Of("CNT", $"{year}"),
                    Language = Language.English,
                    Title = LocalizedText.Original(Language.English, $"Plan {year}"),
                    ValidFor = Period.Parse($"{year}"),
                };
                var direction = new Direction
                {
                    Id = Guid.CreateVersion7(),
                    PlanId = plan.Id,
                    Number = 1,
                    Title = plan.Title,
                };
                plan.Directions.Add(direction);
                foreach (var number in Enumerable.Range(1, actions))
                {
                    var action = new PlanAction
                    {
                        Id = Guid.CreateVersion7(),
                        PlanId = plan.Id,
                        DirectionId = direction.Id,
                        Number = number,
                        Reference = Reference.Of("CNT", $"{year}", $"A{number:00}"),
                        Title = LocalizedText.Original(Language.English, $"Action {number}"),
                    };
                    if (state != ActionState.NotStarted)
                        action.Become(state, acting, "counted");
                    plan.Actions.Add(action);
                    if (office is not null)
                        db.Add(
                            new Binding
                            {
                                Id = Guid.CreateVersion7(),
                                ActionId = action.Id,
                                Kind = "regional-office",
                                Key = office,
                            }
                        );
                }
                db.Add(plan);
                services
                    .GetRequiredService<Journal>()
                    .Append(acting, plan.Stream, "plans.created", null, new { plans });
            }
            await db.SaveChangesAsync();
        });

    [Theory, BothDatabases]
    public async Task The_workspace_reads_the_claims_to_document_and_no_other_action(Provider provider)
    {
        var (house, counter) = await QueryCounter.Open(provider);
        await using var closing = house;
        var staff = await house.Visit(Role.Staff);
        await staff.Get("/en/workspace");
        var before = await counter.During("plans_", () => staff.Get("/en/workspace"));
        await Add(house, plans: 5, actions: 20, ActionState.NotStarted);
        var after = await counter.During("plans_", () => staff.Get("/en/workspace"));
        Assert.Equal(before.Select(q => q.Reads), after.Select(q => q.Reads));
        // One for imports to look through, one for claims to document, one for the first steps of a new network.
        Assert.Equal(3, after.Count);
        await Add(house, plans: 1, actions: 3, ActionState.UnderWay);
        var claimed = await counter.During("plans_", () => staff.Get("/en/workspace"));
        Assert.Equal(after.Sum(q => q.Reads) + 3, claimed.Sum(q => q.Reads));
        var page = await staff.Get("/en/workspace");
        Assert.Contains("/en/plans/2105/actions/3/progress", page.Body, StringComparison.Ordinal);
    }

    [Theory, BothDatabases]
    public async Task An_office_page_reads_its_actions_of_the_newest_plan_and_no_other(Provider provider)
    {
        var (house, counter) = await QueryCounter.Open(provider);
        await using var closing = house;
        var (path, key) = await house.Within(async services =>
        {
            var office = (await services.GetRequiredService<Plenaria.Members.IMembers>().Offices(default))[0];
            return ("/en" + office.Path, office.Id.Value.ToString());
        });
        await Add(house, plans: 3, actions: 4, ActionState.NotStarted, key);
        await Add(house, plans: 3, actions: 20, ActionState.NotStarted);
        Answer? page = null;
        var queries = await counter.During("plans_", async () => page = await house.Visit().Get(path));
        // The newest year and the four actions, to the end.
        Assert.Equal([2, 5], queries.Select(q => q.Reads));
        Assert.Contains("/en/plans/2102/actions/4", page!.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("/en/plans/2101/actions/4", page.Body, StringComparison.Ordinal);
    }

    [Theory, BothDatabases]
    public async Task What_waits_for_a_decision_reads_no_action_that_is_decided(Provider provider)
    {
        var (house, counter) = await QueryCounter.Open(provider);
        await using var closing = house;
        Task List(TestHost asked) =>
            asked.Within(async services => await services.GetRequiredService<DecidableService>().ListAsync(default));
        // Plans to adopt are read with their actions; here are the actions of which each is decided by itself.
        async Task<IReadOnlyList<int>> Read() =>
            [
                .. (await counter.During("plans_actions", () => List(house)))
                    .Where(q => Regex.IsMatch(q.Sql, @"^FROM ""?plans_actions\b", RegexOptions.Multiline))
                    .Select(q => q.Reads),
            ];
        var before = await Read();
        Assert.NotEmpty(before);
        await Add(house, plans: 3, actions: 20, ActionState.Complete);
        Assert.Equal(before, await Read());
    }

    [Theory, BothDatabases]
    public async Task The_list_of_plans_reads_no_evidence(Provider provider)
    {
        var (house, counter) = await QueryCounter.Open(provider);
        await using var closing = house;
        Assert.Empty(await counter.During("plans_evidence", () => house.Visit().Get("/en/plans")));
        Assert.NotEmpty(await counter.During("plans_evidence", () => house.Visit().Get("/en/plans/2013")));
    }

    private static Task<Reference> Next(TestHost house, int year) =>
        house.Within(services => services.GetRequiredService<PlanStore>().NextResolution(year, default));

    private static Task Decide(TestHost house, IEnumerable<string> references) =>
        house.Within(async services =>
        {
            var (db, acting) = (services.GetRequiredService<PlenariaDb>(), house.Acting());
            foreach (var reference in references)
            {
                var resolution = new Resolution
                {
                    Id = Guid.CreateVersion7(),
                    Reference = Reference.Parse(reference),
                    Force = Force.Decided,
                    Wording = LocalizedText.Original(Language.English, "Counted"),
                    Session = LocalizedText.Original(Language.English, "Counted"),
                    Citations = [],
                };
                db.Add(resolution);
                services
                    .GetRequiredService<Journal>()
                    .Append(acting, resolution.Stream, "plans.resolution-added", null, new { reference });
            }
            await db.SaveChangesAsync();
        });

    [Theory, BothDatabases]
    public async Task The_next_reference_reads_the_largest_of_its_row_alone(Provider provider)
    {
        var (house, counter) = await QueryCounter.Open(provider);
        await using var closing = house;
        Assert.EndsWith("-R-2150-01", (await Next(house, 2_150)).ToString(), StringComparison.Ordinal);
        var prefix = (await Next(house, 2_150)).ToString()[..^"01".Length];
        await Decide(house, Enumerable.Range(1, 120).Where(n => n != 7).Select(n => $"{prefix}{n:00}"));
        // Taken over from elsewhere, with letters at the end.
        await Decide(house, [$"{prefix}99-BIS", $"{prefix}12A"]);
        Reference next = default;
        var queries = await counter.During("plans_resolutions", async () => next = await Next(house, 2_150));
        Assert.Equal($"{prefix}121", next.ToString());
        Assert.InRange(queries.Sum(q => q.Reads), 1, 11);
        // Of a row of such alone, all are looked at.
        await Decide(house, Enumerable.Range(1, 25).Select(n => $"{prefix[..^5]}2151-{n:00}X"));
        Assert.EndsWith("-R-2151-01", (await Next(house, 2_151)).ToString(), StringComparison.Ordinal);
        await Decide(house, [$"{prefix[..^5]}2151-02"]);
        Assert.EndsWith("-R-2151-03", (await Next(house, 2_151)).ToString(), StringComparison.Ordinal);
    }
}
