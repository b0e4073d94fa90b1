using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using DocumentFormat.OpenXml.Packaging;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Plenaria.Plans;
using Plenaria.Plans.Import;
using Plenaria.Plans.Reports;
using Plenaria.Platform.Data;

namespace Plenaria.Tests.Governance.Plans.Reports;

public class ReportTests(SharedHosts houses) : IClassFixture<SharedHosts>
{
    private static readonly byte[] Text = Encoding.UTF8.GetBytes(
        "# Plan\n\n## Knowledge\n\n- **Conference.** In July.\n- **Award.**\n\n## Growth\n\n- **Offices.**\n"
    );

    private static Task<WorkPlan> Plan(TestHost house, int year) =>
        house.Within(services =>
            services
                .GetRequiredService<PlanImport>()
                .Accept(PlanImport.Read(Text), year, Language.English, Text, "plan.md", house.Acting(), default)
        );

    private static Task<T> Do<T>(TestHost house, Func<ReportStore, Task<T>> work) =>
        house.Within(s => work(s.GetRequiredService<ReportStore>()));

    private static Task<AnnualReport> Open(TestHost house, string period) =>
        Do(
            house,
            r => r.Open(Period.Parse(period), Language.English, null, "What came of it.", house.Acting(), default)
        );

    private static Task<AnnualReport> Close(TestHost house, AnnualReport report) =>
        Do(house, r => r.Close(report.Reference.ToString(), report.Version, house.Acting(), default));

    /// <summary>Moves an action on, with a link as evidence.</summary>
    private static Task Advance(TestHost house, int year, int number, ActionState state, string date) =>
        house.Within(async services =>
        {
            var db = services.GetRequiredService<PlenariaDb>();
            var plan = (await services.GetRequiredService<PlanStore>().Find(year, default, toEdit: true))!;
            var action = plan.Actions.Single(a => a.Number == number);
            var acting = house.Acting();
            action.Become(state, acting, "");
            action.Evidence.Add(
                new()
                {
                    Id = Guid.CreateVersion7(),
                    ActionId = action.Id,
                    Kind = EvidenceKind.Link,
                    Text = LocalizedText.Original(Language.English, "Minutes"),
                    Date = PartialDate.Parse(date),
                    Target = "https://example.org",
                    By = "test",
                    AddedAt = acting.At,
                }
            );
            services
                .GetRequiredService<Plenaria.Platform.Journal.Journal>()
                .Append(
                    acting,
                    plan.Stream,
                    "plans.action-state-changed",
                    action.Reference,
                    new { state = state.ToString() }
                );
            await db.SaveChangesAsync();
        });

    private static Task<List<string>> Faults(TestHost house) =>
        house.Within(async services =>
        {
            var faults = new List<string>();
            await foreach (var fault in ReportCheck.Faults(services, default))
                faults.Add(fault);
            return faults;
        });

    [Theory, BothDatabases]
    public async Task Over_the_sample_plan_the_figures_are_right_and_lead_to_the_actions_they_count(Provider provider)
    {
        var house = await houses.On(provider);
        var report = await Open(house, "2013/2013");
        var content = await Do(house, r => r.ContentOf(report, default));
        Assert.Equal(17, content.Total.Actions);
        Assert.Equal([9, 7, 1, 0, 0, 0], Enum.GetValues<ActionState>().Select(s => content.Total.States[s]));
        Assert.Equal(
            (2, 6, 17),
            (
                content.Total.Documented,
                content.Total.ToBeDocumented,
                content.Total.Achievements[Achievement.NotAssessed]
            )
        );
        Assert.Equal([6, 2, 3, 6], Assert.Single(content.Plans).Directions.Select(d => d.Figures.Actions));
        Assert.All(content.Actions, a => Assert.Equal(ActionOutcome.None, a.Fate));
        Assert.All(content.Actions, a => Assert.Empty(a.Changes));
        Assert.NotEmpty(content.Actions.SelectMany(a => a.Resolutions));

        await Close(house, report);
        var visitor = house.Visit();
        var page = await visitor.Get($"/en{report.Path}");
        Assert.Equal("Annual report: 2013", page.Text("h1"));
        // Its introduction is in English alone, and a page is in one language.
        var french = await visitor.Get($"/fr{report.Path}");
        Assert.Equal("Annual report: 2013", french.Text("h1"));
        Assert.Contains("anglais", french.Text(".in-other-language"));
        var links = page.Page.QuerySelectorAll("table.figures td a, table.achievements td a").ToList();
        Assert.True(links.Count > 20);
        foreach (var link in links)
            Assert.Equal(
                int.Parse(link.TextContent),
                (await visitor.Get(link.GetAttribute("href")!)).Page.QuerySelectorAll(".actions > li").Length
            );
    }

