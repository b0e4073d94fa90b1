using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;

namespace Plenaria.Tests.Platform.Tasks;

public class HandTaskTests(SharedHosts houses) : IClassFixture<SharedHosts>
{
    private const string Form = "details.new form",
        Open = ".actions > li:has(form)";

    private static async Task<string> Name(Browser person) =>
        (await person.Get("/en/workspace")).Page.QuerySelector("#Input_Assignee option")!.TextContent;

    private static async Task<Answer> Give(
        Browser giver,
        string to,
        params IReadOnlyList<(string Name, string Value)> fields
    )
    {
        var page = await giver.Get("/en/workspace");
        var assignee = page
            .Page.QuerySelectorAll("#Input_Assignee option")
            .Single(o => o.TextContent == to)
            .GetAttribute("value")!;
        return await giver.Submit(
            page,
            Form,
            fields.Any(f => f.Name == "Input.Assignee") ? fields : [("Input.Assignee", assignee), .. fields]
        );
    }

    [Theory, BothDatabases]
    public async Task A_task_on_a_record_is_made_waits_for_its_person_alone_and_is_done(Provider provider)
    {
        var house = await houses.On(provider);
        var (staff, member, juror) = (
            await house.Visit(Role.Staff),
            await house.Visit(Role.Member),
            await house.Visit(Role.Juror)
        );
        // Who acts for a member alone is not offered, and found by address.
        var given = await Give(
            staff,
            await Name(staff),
            ("Input.Email", " Member@example.org "),
            ("Input.Title", "Send the <b>minutes</b>"),
            ("Input.Due", "2030-05"),
            ("Input.Subject", " oidp-2013-a04 "),
            ("Input.Comment", "To all \"cities\"")
        );
        Assert.Equal((HttpStatusCode.Redirect, "/en/workspace"), (given.Status, given.Location));

        var page = await member.Get("/en/workspace");
        var task = Assert.Single(page.Page.QuerySelectorAll(Open));
        Assert.Equal("Send the <b>minutes</b>", task.QuerySelector(".action-title")!.TextContent);
        Assert.Equal("/r/OIDP-2013-A04", task.QuerySelector("a")!.GetAttribute("href"));
        Assert.Contains("due May 2030", task.TextContent);
        Assert.Contains("To all \"cities\"", task.TextContent);
        Assert.DoesNotContain("minutes", (await staff.Get("/en/workspace")).Text(".actions"));
        Assert.DoesNotContain("minutes", (await juror.Get("/en/workspace")).Text(".actions"));

        var id = task.QuerySelector("input[name=id]")!.GetAttribute("value")!;
        // Somebody else's task is not theirs to do: the form is theirs, the number is not.
        await Give(juror, await Name(juror), ("Input.Title", "My own"));
        Assert.Equal(HttpStatusCode.NotFound, (await juror.Submit("/en/workspace", $"{Open} form", ("id", id))).Status);
        Assert.Equal(HttpStatusCode.Redirect, (await member.Submit(page, $"{Open} form")).Status);
        Assert.Empty((await member.Get("/en/workspace")).Page.QuerySelectorAll(Open));
        var history = (await (await house.Visit(Role.Auditor)).Get("/en/journal?about=OIDP-2013-A04")).Text(".history");
        Assert.Contains("Task assigned", history);
        Assert.Contains("Task done", history);
    }

    [Fact]
    public async Task Done_pressed_twice_is_done_once()
    {
        var house = await houses.On(Provider.Sqlite);
        var auditor = await house.Visit(Role.Auditor);
        await Give(
            auditor,
            await Name(auditor),
            ("Input.Title", "Count the votes"),
            ("Input.Subject", "OIDP-2013-A05")
        );
        var page = await auditor.Get("/en/workspace");
        await auditor.Submit(page, $"{Open} form");
        await auditor.Submit(page, $"{Open} form");
        var history = (await auditor.Get("/en/journal?about=OIDP-2013-A05")).Text(".history");
        Assert.Single(System.Text.RegularExpressions.Regex.Matches(history, "Task done"));
    }

    [Fact]
    public async Task A_form_that_cannot_be_read_is_a_bad_request()
    {
        var staff = await (await houses.On(Provider.Sqlite)).Visit(Role.Staff);
        Assert.Equal(HttpStatusCode.BadRequest, (await Give(staff, await Name(staff), ("Input.Title", "a\0b"))).Status);
    }

