using System.Net;
using AngleSharp.Dom;
using Plenaria.Platform.Access;

namespace Plenaria.Tests.Platform.TagHelpers;

/// <summary>A field's label, hint, control and error are tied together, wherever it stands.</summary>
public class FieldTests(SharedHosts houses) : IClassFixture<SharedHosts>
{
    private static string Described(IElement control) =>
        string.Join(
            ' ',
            (control.GetAttribute("aria-describedby") ?? "")
                .Split(' ', StringSplitOptions.RemoveEmptyEntries)
                .Select(id => control.Owner!.GetElementById(id)!.TextContent)
        );

    [Fact]
    public async Task Every_field_of_the_style_page_has_its_label_and_what_describes_it()
    {
        var house = await houses.On(Provider.Sqlite);
        var page = (await house.Visit().Get("/en/style")).Page;
        var fields = page.QuerySelectorAll(".field");
        Assert.NotEmpty(fields);
        foreach (var field in fields)
        {
            var control = page.GetElementById(field.QuerySelector("label")!.GetAttribute("for")!)!;
            Assert.Same(field, control.ParentElement);
            var describing = field.QuerySelectorAll(".hint, .field-validation-error").Select(e => e.TextContent);
            Assert.Equal(string.Join(' ', describing), Described(control));
        }
    }

    [Fact]
    public async Task What_was_refused_is_shown_again_with_its_error_tied_to_it()
    {
        var house = await houses.On(Provider.Sqlite);
        var member = await house.Visit(Role.Member);
        var refused = await member.Submit("/en/exchange/ask", "main form", ("Input.Title", ""), ("Input.Text", "Text"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        var wrong = Assert.Single(refused.Page.QuerySelectorAll("[aria-invalid=true]"));
        Assert.Equal("Input_Title", wrong.Id);
        Assert.NotEqual("", Described(wrong));
        // The other fields keep what was typed and what was chosen, and are not called wrong.
        Assert.Equal("Text", refused.Page.QuerySelector("#Input_Text")!.TextContent.Trim());
        Assert.Equal("en", refused.Page.QuerySelector("#Input_Language option[selected]")!.GetAttribute("value"));
    }

    [Fact]
    public async Task The_language_that_was_chosen_is_chosen_again()
    {
        var house = await houses.On(Provider.Sqlite);
        var member = await house.Visit(Role.Member);
        var refused = await member.Submit(
            "/en/exchange/ask",
            "main form",
            ("Input.Title", ""),
            ("Input.Text", "Text"),
            ("Input.Language", "pt")
        );
        var chosen = Assert.Single(refused.Page.QuerySelectorAll("#Input_Language option[selected]"));
        Assert.Equal("pt", chosen.GetAttribute("value"));
    }
}
