using System.Globalization;
using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Plenaria.Members;
using Plenaria.Platform.Access;
using Plenaria.Sessions.Consultations;

namespace Plenaria.Tests.Governance.Sessions;

public class ConsultationTests(SharedHosts houses) : IClassFixture<SharedHosts>
{
    private const string Text =
        "Drafts are published a month ahead.\n\nMembers comment on them.\n\nThe Secretariat answers.";

    private static string InDays(int days) =>
        DateTime.UtcNow.AddDays(days).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private sealed record Asking(TestHost House, Browser Staff, string Path)
    {
        public string Reference => Path[(Path.LastIndexOf('/') + 1)..];

        public static async Task<Asking> Begin(TestHost house, string text = Text)
        {
            var staff = await house.Visit(Role.Staff);
            var begun = await staff.Submit(
                "/en/consultations/new",
                "main form",
                ("Input.Title", $"Draft {Guid.NewGuid():N}"),
                ("Input.Introduction", "Say what you think."),
                ("Input.Until", InDays(10)),
                ("Input.Text", text)
            );
            Assert.Equal(HttpStatusCode.Redirect, begun.Status);
            return new(house, staff, begun.Location![3..^"/desk".Length]);
        }

        /// <summary>The page that names what closing means, and then the act, where the page offers it.</summary>
        public async Task<Answer> Close()
        {
            var page = await Staff.Get($"/en{Path}/close");
            return page.Page.QuerySelector("#confirm") is null ? page : await Staff.Submit(page, "#confirm");
        }

        public async Task<Answer> Desk(string button, params IEnumerable<(string, string)> fields) =>
            await Staff.Press(
                await Staff.Get($"/en{Path}/desk"),
                $"form:has(button[formaction*='handler={button}'])",
                button,
                fields
            );

        public async Task Ask(params IEnumerable<string> members)
        {
            foreach (var member in members)
                Assert.Equal(HttpStatusCode.Redirect, (await Desk("Ask", ("named", member))).Status);
            Assert.Equal(HttpStatusCode.Redirect, (await Desk("Open")).Status);
        }

        public Task<Answer> Say(Browser who, int paragraph, string text) =>
            who.Submit($"/en{Path}/comment?paragraph={paragraph}", "main form", ("Text", text));

        public async Task<Answer> Answer(Guid comment, Verdict verdict, string text) =>
            await Staff.Press(
                await Staff.Get($"/en{Path}/desk"),
                $"#c{comment:N} form",
                "Answer",
                ("verdict", verdict.ToString()),
                ("answer", text)
            );

        public Task<(Consultation Consultation, List<ConsultationComment> Comments)> Stored() =>
            House.Within(async services =>
            {
                var store = services.GetRequiredService<ConsultationStore>();
                var it = (await store.Find(Reference, default))!;
                return (it, await store.Comments(it, default));
            });
    }

