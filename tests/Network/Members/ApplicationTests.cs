using System.Net;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Plenaria.Correspondence;
using Plenaria.Forms;
using Plenaria.Members.Applications;
using Plenaria.Members.Offices;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;
using Plenaria.Platform.Site;
using Plenaria.Platform.Ties;

namespace Plenaria.Tests.Network.Members;

public class ApplicationTests(SharedHosts houses) : IClassFixture<SharedHosts>
{
    private static (string, string)[] Answers(string name, string country = "Sénégal") =>
        [
            ("f.name", name),
            ("f.kind", "LocalGovernment"),
            ("f.country", country),
            ("f.city", "Thiès"),
            ("f.population", "Large"),
            ("f.website", "www.ville.example.org"),
            ("f.languages", "fr"),
            ("f.election", "2029-01"),
            ("f.why", "Apprendre des autres villes."),
            ("f.person", "Applicant"),
            ("f.title", "Chargée de la participation"),
            ("f.phone", "+221 33 000 00 00"),
            ("f.shows-name", "yes"),
            ("f.duties", "yes"),
        ];

    private static Task<List<string>> LettersTo(TestHost house, string to) =>
        house.Within(async services =>
            await services
                .GetRequiredService<PlenariaDb>()
                .Set<OutboxMessage>()
                .AsNoTracking()
                .Where(l => l.To == to)
                .OrderBy(l => l.Id)
                .Select(l => l.Subject + "\n" + l.Text)
                .ToListAsync()
        );

    private static string LinkIn(string letter, string part) =>
        letter.Split((char[])['\n', ' ']).First(w => w.Contains(part, StringComparison.Ordinal)) is var link
            ? new Uri(link).PathAndQuery
            : "";

    private static async Task<string> Apply(TestHost house, string email, string name, string country = "Sénégal")
    {
        var city = house.Visit();
        var begun = await city.Submit("/fr/forms/membership", "main form", ("Email", email));
        Assert.Equal(HttpStatusCode.Redirect, begun.Status);
        var sent = await city.Press(await city.Get(begun.Location!), "form.answers", "Send", Answers(name, country));
        Assert.Equal(HttpStatusCode.Redirect, sent.Status);
        return begun.Location!;
    }

    private static Task<Guid> IdOf(TestHost house, string name) =>
        house.Within(async s =>
            (await s.GetRequiredService<PlenariaDb>().Set<Application>().SingleAsync(a => a.Name == name)).Id
        );

    internal static async Task<Browser> OfficerOf(TestHost house, string office)
    {
        await house.Within(async services =>
        {
            var (db, accounts) = (services.GetRequiredService<PlenariaDb>(), services.GetRequiredService<Accounts>());
            var account = await db.Set<Account>().SingleAsync(a => a.Email == "regional@example.org");
            await accounts.Revoke(account.Id, Role.Regional, Scope.Everywhere, house.Acting(), default);
            var stored = await db.Set<RegionalOffice>().SingleAsync(o => o.Slug == office);
            await accounts.Grant(account.Id, Role.Regional, Scope.Of(stored.Id), office, house.Acting(), default);
            await db.SaveChangesAsync();
        });
        return await house.Visit(Role.Regional);
    }

