using System.Net;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;

namespace Plenaria.Tests.Knowledge.Experiences;

public class ExperienceTests(SharedHosts houses) : IClassFixture<SharedHosts>
{
    private static async Task<string> Tell(
        Browser who,
        string title,
        string country = "Senegal",
        string button = "Submit",
        string language = "pt"
    )
    {
        var told = await who.Press(
            await who.Get($"/{language}/experiences/new"),
            "main form",
            button,
            ("Input.Title", title),
            ("Input.Summary", "Um conselho de moradores acompanha as obras."),
            ("Input.Country", country),
            ("Input.City", "Cidade"),
            ("Input.Practice", "practices:neighbourhood-council")
        );
        Assert.Equal(HttpStatusCode.Redirect, told.Status);
        return told.Location![3..];
    }

    internal static async Task<Browser> EditorOf(TestHost house, string office)
    {
        await house.Within(async services =>
        {
            var (db, accounts) = (services.GetRequiredService<PlenariaDb>(), services.GetRequiredService<Accounts>());
            var account = await db.Set<Account>().SingleAsync(a => a.Email == "editor@example.org");
            await accounts.Revoke(account.Id, Role.Editor, Scope.Everywhere, house.Acting(), default);
            var stored = await db.Set<Plenaria.Members.Offices.RegionalOffice>().SingleAsync(o => o.Slug == office);
            await accounts.Grant(account.Id, Role.Editor, Scope.Of(stored.Id), office, house.Acting(), default);
            await db.SaveChangesAsync();
        });
        return await house.Visit(Role.Editor);
    }

    [Theory, BothDatabases]
    public async Task A_city_tells_a_practice_in_Portuguese_its_editor_publishes_it_and_it_is_found_from_French(
        Provider provider
    )
    {
        await using var house = await TestHost.Open(provider);
        var city = await house.Visit(Role.Member);
        var path = await Tell(city, "Conselho de bairro de Cidade Nova");
        Assert.Equal(HttpStatusCode.NotFound, (await house.Visit().Get("/pt" + path)).Status);
        var editor = await EditorOf(house, "dakar");
        Assert.Contains("Conselho de bairro", (await editor.Get("/fr/workspace")).Text(".actions"));
        Assert.Equal(
            HttpStatusCode.Redirect,
            (await editor.Press(await editor.Get("/fr" + path), ".card form", "Publish")).Status
        );
        Assert.Equal(HttpStatusCode.OK, (await house.Visit().Get("/pt" + path)).Status);
        var found = await house.Visit().Get("/fr/search?q=conseil+de+quartier");
        Assert.Contains("Conselho de bairro de Cidade Nova", found.Text(".results"));
        Assert.Contains("OIDP-E-", (await house.Visit().Get("/fr/search?q=conseil+de+quartier")).Text(".results"));
    }

    [Theory, BothDatabases]
    public async Task Publishing_a_practice_renders_again_what_shows_it_and_leaves_what_does_not(Provider provider)
    {
        await using var house = await TestHost.Open(provider);
        var (staff, anybody) = (await house.Visit(Role.Staff), house.Visit());
        async Task<string> Published(string title, string subject)
        {
            var told = await staff.Press(
                await staff.Get("/en/experiences/new"),
                "main form",
                "Submit",
                ("Input.Title", title),
                ("Input.Summary", "Told."),
                ("Input.Country", "Senegal"),
                ("Input.Practice", subject)
            );
            await staff.Press(await staff.Get(told.Location!), ".card form", "Publish");
            return told.Location!;
        }
        // What is kept bears a tag.
        async Task<bool> IsKept(string path) => (await anybody.Get(path)).Response.Headers.ETag is not null;
        var council = await Published("A council of the quarter", "practices:neighbourhood-council");
        var budget = await Published("A budget of the town", "practices:participatory-budgeting");
        string[] pages = [council, budget, "/en/experiences", "/en/about/como-adherirse", "/en"];
        foreach (var path in pages)
            await anybody.Get(path);
        foreach (var path in pages)
            Assert.True(await IsKept(path), path);
        // What is still being written is on nobody's page.
        var draft = (
            await staff.Press(
                await staff.Get("/en/experiences/new"),
                "main form",
                "Draft",
                ("Input.Title", "A draft"),
                ("Input.Summary", "Not yet."),
                ("Input.Country", "Senegal"),
                ("Input.Practice", "practices:neighbourhood-council")
            )
        ).Location!;
        foreach (var path in pages)
            Assert.True(await IsKept(path), path);
        await Published("Another council of a quarter", "practices:neighbourhood-council");
        Assert.Equal(
            new Dictionary<string, bool>
            {
                [council] = false,
                [budget] = true,
                ["/en/experiences"] = false,
                ["/en/about/como-adherirse"] = true,
                ["/en"] = false,
            },
            await Kept()
        );
        Assert.Contains("Another council of a quarter", (await anybody.Get(council)).Body);
        async Task<Dictionary<string, bool>> Kept()
        {
            var kept = new Dictionary<string, bool>();
            foreach (var path in pages)
                kept[path] = await IsKept(path);
            return kept;
        }
        Assert.DoesNotContain("A draft", (await anybody.Get(council)).Body);
        Assert.NotNull(draft);
    }

