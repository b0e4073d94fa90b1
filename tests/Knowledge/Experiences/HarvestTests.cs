using System.IO.Compression;
using System.Text.Json;
using System.Xml.Linq;
using Microsoft.Extensions.DependencyInjection;
using Plenaria.Platform.Data;
using Plenaria.Platform.Journal;
using Plenaria.Platform.Register;

namespace Plenaria.Tests.Knowledge.Experiences;

public class HarvestTests
{
    private static readonly XNamespace Pmh = "http://www.openarchives.org/OAI/2.0/";

    private static async Task<XElement> Ask(TestHost house, string query) =>
        XDocument.Parse((await house.Visit().Get("/oai?" + query)).Body).Root!;

    private static string? ErrorOf(XElement answer) => answer.Element(Pmh + "error")?.Attribute("code")?.Value;

    private static Task Publish(TestHost house, int count) =>
        house.Within(async services =>
        {
            for (var i = 0; i < count; i++)
                await services
                    .GetRequiredService<Register>()
                    .Publish(
                        new(
                            Reference.Of("T", i.ToString("000", System.Globalization.CultureInfo.InvariantCulture)),
                            "experience",
                            $"/experiences/t-{i}",
                            LocalizedText.Original(Language.English, $"A & <b> {i}"),
                            LocalizedText.Empty
                        ),
                        LocalizedText.Empty,
                        Audience.Public,
                        default
                    );
            services.GetRequiredService<Journal>().Append(house.Acting(), "test", "test.published", null, new { });
            await services.GetRequiredService<PlenariaDb>().SaveChangesAsync();
        });

    [Theory, BothDatabases]
    public async Task All_that_is_public_is_one_file_made_every_night(Provider provider)
    {
        await using var house = await TestHost.Open(provider, withSample: false);
        Assert.Equal(System.Net.HttpStatusCode.NotFound, (await house.Visit().Get("/data/register.ndjson.gz")).Status);
        await Publish(house, 1_003);
        await house.Within(async services =>
        {
            await services
                .GetRequiredService<Register>()
                .Publish(
                    new(
                        Reference.Parse("T-STAFF"),
                        "experience",
                        "/experiences/staff",
                        LocalizedText.Original(Language.English, "Internal"),
                        LocalizedText.Empty
                    ),
                    LocalizedText.Empty,
                    Audience.Staff,
                    default
                );
            await services.GetRequiredService<Register>().Withdraw(Reference.Parse("T-007"), default);
            services.GetRequiredService<Journal>().Append(house.Acting(), "test", "test.published", null, new { });
            await services.GetRequiredService<PlenariaDb>().SaveChangesAsync();
        });
        await house.Within(s => BulkArchive.Make(s, default));
        var answer = await house.Visit().Http.GetAsync("/data/register.ndjson.gz");
        using var lines = new StreamReader(
            new GZipStream(await answer.Content.ReadAsStreamAsync(), CompressionMode.Decompress)
        );
        var read = (await lines.ReadToEndAsync())
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(l => JsonDocument.Parse(l).RootElement)
            .ToList();
        Assert.Equal(
            (1_002, 1_002),
            (read.Count, read.Select(e => e.GetProperty("reference").GetString()).Distinct().Count())
        );
        Assert.Equal("A & <b> 0", read[0].GetProperty("title").GetProperty("en").GetString());
        Assert.Empty(Directory.EnumerateFiles(Path.Combine(house.Data.FullName, "archive"), "*.part"));
    }

    [Theory, BothDatabases]
    public async Task A_harvester_reads_all_there_is_page_by_page_each_record_once(Provider provider)
    {
        await using var house = await TestHost.Open(provider, withSample: false);
        await Publish(house, 250);
        var (seen, query, pages) = (new List<string>(), "verb=ListRecords&metadataPrefix=oai_dc&set=experience", 0);
        while (query is not null && pages++ < 10)
        {
            var list = (await Ask(house, query)).Element(Pmh + "ListRecords")!;
            seen.AddRange(list.Descendants(Pmh + "identifier").Select(i => i.Value));
            query = list.Element(Pmh + "resumptionToken")?.Value is { Length: > 0 } token
                ? $"verb=ListRecords&resumptionToken={token}"
                : null;
        }
        Assert.Equal((3, 250, 250), (pages, seen.Count, seen.Distinct().Count()));
    }

