using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;
using Plenaria.Platform.Files;
using Plenaria.Platform.Register;
using SkiaSharp;

namespace Plenaria.Tests.Platform.Files;

/// <summary>Pictures at the widths that pages show: small, for the same people as the file, made once.</summary>
public class SizedPictureTests(SharedHosts houses) : IClassFixture<SharedHosts>
{
    /// <summary>Something like a photograph: large shapes, fine grain.</summary>
    private static byte[] Photograph(int width, int height, int seed, SKEncodedImageFormat format)
    {
        using var bitmap = new SKBitmap(width, height);
        using var canvas = new SKCanvas(bitmap);
        using var shade = SKShader.CreateLinearGradient(
            new(0, 0),
            new(width, height),
            [SKColors.SteelBlue, SKColors.Khaki, new SKColor((uint)seed | 0xFF000000)],
            SKShaderTileMode.Clamp
        );
        using var paint = new SKPaint { Shader = shade };
        canvas.DrawRect(0, 0, width, height, paint);
        var random = new Random(seed);
        using var grain = new SKPaint();
        for (var i = 0; i < 20_000; i++)
        {
            grain.Color = new((byte)random.Next(256), (byte)random.Next(256), (byte)random.Next(256), 90);
            canvas.DrawCircle(random.Next(width), random.Next(height), random.Next(2, 30), grain);
        }
        canvas.Flush();
        using var data = bitmap.Encode(format, 95);
        return data.ToArray();
    }

    /// <summary>A WebP of a few bytes whose header claims 16,384 by 16,384 pixels.</summary>
    private static byte[] Huge()
    {
        const uint size = 0x3FFF | 0x3FFF << 14;
        return
        [
            .. "RIFF"u8,
            32,
            0,
            0,
            0,
            .. "WEBPVP8L"u8,
            20,
            0,
            0,
            0,
            0x2F,
            .. BitConverter.GetBytes(size),
            .. new byte[15],
        ];
    }

    private static Task<string> Keep(TestHost house, byte[] content, Audience audience) =>
        house.Within(async services =>
        {
            var kept = await services.GetRequiredService<FileStore>().Keep(content, "photo.jpg", audience, default);
            services
                .GetRequiredService<Plenaria.Platform.Journal.Journal>()
                .Append(house.Acting(), "test:files", "test.file-kept", null, new { kept.Hash });
            await services.GetRequiredService<PlenariaDb>().SaveChangesAsync();
            return kept.Hash;
        });

    private static string PathOf(TestHost house, string hash, int width) =>
        Path.Combine(house.Data.FullName, "pictures", hash[..2], $"{hash}.{width}.webp");

    [Fact]
    public async Task A_picture_of_twelve_megapixels_is_served_at_three_widths_and_no_other()
    {
        var house = await houses.On(Provider.Sqlite);
        var photograph = Photograph(4000, 3000, 1, SKEncodedImageFormat.Jpeg);
        var hash = await Keep(house, photograph, Audience.Public);
        var visitor = house.Visit();
        foreach (var (width, height, most) in ((int, int, int)[])[(320, 240, 40), (640, 480, 120), (1280, 960, 400)])
        {
            var answer = await visitor.Http.GetAsync($"/files/{hash}/{width}.webp");
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            Assert.Equal("image/webp", answer.Content.Headers.ContentType!.MediaType);
            Assert.Equal("inline", answer.Content.Headers.ContentDisposition!.DispositionType);
            Assert.Contains("sandbox", answer.Headers.GetValues("Content-Security-Policy").Single());
            Assert.Equal(TimeSpan.FromHours(1), answer.Headers.CacheControl!.MaxAge);
            var bytes = await answer.Content.ReadAsByteArrayAsync();
            using var drawn = SKBitmap.Decode(bytes);
            Assert.Equal((width, height), (drawn.Width, drawn.Height));
            Assert.InRange(bytes.Length, 1, Math.Min(most << 10, photograph.Length / 10));
        }
        foreach (var other in (string[])["0", "-1", "639", "100000", "640.0", "99999999999999999999"])
            Assert.Equal(HttpStatusCode.NotFound, (await visitor.Get($"/files/{hash}/{other}.webp")).Status);
        foreach (var other in (string[])[new('0', 64), hash[1..], hash + "0", "..%2F..%2Fkeys", new('.', 64)])
            Assert.Equal(HttpStatusCode.NotFound, (await visitor.Get($"/files/{other}/640.webp")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await visitor.Get($"/files/{hash}/640.png")).Status);
    }

