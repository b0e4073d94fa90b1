using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Plenaria.Platform.Access;

namespace Plenaria.Tests.Knowledge.Exchange;

public class CollectionTests
{
    private const string Fissel = "/experiences/budget-participatif-de-fissel";

    [Theory, BothDatabases]
    public async Task An_office_curates_its_own_collection_and_no_other(Provider provider)
    {
        await using var house = await TestHost.Open(provider);
        var office = await house.WorksFor("porto-alegre");
        Assert.Equal(
            HttpStatusCode.Forbidden,
            (await office.Get("/en/collections/participatory-budgeting-in-africa/edit")).Status
        );
        var page = await office.Get("/en/collections/new");
        Assert.Equal(1, page.Page.QuerySelectorAll("option[value^='office:']").Length);
        var own = page.Page.QuerySelector("option[value^='office:']")!.GetAttribute("value")!;
        var other = await house.Within(services => Exchanging.OfficeId(services, "dakar"));
        Assert.Equal(
            HttpStatusCode.Forbidden,
            (
                await office.Submit(page, "main form", ("Input.Title", "Not mine"), ("Input.Owner", $"office:{other}"))
            ).Status
        );
        var begun = await office.Submit(
            page,
            "main form",
            ("Input.Title", "Assemblies"),
            ("Input.Owner", own),
            ("Input.IsPublic", "true")
        );
        Assert.Equal(HttpStatusCode.Redirect, begun.Status);
        Assert.Equal(
            HttpStatusCode.Redirect,
            (await office.Submit(begun.Location!, "#adding", ("with", Fissel), ("note", "To begin with"))).Status
        );
        // What is there already is told, and nothing that was typed is lost.
        var again = await office.Submit(begun.Location!, "#adding", ("with", "/en" + Fissel), ("note", "Once more"));
        Assert.Equal(HttpStatusCode.OK, again.Status);
        Assert.Contains("is already in the collection", again.Text(".notice"));
        Assert.Contains("Once more", again.Body);
        Assert.Equal(
            HttpStatusCode.UnprocessableEntity,
            (await office.Submit(begun.Location!, "#adding", ("with", "OIDP-E-99999"))).Status
        );
        Assert.Equal(
            HttpStatusCode.Redirect,
            (await office.Submit(begun.Location!, "#adding", ("with", "OIDP-E-00001"))).Status
        );
        Assert.Equal(
            HttpStatusCode.Redirect,
            (await office.Press(await office.Get(begun.Location!), "#entries ~ ol > li:nth-child(2) form", "Up")).Status
        );
        var shown = await house.Visit().Get("/en/collections/assemblies");
        Assert.Contains("Porto Alegre", shown.Page.QuerySelectorAll("#entries ~ ol > li")[0].TextContent);
        Assert.Contains("To begin with", shown.Page.QuerySelectorAll("#entries ~ ol > li")[1].TextContent);
        Assert.Contains("Assemblies", (await house.Visit().Get("/en/collections")).Text("#regions ~ ul"));
    }

    [Theory, BothDatabases]
    public async Task A_bookmark_is_seen_by_nobody_else_and_what_is_withdrawn_is_not_shown(Provider provider)
    {
        await using var house = await TestHost.Open(provider);
        var (city, editor) = (await house.Visit(Role.Member), await house.Visit(Role.Editor));
        var reference = (await house.Visit().Get("/en" + Fissel)).Page.QuerySelector(".reference")!.TextContent;
        Assert.Equal(
            HttpStatusCode.Redirect,
            (await city.Submit($"/en/bookmarks/{reference}", "main form", ("note", "Read on Monday"))).Status
        );
        Assert.Contains("already", (await city.Submit($"/en/bookmarks/{reference}", "main form", [])).Text(".notice"));
        Assert.Contains("Read on Monday", (await city.Get("/en/bookmarks")).Body);
        Assert.DoesNotContain("Fissel", (await editor.Get("/en/bookmarks")).Body);
        var slug = await house.Within(async services =>
            await Microsoft.EntityFrameworkCore.EntityFrameworkQueryableExtensions.SingleAsync(
                services
                    .GetRequiredService<Plenaria.Platform.Data.PlenariaDb>()
                    .Set<Plenaria.Exchange.Collection>()
                    .Where(c => c.IsBookmarks)
                    .Select(c => c.Slug)
            )
        );
        foreach (var other in (Browser[])[editor, await house.Visit(Role.Staff), house.Visit()])
            Assert.Equal(HttpStatusCode.NotFound, (await other.Get($"/en/collections/{slug}")).Status);
        var mine = await city.Submit("/en/collections/new", "main form", ("Input.Title", "For myself"));
        Assert.Equal(HttpStatusCode.NotFound, (await editor.Get(mine.Location!)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await house.Visit().Get("/en/collections/for-myself")).Status);
        await house.Within(async services =>
        {
            var parsed = Reference.Parse(reference);
            await services.GetRequiredService<Plenaria.Platform.Register.Register>().Withdraw(parsed, default);
            services
                .GetRequiredService<Plenaria.Platform.Journal.Journal>()
                .Append(house.Acting(), "test", "experiences.archived", parsed, new { });
            await services.GetRequiredService<Plenaria.Platform.Data.PlenariaDb>().SaveChangesAsync();
        });
        Assert.DoesNotContain("Fissel", (await city.Get("/en/bookmarks")).Body);
        Assert.DoesNotContain(
            "Fissel",
            (await house.Visit().Get("/en/collections/participatory-budgeting-in-africa")).Text("main ol")
        );
    }
}