    [Theory, BothDatabases]
    public async Task A_draft_is_commented_by_those_asked_answered_rewritten_and_brought_to_a_vote(Provider provider)
    {
        var house = await houses.On(provider);
        var (dakar, visitor) = (await house.Visit(Role.Member), house.Visit());
        var asking = await Asking.Begin(house);
        Assert.Equal(HttpStatusCode.NotFound, (await visitor.Get($"/en{asking.Path}")).Status);
        await asking.Ask("Ville de Dakar", "Prefeitura de Porto Alegre");
        Assert.Contains("Your opinion is requested", (await dakar.Get("/en/workspace")).Body);
        Assert.Equal($"/en{asking.Path}#p2", (await asking.Say(dakar, 2, "For how **long**?")).Location);
        Assert.Equal(HttpStatusCode.Redirect, (await asking.Say(dakar, 0, "We agree.")).Status);
        Assert.Contains("Paragraph 4 does not exist", (await asking.Say(dakar, 4, "Where?")).Text("[role=alert]"));
        Assert.Contains("is empty", (await asking.Say(dakar, 1, " ")).Text("[role=alert]"));
        var page = await visitor.Get($"/en{asking.Path}");
        Assert.Equal("long", page.Text("#p2 .comment strong:not(.meta strong)"));
        Assert.Contains("Members consulted: 2. Have commented: 1.", page.Text("#asked ~ p"));
        Assert.Empty(page.Page.QuerySelectorAll("a[href*='/comment']"));
        // A round does not end while somebody waits for an answer, and an answer says why.
        Assert.Contains("Comments without an answer: 2", (await asking.Close()).Text("#obstacle"));
        var (_, comments) = await asking.Stored();
        Assert.Contains(
            "Choose the outcome",
            (
                await asking.Staff.Press(
                    await asking.Staff.Get($"/en{asking.Path}/desk"),
                    $"#c{comments[0].Id:N} form",
                    "Answer",
                    ("answer", "Well.")
                )
            ).Text("[role=alert]")
        );
        Assert.Contains("reason", (await asking.Answer(comments[0].Id, Verdict.NotTakenUp, "")).Text("[role=alert]"));
        Assert.Equal(
            HttpStatusCode.Redirect,
            (await asking.Answer(comments[0].Id, Verdict.TakenUp, "For thirty days.")).Status
        );
        Assert.Equal(HttpStatusCode.Redirect, (await asking.Answer(comments[1].Id, Verdict.Noted, "")).Status);
        Assert.Contains("no new version", (await asking.Desk("Again", ("until", InDays(20)))).Text("[role=alert]"));
        Assert.Equal(
            HttpStatusCode.Redirect,
            (
                await asking.Staff.Submit(
                    $"/en{asking.Path}/edit",
                    "main form",
                    ("Input.Text", Text.Replace("comment on them", "comment on them for thirty days"))
                )
            ).Status
        );
        // What is being written is nobody's yet.
        Assert.DoesNotContain(
            "thirty days",
            (await visitor.Get($"/en{asking.Path}")).Text(".motion-text > section > div")
        );
        Assert.Contains("already passed", (await asking.Desk("Again", ("until", InDays(-3)))).Text("[role=alert]"));
        Assert.Equal(HttpStatusCode.Redirect, (await asking.Desk("Again", ("until", InDays(20)))).Status);
        page = await visitor.Get($"/en{asking.Path}");
        Assert.Contains("for thirty days", page.Text(".motion-text"));
        Assert.Equal("for thirty days", page.Text("details ins"));
        Assert.Empty(page.Page.QuerySelectorAll(".comment"));
        Assert.Contains("For thirty days.", (await visitor.Get($"/en{asking.Path}?version=1")).Text("#p2 .answer"));
        Assert.Equal(HttpStatusCode.NotFound, (await visitor.Get($"/en{asking.Path}?version=3")).Status);
        Assert.Equal(HttpStatusCode.Redirect, (await asking.Close()).Status);
        Assert.Contains("no longer accepted", (await dakar.Get($"/en{asking.Path}/comment?paragraph=1")).Body);
        var (stored, _) = await asking.Stored();
        Assert.Equal(
            (
                ConsultationState.Closed,
                2,
                Convert.ToHexStringLower(
                    System.Security.Cryptography.SHA256.HashData(
                        System.Text.Encoding.UTF8.GetBytes(stored.Current!.Text.ToString())
                    )
                )
            ),
            (stored.State, stored.Current.Number, stored.Current.Sha256)
        );
        // The draft goes to a vote as it stands, and each side leads to the other.
        var meeting = await Meeting.Plan(house);
        Assert.Contains(meeting.Path, (await asking.Staff.Get($"/en{asking.Path}")).Body);
        var moved = await asking.Staff.Submit(
            $"/en{meeting.Path}/motions/new?Consultation={asking.Reference}",
            "main form"
        );
        Assert.Equal(HttpStatusCode.Redirect, moved.Status);
        Assert.Contains(asking.Reference, (await asking.Staff.Get(moved.Location!)).Body);
        Assert.Equal(stored.Current.Text, (await meeting.Stored()).Motions.Single().Text);
        Assert.DoesNotContain(meeting.Path, (await visitor.Get($"/en{asking.Path}")).Body);
        Assert.Contains(moved.Location!, (await asking.Staff.Get($"/en{asking.Path}")).Body);
        var json = await visitor.Get($"/api/v1/consultations/{asking.Reference}");
        Assert.Contains("\"verdict\":\"taken-up\"", json.Body);
        Assert.Equal(3, (await asking.Staff.Get($"/en{asking.Path}/comments.csv")).Body.Trim().Split('\n').Length);
    }

