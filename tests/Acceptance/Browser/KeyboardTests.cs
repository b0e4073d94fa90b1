namespace Plenaria.Tests.Acceptance.Browser;

/// <summary>
/// Every announced page by the Tab key alone: it reaches what can be used, in order, and shows where it is.
/// </summary>
[Collection("walk")]
public class KeyboardTests(Chromium chromium)
{
    private const int MostStops = 150;

    /// <summary>
    /// What Tab should reach in main, in document order; of a group of radio buttons the chosen or the first. Then
    /// notes each stop when the key is let go.
    /// </summary>
    private const string Watch = """
        () => {
            // A smooth scroll would still be on its way when the key is let go.
            document.documentElement.style.scrollBehavior = 'auto';
            const usable = root => [...root.querySelectorAll('a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex="0"]')]
                .filter(e => !e.matches(':disabled') && e.checkVisibility({ visibilityProperty: true }))
                .filter(e => e.type !== 'radio' || e === ([...document.getElementsByName(e.name)].find(r => r.checked && r.form === e.form) ?? [...document.getElementsByName(e.name)].find(r => r.form === e.form)));
            const name = e => `${e.localName}${e.id ? '#' + e.id : ''} ${(e.name || e.innerText || e.getAttribute('href') || '').trim().slice(0, 40)}`;
            const expected = usable(document.querySelector('main')), reached = [], faults = [];
            document.addEventListener('keyup', () => {
                const e = document.activeElement;
                if (!expected.includes(e) || reached.at(-1) === e) return;
                reached.push(e);
                const style = getComputedStyle(e), box = [...e.getClientRects()].find(r => r.width > 0) ?? e.getBoundingClientRect();
                if ((style.outlineStyle === 'none' || parseFloat(style.outlineWidth) === 0) && style.boxShadow === 'none') faults.push(`${name(e)}: nothing shows the focus`);
                // Of a box that is higher than the screen, the part with the caret is enough.
                const [left, right, top, bottom] = [Math.max(0, box.left), Math.min(innerWidth, box.right), Math.max(0, box.top), Math.min(innerHeight, box.bottom)];
                if (right - left < Math.min(box.width, 24) - 1 || bottom - top < Math.min(box.height, 24) - 1) { faults.push(`${name(e)}: out of sight`); return; }
                const above = document.elementFromPoint((left + right) / 2, (top + bottom) / 2);
                // A country of a map is not where the middle of its box is.
                if (!e.contains(above) && !above?.contains(e) && !e.ownerSVGElement?.contains(above)) faults.push(`${name(e)}: under ${above && name(above)}`);
            }, true);
            window.outcome = stops => {
                const wrong = expected.findIndex((e, i) => e !== reached[i]);
                // Where the stops ran out, what came so far must be right.
                if (wrong >= 0 && (wrong < reached.length || stops < MOST)) faults.push(`stop ${wrong + 1} should be ${name(expected[wrong])} and is ${reached[wrong] ? name(reached[wrong]) : 'missing'}`);
                return faults;
            };
            // A date takes a stop for each of its parts.
            const parts = { date: 3, time: 3, 'datetime-local': 6 };
            return [...document.querySelectorAll('input')].reduce((n, e) => n + (parts[e.type] ?? 0), usable(document).length);
        }
        """;

    [Fact]
    public async Task Tab_reaches_all_of_a_page_in_order_and_in_sight()
    {
        var stops = (await chromium.Walked).Stops;
        Assert.True(stops.IsEmpty, string.Join('\n', stops));
    }

    /// <summary>Goes through the page that is open by Tab, and tells what is wrong with its stops.</summary>
    internal static async Task<IEnumerable<string>> Faults(Microsoft.Playwright.IPage page)
    {
        var stops = Math.Min(
            MostStops,
            await page.EvaluateAsync<int>(Watch.Replace("MOST", $"{MostStops}", StringComparison.Ordinal))
        );
        for (var i = 0; i < stops; i++)
            await page.Keyboard.PressAsync("Tab");
        return (await page.EvaluateAsync<string[]>("stops => outcome(stops)", stops)).Select(f =>
            $"{new Uri(page.Url).PathAndQuery}: {f}"
        );
    }
}
