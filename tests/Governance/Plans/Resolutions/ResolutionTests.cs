using System.Net;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Plenaria.Plans;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;
using Plenaria.Platform.Journal;

namespace Plenaria.Tests.Governance.Plans.Resolutions;

public class ResolutionTests(SharedHosts houses) : IClassFixture<SharedHosts>
{
    private static (string, string)[] Decision(string wording, string date) =>
        [
            ("WrittenIn", "en"),
            ("Input.Force", "Decided"),
            ("Input.Wording", wording),
            ("Input.Session", "Plenary"),
            ("Input.Cited[0].Date", date),
            ("Input.Cited[0].Source", "Minutes"),
        ];

    private static Task<int> Count(TestHost house) =>
        house.Within(s => s.GetRequiredService<PlenariaDb>().Set<Resolution>().CountAsync());

    [Theory, BothDatabases]
    public async Task A_decision_is_recorded_with_its_vote_and_is_public_at_once(Provider provider)
    {
        var house = await houses.On(provider);
        var staff = await house.Visit(Role.Staff);
        var saved = await staff.Submit(
            "/en/resolutions/new",
            "main form",
            [
                .. Decision("A regional office opens in the north.", "2071-06"),
                ("Input.VoteKnown", "InFigures"),
                ("Input.For", "31"),
                ("Input.Against", "0"),
                ("Input.Abstentions", "4"),
            ]
        );
        Assert.Equal("/en/resolutions/OIDP-R-2071-01", saved.Location);
        var page = await house.Visit().Get(saved.Location!);
        Assert.Equal("A regional office opens in the north.", page.Text("h1"));
        Assert.Contains("For: 31. Against: 0. Abstentions: 4.", page.Body);
        Assert.Null(page.Page.QuerySelector(".button"));
        Assert.Equal("/en/resolutions/OIDP-R-2071-01", (await house.Visit().Get("/r/OIDP-R-2071-01")).Location);
        using var json = JsonDocument.Parse((await house.Visit().Get("/api/v1/resolutions")).Body);
        var vote = json
            .RootElement.EnumerateArray()
            .Single(r => r.GetProperty("reference").GetString() == "OIDP-R-2071-01")
            .GetProperty("vote");
        Assert.Equal(
            (31, 0, 4),
            (
                vote.GetProperty("for").GetInt32(),
                vote.GetProperty("against").GetInt32(),
                vote.GetProperty("abstentions").GetInt32()
            )
        );
        var journal = Assert.Single(
            await house.Within(s => s.GetRequiredService<Journal>().Read("resolution:OIDP-R-2071-01", 10, default))
        );
        Assert.Equal(("plans.resolution-recorded", "Secretariat staff"), (journal.Act, journal.Who));
    }

