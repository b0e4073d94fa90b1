using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Plenaria.Platform.Access;

namespace Plenaria.Tests.Platform.Site;

/// <summary>Requests that no browser of a visitor sends: each is answered, none is a fault of the house.</summary>
public class RequestTests(Houses houses) : IClassFixture<Houses>
{
    private static StringContent Form(string body, string charset)
    {
        var content = new StringContent(body);
        content.Headers.ContentType = MediaTypeHeaderValue.Parse($"application/x-www-form-urlencoded; charset={charset}");
        return content;
    }

    [Theory]
    [InlineData("utf-7")]
    [InlineData("\"UTF-7\"")]
    [InlineData("unicode-1-1-utf-7")]
    public async Task A_form_in_a_script_that_hides_markup_is_a_bad_request(string charset)
    {
        var visitor = (await houses.On(Provider.Sqlite)).Visit();
        using var answer = await visitor.Http.PostAsync("/en/sign-in", Form("Email=a", charset));
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Fact]
    public async Task What_is_larger_than_a_page_takes_is_said_to_be_so()
    {
        var staff = await (await houses.On(Provider.Sqlite)).Visit(Role.Staff);
        var page = await staff.Get("/en/plenaries/new");
        var answer = await staff.Submit(page, "main form", ("Input.Title", "T"), ("Input.Text", new string('x', 5 << 20)));
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.Status);
        Assert.Contains("Go back: what you wrote is still in the form.", answer.Body);
    }

    [Fact]
    public async Task A_field_of_a_translation_that_comes_twice_counts_once()
    {
        var staff = await (await houses.On(Provider.Sqlite)).Visit(Role.Staff);
        var page = await staff.Get("/en/translations/OIDP-D-00001/ca");
        string Value(string name) => page.Page.QuerySelector($"input[name='{name}']")!.GetAttribute("value")!;
        var seen = Value("seen[title]");
        var fields = new (string Name, string Value)[] { ("__RequestVerificationToken", Value("__RequestVerificationToken")), ("said[title]", "El primer"), ("SAID[title]", "El segon"), ("said[title]", "El tercer"), ("seen[title]", seen), ("seen[title]", "x"), ("said[", "") };
        using var answer = await staff.Http.PostAsync("/en/translations/OIDP-D-00001/ca", new StringContent(string.Join('&', fields.Select(f => $"{Uri.EscapeDataString(f.Name)}={Uri.EscapeDataString(f.Value)}")), Encoding.UTF8, "application/x-www-form-urlencoded"));
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.Equal("El primer", (await staff.Get("/en/translations/OIDP-D-00001/ca")).Text("textarea[name='said[title]']"));
    }
}
