using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Plenaria.Platform.Access;
using Plenaria.Sessions;
using Plenaria.Sessions.Wording;

namespace Plenaria.Tests.Governance.Sessions;

public class AmendmentTests(SharedHosts houses) : IClassFixture<SharedHosts>
{
    private const string Text =
        "The plenary adopts the plan.\n\nThe Secretariat carries it out.\n\nIt reports next year.";

    private static Task<Answer> Amend(
        Meeting meeting,
        Browser who,
        int motion,
        int paragraph,
        ChangeKind kind,
        string text
    ) =>
        who.Submit(
            $"/en{meeting.Path}/motions/{motion}/amend?paragraph={paragraph}",
            "main form",
            ("Kind", kind.ToString()),
            ("Text", text),
            ("Reason", "It reads better.")
        );

    private static async Task<Motion> Stored(Meeting meeting, int number) =>
        (await meeting.Stored()).Motions.Single(m => m.Number == number);

    private static async Task Decide(Meeting meeting, Guid subject, bool isAgreed)
    {
        Assert.Equal(
            HttpStatusCode.Redirect,
            (await meeting.Desk("Put", ("subject", subject.ToString()), ("method", "Consensus"))).Status
        );
        Assert.Equal(
            HttpStatusCode.Redirect,
            (await meeting.Desk("Close", isAgreed ? [] : [("objections", "true")])).Status
        );
    }

    [Theory, BothDatabases]
    public async Task Amendments_are_decided_before_the_motion_those_that_cannot_stand_fall_and_the_text_is_made_of_the_rest(
        Provider provider
    )
    {
        var house = await houses.On(provider);
        var dakar = await Meeting.Delegate(house);
        var meeting = await Meeting.Open(house, dakar);
        var number = await meeting.Motion("The plan", Text);
        Assert.Equal(
            $"/en{meeting.Path}/motions/{number}#p1",
            (await Amend(meeting, dakar, number, 1, ChangeKind.Replace, "The plenary approves the plan.")).Location
        );
        await Amend(meeting, meeting.Staff, number, 1, ChangeKind.Replace, "The plenary rejects the plan.");
        await Amend(meeting, dakar, number, 1, ChangeKind.Replace, "The plenary adopts the plan of 2030.");
        await Amend(meeting, dakar, number, 2, ChangeKind.Delete, "");
        await Amend(meeting, dakar, number, 3, ChangeKind.Insert, "Members show the logo.");
        var page = await house.Visit().Get($"/en{meeting.Path}/motions/{number}");
        Assert.Equal(("adopts", "approves"), (page.Text("#a1 del"), page.Text("#a1 ins")));
        Assert.Contains("Cannot be adopted together with: 2.", page.Text("#a1"));
        Assert.Equal(
            ["1", "2", "3"],
            page.Page.QuerySelectorAll(".numbered .line").Select(l => l.GetAttribute("data-line"))
        );
        Assert.Equal(
            6,
            (await house.Visit().Get("/en" + meeting.Path)).Page.QuerySelectorAll("#to-vote ~ ol li").Length
        );
        var motion = await Stored(meeting, number);
        Assert.Contains(
            "Decide these amendments first: 1, 2, 3, 4, 5",
            (await meeting.Desk("Put", ("subject", motion.Id.ToString()), ("method", "Consensus"))).Text("[role=alert]")
        );
        await Decide(meeting, motion.Amendments[0].Id, isAgreed: true);
        motion = await Stored(meeting, number);
        Assert.Equal(
            [
                AmendmentState.Adopted,
                AmendmentState.Fallen,
                AmendmentState.Submitted,
                AmendmentState.Submitted,
                AmendmentState.Submitted,
            ],
            motion.Amendments.Select(a => a.State)
        );
        Assert.Contains(
            "decided or withdrawn",
            (await meeting.Desk("Put", ("subject", motion.Amendments[1].Id.ToString()), ("method", "Consensus"))).Text(
                "[role=alert]"
            )
        );
        await Decide(meeting, motion.Amendments[2].Id, isAgreed: true);
        await Decide(meeting, motion.Amendments[3].Id, isAgreed: false);
        await meeting.Staff.Submit(
            await meeting.Staff.Get($"/en{meeting.Path}/motions/{number}"),
            "#a5 form",
            ("to", "TakenOver")
        );
        Assert.Equal(
            "The plenary approves the plan of 2030.\n\nThe Secretariat carries it out.\n\nIt reports next year.\n\nMembers show the logo.",
            (await Stored(meeting, number)).Consolidated().ToString()
        );
        // What the members changed is no longer the mover's to reword.
        Assert.Contains(
            "changed only by amendments",
            (
                await meeting.Staff.Press(
                    await meeting.Staff.Get($"/en{meeting.Path}/motions/{number}"),
                    "form:has(button[formaction*='handler=Change'])",
                    "Change",
                    ("Input.Text", "Something else.")
                )
            ).Text("[role=alert]")
        );
        await Decide(meeting, motion.Id, isAgreed: true);
        motion = await Stored(meeting, number);
        Assert.Contains(
            "approves the plan of 2030",
            (await house.Visit().Get($"/en/resolutions/{motion.Resolution}")).Body
        );
        Assert.Contains(
            "Members show the logo.",
            (await house.Visit().Get($"/en{meeting.Path}/motions/{number}")).Text(".final")
        );
        var voted = (await meeting.Stored()).Log.Votes[^1];
        Assert.Equal(
            Convert.ToHexStringLower(
                System.Security.Cryptography.SHA256.HashData(
                    System.Text.Encoding.UTF8.GetBytes(motion.Consolidated().ToString())
                )
            ),
            voted.Sha256
        );
        Assert.Empty(await meeting.Faults());
    }