    [Theory, BothDatabases]
    public async Task A_city_applies_is_admitted_by_its_office_signs_in_names_a_delegate_and_sees_its_part(
        Provider provider
    )
    {
        await using var house = await TestHost.Open(provider);
        await Apply(house, "ville@example.org", "Ville de Thiès");
        var officer = await OfficerOf(house, "dakar");
        Assert.Contains("Ville de Thiès", (await officer.Get("/fr/workspace")).Text(".actions"));
        var application = await officer.Get($"/fr/members/applications/{await IdOf(house, "Ville de Thiès")}");
        Assert.Contains("Apprendre des autres villes.", application.Text(".given"));
        Assert.Equal(
            HttpStatusCode.Redirect,
            (
                await officer.Press(application, "#decision ~ form, section form", "Admit", ("AsWhat", "Associate"))
            ).Status
        );

        var page = await house.Visit().Get("/fr/members/ville-de-thies");
        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.Contains("Applicant", page.Text("main"));
        Assert.DoesNotContain("ville@example.org", page.Body);
        Assert.DoesNotContain("33 000", page.Body);
        var welcome = (await LettersTo(house, "ville@example.org"))[^1];
        Assert.Contains("Ville de Thiès", welcome);
        Assert.Contains("/fr/logo", welcome);

        // The person signs in by mail and acts in the member's name.
        var city = house.Visit();
        await city.Submit(LinkIn(welcome, "/sign-in"), "main form", ("Email", "ville@example.org"));
        var signedIn = await city.Submit(
            LinkIn((await LettersTo(house, "ville@example.org"))[^1], "/sign-in/link"),
            "main form"
        );
        Assert.Equal("/fr/membership", signedIn.Location);
        Assert.Contains("Ville de Thiès", (await city.Get("/fr/membership")).Text("h2"));
        var before = await city.Get("/fr/members/ville-de-thies/part");
        Assert.Contains("délégué", before.Text("#pending + ul").ToLowerInvariant());
        var people = await city.Get("/fr/members/ville-de-thies/people");
        var named = await city.Upload(
            people,
            "#add + form",
            ("letter", "lettre.pdf", "%PDF-1.4\n%%EOF"u8.ToArray()),
            ("Input.Name", "Delegate"),
            ("Input.Email", "delegate@example.org"),
            ("Input.Role", "VotingDelegate"),
            ("Input.From", "2026")
        );
        Assert.Equal(HttpStatusCode.Redirect, named.Status);
        // Who applied is tied to what they applied for, whatever becomes of their role.
        var ties = await house.Within(async services =>
        {
            var member = (
                await services.GetRequiredService<Plenaria.Members.IMembers>().Find("ville-de-thies", default)
            )!;
            var says = new List<string>();
            foreach (var source in await services.GetRequiredService<Contributions>().GetAsync<ITies>(default))
                says.AddRange((await source.Of([TieEnd.Of(member.Id)], Language.French, default)).Select(t => t.Says));
            return says;
        });
        Assert.Equal(["Applicant a demandé l’adhésion de Ville de Thiès"], ties);
        // The applicant is one of the member's own people: whom they name votes at once.
        var voters = await house.Within(async services =>
        {
            var member = await services.GetRequiredService<Plenaria.Members.IMembers>().Find("ville-de-thies", default);
            var accounts = services.GetRequiredService<Accounts>();
            return await accounts.Holding(Role.Delegate, Scope.Of(member!.Id), house.Acting().At, default);
        });
        Assert.Equal(["delegate@example.org"], voters.Select(v => v.Email));
        Assert.Contains(
            "VotingDelegate",
            await house.Within(async s =>
                string.Join(
                    ' ',
                    (
                        await s.GetRequiredService<Plenaria.Platform.Journal.Journal>()
                            .Read("member:ville-de-thies", 20, default)
                    )
                        .Where(l => l.InTheNameOf == "Ville de Thiès")
                        .Select(l => l.Detail("role"))
                )
            )
        );
        // A second delegate is refused: a member has one voice.
        Assert.Equal(
            HttpStatusCode.UnprocessableEntity,
            (
                await city.Submit(
                    "/fr/members/ville-de-thies/people",
                    "#add + form",
                    ("Input.Name", "Other"),
                    ("Input.Role", "VotingDelegate")
                )
            ).Status
        );
        // The office looks at the letter; the city may not.
        Assert.Equal(
            HttpStatusCode.Redirect,
            (await officer.Submit("/fr/members/ville-de-thies/people", ".actions form")).Status
        );
        Assert.Equal(
            0,
            (await city.Get("/fr/members/ville-de-thies/people")).Page.QuerySelectorAll(".actions form").Length
        );
        var after = await city.Get("/fr/members/ville-de-thies/part");
        // What is left is another part's: a practice of its own.
        Assert.Contains("expérience", Assert.Single(after.Page.QuerySelectorAll("#pending + ul > li")).TextContent);
        Assert.Equal(HttpStatusCode.OK, (await city.Get("/fr/members/ville-de-thies/year")).Status);
        Assert.StartsWith("%PDF", (await city.Get("/fr/members/ville-de-thies/certificate.pdf")).Body);
        Assert.Equal(HttpStatusCode.Forbidden, (await city.Get("/fr/members/ajuntament-de-barcelona/part")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await city.Get("/fr/members/ajuntament-de-barcelona/people")).Status);
    }

