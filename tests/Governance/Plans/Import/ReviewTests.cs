using System.Net;
using System.Text;
using CsCheck;
using Plenaria.Plans.Import;
using Plenaria.Platform.Access;

namespace Plenaria.Tests.Governance.Plans.Import;

public class ReviewTests(SharedHosts houses) : IClassFixture<SharedHosts>
{
    private const string Text =
        "# Plan\n\n## Knowledge\n\n- **Conference.** In July.\n- **Award.**\n\n## Growth\n\n- **Offices.**\n\n7\n";

    [Theory, BothDatabases]
    public async Task A_pasted_plan_is_looked_through_corrected_and_accepted(Provider provider)
    {
        var house = await houses.On(provider);
        var staff = await house.Visit(Role.Staff);
        var begun = await staff.Submit(
            "/en/plans/import",
            "main form",
            ("Pasted", Text),
            ("Year", "2051"),
            ("WrittenIn", "en")
        );
        Assert.Equal(HttpStatusCode.Redirect, begun.Status);
        var look = await staff.Get(begun.Location!);
        Assert.Equal(["Knowledge", "Growth"], look.Page.QuerySelectorAll(".direction h3").Select(h => h.TextContent));
        Assert.Equal("7", look.Page.QuerySelector(".source .left")!.TextContent);
        Assert.Contains("Check the plan", (await staff.Get("/en/workspace")).Text(".actions"));

        // A short line that happens to stand within another is still a line that found no place.
        var tricky = await staff.Submit(
            "/en/plans/import",
            "main form",
            ("Pasted", Text.Replace("In July.", "On 17 July.", StringComparison.Ordinal)),
            ("Year", "2051"),
            ("WrittenIn", "en")
        );
        Assert.Equal("7", (await staff.Get(tricky.Location!)).Page.QuerySelector(".source .left")?.TextContent);

        var corrected = Text.Replace("## Growth", "## More members", StringComparison.Ordinal);
        var again = await staff.Press(look, "main form", "Again", ("Text", corrected));
        Assert.Contains("More members", (await staff.Get(again.Location!)).Text(".direction h3"));
        // The first page is older than the correction.
        Assert.Equal(
            HttpStatusCode.UnprocessableEntity,
            (await staff.Press(look, "main form", "Accept", ("Text", Text))).Status
        );
        var accepted = await staff.Press(await staff.Get(begun.Location!), "main form", "Accept");
        Assert.Equal("/en/plans/2051", accepted.Location);
        Assert.Equal(
            ["Knowledge", "More members"],
            (await house.Visit().Get("/en/plans/2051"))
                .Page.QuerySelectorAll(".direction h3")
                .Select(h => h.TextContent)
        );
        Assert.Equal(HttpStatusCode.NotFound, (await staff.Get(begun.Location!)).Status);
    }

    [Theory, BothDatabases]
    public async Task An_earlier_plan_is_kept_as_history_marked_as_such_and_asks_nobody_to_work_on_it(Provider provider)
    {
        var house = await houses.On(provider);
        var staff = await house.Visit(Role.Staff);
        var begun = await staff.Submit(
            "/en/plans/import",
            "main form",
            ("Pasted", Text),
            ("Year", "1998"),
            ("WrittenIn", "en")
        );
        // The tick outlives reading the text again.
        var again = await staff.Press(await staff.Get(begun.Location!), "main form", "Again", ("history", "true"));
        var look = await staff.Get(again.Location!);
        Assert.NotNull(look.Page.QuerySelector("input[name=history][checked]"));
        Assert.Equal("/en/plans/1998", (await staff.Press(look, "main form", "Accept")).Location);
        Assert.Contains("kept as a historical", (await house.Visit().Get("/en/plans/1998")).Text(".notice"));
        Assert.Contains(
            "History",
            (await house.Visit().Get("/en/plans"))
                .Page.QuerySelectorAll(".card")
                .Single(c => c.InnerHtml.Contains("/en/plans/1998\"", StringComparison.Ordinal))
                .TextContent
        );
        await staff.Submit("/en/plans/1998/actions/1/progress", "main form", ("Input.State", "Complete"));
        Assert.DoesNotContain("OIDP-1998-A01", (await staff.Get("/en/workspace")).Text(".actions"));
        Assert.DoesNotContain("kept as a historical", (await house.Visit().Get("/en/plans/2013")).Text(".notice"));
    }

    [Theory]
    [InlineData("", "Choose a document")]
    [InlineData("Dear members, all went well.", "No action was recognised")]
    public async Task What_cannot_be_read_is_refused_before_anything_is_kept(string text, string reason)
    {
        var staff = await (await houses.On(Provider.Sqlite)).Visit(Role.Staff);
        var refused = await staff.Submit(
            "/en/plans/import",
            "main form",
            ("Pasted", text),
            ("Year", "2052"),
            ("WrittenIn", "en")
        );
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        Assert.Contains(reason, refused.Text(".validation-summary-errors"));
    }

    /// <summary>Correcting stands on it: what the outline says is what was understood, word for word.</summary>
    [Fact]
    public void The_outline_reads_back_as_the_same_tree()
    {
        var words = Gen.Char['a', 'z']
            .Array[3, 9]
            .Select(c => new string(c))
            .Array[1, 6]
            .Select(w => string.Join(' ', w));
        var action = Gen.Select(words, words.Array[0, 3])
            .Select((title, text) => $"- **{title}.** {string.Join("\n\n", text.Select(t => $"About {t}."))}");
        var direction = Gen.Select(words, action.Array[1, 4])
            .Select((title, actions) => $"## {title}\n\n{string.Join("\n\n", actions)}");
        Gen.Select(words, words.Array[0, 2], direction.Array[2, 4])
            .Sample(
                (title, preamble, directions) =>
                {
                    var text =
                        $"# {title}\n\n{string.Join("\n\n", preamble.Select(p => $"As {p} says."))}\n\n{string.Join("\n\n", directions)}\n";
                    var once = PlanReader.Read(SourceReader.Read(Encoding.UTF8.GetBytes(text)));
                    var twice = PlanReader.Read(SourceReader.Read(Encoding.UTF8.GetBytes(Outline.Write(once))));
                    Assert.Equal(DryRun.Json(once, 1, Language.English), DryRun.Json(twice, 1, Language.English));
                }
            );
    }
}