    [Theory, BothDatabases]
    public async Task An_editor_reaches_no_further_than_the_territory(Provider provider)
    {
        await using var house = await TestHost.Open(provider);
        var staff = await house.Visit(Role.Staff);
        var path = await Tell(staff, "Consulta de Rosario", "Argentina");
        var editor = await EditorOf(house, "dakar");
        Assert.Equal(HttpStatusCode.NotFound, (await editor.Get("/en" + path)).Status);
        Assert.DoesNotContain("Consulta de Rosario", (await editor.Get("/en/experiences/desk")).Body);
        Assert.Equal(
            HttpStatusCode.Redirect,
            (await staff.Press(await staff.Get("/en" + path), ".card form", "Publish")).Status
        );
        Assert.Equal(HttpStatusCode.OK, (await editor.Get("/en" + path)).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await editor.Get($"/en{path}/edit")).Status);
        // Of the city that does not own it, nobody may write on it.
        Assert.Equal(HttpStatusCode.Forbidden, (await (await house.Visit(Role.Member)).Get($"/en{path}/edit")).Status);
    }

    [Theory, BothDatabases]
    public async Task Given_back_with_a_question_it_is_a_task_of_its_authors(Provider provider)
    {
        var house = await houses.On(provider);
        var (city, staff) = (await house.Visit(Role.Member), await house.Visit(Role.Staff));
        var path = await Tell(city, $"Mapa do bairro {Guid.NewGuid():N}");
        var page = await staff.Get("/en" + path);
        Assert.Equal(
            HttpStatusCode.UnprocessableEntity,
            (await staff.Press(page, ".card form:last-of-type", "GiveBack", ("remark", " "))).Status
        );
        Assert.Equal(
            HttpStatusCode.Redirect,
            (await staff.Press(page, ".card form:last-of-type", "GiveBack", ("remark", "Who took part?"))).Status
        );
        Assert.Contains("Who took part?", (await city.Get("/en" + path)).Text(".notice"));
        Assert.Contains("Who took part?", (await city.Get("/en/workspace")).Body);
        // Nobody publishes what was not submitted again and says so twice.
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await staff.Press(page, ".card form", "Publish")).Status);
    }

    [Theory, BothDatabases]
    public async Task Of_two_who_write_at_once_the_second_is_told_and_keeps_what_was_typed(Provider provider)
    {
        var house = await houses.On(provider);
        var (one, other) = (await house.Visit(Role.Member), await house.Visit(Role.Staff));
        var path = await Tell(one, $"Horta comum {Guid.NewGuid():N}", button: "Draft");
        var (first, second) = (await one.Get($"/pt{path}/edit"), await other.Get($"/pt{path}/edit"));
        Assert.Equal(
            HttpStatusCode.Redirect,
            (await one.Submit(first, "main form", ("Input.Narrative[0]", "A primeira versão."))).Status
        );
        var refused = await other.Submit(second, "main form", ("Input.Narrative[0]", "A segunda versão."));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        Assert.Contains("A segunda versão.", refused.Body);
        Assert.Contains("A primeira versão.", (await one.Get($"/pt{path}")).Body);
    }

    [Theory, BothDatabases]
    public async Task A_draft_is_kept_while_one_types_and_its_history_shows_what_each_version_changed(Provider provider)
    {
        var house = await houses.On(provider);
        var city = await house.Visit(Role.Member);
        var path = await Tell(city, $"Rua aberta {Guid.NewGuid():N}", button: "Draft");
        var page = await city.Get($"/pt{path}/edit");
        var version = page.Page.QuerySelector("[name='Input.Version']")!.GetAttribute("value")!;
        for (var i = 1; i <= 3; i++)
        {
            var form = page
                .Page.QuerySelector("main form input[name=__RequestVerificationToken]")!
                .GetAttribute("value")!;
            var kept = await Browser.Read(
                await city.Http.PostAsync(
                    $"/pt{path}/edit?handler=Keep",
                    new FormUrlEncodedContent([
                        new("__RequestVerificationToken", form),
                        new("Input.Version", version),
                        new("Input.Title", "Rua aberta"),
                        new("Input.Narrative[0]", $"Passo {i}"),
                    ])
                )
            );
            Assert.Equal(HttpStatusCode.OK, kept.Status);
            version = JsonDocument
                .Parse(kept.Body)
                .RootElement.GetProperty("version")
                .GetInt32()
                .ToString(System.Globalization.CultureInfo.InvariantCulture);
        }
        Assert.Contains("Passo 3", (await city.Get($"/pt{path}")).Body);
        // One that holds fewer texts than the page has is refused like any other.
        var token = page.Page.QuerySelector("main form input[name=__RequestVerificationToken]")!.GetAttribute("value")!;
        var bare = await Browser.Read(
            await city.Http.PostAsync(
                $"/pt{path}/edit",
                new FormUrlEncodedContent([
                    new("__RequestVerificationToken", token),
                    new("Input.Version", version),
                    new("Input.Title", " "),
                    new("Input.Narrative[0]", "Sozinho"),
                ])
            )
        );
        Assert.Equal(HttpStatusCode.UnprocessableEntity, bare.Status);
        Assert.Contains("Sozinho", bare.Body);
        Assert.Equal(1, (await city.Get($"/pt{path}/history")).Page.QuerySelectorAll(".actions > li").Length);
        Assert.Equal(
            HttpStatusCode.Redirect,
            (
                await city.Submit(
                    $"/pt{path}/edit",
                    "main form",
                    ("Input.Narrative[4]", "Fechamos a rua aos domingos.")
                )
            ).Status
        );
        var history = await city.Get($"/pt{path}/history");
        Assert.Equal(2, history.Page.QuerySelectorAll(".actions > li").Length);
        Assert.Contains("Fechamos a rua aos domingos.", history.Text(".diff ins"));
    }

    [Theory, BothDatabases]
    public async Task In_another_language_what_is_typed_is_a_translation_that_grows_stale_with_its_original(
        Provider provider
    )
    {
        var house = await houses.On(provider);
        var city = await house.Visit(Role.Member);
        var path = await Tell(city, $"Casa do povo {Guid.NewGuid():N}", button: "Draft");
        var translated = await city.Get($"/fr{path}/edit");
        Assert.Contains("Um conselho de moradores", translated.Text(".original"));
        Assert.Equal(
            HttpStatusCode.Redirect,
            (
                await city.Submit(
                    translated,
                    "main form",
                    ("Input.Title", "Maison du peuple"),
                    ("Input.Summary", "Un conseil suit les travaux.")
                )
            ).Status
        );
        Assert.Contains("Maison du peuple", (await city.Get("/fr" + path)).Text("h1"));
        await city.Submit($"/pt{path}/edit", "main form", ("Input.Summary", "Outra coisa."));
        Assert.NotEqual("", (await city.Get($"/fr{path}/edit")).Text(".original .undocumented"));
        Assert.Contains("Outra coisa.", (await city.Get("/pt" + path)).Text(".lead"));
    }

    [Theory, BothDatabases]
    public async Task Bad_answers_are_refused_in_the_readers_language_and_nothing_typed_is_lost(Provider provider)
    {
        var house = await houses.On(provider);
        var staff = await house.Visit(Role.Staff);
        var path = await Tell(staff, $"Prova {Guid.NewGuid():N}", button: "Draft");
        foreach (
            var (field, value) in ((string, string)[])
                [
                    ("Input.Country", "Atlantis"),
                    ("Input.Start", "yesterday"),
                    ("Input.Cost", "12,5"),
                    ("Input.Latitude", "91"),
                    ("t.tags", "nothing-known"),
                    ("Input.Related", "OIDP-E-99999"),
                    ("Input.Title", " "),
                    ("Input.Narrative[3]", new string('x', 30_001)),
                ]
        )
        {
            var refused = await staff.Submit(
                $"/en{path}/edit",
                "main form",
                (field, value),
                ("Input.Narrative[2]", "Kept in spite of all.")
            );
            Assert.True(refused.Status == HttpStatusCode.UnprocessableEntity, $"{field}: {refused.Status}");
            Assert.Contains("Kept in spite of all.", refused.Body);
        }
        Assert.Equal(
            HttpStatusCode.UnprocessableEntity,
            (await staff.Submit($"/en{path}/edit", "main form", ("Input.Start", "2014"), ("Input.End", "2013"))).Status
        );
        Assert.DoesNotContain("Kept in spite", (await staff.Get("/en" + path)).Body);
    }

    [Theory, BothDatabases]
    public async Task Who_took_it_up_elsewhere_is_shown_once_its_owner_confirms_it(Provider provider)
    {
        var house = await houses.On(provider);
        var (staff, city) = (await house.Visit(Role.Staff), await house.Visit(Role.Member));
        var path = await Tell(city, $"Feira {Guid.NewGuid():N}");
        await staff.Press(await staff.Get("/en" + path), ".card form", "Publish");
        // The Secretariat's word counts at once; another's waits for the owner.
        var regional = await ApplicantEditor(house);
        Assert.Equal(
            HttpStatusCode.Redirect,
            (
                await regional.Submit(
                    $"/en{path}/adopt",
                    "main form",
                    ("Input.Who", "Intendencia de Montevideo"),
                    ("Input.Country", "Uruguay"),
                    ("Input.Since", "2015")
                )
            ).Status
        );
        Assert.Equal("", (await house.Visit().Get("/en" + path)).Text("#adopted + ul"));
        Assert.Equal(
            HttpStatusCode.Redirect,
            (await city.Press(await city.Get("/en" + path), "#adopted ~ ul form, #adopted + ul form", null)).Status
        );
        Assert.Contains("Montevideo", (await house.Visit().Get("/en" + path)).Text("#adopted + ul"));
    }

    // An editor of a place where this practice is not: may write practices, and not on this one.
    private static async Task<Browser> ApplicantEditor(TestHost house)
    {
        var name = $"e{Guid.NewGuid():N}";
        await house.Within(async services =>
        {
            var (db, accounts) = (services.GetRequiredService<PlenariaDb>(), services.GetRequiredService<Accounts>());
            var office = await db.Set<Plenaria.Members.Offices.RegionalOffice>()
                .FirstAsync(o => o.Slug == "porto-alegre");
            var id = await accounts.Open(
                $"{name}@example.org",
                "Editor elsewhere",
                Language.English,
                house.Acting(),
                default
            );
            await db.SaveChangesAsync();
            await accounts.Grant(id, Role.Editor, Scope.Of(office.Id), office.Slug, house.Acting(), default);
            await db.SaveChangesAsync();
        });
        var browser = house.Visit();
        await browser.Submit("/en/sign-in", "main form", ("Email", $"{name}@example.org"));
        var letter = await house.Within(async s =>
            await s.GetRequiredService<PlenariaDb>()
                .Set<Plenaria.Correspondence.OutboxMessage>()
                .AsNoTracking()
                .Where(l => l.To == $"{name}@example.org")
                .OrderByDescending(l => l.Id)
                .Select(l => l.Text)
                .FirstAsync()
        );
        var link = new Uri(
            letter.Split((char[])['\n', ' ']).First(w => w.Contains("/sign-in/link", StringComparison.Ordinal))
        ).PathAndQuery;
        await browser.Submit(link, "main form");
        return browser;
    }

    [Theory, BothDatabases]
    public async Task A_citation_and_linked_data_hold_whatever_the_title_holds(Provider provider)
    {
        var house = await houses.On(provider);
        var staff = await house.Visit(Role.Staff);
        var path = await Tell(staff, "100 % \\input{x} & </script><b>_#$~^ ты", "France", language: "fr");
        await staff.Press(await staff.Get("/en" + path), ".card form", "Publish");
        var page = await house.Visit().Get("/fr" + path);
        Assert.Equal(
            "100 % \\input{x} & </script><b>_#$~^ ты",
            JsonDocument
                .Parse(page.Page.QuerySelector("script[type='application/ld+json']")!.TextContent)
                .RootElement.GetProperty("headline")
                .GetString()
        );
        var bib = (await house.Visit().Get($"/fr{path}/cite.bib")).Body;
        Assert.Equal(bib.Count(c => c == '{'), bib.Count(c => c == '}'));
        Assert.Contains(@"\textbackslash{}inputx \& </script><b>\_\#\$", bib);
        Assert.Contains("TI  - 100 %", (await house.Visit().Get($"/fr{path}/cite.ris")).Body);
    }
}
