using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;
using Plenaria.Publishing.Contact;

namespace Plenaria.Tests.Knowledge.Publishing;

public class SiteTests(SharedHosts houses) : IClassFixture<SharedHosts>
{
    [Theory, BothDatabases]
    public async Task A_page_is_listed_at_the_foot_of_every_page_and_its_earlier_wording_can_be_read(Provider provider)
    {
        var house = await houses.On(provider);
        var (staff, anybody) = (await house.Visit(Role.Staff), house.Visit());
        var title = $"Rules {Guid.NewGuid():N}";
        var made = await staff.Submit(
            "/en/site/page",
            "main form",
            ("Input.Title", title),
            ("Input.Body", "The first rule."),
            ("Input.Menu", "Legal")
        );
        Assert.Equal(HttpStatusCode.Redirect, made.Status);
        Assert.Contains(title, (await anybody.Get("/en/members")).Text(".foot-menu"));
        var edit = $"/en/site/page?slug={made.Location![(made.Location!.LastIndexOf('/') + 1)..]}";
        await staff.Submit(edit, "main form", ("Input.Body", "The second rule."));
        Assert.Contains("The second rule.", (await anybody.Get(made.Location!)).Body);
        Assert.Contains("The first rule.", (await anybody.Get(made.Location + "?revision=1")).Body);
        Assert.Contains(title, (await anybody.Get("/en/search?q=second+rule")).Text(".results"));
        // Hidden, it is gone from the foot, from search and from the public.
        await staff.Submit(edit, "main form", ("Input.IsPublished", "false"));
        Assert.Equal(HttpStatusCode.NotFound, (await anybody.Get(made.Location!)).Status);
        Assert.DoesNotContain(title, (await anybody.Get("/en/members")).Text(".foot-menu"));
        Assert.Equal(HttpStatusCode.OK, (await staff.Get(made.Location!)).Status);
        // What is tried out while it is hidden is nobody's to read later.
        await staff.Submit(
            edit,
            "main form",
            ("Input.IsPublished", "false"),
            ("Input.Body", "A rule to be thought over.")
        );
        await staff.Submit(edit, "main form", ("Input.IsPublished", "true"), ("Input.Body", "The third rule."));
        for (var revision = 1; revision <= 3; revision++)
            Assert.Contains(
                new[] { "first", "second", "third" }[revision - 1],
                (await anybody.Get($"{made.Location}?revision={revision}")).Body
            );
        Assert.Equal(HttpStatusCode.NotFound, (await anybody.Get(made.Location + "?revision=4")).Status);
    }

    [Theory, BothDatabases]
    public async Task A_title_in_a_panel_carries_its_language(Provider provider)
    {
        var house = await houses.On(provider);
        var title = $"Duties {Guid.NewGuid():N}";
        await (await house.Visit(Role.Staff)).Submit(
            "/en/site/page",
            "main form",
            ("Input.Title", title),
            ("Input.Body", "To answer."),
            ("Input.Menu", "Legal")
        );
        async Task<string?> LanguageIn(string language) =>
            (await house.Visit().Get($"/{language}/members"))
                .Page.QuerySelectorAll(".foot-menu a")
                .Single(a => a.TextContent == title)
                .GetAttribute("lang");
        Assert.Equal("en", await LanguageIn("ca"));
        Assert.Null(await LanguageIn("en"));
    }

    [Fact]
    public async Task A_long_title_is_cut_between_words_into_a_permanent_name()
    {
        var house = await houses.On(Provider.Sqlite);
        // The thirty-second character is a hyphen.
        var made = await (await house.Visit(Role.Staff)).Submit(
            "/en/site/page",
            "main form",
            ("Input.Title", "script x2Ftype text javascript javascript alert 1 script"),
            ("Input.Body", "Text.")
        );
        Assert.Equal(HttpStatusCode.Redirect, made.Status);
    }

