using System.Collections.Concurrent;
using System.Net;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Plenaria.Platform.Access;

namespace Plenaria.Tests.Acceptance.Browser;

/// <summary>What the walk found, by the test that answers for it.</summary>
internal sealed record WalkFindings
{
    /// <summary>Of loading, width, the console and requests to others: <see cref="WalkTests"/>.</summary>
    public ConcurrentQueue<string> Complaints { get; } = new();

    /// <summary>Of axe: <see cref="AxeTests"/>.</summary>
    public ConcurrentQueue<string> Faults { get; } = new();

    /// <summary>Of the Tab key: <see cref="KeyboardTests"/>.</summary>
    public ConcurrentQueue<string> Stops { get; } = new();
}

/// <summary>
/// One visit of every announced page for all that is asked of a page with script: it loads and fits at both widths,
/// complains of nothing and asks nobody else, passes axe in both schemes, and is walked by the Tab key. In the browser
/// stands the language whose text is the longest; the others are read over HTTP, in <c>./test full</c> they stand there
/// too.
/// </summary>
internal sealed class PageWalk(Chromium chromium)
{
    private const string HiddenColumns = """
        () => [...document.querySelectorAll('.scroll')]
            .filter(e => e.scrollWidth > e.clientWidth).map(e => e.innerText.slice(0, 80))
        """;

    private readonly WalkFindings _found = new();
    private readonly Dictionary<string, Testing.Browser> _readers = [];
    private int _visits;

    public async Task<WalkFindings> Run()
    {
        foreach (var role in (Role?[])[null, Role.Staff, Role.Member])
            _readers[$"{role}"] = role is { } known ? await chromium.House.Visit(known) : chromium.House.Visit();
        await chromium.Walk(Look, prepare: Listen);
        return _found;
    }

    private void Listen(IPage page)
    {
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning")
                _found.Complaints.Enqueue($"{page.Url}: {message.Text}");
        };
        page.PageError += (_, error) => _found.Complaints.Enqueue($"{page.Url}: {error}");
        page.Request += (_, request) =>
        {
            if (
                !request.Url.StartsWith(chromium.House.Address.ToString(), StringComparison.Ordinal)
                && !request.Url.StartsWith("data:", StringComparison.Ordinal)
            )
                _found.Complaints.Enqueue($"asked {request.Url}");
        };
    }

    private async Task Look(IPage page, Visit visit)
    {
        var longest = await Longest(visit);
        // Loaded by turns at a phone's width and a desk's, then resized.
        var width = Interlocked.Increment(ref _visits) % 2 == 0 ? 390 : 1440;
        await Load(page, visit, longest, width);
        foreach (var fault in await AxeTests.Faults(page, width, w => Fits(page, w)))
            _found.Faults.Enqueue(fault);
        await page.SetViewportSizeAsync(390, 900);
        foreach (var fault in await KeyboardTests.Faults(page))
            _found.Stops.Enqueue(fault);
        foreach (var language in Language.All.Where(l => TestScope.IsFull && l != longest))
        {
            await Load(page, visit, language, width);
            await Fits(page, width);
            width = width == 390 ? 1440 : 390;
            await page.SetViewportSizeAsync(width, 900);
            await Fits(page, width);
        }
    }

    private async Task Load(IPage page, Visit visit, Language language, int width)
    {
        await page.SetViewportSizeAsync(width, 900);
        // A page that renews itself may do so in the very moment in which it is left.
        await page.GotoAsync("about:blank");
        var answer = await page.GotoAsync($"/{language}{visit.Path}");
        if (answer!.Status != 200)
            _found.Complaints.Enqueue($"{answer.Url}: {answer.Status}");
    }

    private async Task Fits(IPage page, int width)
    {
        var excess = await page.EvaluateAsync<int>(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        );
        if (excess > 0)
            _found.Complaints.Enqueue($"{page.Url} is {excess} px too wide at {width}");
        // On a desk nobody looks for columns beside the page.
        if (width == 1440)
            foreach (var table in await page.EvaluateAsync<string[]>(HiddenColumns))
                _found.Complaints.Enqueue($"{page.Url}: not all columns of a table are seen: {table}");
    }

    /// <summary>Reads the page in each language; the one in which it says the same at the greatest length.</summary>
    private async Task<Language> Longest(Visit visit)
    {
        var (longest, most) = (Language.English, 0);
        foreach (var language in Language.All)
        {
            var answer = await _readers[$"{chromium.As(visit)}"].Get($"/{language}{visit.Path}");
            TestCounts.Add("pages read over HTTP");
            // A text that is missing throws, so that the page is no 200.
            if (answer.Status != HttpStatusCode.OK)
                _found.Complaints.Enqueue($"/{language}{visit.Path}: {answer.Status}");
            if (!answer.Body.Contains($"<html lang=\"{language}\"", StringComparison.Ordinal))
                _found.Complaints.Enqueue($"/{language}{visit.Path} does not say that it is in {language}");
            // Letters of our languages stand as they are: as references they take six bytes each.
            if (Regex.Match(answer.Body, "&#x[CDEF][0-9A-F];.{0,40}") is { Success: true } reference)
                _found.Complaints.Enqueue($"/{language}{visit.Path}: {reference.Value}");
            var length = Regex.Replace(answer.Body, "<[^>]*>", "").Length;
            if (length > most)
                (longest, most) = (language, length);
        }
        return longest;
    }
}
