using System.Net;
using System.Text;
using Plenaria.Platform.Access;

namespace Plenaria.Tests.Network.Members;

public class ImportPageTests(SharedHosts houses) : IClassFixture<SharedHosts>
{
    private static string Figure(Answer page, string name) =>
        page
            .Page.QuerySelectorAll("main form dl.facts dt")
            .Single(t => t.TextContent == name)
            .NextElementSibling!.TextContent;

    private static async Task<Answer> Upload(Browser staff, string content) =>
        await staff.Upload(
            await staff.Get("/en/import/members"),
            "main form",
            ("Document", "members.csv", Encoding.UTF8.GetBytes(content)),
            ("WrittenIn", "es")
        );

    [Theory, BothDatabases]
    public async Task A_spreadsheet_is_looked_through_before_anything_is_stored_and_taken_over_once(Provider provider)
    {
        var house = await houses.On(provider);
        var staff = await house.Visit(Role.Staff);
        var sent = await Upload(
            staff,
            "Institución;País;Ciudad\nVilla Importada Uno;España;Uno\nVilla Importada Dos;Nowhere;Dos\n"
        );
        Assert.Equal(HttpStatusCode.Redirect, sent.Status);
        var review = await staff.Get(sent.Location!);
        Assert.Equal("1", Figure(review, "New"));
        Assert.Equal("0", Figure(review, "Unchanged"));
        Assert.Equal("1", Figure(review, "Rows left out"));
        Assert.Contains("Nowhere", review.Text("main section:last-of-type"));
        Assert.Contains("Villa Importada Uno", review.Text("[aria-labelledby=taken]"));
        // Looking changes nothing.
        Assert.DoesNotContain("Villa Importada", (await staff.Get("/en/members?q=importada")).Text("main"));

        var elsewhere = await staff.Get(sent.Location!);
        var done = await staff.Press(review, "main form", "Run");
        Assert.Equal((HttpStatusCode.Redirect, "/en/members"), (done.Status, done.Location));
        Assert.Contains("Villa Importada Uno", (await staff.Get("/en/members?q=importada")).Text(".actions"));
        Assert.DoesNotContain("Villa Importada Dos", (await staff.Get("/en/members?q=importada")).Text(".actions"));
        // What was taken over says what became of it and cannot be taken over again.
        var over = await staff.Get(sent.Location!);
        Assert.Equal(("1", "1"), (Figure(over, "New"), Figure(over, "Rows left out")));
        Assert.Empty(over.Page.QuerySelectorAll("main form button"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await staff.Press(elsewhere, "main form", "Run")).Status);
        Assert.DoesNotContain(sent.Location!, (await staff.Get("/en/import/members")).Body);
        // The same file again brings nothing.
        var again = await Upload(staff, "Institución;País;Ciudad\nVilla Importada Uno;España;Uno\n");
        var second = await staff.Get(again.Location!);
        Assert.Equal("1", Figure(second, "Unchanged"));
        Assert.Contains("nothing new", second.Text(".notice"));
        // What changes of a member that there is stands beside what it was.
        var other = await Upload(staff, "Institución;País;Ciudad\nVilla Importada Uno;España;Otra\n");
        var change = (await staff.Get(other.Location!)).Page.QuerySelector(
            "[aria-labelledby=taken] tbody td:last-child"
        )!;
        Assert.Equal(
            ("Uno", "Otra"),
            (change.QuerySelector("del")!.TextContent, change.QuerySelector("ins")!.TextContent)
        );
    }

    [Theory, BothDatabases]
    public async Task What_a_heading_means_is_said_once_and_remembered(Provider provider)
    {
        var house = await houses.On(provider);
        var staff = await house.Visit(Role.Staff);
        const string headings = "Denominación oficial;Estado;Notas\n";
        var sent = await Upload(staff, headings + "Villa Recordada;España;x\n");
        var review = await staff.Get(sent.Location!);
        Assert.Empty(review.Page.QuerySelectorAll("#result"));
        var named = await staff.Press(
            review,
            "main form",
            "Columns",
            ("Meanings[0]", "name"),
            ("Meanings[1]", "country")
        );
        Assert.Equal(HttpStatusCode.Redirect, named.Status);
        var compared = await staff.Get(sent.Location!);
        Assert.Equal("1", Figure(compared, "New"));
        await staff.Press(compared, "main form", "Run");
        var next = await Upload(staff, headings + "Villa Recordada;España;x\nVilla Siguiente;España;y\n");
        var known = await staff.Get(next.Location!);
        Assert.Equal(("1", "1"), (Figure(known, "New"), Figure(known, "Unchanged")));
        Assert.Equal(HttpStatusCode.Redirect, (await staff.Press(known, "main form", "Discard")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await staff.Get(next.Location!)).Status);
    }

    [Theory, BothDatabases]
    public async Task Columns_that_were_chosen_anew_are_compared_before_the_file_is_taken_over(Provider provider)
    {
        var house = await houses.On(provider);
        var staff = await house.Visit(Role.Staff);
        var sent = await Upload(staff, "Institución;País;Otra\nVilla Cambiada;España;Villa Elegida\n");
        var review = await staff.Get(sent.Location!);
        var pressed = await staff.Press(review, "main form", "Run", ("Meanings[0]", ""), ("Meanings[2]", "name"));
        Assert.Equal(sent.Location, pressed.Location);
        Assert.DoesNotContain("Villa", (await staff.Get("/en/members?q=cambiada")).Text("main .actions"));
        var compared = await staff.Get(sent.Location!);
        Assert.Contains("Villa Elegida", compared.Text("[aria-labelledby=taken]"));
        // Whoever looked at it before is told, and takes over nothing that they did not see.
        var late = await staff.Press(review, "main form", "Run");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, late.Status);
        Assert.Equal("/en/members", (await staff.Press(compared, "main form", "Run")).Location);
        Assert.Contains("Villa Elegida", (await staff.Get("/en/members?q=elegida")).Text(".actions"));
    }

    [Fact]
    public async Task What_is_no_table_is_refused()
    {
        var staff = await (await houses.On(Provider.Sqlite)).Visit(Role.Staff);
        var refused = await Upload(staff, "\u0001\u0002;\u0003\n");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        Assert.Contains("not a spreadsheet", refused.Text("[role=alert]"));
    }
}