    [Theory, BothDatabases]
    public async Task Of_many_decisions_of_one_year_at_once_each_receives_a_number(Provider provider)
    {
        var house = await houses.On(provider);
        var people = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => house.Visit(Role.Staff)));
        var forms = await Task.WhenAll(people.Select(p => p.Get("/en/resolutions/new")));
        var answers = await Task.WhenAll(
            people.Select((p, i) => p.Submit(forms[i], "main form", Decision($"Decision {i}", "2072-03-01")))
        );
        Assert.Equal(
            Enumerable.Range(1, 5).Select(i => $"/en/resolutions/OIDP-R-2072-{i:00}"),
            answers.Select(a => a.Location).Order()
        );
        Assert.Equal(
            answers.Length,
            (await Task.WhenAll(answers.Select(a => house.Visit().Get(a.Location!))))
                .Select(p => p.Text("h1"))
                .Distinct()
                .Count()
        );
    }

    [Theory]
    [InlineData("Input.Cited[0].Date", "", "Give the date")]
    [InlineData("Input.Cited[0].Date", "2073-13", "")]
    [InlineData("Input.Cited[0].Date", "0273-05", "between 1900 and 2200")]
    [InlineData("Input.VoteKnown", "Not", "Choose “In figures”")]
    [InlineData("Input.Cited[0].Source", "", "which document")]
    [InlineData("Input.Wording", " ", "needs its wording")]
    [InlineData("Input.Session", "", "which session")]
    [InlineData("Input.For", "-1", "")]
    [InlineData("Input.Against", "many", "")]
    [InlineData("Input.Abstentions", "", "all three figures")]
    [InlineData("Input.Force", "Shouted", "")]
    public async Task What_cannot_be_a_decision_is_refused_and_what_was_typed_stays(
        string field,
        string value,
        string reason
    )
    {
        var house = await houses.On(Provider.Sqlite);
        var before = await Count(house);
        (string Name, string Value)[] whole =
        [
            .. Decision("We meet every year.", "2073-05"),
            ("Input.VoteKnown", "InFigures"),
            ("Input.For", "3"),
            ("Input.Against", "2"),
            ("Input.Abstentions", "1"),
        ];
        var refused = await (await house.Visit(Role.Staff)).Submit(
            "/en/resolutions/new",
            "main form",
            [.. whole.Where(f => f.Name != field), (field, value)]
        );
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        Assert.Contains(reason, refused.Text(".field-validation-error, .validation-summary-errors"));
        Assert.NotEmpty(refused.Text(".field-validation-error, .validation-summary-errors"));
        if (field != "Input.Wording")
            Assert.Equal("We meet every year.", refused.Text("#Input_Wording"));
        Assert.Equal(before, await Count(house));
    }

    [Fact]
    public async Task A_decision_without_any_date_is_refused()
    {
        var house = await houses.On(Provider.Sqlite);
        var before = await Count(house);
        var refused = await (await house.Visit(Role.Staff)).Submit(
            "/en/resolutions/new",
            "main form",
            ("Input.Wording", "We meet every year."),
            ("Input.Session", "Plenary")
        );
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        Assert.Contains("at least one date", refused.Text(".field-validation-error"));
        Assert.Equal(before, await Count(house));
    }

    [Theory, BothDatabases]
    public async Task The_longest_wording_is_kept_and_a_longer_one_refused(Provider provider)
    {
        var house = await houses.On(provider);
        var staff = await house.Visit(Role.Staff);
        var random = new Random(7);
        string Words(int length) =>
            string.Concat(Enumerable.Range(0, length).Select(_ => "aàçéèíïóòúüñßœæ,–"[random.Next(17)]));
        Assert.Equal(
            HttpStatusCode.Redirect,
            (
                await staff.Submit(
                    "/en/resolutions/new",
                    "main form",
                    Decision(Words(Resolution.WordingMaxLength), "2074")
                )
            ).Status
        );
        Assert.Equal(
            HttpStatusCode.UnprocessableEntity,
            (
                await staff.Submit(
                    "/en/resolutions/new",
                    "main form",
                    Decision(Words(Resolution.WordingMaxLength + 1), "2074")
                )
            ).Status
        );
    }

    [Theory, BothDatabases]
    public async Task A_decision_is_corrected_and_translated_and_the_journal_holds_before_and_after(Provider provider)
    {
        var house = await houses.On(provider);
        var staff = await house.Visit(Role.Staff);
        var path = (
            await staff.Submit(
                "/en/resolutions/new",
                "main form",
                Decision("The network meets twice a year.", "2075-05-01")
            )
        ).Location!;
        var form = await staff.Get($"{path}/edit");
        // One empty row more than there are dates.
        Assert.Equal(2, form.Page.QuerySelectorAll("[name$='.Date']").Length);
        var saved = await staff.Submit(
            form,
            "main form",
            ("Input.Wording", "The network meets once a year."),
            ("Input.Force", "Agreed"),
            ("Input.Cited[1].Date", "2075-06-01"),
            ("Input.Cited[1].Source", "Plan"),
            ("Input.VoteKnown", "ByConsensus"),
            ("Input.Why", "Read the minutes again.")
        );
        Assert.Equal(path, saved.Location);
        Assert.Equal(3, (await staff.Get($"{path}/edit")).Page.QuerySelectorAll("[name$='.Date']").Length);
        var page = await house.Visit().Get(path);
        Assert.Contains("Adopted by consensus.", page.Body);
        Assert.Contains("different dates", page.Text(".notice"));

        var translating = await staff.Get($"{path}/edit?in=pt");
        Assert.Contains("The network meets once a year.", translating.Text(".hint[lang=en]"));
        await staff.Submit(
            translating,
            "main form",
            ("Input.Wording", "A rede reúne-se uma vez por ano."),
            ("Input.Session", "Assembleia")
        );
        Assert.Equal(
            "A rede reúne-se uma vez por ano.",
            (await house.Visit().Get(path.Replace("/en/", "/pt/", StringComparison.Ordinal))).Text("h1")
        );
        Assert.Equal("The network meets once a year.", (await house.Visit().Get(path)).Text("h1"));

        var journal = await house.Within(s =>
            s.GetRequiredService<Journal>().Read($"resolution:{path.Split('/')[^1]}", 10, default)
        );
        Assert.Equal(
            ["plans.resolution-edited", "plans.resolution-edited", "plans.resolution-recorded"],
            journal.Select(l => l.Act)
        );
        Assert.Equal("Read the minutes again.", journal[1].Why);
        string Word(string when) =>
            journal[1].What!.Value.GetProperty(when).GetProperty("wording").GetProperty("en").GetString()!;
        Assert.Equal(
            ("The network meets twice a year.", "The network meets once a year."),
            (Word("before"), Word("after"))
        );
        Assert.Equal(1, journal[1].What!.Value.GetProperty("before").GetProperty("citations").GetArrayLength());
    }

    [Theory, BothDatabases]
    public async Task Of_two_people_on_one_decision_the_second_is_told_and_loses_nothing(Provider provider)
    {
        var house = await houses.On(provider);
        var (first, second) = (await house.Visit(Role.Staff), await house.Visit(Role.Staff));
        const string path = "/es/resolutions/OIDP-R-2011-01";
        var (a, b) = (await first.Get($"{path}/edit"), await second.Get($"{path}/edit"));
        Assert.Equal(
            HttpStatusCode.Redirect,
            (await first.Submit(a, "main form", ("Input.Session", "Reunión extraordinaria"))).Status
        );
        var refused = await second.Submit(b, "main form", ("Input.Wording", "Otra redacción."));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        Assert.Equal("Otra redacción.", refused.Text("#Input_Wording"));
        Assert.DoesNotContain("Otra redacción.", (await house.Visit().Get(path)).Body);
        Assert.Equal(HttpStatusCode.Redirect, (await second.Submit(refused, "main form")).Status);
        Assert.Equal("Otra redacción.", (await house.Visit().Get(path)).Text("h1"));
    }

    [Theory]
    [InlineData("/en/resolutions/new")]
    [InlineData("/en/resolutions/OIDP-R-2012-01/edit")]
    public async Task A_member_may_not_write_decisions(string path)
    {
        var house = await houses.On(Provider.Sqlite);
        var member = await house.Visit(Role.Member);
        Assert.Equal(HttpStatusCode.Forbidden, (await member.Get(path)).Status);
        var token = (await member.Get("/en/workspace"))
            .Page.QuerySelector("input[name=__RequestVerificationToken]")!
            .GetAttribute("value")!;
        var answer = await member.Http.PostAsync(
            path,
            new FormUrlEncodedContent([new("Input.Wording", "Mine"), new("__RequestVerificationToken", token)])
        );
        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.Null((await member.Get("/en/resolutions")).Page.QuerySelector("a.button"));
    }

    [Fact]
    public async Task A_decision_that_is_not_there_is_absent() =>
        Assert.Equal(
            HttpStatusCode.NotFound,
            (
                await (await (await houses.On(Provider.Sqlite)).Visit(Role.Staff)).Get("/en/resolutions/NOT-THERE/edit")
            ).Status
        );
}
