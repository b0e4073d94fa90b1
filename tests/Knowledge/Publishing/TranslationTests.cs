using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;
using Plenaria.Publishing.Content;
using Plenaria.Translation;

namespace Plenaria.Tests.Knowledge.Publishing;

public class TranslationTests(SharedHosts houses) : IClassFixture<SharedHosts>
{
    /// <summary>News in English alone, published by the Secretariat; its reference and its address.</summary>
    private static async Task<(string Reference, string Slug)> Publish(
        TestHost house,
        Browser staff,
        string title = "A call for good practices"
    )
    {
        var begun = await staff.Submit("/en/library/new", "main form", ("Input.Kind", "News"), ("Input.Title", title));
        var edit = await staff.Get(begun.Location!.Replace("/news/", "/library/", StringComparison.Ordinal));
        await staff.Press(
            edit,
            "main form",
            "Publish",
            ("Input.Summary", "Open until May."),
            ("Input.Body", "First paragraph.\n\nSecond paragraph.")
        );
        var slug = begun.Location!.Split('/')[^2];
        return ((await Stored(house, slug)).Reference.ToString(), slug);
    }

    private static Task<Item> Stored(TestHost house, string slug) =>
        house.Within(s =>
            s.GetRequiredService<PlenariaDb>().Set<Item>().AsNoTracking().SingleAsync(i => i.Slug == slug)
        );

    private static async Task<string> Translator(TestHost house) =>
        (
            await house.Within(s =>
                s.GetRequiredService<PlenariaDb>()
                    .Set<Account>()
                    .AsNoTracking()
                    .SingleAsync(a => a.Email == "translator@example.org")
            )
        ).Id.ToString()!;

    [Theory, BothDatabases]
    public async Task A_translator_sees_and_changes_what_was_given_and_nothing_else(Provider provider)
    {
        var house = await houses.On(provider);
        var (staff, translator) = (await house.Visit(Role.Staff), await house.Visit(Role.Translator));
        var (reference, slug) = await Publish(house, staff);
        Assert.Equal(HttpStatusCode.Forbidden, (await translator.Get($"/en/translations/{reference}/fr")).Status);
        var lacking = await staff.Get("/en/translations?to=fr&kind=news");
        Assert.Contains("A call for good practices", lacking.Text("main"));
        Assert.Equal(
            HttpStatusCode.UnprocessableEntity,
            (await staff.Press(lacking, "form:has(fieldset)", "Give", ("references", reference))).Status
        );
        Assert.Equal(
            HttpStatusCode.Redirect,
            (
                await staff.Press(
                    lacking,
                    "form:has(fieldset)",
                    "Give",
                    ("references", reference),
                    ("assignee", await Translator(house)),
                    ("due", "2031-01-05"),
                    ("note", "For the African members.")
                )
            ).Status
        );
        Assert.Contains("A call for good practices", (await translator.Get("/en/workspace")).Text(".actions"));
        Assert.Contains("translator@example.org", (await staff.Get("/en/outbox")).Body);
        var edit = await translator.Get($"/en/translations/{reference}/fr");
        Assert.Contains("Second paragraph.", edit.Text(".original"));
        Assert.Equal(HttpStatusCode.Forbidden, (await translator.Get($"/en/translations/{reference}/pt")).Status);
        Assert.Equal(
            HttpStatusCode.Redirect,
            (await translator.Submit(edit, "main form", ("said[title]", "Un appel nouveau"))).Status
        );
        Assert.Equal(WordingState.Human, (await Stored(house, slug)).Title.In(Language.French)!.State);
        // Half done it is on the list of what is behind, whole it is on none.
        Assert.Contains(
            "Un appel nouveau",
            (await staff.Get("/fr/translations?to=fr&lack=Behind&kind=news")).Text("main")
        );
        var done = await translator.Press(
            await translator.Get($"/en/translations/{reference}/fr"),
            "main form",
            "Done",
            ("said[summary]", "Ouvert jusqu'en mai."),
            ("said[body]", "Un.\n\nDeux.")
        );
        Assert.Equal(HttpStatusCode.Redirect, done.Status);
        Assert.DoesNotContain(
            "Un appel nouveau",
            (await staff.Get("/fr/translations?to=fr&lack=Behind&kind=news")).Text("main")
        );
        Assert.Contains("Ouvert jusqu", (await house.Visit().Get($"/fr/news/{slug}")).Body);
        // Done, it is no longer the translator's.
        Assert.Equal(HttpStatusCode.Forbidden, (await translator.Get($"/en/translations/{reference}/fr")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await (await house.Visit(Role.Juror)).Get("/en/translations")).Status);
    }