    [Theory, BothDatabases]
    public async Task An_amendment_is_itself_amended_before_it_is_put_and_falls_with_what_it_changes(Provider provider)
    {
        var house = await houses.On(provider);
        var dakar = await Meeting.Delegate(house);
        var meeting = await Meeting.Open(house, dakar);
        var number = await meeting.Motion("The plan", Text);
        await Amend(
            meeting,
            dakar,
            number,
            2,
            ChangeKind.Replace,
            "The Secretariat carries it out with the regional offices."
        );
        Task<Answer> Change(Browser who, int amendment, string text) =>
            who.Submit($"/en{meeting.Path}/motions/{number}/amend?changes={amendment}", "main form", ("Text", text));
        Assert.Equal(
            $"/en{meeting.Path}/motions/{number}#a1",
            (await Change(meeting.Staff, 1, "The Secretariat carries it out with all the regional offices.")).Location
        );
        await Change(meeting.Staff, 1, "The Secretariat carries it out also with the regional offices.");
        await Change(dakar, 1, "The Secretariat carries it out only with the regional offices.");
        Assert.Contains(
            "does not change the paragraph",
            (await Change(dakar, 1, "The Secretariat carries it out with the regional offices.")).Text("[role=alert]")
        );
        Assert.Contains("cannot be amended", (await Change(dakar, 2, "Smaller and smaller.")).Text("[role=alert]"));
        Assert.Equal(
            HttpStatusCode.NotFound,
            (await dakar.Get($"/en{meeting.Path}/motions/{number}/amend?changes=9")).Status
        );
        var page = await house.Visit().Get($"/en{meeting.Path}/motions/{number}");
        Assert.Equal("all ", page.Page.QuerySelector("#a1 #a2 ins")!.TextContent);
        Assert.Contains("Cannot be adopted together with: 3.", page.Text("#a4"));
        Assert.Equal(
            ["2", "3", "4", "1"],
            (await house.Visit().Get("/en" + meeting.Path))
                .Page.QuerySelectorAll("#to-vote ~ ol li a")
                .SkipLast(1)
                .Select(a => a.GetAttribute("href")![^1..])
        );
        var motion = await Stored(meeting, number);
        Assert.Contains(
            "Decide these amendments first: 2, 3, 4",
            (await meeting.Desk("Put", ("subject", motion.Amendments[0].Id.ToString()), ("method", "Consensus"))).Text(
                "[role=alert]"
            )
        );
        await Decide(meeting, motion.Amendments[1].Id, isAgreed: true);
        // Its words are now those of the amendment; what would change the same ones differently has fallen.
        motion = await Stored(meeting, number);
        Assert.Equal(
            "The Secretariat carries it out with all the regional offices.",
            motion.Amendments[0].Text.ToString()
        );
        Assert.Equal(
            [AmendmentState.Submitted, AmendmentState.Adopted],
            motion.Amendments.Take(2).Select(a => a.State)
        );
        // Adopted alone, it is no part of the motion yet.
        Assert.Equal(Text, motion.Consolidated().ToString());
        foreach (var open in motion.Amendments.Where(a => a.Under is not null && a.State == AmendmentState.Submitted))
            await Decide(meeting, open.Id, isAgreed: false);
        await Change(dakar, 1, "The Secretariat carries it out with all the regional offices of the network.");
        // Whoever moved the first takes over what changes it; that it is the Secretariat's motion does not matter.
        page = await dakar.Get($"/en{meeting.Path}/motions/{number}");
        Assert.Single(page.Page.QuerySelectorAll("#a5 button[value=TakenOver]"));
        await dakar.Submit(page, "#a5 form", ("to", "TakenOver"));
        await Decide(meeting, motion.Amendments[0].Id, isAgreed: true);
        Assert.Contains(
            "with all the regional offices of the network.",
            (await Stored(meeting, number)).Consolidated().ToString()
        );
        // Withdrawn, an amendment takes with it what would have changed it.
        await Amend(meeting, dakar, number, 3, ChangeKind.Replace, "It reports twice a year.");
        await Change(meeting.Staff, 6, "It reports three times a year.");
        var smaller = (await Stored(meeting, number)).Amendments[^1];
        page = await dakar.Get($"/en{meeting.Path}/motions/{number}");
        await meeting.Desk("Put", ("subject", smaller.Id.ToString()), ("method", "Consensus"));
        Assert.Contains(
            "A vote is open",
            (await dakar.Submit(page, "#a6 > form", ("to", "Withdrawn"))).Text("[role=alert]")
        );
        await meeting.Desk("Close", ("objections", "true"));
        await Change(meeting.Staff, 6, "It reports four times a year.");
        await dakar.Submit(await dakar.Get($"/en{meeting.Path}/motions/{number}"), "#a6 > form", ("to", "Withdrawn"));
        Assert.Equal(
            [AmendmentState.Withdrawn, AmendmentState.Rejected, AmendmentState.Fallen],
            (await Stored(meeting, number)).Amendments.TakeLast(3).Select(a => a.State)
        );
        await Decide(meeting, motion.Id, isAgreed: true);
        Assert.Empty(await meeting.Faults());
    }