    [Fact]
    public async Task A_harvester_made_by_others_takes_every_record_once_and_knows_the_deleted_one()
    {
        await using var house = await TestHost.Open(Provider.Sqlite, withSample: false);
        await Publish(house, 250);
        await house.Within(async services =>
        {
            await services.GetRequiredService<Register>().Withdraw(Reference.Parse("T-042"), default);
            services.GetRequiredService<Journal>().Append(house.Acting(), "test", "test.withdrawn", null, new { });
            await services.GetRequiredService<PlenariaDb>().SaveChangesAsync();
        });
        var said = await Sources.Outside(
            "catmandu",
            [
                "convert",
                "OAI",
                "--url",
                $"{house.Address}oai",
                "--metadataPrefix",
                "oai_dc",
                "--listIdentifiers",
                "0",
                "to",
                "JSON",
                "--line_delimited",
                "1",
            ]
        );
        var records = said.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(l => JsonDocument.Parse(l).RootElement)
            .ToList();
        Assert.Equal(
            (250, 250),
            (records.Count, records.Select(r => r.GetProperty("_identifier").GetString()).Distinct().Count())
        );
        Assert.EndsWith(
            "T-042",
            Assert
                .Single(records, r => r.TryGetProperty("_status", out var status) && status.GetString() == "deleted")
                .GetProperty("_identifier")
                .GetString()!
        );
        Assert.Contains("A & <b> 7", said);
    }

    [Theory, BothDatabases]
    public async Task What_was_withdrawn_is_said_to_be_deleted(Provider provider)
    {
        await using var house = await TestHost.Open(provider, withSample: false);
        await Publish(house, 2);
        await house.Within(async services =>
        {
            await services.GetRequiredService<Register>().Withdraw(Reference.Parse("T-000"), default);
            services.GetRequiredService<Journal>().Append(house.Acting(), "test", "test.withdrawn", null, new { });
            await services.GetRequiredService<PlenariaDb>().SaveChangesAsync();
        });
        var answer = await Ask(house, "verb=ListRecords&metadataPrefix=oai_dc");
        var deleted = Assert.Single(answer.Descendants(Pmh + "header"), h => h.Attribute("status")?.Value == "deleted");
        Assert.EndsWith("T-000", deleted.Element(Pmh + "identifier")!.Value);
        Assert.Equal(
            "deleted",
            (
                await Ask(
                    house,
                    $"verb=GetRecord&metadataPrefix=oai_dc&identifier={Uri.EscapeDataString(deleted.Element(Pmh + "identifier")!.Value)}"
                )
            )
                .Descendants(Pmh + "header")
                .Single()
                .Attribute("status")!
                .Value
        );
    }

    [Theory, BothDatabases]
    public async Task What_the_protocol_does_not_allow_is_answered_by_its_error(Provider provider)
    {
        await using var house = await TestHost.Open(provider, withSample: false);
        await Publish(house, 150);
        var token = (await Ask(house, "verb=ListIdentifiers&metadataPrefix=oai_dc"))
            .Descendants(Pmh + "resumptionToken")
            .Single()
            .Value;
        foreach (
            var (query, code) in ((string, string)[])
                [
                    ("", "badVerb"),
                    ("verb=Nothing", "badVerb"),
                    ("verb=Identify&verb=Identify", "badVerb"),
                    ("verb=Identify&x=1", "badArgument"),
                    ("verb=ListRecords", "badArgument"),
                    ("verb=ListRecords&metadataPrefix=marc21", "cannotDisseminateFormat"),
                    ("verb=ListRecords&metadataPrefix=oai_dc&from=yesterday", "badArgument"),
                    ("verb=ListRecords&metadataPrefix=oai_dc&from=2020-01-01&until=2019-01-01", "badArgument"),
                    (
                        "verb=ListRecords&metadataPrefix=oai_dc&from=2020-01-01&until=2030-01-01T00:00:00Z",
                        "badArgument"
                    ),
                    ("verb=ListRecords&metadataPrefix=oai_dc&until=1999-01-01", "noRecordsMatch"),
                    ("verb=ListRecords&metadataPrefix=oai_dc&set=nothing", "noRecordsMatch"),
                    ("verb=ListRecords&resumptionToken=0abc", "badResumptionToken"),
                    ("verb=ListRecords&resumptionToken=elsewhere", "badResumptionToken"),
                    (
                        $"verb=ListRecords&resumptionToken={token[..^2]}{(token.EndsWith("30", StringComparison.Ordinal) ? "31" : "30")}",
                        "badResumptionToken"
                    ),
                    ($"verb=ListIdentifiers&metadataPrefix=oai_dc&resumptionToken={token}", "badArgument"),
                    ("verb=GetRecord&metadataPrefix=oai_dc&identifier=oai:elsewhere:T-001", "idDoesNotExist"),
                    ("verb=GetRecord&identifier=x", "badArgument"),
                ]
        )
            Assert.True(ErrorOf(await Ask(house, query)) == code, $"{query}: {ErrorOf(await Ask(house, query))}");
        Assert.Null(ErrorOf(await Ask(house, $"verb=ListIdentifiers&resumptionToken={token}")));
    }
}