    [Theory, BothDatabases]
    public async Task Of_two_who_translate_one_text_the_second_is_told(Provider provider)
    {
        var house = await houses.On(provider);
        var staff = await house.Visit(Role.Staff);
        var (reference, slug) = await Publish(house, staff);
        var (one, other) = (
            await staff.Get($"/en/translations/{reference}/es"),
            await staff.Get($"/en/translations/{reference}/es")
        );
        await staff.Submit(one, "main form", ("said[title]", "Una convocatoria"));
        var refused = await staff.Submit(
            other,
            "main form",
            ("said[title]", "Otra convocatoria"),
            ("said[summary]", "Hasta mayo.")
        );
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        Assert.Contains("Otra convocatoria", refused.Body);
        Assert.Equal("Una convocatoria", (await Stored(house, slug)).Title.In(Language.Spanish)!.Text);
        // Another text of the same record is no conflict.
        Assert.Equal(
            HttpStatusCode.Redirect,
            (
                await staff.Submit(
                    other,
                    "main form",
                    ("said[title]", ""),
                    ("seen[title]", LocalizedText.HashOf("Una convocatoria")),
                    ("said[summary]", "Hasta mayo.")
                )
            ).Status
        );
    }

    [Theory, BothDatabases]
    public async Task Texts_go_out_as_a_file_and_come_back_and_those_of_an_older_original_are_stale(Provider provider)
    {
        var house = await houses.On(provider);
        var (staff, translator) = (await house.Visit(Role.Staff), await house.Visit(Role.Translator));
        var (reference, slug) = await Publish(house, staff);
        async Task<byte[]> Sheet(string format)
        {
            var lacking = await staff.Get("/en/translations?to=pt&kind=news");
            var token = lacking.Page.QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!;
            var answer = await staff.Http.PostAsync(
                "/en/translations?handler=Sheet&to=pt",
                new FormUrlEncodedContent([
                    new("references", reference),
                    new("format", format),
                    new("__RequestVerificationToken", token),
                ])
            );
            return await answer.Content.ReadAsByteArrayAsync();
        }
        var (_, empty) = Xliff.Read(await Sheet("xliff"));
        Assert.Empty(empty);
        var item = await Stored(house, slug);
        SheetText Text(string name, LocalizedText text, string target) =>
            new(
                item.Reference,
                name,
                Language.English,
                LocalizedText.HashOf(text.In(Language.English)!.Text),
                text.In(Language.English)!.Text,
                target
            );
        var returned = TranslationDocx.Write(
            "x",
            "y",
            Language.Portuguese,
            [
                Text("title", item.Title, "Um convite"),
                Text("body", item.Body, "Um.\n\nDois."),
                Text("unheard-of", item.Title, "Nada"),
            ]
        );
        Assert.StartsWith("PK", Encoding.ASCII.GetString(await Sheet("docx"), 0, 2));
        // The original changes between.
        await staff.Submit($"/en/library/{slug}/edit", "main form", ("Input.Body", "First paragraph, changed."));
        // It was not given to the translator.
        var refused = await translator.Upload(
            await translator.Get("/en/translations"),
            ".new form",
            ("file", "pt.docx", returned)
        );
        Assert.Contains(reference, refused.Text(".card"));
        Assert.Null((await Stored(house, slug)).Title.In(Language.Portuguese));
        var taken = await staff.Upload(await staff.Get("/en/translations"), ".new form", ("file", "pt.docx", returned));
        Assert.Contains("2 texts changed", taken.Text(".card"));
        Assert.Contains("unheard-of", taken.Text(".card"));
        var now = await Stored(house, slug);
        Assert.Equal(
            (WordingState.Human, WordingState.Stale, "Um.\n\nDois."),
            (
                now.Title.In(Language.Portuguese)!.State,
                now.Body.In(Language.Portuguese)!.State,
                now.Body.In(Language.Portuguese)!.Text
            )
        );
        Assert.Contains(
            "0 texts changed",
            (await staff.Upload(await staff.Get("/en/translations"), ".new form", ("file", "pt.docx", returned))).Text(
                ".card"
            )
        );
    }

