using System.Collections.Concurrent;
using System.Net;
using System.Text.RegularExpressions;
using AngleSharp.Dom;
using AngleSharp.Html.Dom.Events;
using AngleSharp.Html.Parser;
using Plenaria.Platform.Access;

namespace Plenaria.Tests.Platform.Site;

/// <summary>
/// Every announced page, for whoever may see it, is HTML as the standard has it: nothing that a browser has to guess,
/// and nothing that points at what is not there.
/// </summary>
public partial class ValidHtmlTests(SharedHosts houses) : IClassFixture<SharedHosts>
{
    /// <summary>What no page holds, and which rule of the HTML standard says so.</summary>
    private static readonly (string Selector, string Rule)[] Never =
    [
        ("ul > :not(li, script, template), ol > :not(li, script, template)", "a list holds entries only"),
        ("dl > :not(dt, dd, div)", "a list of terms holds terms and what they mean"),
        ("a a, a button, a input, button a, button button, button input, label label", "one control within another"),
        (
            ":is(p, span, label, button, h1, h2, h3, h4, em, strong) "
                + ":is(p, div, ul, ol, dl, table, form, section, article, h1, h2, h3, h4, fieldset)",
            "a block within a line of text"
        ),
        ("img:not([alt])", "a picture says what it shows, or that it shows nothing"),
        ("img[src=''], a[href=''], form[action='']", "an address leads somewhere"),
        ("fieldset > legend:not(:first-child), table > caption:not(:first-child)", "its name comes first"),
        ("[lang=''], [role=''], [rel=''], [type=''], [for=''], [id=''], [hreflang='']", "an attribute says something"),
        ("textarea[value], select[value]", "their content is what they hold"),
        ("button[href], div[href], span[href]", "only a link leads somewhere"),
    ];

    private static readonly string[] Pointers =
    [
        "aria-describedby",
        "aria-labelledby",
        "aria-controls",
        "aria-owns",
        "aria-details",
        "aria-errormessage",
        "headers",
        "for",
        "form",
        "list",
    ];

    [Fact]
    public async Task Every_page_is_valid_html()
    {
        var house = await houses.On(Provider.Sqlite);
        var faults = new ConcurrentQueue<string>();
        Browser[] readers = [house.Visit(), await house.Visit(Role.Staff), await house.Visit(Role.Member)];
        var read = 0;
        await Task.WhenAll(
            readers.Select(async reader =>
            {
                foreach (var visit in Visits.All.Where(v => v.Route != "/sign-out"))
                {
                    var answer = await reader.Get($"/en{visit.Path}");
                    if (answer.Status != HttpStatusCode.OK)
                        continue;
                    Interlocked.Increment(ref read);
                    foreach (var fault in Faults(answer.Body))
                        faults.Enqueue($"{visit.Path}: {fault}");
                }
            })
        );
        Assert.True(faults.IsEmpty, string.Join('\n', faults.Distinct().Order()));
        Assert.InRange(read, Visits.All.Count, int.MaxValue);
    }

    [Fact]
    public async Task A_page_that_refuses_what_was_typed_is_valid_html()
    {
        var house = await houses.On(Provider.Sqlite);
        var staff = await house.Visit(Role.Staff);
        var refused = await staff.Submit("/en/members/new", "main form");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        Assert.Equal([], Faults(refused.Body));
        var missing = await house.Visit().Get("/en/members/no-such-member");
        Assert.Equal(HttpStatusCode.NotFound, missing.Status);
        Assert.Equal([], Faults(missing.Body));
    }

    [Theory]
    [InlineData("<p><div>x</div></p>")]
    [InlineData("<p id=a></p><p id=a></p>")]
    [InlineData("<input aria-describedby=''>")]
    [InlineData("<input aria-describedby='nothing'>")]
    [InlineData("<select><option value=''></option></select>")]
    [InlineData("<a href='/a b'>x</a>")]
    [InlineData("<img src='data:image/svg+xml,<svg viewBox=\"0 0 1 1\">' alt=''>")]
    [InlineData("<span class=a class=b>x</span>")]
    [InlineData("<ul><p>x</p></ul>")]
    [InlineData("<table><p>x</p></table>")]
    [InlineData("<div></span></div>")]
    public void What_is_not_valid_is_found(string body) =>
        Assert.NotEmpty(
            Faults($"<!doctype html><html lang=en><head><title>x</title></head><body>{body}</body></html>")
        );

    [Fact]
    public void What_is_valid_is_not_complained_of() =>
        Assert.Equal(
            [],
            Faults(
                "<!doctype html><html lang=en><head><title>x</title></head><body><label for=a>x</label>"
                    + "<input id=a list=b aria-describedby='c'><p id=c>x</p>"
                    + "<datalist id=b><option value=x></option></datalist><a href='/x?y=a%20b#c'>x</a></body></html>"
            )
        );

    private static List<string> Faults(string html)
    {
        var faults = new List<string>();
        var parser = new HtmlParser();
        parser.Error += (_, error) =>
        {
            if (error is HtmlErrorEvent fault)
                faults.Add($"{fault.Message} ({Around(html, fault.Position.Position)})");
        };
        using var page = parser.ParseDocument(html);
        foreach (var (selector, rule) in Never)
            faults.AddRange(page.QuerySelectorAll(selector).Select(e => $"{rule}: {Named(e)}"));
        faults.AddRange(WrongIds(page));
        faults.AddRange(WrongAddresses(page));
        foreach (var option in page.QuerySelectorAll("select option:not([label])"))
            if (option.TextContent.Trim().Length == 0)
                faults.Add($"an option says nothing: {Named(option.Closest("select")!)}");
        return faults;
    }

    private static IEnumerable<string> WrongIds(IDocument page)
    {
        var ids = page.QuerySelectorAll("[id]").Select(e => e.Id!).ToList();
        foreach (var id in ids.CountBy(i => i).Where(c => c.Value > 1))
            yield return $"{id.Value} elements have the id {id.Key}";
        foreach (var id in ids.Where(i => i.Any(char.IsWhiteSpace)))
            yield return $"a space within the id {id}";
        foreach (var name in Pointers)
        foreach (var element in page.QuerySelectorAll($"[{name}]"))
        {
            var named = element.GetAttribute(name)!.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (named.Length == 0 || named.Except(ids).Any())
                yield return $"{name} names what is not there: {Named(element)}";
        }
    }

    private static IEnumerable<string> WrongAddresses(IDocument page)
    {
        foreach (var name in (string[])["href", "src", "action", "formaction"])
        foreach (var element in page.QuerySelectorAll($"[{name}]"))
            if (!Address().IsMatch(element.GetAttribute(name)!))
                yield return $"no address: {Named(element)}";
    }

    private static string Named(IElement element) => ((IElement)element.Clone(deep: false)).OuterHtml;

    private static string Around(string html, int at) =>
        Regex.Replace(html[Math.Max(0, at - 60)..Math.Min(html.Length, at + 60)], @"\s+", " ");

    // URL standard: code points of URLs, and percent signs that two hexadecimal digits follow.
    [GeneratedRegex(@"^(?:%[0-9A-Fa-f]{2}|[!$&'()*+,\-./:;=?@_~#A-Za-z0-9]|[^\x00-\xA0])*$")]
    private static partial Regex Address();
}
