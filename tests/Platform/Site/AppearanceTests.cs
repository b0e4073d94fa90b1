using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Plenaria.Correspondence;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;
using Plenaria.Platform.Site;
using Plenaria.Platform.Site.Appearance;
using SkiaSharp;

namespace Plenaria.Tests.Platform.Site;

/// <summary>A network looks as it chose to, and speaks the languages it chose.</summary>
public class AppearanceTests
{
    private const string Page = "/en/settings/appearance";

    private static byte[] Png(int width, int height)
    {
        using var bitmap = new SKBitmap(width, height);
        bitmap.Erase(SKColors.Teal);
        return bitmap.Encode(SKEncodedImageFormat.Png, 90).ToArray();
    }

    private static Task<NetworkProfile> Profile(TestHost house) =>
        house.Within(s => s.GetRequiredService<PlenariaDb>().Set<NetworkProfile>().AsNoTracking().SingleAsync());

    [Theory, BothDatabases]
    public async Task Logo_and_picture_are_made_small_and_stand_in_the_head_and_on_the_home_page(Provider provider)
    {
        await using var house = await TestHost.Open(provider);
        var staff = await house.Visit(Role.Staff);
        Assert.Contains("home-map", (await house.Visit().Get("/en")).Body);
        (string, string)[] rest =
        [
            ("Input.Languages", "en"),
            ("Input.Languages", "fr"),
            ("Input.DefaultLanguage", "fr"),
        ];
        foreach (var (field, picture) in new[] { ("Input.Logo", Png(900, 300)), ("Input.Picture", Png(3000, 1500)) })
        {
            var saved = await staff.Upload(await staff.Get(Page), "main form", (field, "own.png", picture), rest);
            Assert.Equal(HttpStatusCode.Redirect, saved.Status);
        }
        var profile = await Profile(house);
        var home = (await house.Visit().Get("/en")).Page;
        Assert.Equal($"/files/{profile.Logo}", home.QuerySelector(".site-name img")!.GetAttribute("src"));
        Assert.Equal($"/files/{profile.Picture}/640.webp", home.QuerySelector(".hero > img")!.GetAttribute("src"));
        Assert.Null(home.QuerySelector(".hero .home-map"));
        foreach (var (hash, width, height) in new[] { (profile.Logo, 480, 160), (profile.Picture, 1200, 600) })
        {
            using var bitmap = SKBitmap.Decode(await house.Visit().Http.GetByteArrayAsync($"/files/{hash}"));
            Assert.Equal((width, height), (bitmap.Width, bitmap.Height));
        }

        // Others are offered to nobody; their addresses go on working.
        Assert.Equal(
            ["en", "fr"],
            home.QuerySelectorAll(".languages a").Select(a => a.TextContent.Trim()).Distinct().Order()
        );
        Assert.Equal("/fr", (await house.Visit().Get("/")).Location);
        Assert.Equal(HttpStatusCode.OK, (await house.Visit().Get("/ca")).Status);

        var removed = await staff.Submit(
            Page,
            "main form",
            [.. rest, ("Input.NoLogo", "true"), ("Input.NoPicture", "true")]
        );
        Assert.Equal(HttpStatusCode.Redirect, removed.Status);
        Assert.Contains("home-map", (await house.Visit().Get("/en")).Body);
    }