    [Theory, BothDatabases]
    public async Task A_block_stands_on_the_home_page_until_it_is_hidden_and_leads_nowhere_strange(Provider provider)
    {
        var house = await houses.On(provider);
        var staff = await house.Visit(Role.Staff);
        var title = $"Block {Guid.NewGuid():N}";
        Assert.Equal(
            HttpStatusCode.UnprocessableEntity,
            (
                await staff.Submit(
                    "/en/site/pages",
                    ".new form",
                    ("Input.Title", title),
                    ("Input.Label", "Go"),
                    ("Input.Target", "javascript:alert(1)")
                )
            ).Status
        );
        Assert.Equal(
            HttpStatusCode.UnprocessableEntity,
            (
                await staff.Submit(
                    "/en/site/pages",
                    ".new form",
                    ("Input.Title", title),
                    ("Input.Label", "Go"),
                    ("Input.Target", "//evil.example")
                )
            ).Status
        );
        Assert.Equal(
            HttpStatusCode.Redirect,
            (
                await staff.Submit(
                    "/en/site/pages",
                    ".new form",
                    ("Input.Title", title),
                    ("Input.Label", "Go"),
                    ("Input.Target", "/experiences")
                )
            ).Status
        );
        var home = await house.Visit().Get("/fr");
        Assert.Contains(title, home.Text(".home-panels"));
        Assert.Contains(
            "/fr/experiences",
            home.Page.QuerySelectorAll(".home-panels .buttons a").Select(a => a.GetAttribute("href"))
        );
        var address = (await staff.Get("/en/site/pages"))
            .Page.QuerySelectorAll(".action-link")
            .First(a => a.TextContent.Contains(title, StringComparison.Ordinal))
            .GetAttribute("href")!;
        Assert.Equal(
            HttpStatusCode.Redirect,
            (await staff.Submit(address, ".new form", ("Input.IsShown", "false"))).Status
        );
        Assert.DoesNotContain(title, (await house.Visit().Get("/fr")).Text(".home-panels"));
    }

    [Theory, BothDatabases]
    public async Task The_public_writes_and_is_answered_by_mail_in_its_language(Provider provider)
    {
        var house = await houses.On(provider);
        var (staff, anybody) = (await house.Visit(Role.Staff), house.Visit());
        var form = await anybody.Get("/pt/contact");
        Assert.Equal(
            HttpStatusCode.UnprocessableEntity,
            (
                await anybody.Submit(
                    form,
                    "main form",
                    ("Input.Name", "A visitor"),
                    ("Input.Email", "no address"),
                    ("Input.Subject", "Membro"),
                    ("Input.Text", "Como aderir?")
                )
            ).Status
        );
        Assert.Equal(
            HttpStatusCode.Redirect,
            (
                await anybody.Submit(
                    form,
                    "main form",
                    ("Input.Name", "A visitor"),
                    ("Input.Email", "visitor@example.net"),
                    ("Input.Subject", "Membro"),
                    ("Input.Text", "Como aderir?")
                )
            ).Status
        );
        // A program fills in what nobody sees.
        Assert.Equal(
            HttpStatusCode.Redirect,
            (
                await anybody.Submit(
                    form,
                    "main form",
                    ("Input.Name", "Robot"),
                    ("Input.Email", "robot@example.net"),
                    ("Input.Subject", "Buy"),
                    ("Input.Text", "Buy"),
                    ("website", "https://spam.example")
                )
            ).Status
        );
        Assert.Equal(1, await house.Within(s => s.GetRequiredService<PlenariaDb>().Set<ContactMessage>().CountAsync()));
        Assert.Contains("Membro", (await staff.Get("/en/workspace")).Text(".actions"));
        var received = await staff.Get("/en/contact/received");
        Assert.Equal(
            HttpStatusCode.UnprocessableEntity,
            (await staff.Press(received, ".letter form", "Answer", ("answer", " "))).Status
        );
        Assert.Equal(
            HttpStatusCode.Redirect,
            (await staff.Press(received, ".letter form", "Answer", ("answer", "Pelo formulário."))).Status
        );
        // Another one answers the same message a moment later.
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await staff.Press(received, ".letter form", "Aside")).Status);
        var outbox = await anybody.Get("/pt/outbox");
        Assert.Contains("visitor@example.net", outbox.Body);
        Assert.Contains("Pelo formulário.", outbox.Body);
        Assert.Contains("&gt; Como aderir?", outbox.Body);
        Assert.Equal(
            HttpStatusCode.Forbidden,
            (await (await house.Visit(Role.Member)).Get("/en/contact/received")).Status
        );
    }
}