    [Theory, BothDatabases]
    public async Task A_closed_report_is_its_bytes_whatever_happens_afterwards(Provider provider)
    {
        var house = await houses.On(provider);
        await Plan(house, 2041);
        await Advance(house, 2041, 1, ActionState.UnderWay, "2041-02");
        var report = await Open(house, "2041-01-01/2041-12-31");
        Assert.Equal("OIDP-2041-B01", report.Reference.ToString());
        var closed = await Close(house, report);

        var visitor = house.Visit();
        var bytes = await visitor.Http.GetByteArrayAsync($"/api/v1{report.Path}");
        Assert.Equal(closed.Hash, SHA256.HashData(bytes));
        Assert.Equal(bytes, CanonicalJson.Of(JsonNode.Parse(bytes)!));
        var hash = Convert.ToHexStringLower(closed.Hash!);
        Assert.Contains(hash[..16], (await visitor.Get($"/es{report.Path}")).Text(".page-head"));
        Assert.Contains(hash, (await visitor.Get("/api/v1/reports")).Body);
        Assert.Equal($"/en{report.Path}", (await visitor.Get($"/r/{report.Reference}")).Location);
        var journal = await house.Within(s =>
            s.GetRequiredService<Plenaria.Platform.Journal.Journal>().Read(report.Stream, 10, default)
        );
        Assert.Equal(["plans.report-closed", "plans.report-opened"], journal.Select(l => l.Act));
        Assert.Equal(hash, journal[0].What!.Value.GetProperty("sha256").GetString());
        Assert.Empty((await visitor.Get($"/en{report.Path}")).Page.QuerySelectorAll(".since li"));

        await Advance(house, 2041, 1, ActionState.Complete, "2041-11-05");
        Assert.Equal(bytes, await visitor.Http.GetByteArrayAsync($"/api/v1{report.Path}"));
        var page = await visitor.Get($"/en{report.Path}");
        Assert.Equal("OIDP-2041-A01", page.Text(".since a"));
        Assert.Contains("Under way → Complete", page.Text(".since li"));
        Assert.Contains("1 → 2", page.Text(".since li"));
        Assert.Equal("Under way", page.Text("#OIDP-2041-A01 .state"));
        Assert.DoesNotContain(
            await Faults(house),
            f => f.StartsWith(report.Reference.ToString(), StringComparison.Ordinal)
        );
    }

    [Theory, BothDatabases]
    public async Task What_is_closed_is_corrected_only_beside_itself(Provider provider)
    {
        var house = await houses.On(provider);
        await Plan(house, 2042);
        var report = await Open(house, "2042/2042");
        var name = report.Reference.ToString();
        Task Edit(int version) =>
            house.Within(s =>
                s.GetRequiredService<ReportStore>()
                    .Edit(
                        name,
                        version,
                        "Balance",
                        "Better",
                        [
                            new(
                                Reference.Parse("OIDP-2042-A01"),
                                Achievement.Partly,
                                ActionOutcome.Transferred,
                                "Half of it"
                            ),
                        ],
                        house.Acting(),
                        default
                    )
            );

        Assert.Equal(
            "plans.report.not-closed",
            (
                await Assert.ThrowsAsync<RuleViolationException>(() =>
                    Do(house, r => r.Correct(name, "Wrong", house.Acting(), default))
                )
            ).Key
        );
        await Edit(report.Version);
        Assert.Equal(
            "platform.changed-meanwhile",
            (await Assert.ThrowsAsync<RuleViolationException>(() => Edit(report.Version))).Key
        );
        var edited = (await Do(house, r => r.Find(name, default)))!;
        Assert.Equal(report.Version + 1, edited.Version);
        var closed = await Close(house, edited);
        var action = ReportContent.Read(closed.Content!).Actions.First();
        Assert.Equal(
            (Achievement.Partly, ActionOutcome.Transferred, "Half of it"),
            (action.Achievement, action.Fate!.Value, action.Note.ToString())
        );
        Assert.Equal(
            "plans.report.closed",
            (await Assert.ThrowsAsync<RuleViolationException>(() => Edit(closed.Version))).Key
        );
        Assert.Equal(
            "plans.report.closed",
            (await Assert.ThrowsAsync<RuleViolationException>(() => Close(house, closed))).Key
        );

        await Do(house, r => r.Correct(name, "Read seven for six.", house.Acting("clerk"), default));
        await Do(house, r => r.Correct(name, "Read *Lyon*.", house.Acting("clerk"), default));
        var visitor = house.Visit();
        Assert.Equal(
            ["Erratum no. 1", "Erratum no. 2"],
            (await visitor.Get($"/en{report.Path}"))
                .Page.QuerySelectorAll(".errata .meta")
                .Select(e => e.TextContent.Split(" ·")[0])
        );
        Assert.Contains("Read seven for six.", await Word(visitor, $"/en{report.Path}.docx"));
        Assert.Equal(closed.Hash, SHA256.HashData(await visitor.Http.GetByteArrayAsync($"/api/v1{report.Path}")));
    }