    [Fact]
    public async Task A_small_picture_is_not_made_larger_and_what_is_clear_stays_clear()
    {
        var house = await houses.On(Provider.Sqlite);
        using var clear = new SKBitmap(500, 250);
        var hash = await Keep(house, clear.Encode(SKEncodedImageFormat.Png, 90).ToArray(), Audience.Public);
        using var drawn = SKBitmap.Decode(await house.Visit().Http.GetByteArrayAsync($"/files/{hash}/1280.webp"));
        Assert.Equal((500, 250), (drawn.Width, drawn.Height));
        Assert.Equal(0, drawn.GetPixel(10, 10).Alpha);
        Assert.Equal((500, 250), house.Services.GetRequiredService<SizedPictures>().Measure(hash));
    }

    [Fact]
    public async Task Of_a_strip_that_is_longer_than_a_format_allows_there_are_no_widths()
    {
        var house = await houses.On(Provider.Sqlite);
        using var strip = new SKBitmap(400, 20_000);
        var hash = await Keep(house, strip.Encode(SKEncodedImageFormat.Png, 90).ToArray(), Audience.Public);
        Assert.Equal(HttpStatusCode.NotFound, (await house.Visit().Get($"/files/{hash}/640.webp")).Status);
        Assert.Equal(HttpStatusCode.OK, (await house.Visit().Get($"/files/{hash}")).Status);
    }

    [Theory, BothDatabases]
    public async Task A_picture_of_a_draft_is_seen_at_no_width_by_who_may_not_open_the_file(Provider provider)
    {
        await using var house = await TestHost.Open(provider);
        var (city, staff) = (await house.Visit(Role.Member), await house.Visit(Role.Staff));
        var told = await city.Press(
            await city.Get("/en/experiences/new"),
            "main form",
            "Draft",
            ("Input.Title", "A draft with a picture"),
            ("Input.Summary", "Told."),
            ("Input.Country", "Senegal"),
            ("Input.Practice", "practices:neighbourhood-council")
        );
        var path = told.Location!;
        await city.Upload(
            await city.Get(path + "/media"),
            "main form[enctype]",
            ("file", "square.jpg", Photograph(900, 600, 2, SKEncodedImageFormat.Jpeg)),
            ("Input.Name", "The square"),
            ("Input.Licence", "CC-BY-4.0")
        );
        var picture = (await city.Get(path)).Page.QuerySelector("figure.picture img")!;
        Assert.Equal("900", picture.GetAttribute("width"));
        Assert.EndsWith("/1280.webp 900w", picture.GetAttribute("srcset"), StringComparison.Ordinal);
        var address = picture.GetAttribute("src")!;
        Assert.EndsWith("/640.webp", address, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await city.Get(address)).Status);
        Assert.Equal("no-store, private", $"{(await staff.Http.GetAsync(address)).Headers.CacheControl}");
        foreach (var other in (Browser[])[house.Visit(), await house.Visit(Role.Juror)])
            Assert.Equal(HttpStatusCode.NotFound, (await other.Get(address)).Status);

        await staff.Press(await staff.Get(path), ".card form", "Publish");
        var stranger = house.Visit();
        Assert.Equal(HttpStatusCode.OK, (await stranger.Get(address)).Status);
        var list = (await stranger.Get("/en/experiences?q=draft")).Page;
        Assert.Contains(
            list.QuerySelectorAll(".record-card img"),
            i => i.GetAttribute("srcset")!.Contains(address, StringComparison.Ordinal)
        );
        var home = (await stranger.Get("/en")).Page.QuerySelector(".home-practices .record-card.tall img")!;
        Assert.Equal("lazy", home.GetAttribute("loading"));
        Assert.Contains(address, home.GetAttribute("srcset")!, StringComparison.Ordinal);

