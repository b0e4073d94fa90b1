using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;

namespace Plenaria.Tests.Platform.Site;

/// <summary>Requests that no browser of a visitor sends: each is answered, none is a fault of the house.</summary>
public class RequestTests(SharedHosts houses) : IClassFixture<SharedHosts>
{
    private static StringContent Form(string body, string charset)
    {
        var content = new StringContent(body);
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(
            $"application/x-www-form-urlencoded; charset={charset}"
        );
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
        var answer = await staff.Submit(
            page,
            "main form",
            ("Input.Title", "T"),
            ("Input.Text", new string('x', 5 << 20))
        );
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.Status);
        Assert.Contains("Go back: your text is still in the form.", answer.Body);
    }

    [Fact]
    public async Task A_field_of_a_translation_that_comes_twice_counts_once()
    {
        var staff = await (await houses.On(Provider.Sqlite)).Visit(Role.Staff);
        var page = await staff.Get("/en/translations/OIDP-D-00001/ca");
        string Value(string name) => page.Page.QuerySelector($"input[name='{name}']")!.GetAttribute("value")!;
        var seen = Value("seen[title]");
        var fields = new (string Name, string Value)[]
        {
            ("__RequestVerificationToken", Value("__RequestVerificationToken")),
            ("said[title]", "El primer"),
            ("SAID[title]", "El segon"),
            ("said[title]", "El tercer"),
            ("seen[title]", seen),
            ("seen[title]", "x"),
            ("said[", ""),
        };
        using var answer = await staff.Http.PostAsync(
            "/en/translations/OIDP-D-00001/ca",
            new StringContent(
                string.Join('&', fields.Select(f => $"{Uri.EscapeDataString(f.Name)}={Uri.EscapeDataString(f.Value)}")),
                Encoding.UTF8,
                "application/x-www-form-urlencoded"
            )
        );
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.Equal(
            "El primer",
            (await staff.Get("/en/translations/OIDP-D-00001/ca")).Text("textarea[name='said[title]']")
        );
    }

    [Fact]
    public async Task Head_is_answered_as_get_without_a_body_at_every_address()
    {
        var house = await houses.On(Provider.Sqlite);
        var visitor = house.Visit();
        foreach (
            var path in (string[])
                [
                    "/en",
                    "/feed.atom",
                    "/en/calendar.ics",
                    "/sitemap.xml",
                    "/robots.txt",
                    "/api/v1/members",
                    "/oai?verb=Identify",
                    "/en/members.csv",
                    "/r/OIDP-2013-A04",
                    "/healthz/live",
                    "/healthz/ready",
                    "/openapi/v1.json",
                    "/en/search.atom",
                    "/thesaurus.rdf",
                ]
        )
        {
            using var get = await visitor.Http.GetAsync(path);
            using var head = await visitor.Http.SendAsync(new(HttpMethod.Head, path));
            Assert.True(get.StatusCode is HttpStatusCode.OK or HttpStatusCode.Redirect, $"{path}: {get.StatusCode}");
            Assert.True(get.StatusCode == head.StatusCode, $"HEAD {path}: {head.StatusCode}, GET: {get.StatusCode}");
            Assert.Equal(get.Content.Headers.ContentType?.MediaType, head.Content.Headers.ContentType?.MediaType);
            Assert.Empty(await head.Content.ReadAsByteArrayAsync());
        }
        Assert.Equal(
            HttpStatusCode.NotFound,
            (await visitor.Http.SendAsync(new(HttpMethod.Head, "/en/nothing-of-the-kind"))).StatusCode
        );
        // A stream without end says what it is and ends.
        using var live = await visitor
            .Http.SendAsync(new(HttpMethod.Head, "/plenaries/OIDP-S-2013-01/live"))
            .WaitAsync(TimeSpan.FromSeconds(20));
        Assert.True(live.StatusCode is HttpStatusCode.OK or HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData("/oai?verb=ListRecords&metadataPrefix=oai_dc&until=9999-12-31", HttpStatusCode.OK)]
    [InlineData("/oai?verb=ListRecords&metadataPrefix=oai_dc&set=%0B", HttpStatusCode.OK)]
    [InlineData("/oai?verb=ListRecords&metadataPrefix=oai_dc&%0B=1", HttpStatusCode.OK)]
    [InlineData("/oai?verb=%02", HttpStatusCode.OK)]
    [InlineData("/feed.atom?lang=zz", HttpStatusCode.BadRequest)]
    [InlineData("/en/answers/%20", HttpStatusCode.NotFound)]
    [InlineData("/en/reviews/%20%09", HttpStatusCode.NotFound)]
    [InlineData("/en/members/%20", HttpStatusCode.NotFound)]
    [InlineData("/r/%20", HttpStatusCode.NotFound)]
    [InlineData("/files/%20", HttpStatusCode.NotFound)]
    public async Task Odd_addresses_are_answered(string path, HttpStatusCode expected)
    {
        using var answer = await (await houses.On(Provider.Sqlite)).Visit().Http.GetAsync(path);
        Assert.Equal(expected, answer.StatusCode);
        if (path.StartsWith("/oai", StringComparison.Ordinal))
            System.Xml.Linq.XDocument.Parse(await answer.Content.ReadAsStringAsync());
    }

    [Theory, BothDatabases]
    public async Task A_database_that_takes_no_rows_is_not_ready(Provider provider)
    {
        var house = await houses.On(provider);
        Assert.Equal(HttpStatusCode.OK, (await house.Visit().Get("/healthz/ready")).Status);
        Assert.Equal(
            0,
            await house.Within(s =>
                s.GetRequiredService<PlenariaDb>()
                    .Database.SqlQuery<int>(
                        $"SELECT CAST(COUNT(*) AS INTEGER) AS \"Value\" FROM site_submitted_forms WHERE identity LIKE 'probe%'"
                    )
                    .SingleAsync()
            )
        );
        await using var broken = await TestHost.Open(provider);
        await broken.Within(s =>
            s.GetRequiredService<PlenariaDb>()
                .Database.ExecuteSqlRawAsync("ALTER TABLE site_submitted_forms RENAME TO elsewhere")
        );
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await broken.Visit().Get("/healthz/ready")).Status);
    }
}