    [Theory, BothDatabases]
    public async Task An_amendment_follows_its_paragraph_and_one_whose_paragraph_is_gone_cannot_be_put(
        Provider provider
    )
    {
        var house = await houses.On(provider);
        var dakar = await Meeting.Delegate(house);
        var meeting = await Meeting.Open(house, dakar);
        var number = await meeting.Motion("The plan", Text);
        await Amend(meeting, dakar, number, 3, ChangeKind.Replace, "It reports twice a year.");
        async Task Reword(string text) =>
            Assert.Equal(
                HttpStatusCode.Redirect,
                (
                    await meeting.Staff.Press(
                        await meeting.Staff.Get($"/en{meeting.Path}/motions/{number}"),
                        "form:has(button[formaction*='handler=Change'])",
                        "Change",
                        ("Input.Text", text)
                    )
                ).Status
            );
        await Reword("A new beginning.\n\n" + Text);
        Assert.Equal(4, (await Stored(meeting, number)).Amendments[0].Paragraph);
        await Reword("The plenary adopts the plan.");
        var motion = await Stored(meeting, number);
        Assert.Contains("has changed since", (await dakar.Get($"/en{meeting.Path}/motions/{number}")).Text("#a1"));
        Assert.Contains(
            "has changed or no longer exists",
            (await meeting.Desk("Put", ("subject", motion.Amendments[0].Id.ToString()), ("method", "Consensus"))).Text(
                "[role=alert]"
            )
        );
        await dakar.Submit(await dakar.Get($"/en{meeting.Path}/motions/{number}"), "#a1 form", ("to", "Withdrawn"));
        Assert.Equal(AmendmentState.Withdrawn, (await Stored(meeting, number)).Amendments[0].State);
        await Decide(meeting, motion.Id, isAgreed: true);
    }