    [Fact]
    public async Task A_service_that_speaks_LibreTranslate_fills_in_what_is_missing_and_its_words_are_marked()
    {
        var asked = new List<JsonElement>();
        var isWell = true;
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        await using var service = builder.Build();
        service.Urls.Add("http://127.0.0.1:0");
        service.MapPost(
            "/base/translate",
            (JsonElement body) =>
            {
                asked.Add(body.Clone());
                return isWell
                    ? Results.Json(
                        new
                        {
                            translatedText = body.GetProperty("q")
                                .EnumerateArray()
                                .Select(q => $"[{body.GetProperty("target")}] {q}"),
                        }
                    )
                    : Results.Json(new { error = "busy" }, statusCode: 503);
            }
        );
        await service.StartAsync();
        var url =
            service.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First()
            + "/base/";
        await using var house = await TestHost.Open(
            Provider.Sqlite,
            replace: services => services.AddSingleton(new TranslationOptions(new(url), "a key"))
        );
        var staff = await house.Visit(Role.Staff);
        var (reference, slug) = await Publish(house, staff);
        await staff.Submit($"/en/translations/{reference}/ca", "main form", ("said[title]", "Una crida"));
        isWell = false;
        Assert.Equal(
            HttpStatusCode.UnprocessableEntity,
            (await staff.Press(await staff.Get($"/en/translations/{reference}/ca"), "main form", "Machine")).Status
        );
        isWell = true;
        Assert.Equal(
            HttpStatusCode.Redirect,
            (await staff.Press(await staff.Get($"/en/translations/{reference}/ca"), "main form", "Machine")).Status
        );
        var item = await Stored(house, slug);
        Assert.Equal(
            ("Una crida", "[ca] Open until May.", WordingState.Machine),
            (
                item.Title.In(Language.Catalan)!.Text,
                item.Summary.In(Language.Catalan)!.Text,
                item.Summary.In(Language.Catalan)!.State
            )
        );
        Assert.Equal(
            ("en", "ca", "text", "a key"),
            (
                asked[^1].GetProperty("source").GetString(),
                asked[^1].GetProperty("target").GetString(),
                asked[^1].GetProperty("format").GetString(),
                asked[^1].GetProperty("api_key").GetString()
            )
        );
        // Read by a person and said to be done, it is a person's.
        await staff.Press(await staff.Get($"/en/translations/{reference}/ca"), "main form", "Done");
        Assert.Equal(WordingState.Human, (await Stored(house, slug)).Summary.In(Language.Catalan)!.State);
    }

    [Fact]
    public async Task Without_a_service_there_is_no_button_and_nothing_leaves_the_house()
    {
        await using var house = await TestHost.Open(Provider.Sqlite);
        var staff = await house.Visit(Role.Staff);
        var (reference, _) = await Publish(house, staff);
        Assert.DoesNotContain("handler=Machine", (await staff.Get($"/en/translations/{reference}/ca")).Body);
    }
}
