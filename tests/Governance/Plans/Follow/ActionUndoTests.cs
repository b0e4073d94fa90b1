using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Plenaria.Plans;
using Plenaria.Platform.Access;
using Plenaria.Platform.Journal;

namespace Plenaria.Tests.Governance.Plans.Follow;

/// <summary>What was done to an action can be taken back at once, as long as nobody changed it since.</summary>
public class ActionUndoTests(SharedHosts houses) : IClassFixture<SharedHosts>
{
    private const string Changed = "Somebody else has changed this";

    private static Task<PlanAction> Find(TestHost house, int year) =>
        house.Within(async s => (await s.GetRequiredService<PlanStore>().Find(year, default))!.Actions.Single());

    private static async Task<(Browser Staff, string Path)> Begin(TestHost house, int year)
    {
        var staff = await house.Visit(Role.Staff);
        var plan = (
            await staff.Submit(
                "/en/plans/new",
                "main form",
                ("Input.Year", $"{year}"),
                ("Input.Language", "en"),
                ("Input.Title", $"Plan {year}")
            )
        ).Location!;
        await staff.Submit($"{plan}/areas/new", "main form", ("Input.Title", "Knowledge"));
        var path = (await staff.Submit($"{plan}/actions/new", "main form", ("Input.Title", "Prize"))).Location!;
        return (staff, path);
    }

    [Theory, BothDatabases]
    public async Task A_state_is_set_back_once_and_the_journal_holds_both(Provider provider)
    {
        var house = await houses.On(provider);
        var (staff, path) = await Begin(house, 2095);
        var set = await staff.Submit($"{path}/progress", "main form", ("Input.State", "UnderWay"));
        Assert.Equal(path, set.Location);
        var after = await staff.Get(set.Location!);
        Assert.Equal("Undo: set the state back", after.Text("#undo button"));
        // Only whoever may do it is offered it, and it is not part of the page.
        Assert.Null((await house.Visit().Get(set.Location!)).Page.QuerySelector("#undo"));
        Assert.Null((await staff.Get(path)).Page.QuerySelector("#undo"));
        Assert.Equal(path, (await staff.Submit(after, "#undo")).Location);
        var action = await Find(house, 2095);
        Assert.Equal(ActionState.NotStarted, action.State);
        Assert.Equal(2, action.Changes.Count);
        Assert.Equal(
            2,
            (await house.Within(s => s.GetRequiredService<Journal>().Read("plan:OIDP-2095", 20, default))).Count(l =>
                l.Act == "plans.action-state-changed"
            )
        );
        // What was undone is not done again by going back.
        Assert.Null((await staff.Get(set.Location!)).Page.QuerySelector("#undo"));
    }

    [Theory, BothDatabases]
    public async Task Nothing_is_undone_that_somebody_changed_meanwhile(Provider provider)
    {
        var house = await houses.On(provider);
        var (staff, path) = await Begin(house, 2096);
        var set = await staff.Submit($"{path}/progress", "main form", ("Input.State", "UnderWay"));
        var after = await staff.Get(set.Location!);
        var other = await house.Visit(Role.Staff);
        await other.Submit($"{path}/progress", "main form", ("Input.State", "Complete"));
        var refused = await staff.Submit(after, "#undo");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        Assert.Contains(Changed, refused.Text("[role=alert]"));
        Assert.Equal(ActionState.Complete, (await Find(house, 2096)).State);
    }

    [Theory, BothDatabases]
    public async Task A_removed_milestone_comes_back_as_it_was(Provider provider)
    {
        var house = await houses.On(provider);
        var (staff, path) = await Begin(house, 2097);
        var added = await staff.Submit(
            $"{path}/milestones",
            "main form",
            ("Rows[0].Text", "Call published"),
            ("Rows[0].Due", "2097-03"),
            ("Rows[1].Text", "Jury meets")
        );
        // Nothing was taken away: there is nothing to bring back.
        Assert.Equal(path, added.Location);
        var removed = await staff.Submit($"{path}/milestones", "main form", ("Rows[0].Text", ""), ("Rows[0].Due", ""));
        Assert.Equal("Jury meets", Assert.Single((await Find(house, 2097)).Milestones).Text.ToString());
        Assert.Equal(path, (await staff.Submit(await staff.Get(removed.Location!), "#undo")).Location);
        var back = (await Find(house, 2097)).Milestones;
        Assert.Equal(["Call published", "Jury meets"], back.Select(m => m.Text.ToString()));
        Assert.Equal(("2097-03", Language.English), (back[0].Due.ToString(), back[0].Text.Source));
    }

    [Theory, BothDatabases]
    public async Task What_carries_an_action_out_is_linked_and_unlinked_again(Provider provider)
    {
        var house = await houses.On(provider);
        var (staff, path) = await Begin(house, 2098);
        async Task<Answer> Send(string form, string button, params IEnumerable<(string, string)> fields) =>
            await staff.Get(
                (await staff.Press(await staff.Get($"{path}/instruments"), form, button, fields)).Location!
            );
        async Task<int> Bound() =>
            (await staff.Get($"{path}/instruments")).Page.QuerySelectorAll("main li form").Length;
        var bound = await Send("main > form", "Add", ("Choice", "decisions/all"));
        Assert.Equal("Undo: remove this link", bound.Text("#undo button"));
        Assert.Equal(HttpStatusCode.Redirect, (await staff.Submit(bound, "#undo")).Status);
        Assert.Equal(0, await Bound());
        await Send("main > form", "Add", ("Choice", "decisions/all"));
        var unbound = await Send("main li form", "Remove");
        Assert.Equal(0, await Bound());
        Assert.Equal(HttpStatusCode.Redirect, (await staff.Submit(unbound, "#undo")).Status);
        Assert.Equal(1, await Bound());
    }
}