    [Theory, BothDatabases]
    public async Task Only_who_is_asked_comments_and_a_comment_is_taken_back_until_it_is_answered(Provider provider)
    {
        var house = await houses.On(provider);
        var (dakar, denis) = (await house.Visit(Role.Member), await house.ActsFor(Role.Juror, "ville-de-saint-denis"));
        var asking = await Asking.Begin(house);
        Assert.Contains("No member is called", (await asking.Desk("Ask", ("named", "Nowhere"))).Text("[role=alert]"));
        await asking.Ask("Ville de Dakar");
        Assert.Equal(HttpStatusCode.NotFound, (await denis.Get($"/en{asking.Path}/comment?paragraph=1")).Status);
        Assert.DoesNotContain("/comment?", (await denis.Get($"/en{asking.Path}")).Body);
        Assert.Equal(HttpStatusCode.Forbidden, (await dakar.Get($"/en{asking.Path}/desk")).Status);
        await asking.Say(dakar, 1, "First.");
        await asking.Say(dakar, 1, "Second.");
        // The desk hides a comment as other discussions do: others no longer read it, and it can be shown again.
        var second = (await asking.Stored()).Comments.Single(c => c.Text.ToString() == "Second.").Id;
        async Task<Answer> Moderate(string how, params (string, string)[] fields) =>
            await asking.Staff.Press(
                await asking.Staff.Get($"/en{asking.Path}/desk"),
                $"#c{second:N} form:has(button[formaction*='handler={how}'])",
                how,
                fields
            );
        Assert.Equal(HttpStatusCode.Redirect, (await Moderate("Hide", ("reason", "Names a person."))).Status);
        Assert.DoesNotContain("Second.", (await house.Visit().Get($"/en{asking.Path}")).Body);
        var hidden = (await asking.Staff.Get($"/en{asking.Path}/desk")).Text($"#c{second:N}");
        Assert.Contains("Names a person.", hidden);
        Assert.Contains("Second.", hidden);
        Assert.Equal(HttpStatusCode.Redirect, (await Moderate("Restore")).Status);
        Assert.Contains("Second.", (await house.Visit().Get($"/en{asking.Path}")).Body);
        // The desk writes down what a member says on the telephone.
        Assert.Equal(HttpStatusCode.Redirect, (await asking.Say(asking.Staff, 3, "Third, by telephone.")).Status);
        var (_, comments) = await asking.Stored();
        var dakarId = (await house.Within(s => s.GetRequiredService<IMembers>().Find("ville-de-dakar", default)))!.Id;
        Assert.All(comments, c => Assert.Equal(dakarId, c.By));
        await asking.Answer(comments[1].Id, Verdict.Noted, "");
        var page = await dakar.Get($"/en{asking.Path}");
        Assert.Empty(page.Page.QuerySelectorAll($"#c{comments[1].Id:N} form"));
        var another = await dakar.Get($"/en{asking.Path}");
        Assert.Equal(
            HttpStatusCode.Redirect,
            (await dakar.Press(page, $"#c{comments[0].Id:N} form", "Withdraw")).Status
        );
        // From another page that still shows it: it is gone.
        Assert.Contains(
            "has changed this",
            (await dakar.Press(another, $"#c{comments[0].Id:N} form", "Withdraw")).Text("[role=alert]")
        );
        Assert.Equal(2, (await asking.Stored()).Comments.Count);
        // Two answer at once: the second is told and keeps its words.
        var stale = await asking.Staff.Get($"/en{asking.Path}/desk");
        await asking.Answer(comments[2].Id, Verdict.TakenUp, "Yes.");
        var late = await asking.Staff.Press(
            stale,
            $"#c{comments[2].Id:N} form",
            "Answer",
            ("verdict", "NotTakenUp"),
            ("answer", "No, because.")
        );
        Assert.Equal(HttpStatusCode.UnprocessableEntity, late.Status);
        Assert.Contains("No, because.", late.Text($"#c{comments[2].Id:N} textarea"));
        Assert.Equal(Verdict.TakenUp, (await asking.Stored()).Comments.Single(c => c.Id == comments[2].Id).Verdict);
    }

    [Theory, BothDatabases]
    public async Task Nobody_is_left_without_an_answer_who_spoke_while_a_round_was_ended(Provider provider)
    {
        var house = await houses.On(provider);
        var dakar = await house.Visit(Role.Member);
        for (var round = 0; round < 6; round++)
        {
            var asking = await Asking.Begin(house);
            await asking.Ask("Ville de Dakar");
            var (form, desk) = (
                await dakar.Get($"/en{asking.Path}/comment?paragraph=1"),
                await asking.Staff.Get($"/en{asking.Path}/close")
            );
            var (said, closed) = (
                dakar.Submit(form, "main form", ("Text", "At the last moment.")),
                asking.Staff.Submit(desk, "#confirm")
            );
            await Task.WhenAll(said, closed);
            var (it, comments) = await asking.Stored();
            Assert.True(
                it.State == ConsultationState.Open || comments.Count == 0,
                $"round {round}: said {(await said).Status}, closed {(await closed).Status}"
            );
            Assert.True(
                (await said).Status == HttpStatusCode.Redirect || (await closed).Status == HttpStatusCode.Redirect
            );
        }
    }

