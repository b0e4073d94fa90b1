using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;
using Plenaria.Publishing.Content;

namespace Plenaria.Tests.Knowledge.Publishing;

/// <summary>In which language the page of a record, and its entry in a list, are read.</summary>
public class PageLanguageTests(SharedHosts houses) : IClassFixture<SharedHosts>
{
    private static readonly byte[] Png = Convert.FromBase64String(
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
    );

    /// <summary>News in English alone; its address and reference.</summary>
    private static async Task<(string Path, Reference Reference)> PublishAsync(
        TestHost house,
        Browser staff,
        bool withPicture = false
    )
    {
        var begun = await staff.Submit(
            "/en/library/new",
            "main form",
            ("Input.Kind", "News"),
            ("Input.Title", $"Call {Guid.NewGuid():N}")
        );
        var slug = begun.Location!.Split('/')[^2];
        var form = $"/en/library/{slug}/edit";
        if (withPicture)
            await staff.Upload(await staff.Get(form), "main form", ("file", "square.png", Png));
        await staff.Press(await staff.Get(form), "main form", "Publish", ("Input.Body", "Open until May."));
        var item = await house.Within(s =>
            s.GetRequiredService<PlenariaDb>().Set<Item>().AsNoTracking().SingleAsync(i => i.Slug == slug)
        );
        return (item.Path, item.Reference);
    }

    [Theory, BothDatabases]
    public async Task A_page_is_in_one_language_and_says_so_when_it_is_not_the_readers(Provider provider)
    {
        var house = await houses.On(provider);
        var (staff, anybody) = (await house.Visit(Role.Staff), house.Visit());
        var (path, reference) = await PublishAsync(house, staff);
        async Task Translate(string text, string words) =>
            Assert.Equal(
                HttpStatusCode.Redirect,
                (await staff.Submit($"/ca/translations/{reference}/ca", "main form", ($"said[{text}]", words))).Status
            );
        Assert.Empty((await anybody.Get("/en" + path)).Page.QuerySelectorAll(".in-other-language"));

        // The title alone is translated: it stays in the language of the body.
        await Translate("title", "Convocatòria");
        var page = await anybody.Get("/ca" + path);
        Assert.StartsWith("Call ", page.Text("h1"));
        Assert.Equal("en", page.Page.QuerySelector("h1 span")!.GetAttribute("lang"));
        Assert.Equal("en", page.Page.QuerySelector(".prose")!.GetAttribute("lang"));
        Assert.Equal(
            "Aquesta pàgina no està disponible en català; es mostra en anglès.",
            Assert.Single(page.Page.QuerySelectorAll(".in-other-language")).TextContent.Trim()
        );

        await Translate("body", "Oberta fins al maig.");
        page = await anybody.Get("/ca" + path);
        Assert.Equal("Convocatòria", page.Text("h1"));
        Assert.Contains("Oberta fins al maig.", page.Text(".prose"));
        Assert.Empty(page.Page.QuerySelectorAll(".in-other-language, h1 span, .prose[lang]"));
    }

    [Theory, BothDatabases]
    public async Task Only_who_may_translate_a_record_is_offered_to(Provider provider)
    {
        var house = await houses.On(provider);
        var staff = await house.Visit(Role.Staff);
        var (path, reference) = await PublishAsync(house, staff);
        async Task<string?> Offered(Browser reader) =>
            (await reader.Get("/ca" + path)).Page.QuerySelector(".in-other-language a")?.GetAttribute("href");
        Assert.Null(await Offered(house.Visit()));
        Assert.Null(await Offered(await house.Visit(Role.Translator)));
        var offered = await Offered(staff);
        Assert.Equal($"/ca/translations/{reference}/ca", offered);
        Assert.Equal(HttpStatusCode.OK, (await staff.Get(offered!)).Status);
    }

    [Theory, BothDatabases]
    public async Task A_list_shows_pictures_and_marks_titles_in_another_language(Provider provider)
    {
        var house = await houses.On(provider);
        var staff = await house.Visit(Role.Staff);
        var (path, reference) = await PublishAsync(house, staff, withPicture: true);
        async Task<AngleSharp.Dom.IElement> CardIn(string language) =>
            (await house.Visit().Get($"/{language}/news"))
                .Page.QuerySelectorAll(".record-card")
                .Single(c => c.QuerySelector("h2 a")!.GetAttribute("href") == $"/{language}{path}");
        var card = await CardIn("ca");
        Assert.Equal("en", card.QuerySelector("h2 abbr")!.TextContent);
        Assert.Equal("anglès", card.QuerySelector("h2 abbr")!.GetAttribute("title"));
        var picture = card.QuerySelector("img")!;
        Assert.StartsWith("/files/", picture.GetAttribute("src"));
        Assert.Equal("lazy", picture.GetAttribute("loading"));
        Assert.NotNull(picture.GetAttribute("width"));
        Assert.Equal(reference.ToString(), card.QuerySelector(".meta > :last-child")!.TextContent);
        Assert.Null((await CardIn("en")).QuerySelector("h2 abbr"));
        // What has no picture has a tile.
        Assert.All(
            (await house.Visit().Get("/ca/news")).Page.QuerySelectorAll(".record-card"),
            c => Assert.Single(c.QuerySelectorAll(":scope > img, :scope > .tile"))
        );
    }

    [Theory, BothDatabases]
    public async Task News_stand_on_the_home_page_once_there_are_three(Provider provider)
    {
        await using var house = await TestHost.Open(provider);
        var staff = await house.Visit(Role.Staff);
        async Task<int> CountAtHome() =>
            (await house.Visit().Get("/en")).Page.QuerySelectorAll(".home-panels a[href^='/en/news/']").Length;
        var published = await house.Within(s =>
            s.GetRequiredService<PlenariaDb>()
                .Set<Item>()
                .AsNoTracking()
                .Where(i => i.Kind == ItemKind.News && i.State == ItemState.Published)
                .ToListAsync()
        );
        async Task Archive(Item item) => await staff.Press(await staff.Get("/en" + item.Path), ".card form", "Archive");
        foreach (var item in published.Skip(3))
            await Archive(item);
        Assert.Equal(3, await CountAtHome());
        await Archive(published[0]);
        Assert.Equal(0, await CountAtHome());
    }
}