    [Theory, BothDatabases]
    public async Task Of_two_who_admit_at_once_one_does_and_the_other_is_told(Provider provider)
    {
        await using var house = await TestHost.Open(provider);
        await Apply(house, "ville@example.org", "Ville de Louga");
        var (one, other) = (await house.Visit(Role.Staff), await house.Visit(Role.Staff));
        var path = $"/en/members/applications/{await IdOf(house, "Ville de Louga")}";
        var (first, second) = (await one.Get(path), await other.Get(path));
        var answers = await Task.WhenAll(
            one.Press(first, "section form", "Admit"),
            other.Press(second, "section form", "Admit")
        );
        Assert.Equal(
            [HttpStatusCode.Redirect, HttpStatusCode.UnprocessableEntity],
            answers.Select(a => a.Status).Order()
        );
        Assert.Equal(
            1,
            JsonDocument
                .Parse((await house.Visit().Get("/api/v1/members?q=louga")).Body)
                .RootElement.GetProperty("members")
                .GetArrayLength()
        );
    }

    [Theory, BothDatabases]
    public async Task An_applicant_is_asked_for_more_writes_again_and_is_declined_with_a_reason(Provider provider)
    {
        await using var house = await TestHost.Open(provider);
        var link = await Apply(house, "ville@example.org", "Ville de Kaolack");
        var staff = await house.Visit(Role.Staff);
        var path = $"/en/members/applications/{await IdOf(house, "Ville de Kaolack")}";
        Assert.Equal(
            HttpStatusCode.UnprocessableEntity,
            (await staff.Press(await staff.Get(path), "form.new", "AskBack", ("Reason", " "))).Status
        );
        Assert.Equal(
            HttpStatusCode.Redirect,
            (await staff.Press(await staff.Get(path), "form.new", "AskBack", ("Reason", "Which district?"))).Status
        );
        var letter = (await LettersTo(house, "ville@example.org"))[^1];
        Assert.Contains("Which district?", letter);
        var city = house.Visit();
        var again = await city.Get(LinkIn(letter, "/answers/"));
        Assert.Contains("Which district?", again.Text("[role=note]"));
        Assert.Equal(
            HttpStatusCode.Redirect,
            (await city.Press(again, "form.answers", "Send", ("f.city", "Kaolack Nord"))).Status
        );
        // Both links lead to the same answers.
        Assert.Contains("Kaolack Nord", (await city.Get(link)).Text(".given"));
        Assert.Equal(
            HttpStatusCode.Redirect,
            (
                await staff.Press(await staff.Get(path), "form.new", "Decline", ("Reason", "It is not a municipality."))
            ).Status
        );
        Assert.Contains("It is not a municipality.", (await city.Get(link)).Text("[role=status]"));
        Assert.Contains("It is not a municipality.", (await LettersTo(house, "ville@example.org"))[^1]);
    }

    [Fact]
    public async Task Answers_are_kept_before_they_are_refused_and_each_fault_stands_beside_its_question()
    {
        var house = await houses.On(Provider.Sqlite);
        var city = house.Visit();
        var form = (
            await city.Submit("/es/forms/membership", "main form", ("Email", "Alcaldia@Example.org"))
        ).Location!;
        var refused = await city.Press(
            await city.Get(form),
            "form.answers",
            "Send",
            ("f.name", "Alcaldía de Prueba"),
            ("f.kind", "Castle"),
            ("f.country", "Atlántida"),
            ("f.website", "javascript:alert(1)"),
            ("f.why", string.Join(' ', Enumerable.Repeat("palabra", 301))),
            ("f.phone", "call me"),
            ("f.duties", "no")
        );
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        foreach (var field in (string[])["kind", "country", "website", "why", "phone", "person", "title"])
            Assert.True(refused.Page.QuerySelector($"#f-{field}-fault") is not null, field);
        Assert.Null(refused.Page.QuerySelector("#f-name-fault"));
        var later = await house.Visit().Get(form);
        Assert.Equal("Alcaldía de Prueba", later.Page.QuerySelector("#f-name")!.GetAttribute("value"));
        Assert.Equal("Atlántida", later.Page.QuerySelector("#f-country")!.GetAttribute("value"));
        // Only what an institution says it is may be sent twice; who belongs already is told so.
        var known = await city.Press(
            await city.Get(form),
            "form.answers",
            "Send",
            [.. Answers("Ajuntament de BARCELONA", "es")]
        );
        Assert.Contains("Barcelona", known.Text("#f-name-fault"));
        Assert.Equal(HttpStatusCode.NotFound, (await city.Get("/es/answers/nobody-has-this")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await city.Get("/es/forms/nothing")).Status);
    }

