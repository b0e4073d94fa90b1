using System.CommandLine;
using Plenaria.Platform.Modules;

namespace Plenaria.Platform.Documents.Verbs;

/// <summary>
/// <c>text render</c>: Markdown, or HTML of others, from standard input as exactly what a page would show.
/// </summary>
internal static class TextVerb
{
    public static Command Make(CliHost host)
    {
        var from = new Option<string>("--from")
        {
            Description = "What is given: markdown, html, or auto, which takes what begins with a tag for HTML.",
            DefaultValueFactory = _ => "auto",
        };
        from.AcceptOnlyFromAmong("auto", "markdown", "html");
        var render = new Command("render", "Print the HTML the site would show of a text.") { from };
        render.SetAction(
            async (parsed, cancel) =>
            {
                using var input = new StreamReader(Console.OpenStandardInput(), new System.Text.UTF8Encoding(false));
                var text = await input.ReadToEndAsync(cancel);
                var isHtml =
                    parsed.GetValue(from) is "html" || parsed.GetValue(from) is "auto" && HtmlText.IsHtml(text);
                await using var output = new StreamWriter(
                    Console.OpenStandardOutput(),
                    new System.Text.UTF8Encoding(false)
                );
                Markup
                    .Html(isHtml ? HtmlText.ToMarkdown(text) : text)
                    .WriteTo(output, System.Text.Encodings.Web.HtmlEncoder.Default);
                return 0;
            }
        );
        return new Command("text", "Running text.") { render };
    }
}