    [Theory, BothDatabases]
    public async Task What_is_no_picture_colour_or_offered_language_is_refused_and_nothing_is_changed(Provider provider)
    {
        await using var house = await TestHost.Open(provider);
        var staff = await house.Visit(Role.Staff);
        var before = (await Profile(house)).Version;
        foreach (
            var (fields, words) in new[]
            {
                (new[] { ("Input.DefaultLanguage", "en") }, "Choose at least one language"),
                ([("Input.Languages", "fr"), ("Input.DefaultLanguage", "en")], "must be one of those offered"),
                (
                    [
                        ("Input.Languages", "en"),
                        ("Input.DefaultLanguage", "en"),
                        ("Input.HasColour", "true"),
                        ("Input.Colour", "red;}"),
                    ],
                    "Write the colour"
                ),
            }
        )
        {
            var page = await staff.Get(Page);
            foreach (var box in page.Page.QuerySelectorAll("[name='Input.Languages'][checked]"))
                box.RemoveAttribute("checked");
            Assert.Contains(words, (await staff.Submit(page, "main form", fields)).Text("main"));
        }
        var file = await staff.Upload(
            await staff.Get(Page),
            "main form",
            ("Input.Logo", "logo.png", "%PDF-1.4\n%%EOF"u8.ToArray()),
            ("Input.DefaultLanguage", "en")
        );
        Assert.Contains("not a PNG, JPEG or WebP picture", file.Text("main"));
        Assert.Equal(before, (await Profile(house)).Version);
    }

    [Theory]
    [InlineData("#ffe600")]
    [InlineData("#000000")]
    [InlineData("#ffffff")]
    [InlineData("#7f7f7f")]
    [InlineData("#c8102e")]
    public void Text_in_the_colour_of_a_network_is_readable_in_both_schemes(string colour)
    {
        var found = System.Text.RegularExpressions.Regex.Matches(NetworkColours.StyleOf(colour), "#[0-9a-f]{6}");
        // Accent, wash and band, each in light and dark.
        var colours = found.Select(f => f.Value).ToList();
        foreach (var (text, sheet) in new[] { (0, 2), (1, 3) })
            Assert.True(NetworkColours.Contrast(colours[text], colours[sheet]) >= 4.5);
        Assert.True(NetworkColours.Contrast(colours[0], "#fbfaf7") >= 4.5);
        Assert.True(NetworkColours.Contrast(colours[1], "#16181c") >= 4.5);
        Assert.True(NetworkColours.Contrast(colours[4], "#eef3f3") >= 7);
    }

    [Fact]
    public async Task The_colour_is_a_stylesheet_of_its_own_with_an_address_that_changes_with_it()
    {
        await using var house = await TestHost.Open(Provider.Sqlite);
        var staff = await house.Visit(Role.Staff);
        var saved = await staff.Submit(Page, "main form", ("Input.HasColour", "true"), ("Input.Colour", "#C8102E"));
        Assert.Equal(HttpStatusCode.Redirect, saved.Status);
        var address = NetworkColours.AddressOf("#C8102E");
        Assert.Contains($"href=\"{address}\"", (await house.Visit().Get("/en")).Body);
        var style = await house.Visit().Get(address);
        Assert.Contains("--accent: light-dark(#", style.Body);
        Assert.Equal(HttpStatusCode.NotFound, (await house.Visit().Get("/assets/colours/zzzzzz.css")).Status);
    }

    [Theory, BothDatabases]
    public async Task A_test_letter_goes_to_whoever_asks_for_it_and_the_page_says_what_became_of_it(Provider provider)
    {
        await using var house = await TestHost.Open(provider);
        var staff = await house.Visit(Role.Staff);
        var first = await staff.Get("/en/settings/mail");
        Assert.Contains("None has been sent yet", first.Text("main"));
        Assert.Contains("No mail server is set", first.Text("main"));
        Assert.Equal(HttpStatusCode.Redirect, (await staff.Submit(first, "main form")).Status);
        Assert.Contains("is kept", (await staff.Get("/en/settings/mail")).Text("main"));
        await Change(house, l => l.LastError = "550 no such user");
        Assert.Contains("550 no such user", (await staff.Get("/en/settings/mail")).Text("main"));
        await Change(house, l => l.SentAt = l.CreatedAt);
        Assert.Contains("accepted it on", (await staff.Get("/en/settings/mail")).Text("main"));
    }

    private static Task Change(TestHost house, Action<OutboxMessage> change) =>
        house.Within(async services =>
        {
            var db = services.GetRequiredService<PlenariaDb>();
            change(await db.Set<OutboxMessage>().OrderByDescending(l => l.Id).FirstAsync());
            await db.SaveChangesAsync();
        });
}