    [Theory, BothDatabases]
    public async Task A_report_without_actions_or_with_an_open_end_is_refused(Provider provider)
    {
        var house = await houses.On(provider);
        var report = await Open(house, "1950/1950");
        Assert.Equal(
            "plans.report.empty",
            (await Assert.ThrowsAsync<RuleViolationException>(() => Close(house, report))).Key
        );
        Assert.Equal(
            "plans.report.needs-both-ends",
            (await Assert.ThrowsAsync<RuleViolationException>(() => Open(house, "2012/.."))).Key
        );
    }

    [Theory, BothDatabases]
    public async Task Tampering_is_found(Provider provider)
    {
        var house = await houses.On(provider);
        await Plan(house, 2043);
        var changed = await Close(house, await Open(house, "2043/2043"));
        var forged = await Close(house, await Open(house, "2043/2043"));
        var reopened = await Close(house, await Open(house, "2043/2043"));
        var bytes = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(changed.Content!).Replace("Conference", "Congress"));
        var hash = SHA256.HashData(bytes);
        await house.Within(async services =>
        {
            var db = services.GetRequiredService<PlenariaDb>();
            await db.Set<AnnualReport>()
                .Where(r => r.Id == changed.Id)
                .ExecuteUpdateAsync(r => r.SetProperty(x => x.Content, bytes));
            await db.Set<AnnualReport>()
                .Where(r => r.Id == forged.Id)
                .ExecuteUpdateAsync(r => r.SetProperty(x => x.Content, bytes).SetProperty(x => x.Hash, hash));
            await db.Set<AnnualReport>()
                .Where(r => r.Id == reopened.Id)
                .ExecuteUpdateAsync(r => r.SetProperty(x => x.IsClosed, false));
        });
        Assert.Equal(
            [
                "OIDP-2043-B01: its content was changed after it was closed: the hash of the stored bytes is another",
                "OIDP-2043-B02: its hash is not the one the journal holds",
                "OIDP-2043-B03: the journal says that it was closed, but it is open",
            ],
            (await Faults(house)).Where(f => f.StartsWith("OIDP-2043", StringComparison.Ordinal))
        );
    }

    [Theory, BothDatabases]
    public async Task A_closed_report_can_be_printed(Provider provider)
    {
        var house = await houses.On(provider);
        await Plan(house, 2044);
        var report = await Close(house, await Open(house, "2044/2044"));
        await Do(
            house,
            r => r.Correct(report.Reference.ToString(), "Read seven for six.", house.Acting("clerk"), default)
        );
        var pdf = await house.Visit().Http.GetByteArrayAsync($"/pt{report.Path}.pdf");
        var text = await Sources.Outside("pdftotext", ["-layout", "-", "-"], pdf);
        foreach (
            var part in (string[])
                [
                    "Balanço anual: 2044",
                    "Conference",
                    "Read seven for six.",
                    AnnualReport.CheckCode(report.Hash!),
                    $"/r/{report.Reference}",
                ]
        )
            Assert.Contains(part, text);
        var file = Path.Combine(Databases.Folder().FullName, "report.pdf");
        await File.WriteAllBytesAsync(file, pdf);
        Assert.Contains("No syntax or stream encoding errors", await Sources.Outside("qpdf", ["--check", file], []));
    }

    [Theory, BothDatabases]
    public async Task A_closed_report_can_be_worked_on_and_is_written_from_its_bytes(Provider provider)
    {
        var house = await houses.On(provider);
        await Plan(house, 2047);
        var report = await Close(house, await Open(house, "2047/2047"));
        await Advance(house, 2047, 1, ActionState.Complete, "2047-03");
        var text = await Word(house.Visit(), $"/ca{report.Path}.docx");
        foreach (
            var part in (string[])
                [
                    "Balanç anual: 2047",
                    "Conference",
                    AnnualReport.CheckCode(report.Hash!),
                    Convert.ToHexStringLower(report.Hash!),
                    $"/r/{report.Reference}",
                ]
        )
            Assert.Contains(part, text);
        Assert.DoesNotContain("Minutes", text);
    }

    [Theory, BothDatabases]
    public async Task Of_many_closings_at_once_one_succeeds(Provider provider)
    {
        var house = await houses.On(provider);
        await Plan(house, 2045);
        var report = await Open(house, "2045/2045");
        var outcomes = await Task.WhenAll(
            Enumerable
                .Range(0, 6)
                .Select(async _ =>
                {
                    try
                    {
                        await Close(house, report);
                        return "";
                    }
                    catch (RuleViolationException broken)
                    {
                        return broken.Key;
                    }
                })
        );
        Assert.Single(outcomes, "");
        Assert.All(outcomes.Where(o => o.Length > 0), o => Assert.Equal("plans.report.closed", o));
        var journal = await house.Within(s =>
            s.GetRequiredService<Plenaria.Platform.Journal.Journal>().Read(report.Stream, 10, default)
        );
        Assert.Single(journal, l => l.Act == ReportStore.ClosedAct);
        Assert.DoesNotContain(
            await Faults(house),
            f => f.StartsWith(report.Reference.ToString(), StringComparison.Ordinal)
        );
    }

    [Theory, BothDatabases]
    public async Task A_draft_is_absent_for_the_public(Provider provider)
    {
        var house = await houses.On(provider);
        await Plan(house, 2046);
        var report = await Open(house, "2046/2046");
        var visitor = house.Visit();
        foreach (
            var path in (string[])
                [
                    $"/en{report.Path}",
                    $"/en{report.Path}.pdf",
                    $"/en{report.Path}.docx",
                    $"/api/v1{report.Path}",
                    $"/r/{report.Reference}",
                    "/en/reports/NOT-THERE",
                    "/en/reports/nonsense!",
                    "/en/reports/NOT-THERE.pdf",
                ]
        )
            Assert.Equal(HttpStatusCode.NotFound, (await visitor.Get(path)).Status);
        Assert.DoesNotContain(report.Reference.ToString(), (await visitor.Get("/en/reports")).Body);
        Assert.DoesNotContain(report.Reference.ToString(), (await visitor.Get("/api/v1/reports")).Body);
    }

    [Theory, BothDatabases]
    public async Task A_report_is_compared_with_the_closed_one_before_it(Provider provider)
    {
        var house = await houses.On(provider);
        await Plan(house, 2051);
        await Plan(house, 2052);
        await Advance(house, 2051, 1, ActionState.Complete, "2051-05-01");
        var first = await Close(house, await Open(house, "2051-01/2051-06"));
        var open = await Open(house, "2051-07/2051-12");
        await Advance(house, 2052, 1, ActionState.Complete, "2052-05-01");
        await Advance(house, 2052, 2, ActionState.Complete, "2052-05-01");
        var second = await Close(house, await Open(house, "2052/2052"));

        var before = ReportContent.Read(second.Content!).Before!;
        Assert.Equal(
            (first.Reference, 3, 1),
            (before.Reference, before.Total.Actions, before.Total.States[ActionState.Complete])
        );
        Assert.Equal(Convert.ToHexStringLower(first.Hash!), before.Sha256);
        Assert.Equal(first.Reference, (await Do(house, r => r.ContentOf(open, default))).Before!.Reference);
        var page = await house.Visit().Get($"/en{second.Path}");
        string[] Row(string name) =>
            [
                .. page
                    .Page.QuerySelectorAll(".comparison tbody tr")
                    .Single(r => r.QuerySelector("th")!.TextContent == name)
                    .QuerySelectorAll("td")
                    .Select(c => c.TextContent),
            ];
        Assert.Equal(["3", "3", "0"], Row("Actions"));
        Assert.Equal(["1", "2", "+1"], Row("Complete"));
        Assert.Equal(["2", "1", "−1"], Row("Not started"));
    }

    private static async Task<string> Word(Browser visitor, string path)
    {
        var answer = await visitor.Http.GetAsync(path);
        Assert.Equal(
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            answer.Content.Headers.ContentType!.MediaType
        );
        using var package = WordprocessingDocument.Open(await answer.Content.ReadAsStreamAsync(), isEditable: false);
        return package.MainDocumentPart!.Document!.InnerText;
    }
}