    [Theory, BothDatabases]
    public async Task What_cannot_be_a_task_is_refused_and_what_was_typed_stays(Provider provider)
    {
        var staff = await (await houses.On(provider)).Visit(Role.Staff);
        var me = await Name(staff);
        (string, string)[] good =
        [
            ("Input.Title", "Ring <i>Dakar</i>"),
            ("Input.Due", "2030"),
            ("Input.Subject", "OIDP-2013"),
            ("Input.Comment", "Typed \"with\" care & <b>love</b>"),
        ];
        foreach (
            var (field, value) in ((string, string)[])
                [
                    ("Input.Title", ""),
                    ("Input.Title", "   "),
                    ("Input.Title", new('x', 201)),
                    ("Input.Comment", new('x', 2001)),
                    ("Input.Due", "soon"),
                    ("Input.Due", "2030-02-30"),
                    ("Input.Subject", "OIDP-9999"),
                    ("Input.Subject", "'; DROP TABLE tasks_hand_made; --"),
                    ("Input.Subject", new('A', 61)),
                    ("Input.Assignee", Guid.Empty.ToString()),
                    ("Input.Assignee", "me"),
                    ("Input.Email", "nobody@example.org"),
                ]
        )
        {
            var answer = await Give(staff, me, [.. good.Where(g => g.Item1 != field), (field, value)]);
            Assert.True(
                answer.Status == HttpStatusCode.UnprocessableEntity,
                $"{field} = {value[..Math.Min(value.Length, 40)]}: {answer.Status}"
            );
            Assert.True(
                answer.Page.QuerySelector(".field-validation-error, .validation-summary-errors") is not null,
                $"{field} = {value[..Math.Min(value.Length, 40)]}: no reason is given"
            );
            Assert.NotNull(answer.Page.QuerySelector("details.new[open]"));
            foreach (var (name, typed) in good.Where(g => g.Item1 != field))
                Assert.Equal(
                    typed,
                    answer.Page.QuerySelector($"[name='{name}']") is AngleSharp.Html.Dom.IHtmlTextAreaElement area
                        ? area.Value.TrimStart('\n')
                        : answer.Page.QuerySelector($"[name='{name}']")!.GetAttribute("value")
                );
        }
        Assert.Empty((await staff.Get("/en/workspace")).Page.QuerySelectorAll(Open));
    }

    [Theory, BothDatabases]
    public async Task The_workspace_offers_who_works_for_the_network_whatever_the_number_of_accounts(Provider provider)
    {
        var (house, counter) = await QueryCounter.Open(provider);
        await using var closing = house;
        var (staff, member) = (await house.Visit(Role.Staff), await house.Visit(Role.Member));
        Task<IReadOnlyList<CountedQuery>> Read() => counter.During("access_accounts", () => staff.Get("/en/workspace"));
        await staff.Get("/en/workspace");
        var before = await Read();
        await house.Within(async services =>
        {
            var (db, accounts) = (services.GetRequiredService<PlenariaDb>(), services.GetRequiredService<Accounts>());
            foreach (var number in Enumerable.Range(1, 50))
            {
                var account = await accounts.Open(
                    $"many-{number}@example.org",
                    $"Many {number}",
                    Language.English,
                    house.Acting(),
                    default
                );
                await db.SaveChangesAsync();
                await accounts.Grant(
                    account,
                    Role.Member,
                    Scope.Of(new MemberId(Guid.CreateVersion7())),
                    "Many",
                    house.Acting(),
                    default
                );
                await db.SaveChangesAsync();
            }
        });
        Assert.Equal(before.Select(q => q.Reads), (await Read()).Select(q => q.Reads));
        var names = (await staff.Get("/en/workspace"))
            .Page.QuerySelectorAll("#Input_Assignee option")
            .Select(o => o.TextContent)
            .ToList();
        Assert.Contains(await Name(await house.Visit(Role.Juror)), names);
        Assert.DoesNotContain(await Name(member), names);
        // Nobody else gives a task to others, by address neither.
        var own = await Give(
            member,
            await Name(member),
            ("Input.Email", "staff@example.org"),
            ("Input.Title", "For myself")
        );
        Assert.Equal(HttpStatusCode.Redirect, own.Status);
        Assert.Contains("For myself", (await member.Get("/en/workspace")).Text(".actions"));
    }
}