    [Theory, BothDatabases]
    public async Task Naughty_strings_in_every_question_are_kept_as_typed_or_refused_beside_it_and_shown_as_text(
        Provider provider
    )
    {
        await using var house = await TestHost.Open(provider);
        var city = house.Visit();
        var form = (await city.Submit("/en/forms/membership", "main form", ("Email", "naughty@example.org"))).Location!;
        foreach (
            var text in (string[])
                [
                    "<script>alert(1)</script>",
                    "'; DROP TABLE members_members; --",
                    "\u202Etxt.exe",
                    "Two\r\nlines and 👩🏽‍🌾",
                    "𝕿𝖍𝖊 quick",
                    "null",
                    "{{7*7}}",
                    "=1+1",
                    "ﷺ",
                    "田中さんに",
                    new string('x', 25_000),
                ]
        )
        {
            var sent = await city.Press(
                await city.Get(form),
                "form.answers",
                "Send",
                [
                    .. (
                        (string[])
                            [
                                "name",
                                "kind",
                                "country",
                                "city",
                                "population",
                                "website",
                                "languages",
                                "election",
                                "why",
                                "practices",
                                "person",
                                "title",
                                "phone",
                                "shows-name",
                                "letter",
                                "duties",
                            ]
                    ).Select(f => ($"f.{f}", text)),
                ]
            );
            Assert.True(
                sent.Status == HttpStatusCode.UnprocessableEntity,
                $"{text[..Math.Min(20, text.Length)]}: {sent.Status}"
            );
            Assert.Empty(sent.Page.QuerySelectorAll("main script"));
            if (text.Length < 100)
                Assert.Equal(
                    Folding.Clean(text),
                    (await city.Get(form)).Page.QuerySelector("#f-why")!.TextContent.TrimStart('\n')
                );
        }
        Assert.Equal(
            HttpStatusCode.Redirect,
            (
                await city.Press(await city.Get(form), "form.answers", "Send", [.. Answers("Ville du <b>Texte</b>")])
            ).Status
        );
        var csv = await (await house.Visit(Role.Staff)).Get("/en/members/applications.csv");
        Assert.Contains("Ville du <b>Texte</b>", csv.Body);
    }

    [Fact]
    public async Task A_file_of_another_form_is_not_opened_by_naming_its_hash_and_a_hostile_one_is_refused_beside_its_question()
    {
        var house = await houses.On(Provider.Sqlite);
        var (one, other) = (house.Visit(), house.Visit());
        var mine = (await one.Submit("/en/forms/membership", "main form", ("Email", "one@example.org"))).Location!;
        await one.Upload(
            await one.Get(mine),
            "form.answers",
            ("f.letter", "letter.pdf", "%PDF-1.4\nsecret\n%%EOF"u8.ToArray()),
            ("f.name", "One")
        );
        Assert.Contains("letter.pdf", (await one.Get(mine)).Text("form.answers"));
        Assert.Equal(
            HttpStatusCode.Redirect,
            (await one.Press(await one.Get(mine), "form.answers", "Save", ("f.name", "One"))).Status
        );
        Assert.Contains("letter.pdf", (await one.Get(mine)).Text("form.answers"));
        var hostile = await one.Upload(
            await one.Get(mine),
            "form.answers",
            ("f.letter", "letter.pdf", "<script>alert(1)</script>"u8.ToArray()),
            ("f.name", "Still here")
        );
        Assert.Equal(HttpStatusCode.UnprocessableEntity, hostile.Status);
        Assert.NotNull(hostile.Page.QuerySelector("#f-letter-fault"));
        Assert.Equal("Still here", (await one.Get(mine)).Page.QuerySelector("#f-name")!.GetAttribute("value"));
        var uploaded = await house.Within(s =>
            s.GetRequiredService<Plenaria.Platform.Files.FileStore>()
                .Keep(
                    "%PDF-1.4\nsecret\n%%EOF"u8.ToArray(),
                    "letter.pdf",
                    Plenaria.Platform.Register.Audience.Staff,
                    default
                )
        );
        var theirs = (
            await other.Submit("/en/forms/membership", "main form", ("Email", "other@example.org"))
        ).Location!;
        await other.Press(
            await other.Get(theirs),
            "form.answers",
            "Save",
            ("f.letter", uploaded.Hash),
            ("f.name", "Other")
        );
        Assert.DoesNotContain("letter.pdf", (await other.Get(theirs)).Body);
        Assert.Equal(HttpStatusCode.NotFound, (await other.Get($"/files/{uploaded.Hash}")).Status);
    }

