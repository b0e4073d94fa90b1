using System.Collections.Concurrent;

namespace Plenaria.Tests.Acceptance.Browser;

/// <summary>Every announced page in a browser that runs no script: what it shows works.</summary>
[Collection("walk")]
public class ScriptlessTests(Chromium chromium)
{
    /// <summary>
    /// Names what a visitor sees and can do nothing with: forms that cannot be sent, fields and buttons of no form,
    /// links that lead nowhere.
    /// </summary>
    private const string Useless = """
        () => {
            const seen = selector => [...document.querySelectorAll(selector)].filter(e => e.checkVisibility({ visibilityProperty: true }));
            const name = e => e.cloneNode(false).outerHTML;
            const leads = address => { try { const to = new URL(address, document.baseURI); return /^(https?|mailto|tel):$/.test(to.protocol); } catch { return false; } };
            const faults = [];
            const headings = seen('h1').length;
            if (headings !== 1) faults.push(`${headings} headings of the first level`);
            for (const form of [...document.forms].filter(f => f.checkVisibility())) {
                // A form in a closed box is sent once the box is opened, which takes no script.
                const buttons = [...form.elements].filter(e => e.type === 'submit' && !e.disabled && e.checkVisibility({ visibilityProperty: true }));
                if (buttons.length === 0) faults.push(`no button sends ${name(form)}`);
                for (const address of [form.action, ...buttons.filter(b => b.hasAttribute('formaction')).map(b => b.formAction)])
                    if (!leads(address) || new URL(address).origin !== location.origin) faults.push(`${name(form)} is sent to ${address}`);
                if (form.method === 'post' && !form.elements['__RequestVerificationToken']) faults.push(`the house would refuse ${name(form)}`);
            }
            for (const e of seen('button, input:not([type=hidden]), select, textarea'))
                if (!e.form || e.type === 'button') faults.push(`only a script can use ${name(e)}`);
            for (const e of seen('a'))
                if (!e.hasAttribute('href') || !leads(e.href) || (e.getAttribute('href').startsWith('#') && !document.getElementById(decodeURIComponent(e.hash.slice(1))))) faults.push(`${name(e)} leads nowhere`);
            return faults;
        }
        """;

    [Fact]
    public async Task What_a_page_shows_works_without_script()
    {
        var faults = new ConcurrentQueue<string>();
        await chromium.Walk(
            async (page, visit) =>
            {
                await page.GotoAsync("about:blank");
                var status = (await page.GotoAsync($"/en{visit.Path}"))!.Status;
                if (status != 200)
                    faults.Enqueue($"{visit.Path}: {status}");
                foreach (var fault in await page.EvaluateAsync<string[]>(Useless))
                    faults.Enqueue($"{visit.Path}: {fault}");
            },
            script: false
        );
        Assert.True(faults.IsEmpty, string.Join('\n', faults));
    }
}
