using System.Net;
using System.Text.Json.Nodes;
using DocumentFormat.OpenXml.Packaging;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Plenaria.Plans.Reports;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;

namespace Plenaria.Tests.Governance.Plans.Reports;

/// <summary>What a report says of the instruments that carry an action out.</summary>
public class ReportFiguresTests
{
    [Theory, BothDatabases]
    public async Task A_closed_report_keeps_the_figures_of_its_period_and_each_leads_to_its_records(Provider provider)
    {
        await using var house = await TestHost.Open(provider);
        var staff = await house.Visit(Role.Staff);
        await staff.Press(
            await staff.Get("/en/plans/2013/actions/8/instruments"),
            "main form:last-of-type",
            "Add",
            ("Choice", "members-by-region/150")
        );
        await staff.Press(await staff.Get("/en/plans/2013/actions/8/instruments"), "main li form", "Keep");
        var opened = await staff.Submit(
            "/en/reports/new",
            "#new",
            ("Input.From", "2013-01-01"),
            ("Input.To", "2013-12-31")
        );
        var path = opened.Location![..^"/edit".Length];
        await staff.Submit($"{path}/close", "#confirm");

        var page = await house.Visit().Get(path.Replace("/en/", "/fr/", StringComparison.Ordinal));
        var figure = page.Page.QuerySelector("#OIDP-2013-A08 .instruments .figure a")!;
        var listed = await house.Visit().Get(figure.GetAttribute("href")!);
        Assert.StartsWith("/fr/members?region=150", figure.GetAttribute("href"));
        Assert.Equal($"{listed.Page.QuerySelectorAll(".actions > li").Length} membres", figure.TextContent);
        Assert.Contains("Europe", page.Text("#OIDP-2013-A08 .instruments"));
        // The record kept of it leads there too, in the reader's language.
        Assert.Equal(
            HttpStatusCode.OK,
            (
                await house.Visit().Get(page.Page.QuerySelector("#OIDP-2013-A08 .evidence a")!.GetAttribute("href")!)
            ).Status
        );
        Assert.StartsWith("/fr/members", page.Page.QuerySelector("#OIDP-2013-A08 .evidence a")!.GetAttribute("href"));

        var docx = await house.Visit().Http.GetAsync($"{path.Replace("/en/", "/pt/", StringComparison.Ordinal)}.docx");
        using (var package = WordprocessingDocument.Open(await docx.Content.ReadAsStreamAsync(), isEditable: false))
            Assert.Matches(
                @"Europa: \d+ membros \(http://[^ ]+/pt/members\?region=150",
                package.MainDocumentPart!.Document!.InnerText
            );
        Assert.Equal(HttpStatusCode.OK, (await house.Visit().Get($"{path}.pdf")).Status);

        var json = JsonNode.Parse((await house.Visit().Get($"/api/v1{path["/en".Length..]}")).Body)!;
        var instrument = json["plans"]![0]!["directions"]!
            .AsArray()
            .SelectMany(d => d!["actions"]!.AsArray())
            .Single(a => (string)a!["reference"]! == "OIDP-2013-A08")!["instruments"]![0]!;
        Assert.Equal("members-by-region", (string)instrument["kind"]!);
        Assert.Equal(5, instrument["title"]!.AsObject().Count);
        Assert.Equal(["recordsPath", "textKey", "value"], instrument["figures"]![0]!.AsObject().Select(p => p.Key));
    }

    [Theory, BothDatabases]
    public async Task A_report_closed_before_figures_were_kept_and_one_whose_words_are_gone_can_be_read(
        Provider provider
    )
    {
        await using var house = await TestHost.Open(provider);
        async Task Rewrite(Func<string, string> change) =>
            await house.Within(async services =>
            {
                var db = services.GetRequiredService<PlenariaDb>();
                var report = await db.Set<AnnualReport>()
                    .AsNoTracking()
                    .SingleAsync(r => r.Reference == Reference.Parse("OIDP-2013-B01"));
                var content = System.Text.Encoding.UTF8.GetBytes(
                    change(System.Text.Encoding.UTF8.GetString(report.Content!))
                );
                await db.Set<AnnualReport>()
                    .Where(r => r.Id == report.Id)
                    .ExecuteUpdateAsync(r => r.SetProperty(x => x.Content, content));
                // Written past the journal, which is what pages that are kept go by.
                services.GetRequiredService<CacheInvalidation>().Raise();
            });
        await Rewrite(text =>
            System.Text.RegularExpressions.Regex.Replace(
                text,
                """\u0022instruments":\[(?:[^\[\]]|\[[^\[\]]*\])*\],""",
                ""
            )
        );
        var visitor = house.Visit();
        foreach (var ending in (string[])["", ".pdf", ".docx"])
            Assert.Equal(HttpStatusCode.OK, (await visitor.Get($"/ca/reports/OIDP-2013-B01{ending}")).Status);
        Assert.DoesNotContain("instruments", (await visitor.Get("/api/v1/reports/OIDP-2013-B01")).Body);
        const string lost =
            """{"figures":[{"recordsPath":"/gone","textKey":"gone.count","value":1234}],"kind":"gone","title":{"ca":"Desaparegut"}}""";
        await Rewrite(text =>
            text.Replace("\"lead\":", $"\"instruments\":[{lost}],\"lead\":", StringComparison.Ordinal)
        );
        Assert.Contains("1.234", (await visitor.Get("/ca/reports/OIDP-2013-B01")).Text(".instruments"));
    }
}
