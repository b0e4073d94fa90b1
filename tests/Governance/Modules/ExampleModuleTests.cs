using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Plenaria.Platform.Data;
using Plenaria.Platform.Modules;
using Plenaria.Tests.Governance.Sessions;

namespace Plenaria.Tests.Governance.Modules;

/// <summary>
/// A module in a project of its own, of which no file of <c>src</c> knows: what it declares works, and is gone when it
/// is switched off.
/// </summary>
public class ExampleModuleTests
{
    private const string Name = "Harvest fair";

    [Theory, BothDatabases]
    public async Task A_module_works_by_its_declarations_alone_and_is_gone_when_switched_off(Provider provider)
    {
        await using var house = await TestHost.Open(
            provider,
            modules: [.. Plenaria.Web.Modules.All, new ExampleModule.ExampleModule()]
        );
        await CreateTable(house);
        var meeting = await Meeting.Open(house, await Meeting.Delegate(house));
        var staff = meeting.Staff;
        Assert.Equal(HttpStatusCode.Redirect, (await staff.Submit("/en/fairs", "main form", ("Title", Name))).Status);

        // Page, navigation, staff tool, role, task, permanent link, search.
        Assert.Contains("OIDP-FAIR-1", (await house.Visit().Get("/en/fairs")).Text("main li"));
        Assert.Contains("/en/fairs", (await house.Visit().Get("/en")).Body);
        Assert.Contains("/en/fairs", (await staff.Get("/en/staff")).Text("main") + (await staff.Get("/en/staff")).Body);
        Assert.Contains("Fair steward", (await staff.Get("/en/people")).Text("option"));
        Assert.Contains("Fair not approved yet: Harvest fair", (await staff.Get("/en/workspace")).Text("main"));
        Assert.Contains("/fairs", (await house.Visit().Get("/r/OIDP-FAIR-1")).Location!);
        Assert.Contains(Name, (await house.Visit().Get("/en/search?q=harvest")).Text("main"));
        Assert.DoesNotContain("main form", (await house.Visit().Get("/en/fairs")).Body);

        // A motion decides about it; its text is longer than any list shows.
        var text = string.Join(' ', Enumerable.Range(1, 900).Select(i => $"word{i}"));
        var moved = await staff.Submit(
            $"/en{meeting.Path}/motions/new",
            "main form",
            ("Input.Title", "The fair is held"),
            ("Input.Text", text),
            ("Input.Decision", "ordinary"),
            ("About", "ApproveFair OIDP-FAIR-1")
        );
        Assert.Equal(HttpStatusCode.Redirect, moved.Status);
        var motion = await meeting.MotionId(1);
        await meeting.Desk("Put", ("subject", motion), ("method", "Consensus"));
        await meeting.Desk("Close");
        var resolution = (await meeting.Stored()).Motions.Single().Resolution!.ToString()!;
        Assert.Contains(resolution, (await house.Visit().Get("/en/fairs")).Text("main li"));
        Assert.Contains(Name, (await house.Visit().Get("/en")).Text("main"));
        Assert.DoesNotContain(Name, (await staff.Get("/en/workspace")).Text("main"));
        Assert.Contains("word900", (await house.Visit().Get($"/en/resolutions/{resolution}")).Text("main"));
        Assert.DoesNotContain("word900", (await house.Visit().Get("/en/resolutions")).Text("main"));

        await SwitchOff(staff, house);
        Assert.Equal(HttpStatusCode.NotFound, (await staff.Get("/en/fairs")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await house.Visit().Get("/r/OIDP-FAIR-1")).Status);
        foreach (var path in (string[])["", "/workspace", "/staff", "/search?q=harvest", "/journal", "/people"])
            Assert.DoesNotContain("/en/fairs", (await staff.Get($"/en{path}")).Body);
        Assert.DoesNotContain(Name, (await house.Visit().Get("/en")).Text("main"));
        Assert.DoesNotContain(Name, (await house.Visit().Get("/en/search?q=harvest")).Text("main"));
    }

    private static async Task SwitchOff(Browser staff, TestHost house)
    {
        var on = house
            .Services.GetRequiredService<ModuleCatalog>()
            .All.Where(m => m.CanBeOff && m.Name != "ExampleModule")
            .Select(m => ("Input.On", m.Name));
        Assert.Equal(HttpStatusCode.Redirect, (await staff.Submit("/en/settings", "main form", on)).Status);
    }

    // A module of this program has a migration; this one's table is made here.
    private static Task CreateTable(TestHost house) =>
        house.Within(services =>
        {
            var database = services.GetRequiredService<PlenariaDb>().Database;
            return database.ExecuteSqlRawAsync(
                database.IsSqlite()
                    ? """
                    CREATE TABLE fairs_fairs
                    (id TEXT PRIMARY KEY, reference TEXT, title TEXT, approved_by TEXT, version INTEGER)
                    """
                    : """
                    CREATE TABLE fairs_fairs
                    (id uuid PRIMARY KEY, reference text, title text, approved_by text, version int)
                    """
            );
        });
}