    [Fact]
    public async Task What_would_change_nothing_or_what_is_not_there_is_refused_and_what_was_typed_stays()
    {
        var house = await houses.On(Provider.Sqlite);
        var (dakar, other) = (await Meeting.Delegate(house), await house.Visit(Role.Juror));
        var meeting = await Meeting.Open(house, dakar);
        var number = await meeting.Motion("The plan", Text);
        foreach (
            var (paragraph, kind, text, says) in new[]
            {
                (1, ChangeKind.Replace, "The plenary adopts the plan.", "does not change the paragraph"),
                (2, ChangeKind.Replace, "  ", "has no text"),
                (0, ChangeKind.Replace, "Nowhere.", "Paragraph 0 does not exist"),
                (0, ChangeKind.Delete, "", "Paragraph 0 does not exist"),
            }
        )
        {
            var refused = await Amend(meeting, dakar, number, paragraph, kind, text);
            Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
            Assert.Contains(says, refused.Text("[role=alert]"));
            Assert.Contains("It reads better.", refused.Text("#reason"));
        }
        Assert.Empty((await Stored(meeting, number)).Amendments);
        // Whoever has no seat moves nothing, for nobody.
        var motion = await Stored(meeting, number);
        await Assert.ThrowsAsync<ForbiddenException>(() =>
            house.Within(async s =>
            {
                var session = (
                    await s.GetRequiredService<SessionStore>().Find(meeting.Reference, default, toEdit: true)
                )!;
                var who = await s.GetRequiredService<Accounts>()
                    .Known("juror@example.org", DateTimeOffset.UtcNow, default);
                await s.GetRequiredService<MotionStore>()
                    .Amend(
                        session,
                        session.Motions.Single(m => m.Id == motion.Id),
                        ChangeKind.Delete,
                        1,
                        LocalizedText.Empty,
                        LocalizedText.Empty,
                        null,
                        new(who!, null, DateTimeOffset.UtcNow, null, s.GetRequiredService<PermissionCatalog>()),
                        default
                    );
            })
        );
        Assert.NotEqual(HttpStatusCode.OK, (await other.Get($"/en{meeting.Path}/motions/{number}/amend")).Status);
    }

    [Fact]
    public void A_language_in_which_an_amendment_is_not_worded_is_left_out_of_the_amended_text()
    {
        var motion = new Motion
        {
            Id = Guid.NewGuid(),
            Session = Guid.NewGuid(),
            Number = 1,
            Title = LocalizedText.Original(Language.Spanish, "Plan"),
            Decision = "ordinary",
            Text = LocalizedText
                .Original(Language.Spanish, "Uno.\n\nDos.")
                .WithTranslation(Language.French, "Un.\n\nDeux.")
                .WithTranslation(Language.English, "One.\n\nTwo."),
        };
        motion.Amendments.Add(
            new()
            {
                Id = Guid.NewGuid(),
                Motion = motion.Id,
                Number = 1,
                Kind = ChangeKind.Replace,
                Paragraph = 2,
                Was = "Dos.",
                Text = LocalizedText.Original(Language.Spanish, "Tres.").WithTranslation(Language.French, "Trois."),
                State = AmendmentState.Adopted,
            }
        );
        Assert.Equal([Language.English], motion.Missing(motion.Amendments[0]));
        var text = motion.Consolidated();
        Assert.Equal(
            ("Uno.\n\nTres.", "Un.\n\nTrois.", null),
            (text.In(Language.Spanish)!.Text, text.In(Language.French)!.Text, text.In(Language.English)?.Text)
        );
        motion.Amendments.Add(
            new()
            {
                Id = Guid.NewGuid(),
                Motion = motion.Id,
                Number = 2,
                Kind = ChangeKind.Delete,
                Paragraph = 1,
                Was = "Uno.",
                Text = LocalizedText.Empty,
                State = AmendmentState.TakenOver,
            }
        );
        Assert.Equal(
            ("Tres.", "Trois."),
            (motion.Consolidated().In(Language.Spanish)!.Text, motion.Consolidated().In(Language.French)!.Text)
        );
    }
}
