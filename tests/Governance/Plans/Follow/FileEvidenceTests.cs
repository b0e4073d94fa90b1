using System.Net;
using Plenaria.Platform.Access;

namespace Plenaria.Tests.Governance.Plans.Follow;

public class FileEvidenceTests(SharedHosts houses) : IClassFixture<SharedHosts>
{
    private static readonly byte[] Minutes = "%PDF-1.7\nMinutes of the session"u8.ToArray();

    private static (string, string)[] Fields(string text) =>
        [("Input.State", "UnderWay"), ("Input.Kind", "File"), ("Input.Text", text), ("Input.Date", "2013-07-02")];

    [Theory, BothDatabases]
    public async Task A_file_supports_an_action_and_is_opened_from_its_page(Provider provider)
    {
        var house = await houses.On(provider);
        var staff = await house.Visit(Role.Staff);
        var kept = await staff.Upload(
            await staff.Get("/en/plans/2013/actions/9/progress"),
            "main form",
            ("Upload", "../../minutes.pdf", Minutes),
            Fields("Signed minutes")
        );
        Assert.Equal(HttpStatusCode.Redirect, kept.Status);
        var action = await house.Visit().Get("/en/plans/2013/actions/9");
        var record = action
            .Page.QuerySelectorAll(".evidence li.strong")
            .Single(e => e.TextContent.Contains("Signed minutes", StringComparison.Ordinal));
        var opened = await house.Visit().Http.GetAsync(record.QuerySelector("a")!.GetAttribute("href"));
        Assert.Equal(Minutes, await opened.Content.ReadAsByteArrayAsync());
        Assert.Equal("minutes.pdf", opened.Content.Headers.ContentDisposition!.FileNameStar);
    }

    [Fact]
    public async Task A_file_that_is_refused_leaves_nothing_and_what_was_typed_stays()
    {
        var house = await houses.On(Provider.Sqlite);
        var staff = await house.Visit(Role.Staff);
        var page = await staff.Get("/en/plans/2013/actions/11/progress");
        foreach (
            var (content, reason) in ((byte[], string)[])
                [
                    ("<script>alert(1)</script>"u8.ToArray(), "not accepted"),
                    ([], "empty"),
                    ([.. "%PDF-1.7"u8, .. new byte[21 << 20]], "20 MB"),
                ]
        )
        {
            var refused = await staff.Upload(
                page,
                "main form",
                ("Upload", "picture.png", content),
                Fields("A long story")
            );
            Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
            Assert.Contains(reason, refused.Text(".validation-summary-errors"));
            Assert.Equal("A long story", refused.Page.QuerySelector("#Input_Text")!.GetAttribute("value"));
        }
        Assert.Contains(
            "Choose the file",
            (await staff.Submit(page, "main form", Fields("No file"))).Text(".validation-summary-errors")
        );
        Assert.Contains("Not started", (await staff.Get("/en/plans/2013/actions/11")).Text(".page-head .state"));
        Assert.DoesNotContain(
            Directory.EnumerateFiles(house.Data.FullName, "*", SearchOption.AllDirectories),
            f => new FileInfo(f).Length > 20 << 20
        );
    }

    [Theory]
    [InlineData("/en/plans/2013/actions/11/progress", "Upload")]
    [InlineData("/en/plans/import", "Document")]
    public async Task Fifty_megabytes_are_refused_on_the_page_and_a_hundred_at_the_door(string path, string field)
    {
        var house = await houses.On(Provider.Sqlite);
        var staff = await house.Visit(Role.Staff);
        var page = await staff.Get(path);
        var large = await staff.Upload(page, "main form", (field, "large.pdf", new byte[50 << 20]), Fields("Large"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, large.Status);
        Assert.Contains("MB", large.Text(".validation-summary-errors"));
        try
        {
            var huge = await staff.Upload(page, "main form", (field, "huge.pdf", new byte[100 << 20]), Fields("Huge"));
            Assert.Equal(HttpStatusCode.RequestEntityTooLarge, huge.Status);
            Assert.Contains("Too large", huge.Text("h1"));
        }
        catch (HttpRequestException)
        {
            // The server answered and closed while we were still sending, as it may.
        }
        Assert.Equal(HttpStatusCode.OK, (await staff.Get(path)).Status);
    }
}
