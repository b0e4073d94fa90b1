using System.Text.Json;
using Microsoft.Playwright;
using Plenaria.Platform.Access;

namespace Plenaria.Tests.Acceptance.Browser;

/// <summary>
/// Photographs every announced page, at phone and desktop width, light and dark, into contact sheets. Run by
/// <c>./look</c>.
/// </summary>
[Collection("browser")]
public class LookTests(Chromium chromium)
{
    [Fact(Explicit = true)]
    public async Task Photograph_every_page()
    {
        var folder = Directory
            .CreateDirectory(
                Environment.GetEnvironmentVariable("PLENARIA_LOOK") ?? Path.Combine(Path.GetTempPath(), "plenaria-look")
            )
            .FullName;
        var only = Environment.GetEnvironmentVariable("PLENARIA_LOOK_ONLY") ?? "";
        foreach (var (width, dark) in new[] { (390, false), (390, true), (1440, false), (1440, true) })
        {
            var (anyone, staff, member) = (
                await chromium.Open(width, dark: dark),
                await chromium.Open(width, dark: dark),
                await chromium.Open(width, dark: dark)
            );
            await chromium.SignIn(staff, Role.Staff);
            await chromium.SignIn(member, Role.Member);
            var shots = new List<(string Name, byte[] Picture)>();
            foreach (
                var visit in Visits.All.Where(v =>
                    v.Route != "/set-up" && v.Route.Contains(only, StringComparison.Ordinal)
                )
            )
            {
                var page = chromium.As(visit) switch
                {
                    null => anyone,
                    { } role when role == Role.Staff => staff,
                    _ => member,
                };
                // Each page in another language: long words show where short ones do not.
                var language = Language.All[shots.Count % Language.All.Count];
                await page.GotoAsync($"/{language}{visit.Path}");
                var picture = await page.ScreenshotAsync(new() { FullPage = true });
                var name = (visit.Path.Length == 0 ? "home" : visit.Path.Trim('/').Replace('/', '-')).Split('?')[0];
                await File.WriteAllBytesAsync(
                    Path.Combine(folder, $"{name}.{width}.{(dark ? "dark" : "light")}.png"),
                    picture
                );
                shots.Add(($"{language} {visit.Path}", picture));
            }
            await Sheet(folder, width, dark, shots);
        }
    }

    private sealed record Shot(string Path, int Width, int Height);

    [Fact(Explicit = true)]
    public async Task Make_the_pictures_of_the_docs()
    {
        var folder = Sources.Path("docs", "pictures");
        var shots = JsonSerializer.Deserialize<Dictionary<string, Shot>>(
            await File.ReadAllTextAsync(Path.Combine(folder, "pages.json")),
            JsonSerializerOptions.Web
        )!;
        foreach (var (name, shot) in shots)
        {
            var page = await chromium.Open(shot.Width, shot.Height);
            await chromium.SignIn(page, Role.Staff);
            await page.GotoAsync(shot.Path);
            var picture = await page.ScreenshotAsync();
            Assert.InRange(picture.Length, 1, 150 * 1024);
            await File.WriteAllBytesAsync(Path.Combine(folder, name + ".png"), picture);
        }
    }

    private async Task Sheet(string folder, int width, bool dark, List<(string Name, byte[] Picture)> shots)
    {
        var page = await chromium.Open(1600, 1000);
        var cells = shots.Select(s =>
            $"<figure><figcaption>{s.Name}</figcaption><img src='data:image/png;base64,{Convert.ToBase64String(s.Picture)}'></figure>"
        );
        await page.SetContentAsync(
            $"<style>body{{display:flex;flex-wrap:wrap;gap:12px;font:12px sans-serif;margin:12px}}figure{{margin:0;width:{(width < 500 ? 185 : 380)}px}}img{{width:100%;max-height:600px;object-fit:cover;object-position:top;border:1px solid #888}}</style>{string.Concat(cells)}",
            new() { WaitUntil = WaitUntilState.Load }
        );
        await page.ScreenshotAsync(
            new() { FullPage = true, Path = Path.Combine(folder, $"sheet.{width}.{(dark ? "dark" : "light")}.png") }
        );
    }
}