        await staff.Press(await staff.Get(path), ".card form", "Archive");
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.Get(address)).Status);
    }

    [Fact]
    public async Task Two_who_ask_at_once_get_the_same_and_it_is_made_once()
    {
        var house = await houses.On(Provider.Sqlite);
        var hash = await Keep(house, Photograph(3000, 2000, 3, SKEncodedImageFormat.Jpeg), Audience.Public);
        var answers = await Task.WhenAll(
            Enumerable.Range(0, 8).Select(_ => house.Visit().Http.GetByteArrayAsync($"/files/{hash}/640.webp"))
        );
        Assert.All(answers, a => Assert.Equal(answers[0], a));
        var path = PathOf(house, hash, 640);
        Assert.Equal([path], Directory.EnumerateFiles(Path.GetDirectoryName(path)!, $"{hash}*"));
        // What is kept is what is served.
        await File.WriteAllTextAsync(path, "kept");
        Assert.Equal("kept", (await house.Visit().Get($"/files/{hash}/640.webp")).Body);
    }

    [Fact]
    public async Task A_file_that_is_no_picture_whatever_it_says_has_no_widths_and_leaves_nothing()
    {
        var house = await houses.On(Provider.Sqlite);
        var paper = await Keep(house, "%PDF-1.7 a paper"u8.ToArray(), Audience.Public);
        Assert.Equal(HttpStatusCode.NotFound, (await house.Visit().Get($"/files/{paper}/640.webp")).Status);

        var hash = await Keep(house, Photograph(700, 500, 4, SKEncodedImageFormat.Png), Audience.Public);
        var kept = Directory.EnumerateFiles(house.Data.FullName, hash, SearchOption.AllDirectories).Single();
        // Somebody got at the folder: a picture that claims gigabytes, one that breaks off, none at all.
        byte[][] hostile =
        [
            Huge(),
            (await File.ReadAllBytesAsync(kept))[..400],
            "<svg xmlns='http://www.w3.org/2000/svg'/>"u8.ToArray(),
            [],
        ];
        foreach (var content in hostile)
        {
            await File.WriteAllBytesAsync(kept, content);
            Assert.Equal(HttpStatusCode.NotFound, (await house.Visit().Get($"/files/{hash}/640.webp")).Status);
        }
        foreach (var left in (string[])[hash, paper])
            Assert.Empty(Directory.EnumerateFiles(house.Data.FullName, $"{left}.*webp*", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task What_was_made_of_a_file_goes_with_it_and_the_oldest_go_when_there_is_no_room()
    {
        await using var house = await TestHost.Open(Provider.Sqlite);
        var hashes = new List<string>();
        for (var i = 0; i < 3; i++)
            hashes.Add(await Keep(house, Photograph(640, 480, 10 + i, SKEncodedImageFormat.Jpeg), Audience.Public));
        using (var narrow = new SizedPictures(house.Services.GetRequiredService<FileLimits>() with { MaxPictures = 1 }))
            foreach (var hash in hashes)
                await using (var picture = await narrow.Open(hash, 640, default))
                    Assert.NotNull(picture);
        var left = Directory.EnumerateFiles(
            Path.Combine(house.Data.FullName, "pictures"),
            "*",
            SearchOption.AllDirectories
        );
        Assert.Equal([PathOf(house, hashes[2], 640)], left);

        // No record names it: it goes, with what was made of it.
        Assert.Equal(HttpStatusCode.OK, (await house.Visit().Get($"/files/{hashes[2]}/320.webp")).Status);
        Assert.True(File.Exists(PathOf(house, hashes[2], 320)));
        await house.Within(s => s.GetRequiredService<FileStore>().RemoveUnused([hashes[2]], default));
        Assert.False(File.Exists(PathOf(house, hashes[2], 320)));
    }
}