    [Theory, BothDatabases]
    public async Task A_consultation_is_closed_from_a_page_that_names_who_said_nothing(Provider provider)
    {
        var house = await houses.On(provider);
        var dakar = await house.Visit(Role.Member);
        var asking = await Asking.Begin(house);
        await asking.Ask("Ville de Dakar", "Prefeitura de Porto Alegre");
        await asking.Say(dakar, 0, "We agree.");
        await asking.Answer((await asking.Stored()).Comments[0].Id, Verdict.Noted, "");
        Assert.Null(
            (await asking.Staff.Get($"/en{asking.Path}/desk")).Page.QuerySelector("[formaction*='handler=Close']")
        );
        var read = await asking.Staff.Get($"/en{asking.Path}/close");
        Assert.Contains("Members that receive an e-mail: 1 of 2.", read.Text("main"));
        Assert.Contains("Porto Alegre", read.Text("section.warn:last-of-type, section.warn"));
        Assert.Equal(
            $"/en{asking.Path}/desk#comments",
            read.Page.QuerySelector("a[href$='#comments']")!.GetAttribute("href")
        );
        await asking.Say(dakar, 1, "One more thing.");
        var refused = await asking.Staff.Submit(read, "#confirm");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        Assert.Contains("Somebody else has changed this", refused.Text("[role=alert]"));
        Assert.Contains("Comments without an answer: 1", refused.Text("#obstacle"));
        Assert.Equal(ConsultationState.Open, (await asking.Stored()).Consultation.State);
    }

    [Theory, BothDatabases]
    public async Task A_consultation_is_shown_in_one_language_that_a_notice_names(Provider provider)
    {
        var house = await houses.On(provider);
        var asking = await Asking.Begin(house);
        await asking.Staff.Submit($"/fr{asking.Path}/edit", "main form", ("Input.Title", "Un titre seul"));
        await asking.Desk("Open");
        var page = await house.Visit().Get($"/fr{asking.Path}");
        Assert.Contains("anglais", page.Text(".in-other-language"));
        Assert.StartsWith("Draft ", page.Text("h1"), StringComparison.Ordinal);
        Assert.Equal("en", page.Page.QuerySelector("h1 span")!.GetAttribute("lang"));
        Assert.NotNull(page.Page.QuerySelector(".passage div[lang=en]"));
    }

    [Fact]
    public void A_day_lasts_until_it_is_over_everywhere()
    {
        var it = new Consultation
        {
            Id = Guid.NewGuid(),
            Reference = Reference.Parse("NET-Q-2030-01"),
            Title = LocalizedText.Original(Language.English, "Draft"),
            Until = new(2030, 5, 10),
        };
        it.Begin(DateTimeOffset.UnixEpoch).Text = LocalizedText.Original(Language.English, Text);
        it.Asked.Add(
            new()
            {
                Consultation = it.Id,
                Member = new(Guid.NewGuid()),
                Name = LocalizedText.Original(Language.English, "City"),
            }
        );
        Assert.Equal(
            "consultations.day-past",
            Assert.Throws<RuleViolationException>(() => it.Open(new(2030, 5, 11, 12, 0, 0, TimeSpan.Zero))).Key
        );
        it.Open(new(2030, 5, 11, 11, 59, 59, TimeSpan.Zero));
        Assert.True(it.Takes(new(2030, 5, 11, 11, 59, 59, TimeSpan.Zero)));
        Assert.False(it.Takes(new(2030, 5, 11, 12, 0, 0, TimeSpan.Zero)));
        Assert.Equal("consultations.open-already", Assert.Throws<RuleViolationException>(() => it.Open(default)).Key);
    }

    [Theory, BothDatabases]
    public async Task All_members_are_asked_unless_some_are_named_and_each_gets_a_letter(Provider provider)
    {
        var house = await houses.On(provider);
        var asking = await Asking.Begin(house, "");
        Assert.Contains("has no text yet", (await asking.Desk("Open")).Text("[role=alert]"));
        await asking.Staff.Submit($"/en{asking.Path}/edit", "main form", ("Input.Text", Text));
        Assert.Equal(HttpStatusCode.Redirect, (await asking.Desk("Open")).Status);
        var (stored, _) = await asking.Stored();
        Assert.Equal(
            (await house.Within(s => s.GetRequiredService<IMembers>().Present(null, default))).Count,
            stored.Asked.Count
        );
        // One more letter a person of every member asked, and none for whoever is not.
        Assert.Contains(
            stored.Title.For(Language.English),
            (await (await house.Visit(Role.Staff)).Get("/en/outbox")).Body
        );
    }
}
