using AngleSharp;
using AngleSharp.Dom;
using Plenaria.Platform.Documents;

namespace Plenaria.Tests.Platform.Documents;

public class MarkupTests
{
    private static string Html(string text)
    {
        using var written = new StringWriter();
        Markup.Html(text).WriteTo(written, System.Text.Encodings.Web.HtmlEncoder.Default);
        return written.ToString();
    }

    private static IDocument Page(string html) =>
        BrowsingContext.New().OpenAsync(r => r.Content(html)).GetAwaiter().GetResult();

    public static TheoryData<string> Deep =>
        [
            string.Concat(Enumerable.Repeat("> ", 130)) + "x",
            string.Concat(Enumerable.Repeat("- ", 2000)) + "x",
            new string('[', 2000) + "x",
            string.Concat(Enumerable.Repeat("![", 2000)) + "x",
            string.Concat(Enumerable.Range(0, 150).Select(i => new string(' ', 2 * i) + "- x\n")),
            new string('*', 2000) + "x" + new string('*', 2000),
        ];

    /// <summary>Nobody takes a page from its readers by writing marks within marks.</summary>
    [Theory, MemberData(nameof(Deep))]
    public void A_text_that_is_nested_too_deeply_is_shown_as_it_was_written(string text)
    {
        Assert.Contains("x", Page(Html(text)).Body!.TextContent);
        Assert.Contains("x", string.Concat(Markup.Blocks(text).Select(b => b.Span.IsEmpty ? "" : "x")));
    }

    /// <summary>
    /// The short way for plain text and the long way say the same: a comment that Markdown ignores forces the long one.
    /// </summary>
    [Fact]
    public void Plain_text_reads_the_same_with_and_without_the_parser()
    {
        var seed = Environment.TickCount;
        var random = new Random(seed);
        string[] pieces =
        [
            "Año",
            "l’action",
            "«red»",
            "40 %",
            "a/b",
            "1",
            "2.",
            "3)",
            "Dr.",
            "été –",
            "(x)",
            "q: r",
            "it's",
            "\"so\"",
            "á",
            "\n",
            "\n\n",
            "\n\n\n",
            " ",
            "  ",
            ";",
            "?",
            "¡hola!",
            "-",
            "+",
            "#",
            "*b*",
            "_",
            "`c`",
            "<i>",
            "&amp;",
            "[a](http://b)",
            "\t",
            "====",
            "~~~",
            "www.x.org",
            "x@y.org",
        ];
        for (var i = 0; i < 3_000; i++)
        {
            var text = string.Join(
                random.Next(3) == 0 ? "" : " ",
                Enumerable.Range(0, random.Next(1, 9)).Select(_ => pieces[random.Next(pieces.Length)])
            );
            string[] Paragraphs(string html) =>
                [
                    .. Page(html)
                        .Body!.Children.Select(p =>
                            $"{p.TagName}:{string.Join(' ', p.TextContent.Split((char[])[' ', '\n'], StringSplitOptions.RemoveEmptyEntries))}"
                        )
                        .Where(p => p != "P:"),
                ];
            Assert.True(
                Paragraphs(Markup.Parsed(text)).SequenceEqual(Paragraphs(Html(text))),
                $"seed {seed}: {System.Text.Json.JsonSerializer.Serialize(text)}: {Markup.Parsed(text)} {Html(text)}"
            );
        }
    }

    [Theory]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("[x](javascript:alert(1))")]
    [InlineData("![x](https://elsewhere.example/pixel.png)")]
    [InlineData("<img src=x onerror=alert(1)>")]
    [InlineData("a\n\n<iframe src=//elsewhere.example>\n\nb")]
    [InlineData("<javascript:alert(1)>")]
    public void Nothing_runs_and_nothing_is_fetched(string text)
    {
        var page = Page(Html(text));
        Assert.Empty(page.QuerySelectorAll("script, img, iframe, style, object, [onerror]"));
        Assert.All(page.QuerySelectorAll("a"), a => Assert.DoesNotContain("javascript", a.GetAttribute("href") ?? ""));
    }
}