    [Theory, BothDatabases]
    public async Task A_superior_reads_comments_and_approves_without_an_account_and_a_later_change_is_not_what_they_approved(
        Provider provider
    )
    {
        await using var house = await TestHost.Open(provider);
        var city = house.Visit();
        var form = (await city.Submit("/en/forms/membership", "main form", ("Email", "clerk@example.org"))).Location!;
        await city.Press(await city.Get(form), "form.answers", "Save", [.. Answers("Ville de Matam")]);
        Assert.Equal(
            HttpStatusCode.Redirect,
            (
                await city.Submit(form, "details form", ("Asked.Name", "Mayor"), ("Asked.Email", "mayor@example.org"))
            ).Status
        );
        var link = LinkIn((await LettersTo(house, "mayor@example.org"))[0], "/reviews/");
        var mayor = house.Visit();
        var read = await mayor.Get(link);
        Assert.Contains("Ville de Matam", read.Text(".given"));
        Assert.Equal(
            HttpStatusCode.UnprocessableEntity,
            (await mayor.Press(read, "main form", "Comment", ("Comment", ""))).Status
        );
        Assert.Equal(
            HttpStatusCode.Redirect,
            (await mayor.Press(read, "main form", "Approve", ("Comment", "Good."))).Status
        );
        // What somebody without an account wrote is read on the page; the network's letter says only that it is there.
        Assert.DoesNotContain("Good.", (await LettersTo(house, "clerk@example.org"))[^1]);
        Assert.Contains("approved your answers", (await LettersTo(house, "clerk@example.org"))[^1]);
        Assert.Contains("Good.", (await city.Get(form)).Text("#reviews + ol"));
        Assert.Contains("approved it", (await city.Get(form)).Text("#reviews + ol"));
        // The clerk changes an answer: the page the mayor has open is not what is there now.
        await city.Press(await city.Get(form), "form.answers", "Save", ("f.city", "Elsewhere"));
        Assert.DoesNotContain("Mayor: approved it", (await city.Get(form)).Text("#reviews + ol"));
        Assert.Equal(
            HttpStatusCode.UnprocessableEntity,
            (await mayor.Press(read, "main form", "Approve", ("Comment", ""))).Status
        );
    }

    [Theory]
    [InlineData("/en/forms/membership/answers")]
    [InlineData("/en/forms/membership/answers/print")]
    [InlineData("/en/forms/membership/answers.csv")]
    [InlineData("/api/v1/forms/membership/answers")]
    public async Task Who_reads_the_answers_of_forms_does_not_thereby_read_applications(string address)
    {
        var house = await houses.On(Provider.Sqlite);
        Assert.Equal(HttpStatusCode.OK, (await (await house.Visit(Role.Staff)).Get(address)).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await (await house.Visit(Role.Auditor)).Get(address)).Status);
    }

    [Fact]
    public void A_question_is_asked_when_its_condition_holds_and_limits_count_words_and_files()
    {
        FormField Field(string key, AnswerType type) => new(key, type, LocalizedText.Original(Language.English, key));
        var form = new FormDefinition(
            "f",
            LocalizedText.Empty,
            LocalizedText.Empty,
            [
                Field("kind", AnswerType.Choice) with
                {
                    IsRequired = true,
                    Choices = [new("a", LocalizedText.Empty), new("b", LocalizedText.Empty)],
                },
                Field("more", AnswerType.Text) with
                {
                    IsRequired = true,
                    When = new("kind", ["b"]),
                },
                Field("words", AnswerType.LongText) with
                {
                    MaxWords = 3,
                },
                Field("number", AnswerType.Number) with
                {
                    Least = 1,
                    Most = 5,
                },
                Field("files", AnswerType.File) with
                {
                    Most = 2,
                },
            ]
        );
        string[] Faults(params (string Key, string[] Values)[] given) =>
            [
                .. FormRules
                    .Faults(
                        form,
                        new(FormRules.Clean(form, given.ToDictionary(g => g.Key, g => g.Values.ToList()))),
                        isSent: true
                    )
                    .Select(f => $"{f.Field} {f.Fault.Key}"),
            ];
        Assert.Equal(["kind forms.missing"], Faults());
        Assert.Empty(Faults(("kind", ["a"]), ("more", ["left behind"])));
        Assert.Equal(["more forms.missing"], Faults(("kind", ["b"])));
        Assert.Equal(
            ["words forms.too-many-words", "number forms.number", "files forms.too-many-files"],
            Faults(("kind", ["a"]), ("words", ["one two three four"]), ("number", ["6"]), ("files", ["1", "2", "3"]))
        );
        Assert.Equal(["kind site.not-usable"], Faults(("kind", ["c"])));
        Assert.DoesNotContain(
            "more",
            FormRules.Clean(form, new Dictionary<string, List<string>> { ["kind"] = ["a"], ["more"] = ["x"] }).Keys
        );
    }
}
