using System.Net;
using AngleSharp.Dom;
using Microsoft.Extensions.DependencyInjection;
using Plenaria.Platform.Access;
using Plenaria.Platform.Language;
using Plenaria.Platform.Modules;
using Plenaria.Platform.Sections;

namespace Plenaria.Tests.Platform.Modules;

/// <summary>
/// Switches each module off in turn, with those that stand on it, and walks what is left: no link leads to a page that
/// is gone, and nothing that the module declares is named anywhere.
/// </summary>
public class SwitchedOffTests
{
    private static readonly string[] Feeds =
    [
        "/feed.atom",
        "/sitemap-1.xml",
        "/oai?verb=ListRecords&metadataPrefix=oai_dc",
    ];

    private const int Thirds = 3;

    // Of the addresses that differ in their last part only, such as those of a list's records.
    private static int MostOfARow => TestScope.IsFull ? 3 : 1;

    [Fact]
    public async Task What_is_left_without_a_module_neither_links_to_it_nor_names_it()
    {
        await using var house = await TestHost.Open(Provider.Sqlite);
        var catalog = house.Services.GetRequiredService<ModuleCatalog>();
        var staff = await house.Visit(Role.Staff);
        var pages = Visits.Announced(house.Services);
        var (faults, round) = (new List<string>(), 0);
        foreach (var module in catalog.All.Where(m => m.CanBeOff))
        {
            var off = catalog.StandingOn(module).Prepend(module).ToList();
            var on = catalog.All.Where(m => m.CanBeOff).Except(off).Select(m => ("Input.On", m.Name)).ToList();
            var saved = await staff.Submit("/en/settings", "main form", on.Count == 0 ? [("Input.On", "")] : on);
            Assert.Equal(HttpStatusCode.Redirect, saved.Status);
            var texts = house.Services.GetRequiredService<Localizer>();
            // The Secretariat sees on each page what the public sees, and more; only home and search differ.
            var walks = await Task.WhenAll(
                Walk(staff, Sample(round++), pages, off, texts),
                Walk(house.Visit(), [.. Visits.All.Where(v => v.Route is "" or "/search")], pages, off, texts),
                WalkFeeds(house.Visit())
            );
            faults.AddRange(walks.SelectMany(f => f).Select(f => $"without {module.Name}: {f}"));
        }
        Assert.True(faults.Count == 0, string.Join('\n', faults.Distinct().Take(60)));
    }

    // Without each module in turn another third of the pages: all of them without some of the modules. `./test full`
    // goes over all without each.
    private static List<Visit> Sample(int round) =>
        [.. Visits.All.Where((v, i) => TestScope.IsFull || v.Route == "" || i % Thirds == round % Thirds)];

    private static async Task<List<string>> Walk(
        Browser browser,
        IReadOnlyList<Visit> visits,
        IReadOnlyDictionary<string, string> pages,
        List<DeclaredModule> off,
        Localizer texts
    )
    {
        var faults = new List<string>();
        var gone = off.Select(m => m.Name).ToHashSet();
        var names = off.SelectMany(m => m.Declared<SectionTab>().Select(n => n.TextKey))
            .Concat(off.SelectMany(m => m.Declared<WorkspacePage>().Select(n => n.TextKey)))
            .Concat(off.SelectMany(m => m.Declared<StaffTool>().Select(n => n.TextKey)))
            .Select(key => texts.Get(Language.English, key))
            .ToHashSet();
        var links = new Dictionary<string, string>();
        foreach (var visit in visits)
        {
            if (visit.Route.StartsWith("/set-up", StringComparison.Ordinal) || gone.Contains(pages[visit.Route]))
                continue;
            var answer = await browser.Get("/en" + visit.Path);
            if (answer.Status != HttpStatusCode.OK)
                continue;
            foreach (var link in answer.Page.QuerySelectorAll("a[href^='/']"))
            {
                if (names.Contains(link.TextContent.Trim()) && Belongs(link, gone, pages))
                    faults.Add($"{visit.Path} names {link.TextContent.Trim()}");
                links.TryAdd(link.GetAttribute("href")!.Split('#', '?')[0], visit.Path);
            }
        }
        // Whether an announced page is there, its module says: that it then answers, the walk of all pages proves.
        string? ModuleOf(string link) => pages.GetValueOrDefault(link.Replace("/en", "", StringComparison.Ordinal));
        faults.AddRange(
            links.Where(l => ModuleOf(l.Key) is { } m && gone.Contains(m)).Select(l => $"{l.Value} links to {l.Key}")
        );
        var rows = links.Where(l => ModuleOf(l.Key) is null).GroupBy(l => RowOf(l.Key));
        foreach (var (link, from) in rows.SelectMany(g => g.Take(MostOfARow)))
            if ((await browser.Http.GetAsync(link)).StatusCode == HttpStatusCode.NotFound)
                faults.Add($"{from} links to {link}");
        return faults;
    }

    // Of each kind of record that a feed names, some: its links lead to permanent addresses, all made in one place.
    private static async Task<List<string>> WalkFeeds(Browser browser)
    {
        var faults = new List<string>();
        foreach (var feed in Feeds)
        {
            var links = (await browser.Get(feed))
                .Body.Split('"', '<', '>')
                .Where(p => p.Contains("/en/", StringComparison.Ordinal))
                .Select(p => Uri.TryCreate(p, UriKind.Absolute, out var address) ? address.AbsolutePath : null)
                .OfType<string>()
                .Distinct()
                .GroupBy(RowOf)
                .SelectMany(g => g.Take(MostOfARow));
            foreach (var link in links)
                if ((await browser.Http.GetAsync(link)).StatusCode == HttpStatusCode.NotFound)
                    faults.Add($"{feed} links to {link}");
        }
        return faults;
    }

    private static string RowOf(string link) => link[..(link.LastIndexOf('/') + 1)];

    private static bool Belongs(IElement link, HashSet<string> gone, IReadOnlyDictionary<string, string> pages) =>
        pages.TryGetValue(
            link.GetAttribute("href")!.Split('#', '?')[0].Replace("/en", "", StringComparison.Ordinal),
            out var module
        ) && gone.Contains(module);
}
