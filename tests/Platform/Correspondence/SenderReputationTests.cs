using System.IO.Compression;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using MimeKit;
using Plenaria.Correspondence;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;

namespace Plenaria.Tests.Platform.Correspondence;

/// <summary>What others think of the network's mail: by its records, in their reports, by refusing it.</summary>
public class SenderReputationTests
{
    private const string Page = "/en/administration/mail";

    /// <summary>A DNS of a few records; it does not answer for a name without a value.</summary>
    private sealed class FakeDns(Dictionary<string, string[]?> records) : IDnsLookup
    {
        public Task<IReadOnlyList<string>> ReadTextsAsync(string name, CancellationToken cancel) =>
            records.TryGetValue(name, out var found)
                ? found is null
                    ? throw new DnsFailureException("time out", new TimeoutException())
                    : Task.FromResult<IReadOnlyList<string>>(found)
                : Task.FromResult<IReadOnlyList<string>>([]);
    }

    private static async Task<(MailOptions Options, LetterSigner Signer)> Signing()
    {
        var key = new FileInfo(Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.pem"));
        await DkimKeyCommand.WriteAsync(key, default);
        var options = new MailOptions("smtp.example.com", 587, null, null, "Network <network@mail.example.org>", null)
        {
            Dkim = new("mail.example.org", "spring", key.FullName),
            DmarcReportsTo = "dmarc@mail.example.org",
        };
        var signer = new LetterSigner(options);
        key.Delete();
        return (options, signer);
    }

    [Fact]
    public async Task Each_record_is_right_or_comes_with_the_one_to_ask_for()
    {
        var (options, signer) = await Signing();
        var key = LetterSigner.RecordOf(signer.PublicKey!);
        async Task<string> Check(string[]? spf, string[]? dkim, string[]? dmarc, MailOptions? other = null)
        {
            var dns = new FakeDns(
                new()
                {
                    ["mail.example.org"] = spf,
                    ["spring._domainkey.mail.example.org"] = dkim,
                    ["_dmarc.example.org"] = dmarc,
                    ["partner.example"] = ["v=spf1 a:smtp.example.com -all"],
                    ["loop.example"] = ["v=spf1 include:loop.example ~all"],
                }
            );
            var checks = await new SenderCheck(dns, other ?? options, signer, TimeProvider.System).RunAsync(default);
            return string.Join(
                '\n',
                checks.Select(c => $"{c.Name} {c.State} {c.TextKey[(c.TextKey.LastIndexOf('.') + 1)..]} {c.Wanted}")
            );
        }
        Assert.Equal(
            "SPF Right right \nDKIM Right right \nDMARC Right right ",
            await Check(
                ["other", "v=spf1 a:smtp.example.com -all"],
                [key],
                ["v=DMARC1; p=reject; rua=mailto:dmarc@mail.example.org"]
            )
        );
        Assert.Equal(
            "SPF Missing missing v=spf1 a:smtp.example.com ~all\n"
                + $"DKIM Missing missing {key}\n"
                + "DMARC Missing missing v=DMARC1; p=none; rua=mailto:dmarc@mail.example.org",
            await Check(["v=spf2"], [], [])
        );
        Assert.Equal(
            "SPF Wrong not-allowed v=spf1 a:smtp.example.com mx include:x.example ~all\n"
                + $"DKIM Wrong other-key {key}\n"
                + "DMARC Wrong no-reports v=DMARC1; p=quarantine; rua=mailto:dmarc@mail.example.org",
            await Check(
                ["v=spf1 mx include:x.example -all"],
                ["v=DKIM1; k=rsa; p=MIIB"],
                ["v=DMARC1; p=quarantine; rua=mailto:else@example.org"]
            )
        );
        Assert.StartsWith("SPF Right right", await Check(["v=spf1 include:partner.example -all"], [key], []));
        Assert.StartsWith("SPF Wrong open", await Check(["v=spf1 a:smtp.example.com +all"], [key], []));
        Assert.StartsWith("SPF Wrong lookups", await Check(["v=spf1 include:loop.example -all"], [key], []));
        Assert.StartsWith(
            "SPF Wrong several v=spf1 a:smtp.example.com mx a ~all",
            await Check(["v=spf1 mx -all", "v=spf1 a -all"], [key], [])
        );
        Assert.Contains(
            "DMARC Right watching",
            await Check([], [], ["v=DMARC1; p=none; rua=mailto:DMARC@mail.example.org"])
        );
        Assert.Equal(
            "SPF Unknown unreachable \nDKIM Unknown unreachable \nDMARC Unknown unreachable ",
            await Check(null, null, null)
        );
        Assert.StartsWith(
            "SPF Wrong not-allowed v=spf1 include:amazonses.com mx ~all",
            await Check(["v=spf1 mx ~all"], [], [], options with { Server = "email-smtp.eu-west-1.amazonaws.com" })
        );
    }

    [Fact]
    public void A_report_that_is_deep_long_or_of_the_reporters_own_machine_is_refused()
    {
        string Nested(int depth) =>
            "<feedback>"
            + string.Concat(Enumerable.Repeat("<a>", depth))
            + string.Concat(Enumerable.Repeat("</a>", depth))
            + "</feedback>";
        Assert.Null(DmarcReport.Read(Gzip(Encoding.UTF8.GetBytes(Nested(2_500_000)))));
        var flat = "<feedback>" + string.Concat(Enumerable.Repeat("<a/>", 1_000_000)) + "</feedback>";
        Assert.Null(DmarcReport.Read(Gzip(Encoding.UTF8.GetBytes(flat))));
        var scoped = Encoding.UTF8.GetString(Xml("scoped")).Replace("2001:db8::1", "fe80::1%4294967295");
        Assert.Equal(["192.0.2.1"], DmarcReport.Read(Encoding.UTF8.GetBytes(scoped))!.Rows.Select(r => r.Source));
    }

    private const string Report = """
        <?xml version="1.0" encoding="UTF-8"?>
        <feedback>
          <report_metadata>
            <org_name>receiver.example</org_name>
            <report_id>ID</report_id>
            <date_range><begin>BEGIN</begin><end>BEGIN</end></date_range>
          </report_metadata>
          <policy_published><domain>DOMAIN</domain><p>none</p></policy_published>
          <record>
            <row>
              <source_ip>192.0.2.1</source_ip>
              <count>40</count>
              <policy_evaluated><disposition>none</disposition><dkim>pass</dkim><spf>fail</spf></policy_evaluated>
            </row>
          </record>
          <record>
            <row>
              <source_ip>2001:db8::1</source_ip>
              <count>3</count>
              <policy_evaluated><disposition>none</disposition><dkim>fail</dkim><spf>fail</spf></policy_evaluated>
            </row>
          </record>
          <record><row><source_ip>nowhere</source_ip><count>-1</count></row></record>
        </feedback>
        """;

    private static readonly DateTimeOffset Yesterday = DateTimeOffset.UtcNow.AddDays(-1);

    private static byte[] Xml(string id, string domain = "example.org") =>
        Encoding.UTF8.GetBytes(
            Report
                .Replace("ID", id, StringComparison.Ordinal)
                .Replace("DOMAIN", domain, StringComparison.Ordinal)
                .Replace("BEGIN", $"{Yesterday.ToUnixTimeSeconds()}", StringComparison.Ordinal)
        );

    private static byte[] Gzip(byte[] content)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.SmallestSize))
            gzip.Write(content);
        return packed.ToArray();
    }

    private static byte[] Zip(byte[] content)
    {
        using var packed = new MemoryStream();
        using (var zip = new ZipArchive(packed, ZipArchiveMode.Create))
        using (var entry = zip.CreateEntry("report.xml").Open())
            entry.Write(content);
        return packed.ToArray();
    }

    private static Stream Mail(byte[] attachment, string type)
    {
        using var message = new MimeMessage { Subject = "Report domain: example.org" };
        message.From.Add(MailboxAddress.Parse("noreply@receiver.example"));
        message.To.Add(MailboxAddress.Parse("dmarc@mail.example.org"));
        message.Body = new Multipart("mixed")
        {
            new TextPart("plain") { Text = "A report." },
            new MimePart(type)
            {
                Content = new MimeContent(new MemoryStream(attachment)),
                ContentTransferEncoding = ContentEncoding.Base64,
                ContentDisposition = new(ContentDisposition.Attachment),
            },
        };
        var stream = new MemoryStream();
        message.WriteTo(stream);
        stream.Position = 0;
        return stream;
    }

    private static OutboxMessage Letter(string to, DateTimeOffset at) =>
        OutboxMessage.Create(new(to, Language.English, "About", "Text"), LetterPriority.Ordinary, at);

    [Theory, BothDatabases]
    public async Task Staff_see_what_others_report_and_who_refuses_the_mail(Provider provider)
    {
        var (options, signer) = await Signing();
        await using var house = await TestHost.Open(
            provider,
            replace: services =>
                services
                    .AddSingleton(options with { Server = null, Dkim = null })
                    .AddSingleton(signer)
                    .AddSingleton<IDnsLookup>(new FakeDns([]))
        );
        Task Receive(byte[] attachment, string type = "application/gzip") =>
            house.Within(s => InboundMail.Receive(Mail(attachment, type), s, default));
        await Receive(Gzip(Xml("one")));
        await Receive(Gzip(Xml("one")));
        await Receive(Zip(Xml("two", "mail.example.org")), "application/zip");
        await Receive(Xml("three"), "text/xml");
        await Receive(Gzip(Xml("four", "other.example")));
        byte[][] refused =
        [
            [],
            Encoding.UTF8.GetBytes("no report"),
            Gzip(Encoding.UTF8.GetBytes($"<feedback>{new string(' ', 30 << 20)}</feedback>")),
            Zip([.. Xml("five").Take(500)]),
            Encoding.UTF8.GetBytes(
                "<!DOCTYPE feedback [<!ENTITY a SYSTEM 'file:///etc/passwd'>]>"
                    + Encoding.UTF8.GetString(Xml("six"))["<?xml version=\"1.0\" encoding=\"UTF-8\"?>".Length..]
            ),
        ];
        foreach (var content in refused)
            Assert.Equal(
                "mail.unreadable",
                (
                    await Assert.ThrowsAsync<RuleViolationException>(() => Receive(content, "application/octet-stream"))
                ).Key
            );
        var results = await house.Within(s =>
            s.GetRequiredService<PlenariaDb>()
                .Set<DmarcResult>()
                .OrderBy(r => r.Domain)
                .ThenBy(r => r.Source)
                .Select(r => new
                {
                    r.Domain,
                    r.Day,
                    r.Source,
                    r.Passed,
                    r.Failed,
                })
                .ToListAsync()
        );
        var day = DateOnly.FromDateTime(Yesterday.UtcDateTime);
        Assert.Equal(
            [
                ("example.org", day, "192.0.2.1", 80L, 0L),
                ("example.org", day, "2001:db8::1", 0, 6),
                ("mail.example.org", day, "192.0.2.1", 40, 0),
                ("mail.example.org", day, "2001:db8::1", 0, 3),
            ],
            results.Select(r => (r.Domain, r.Day, r.Source, r.Passed, r.Failed))
        );

        var now = DateTimeOffset.UtcNow;
        var waiting = Letter("one@slow.example", now.AddHours(-25));
        (waiting.Attempts, waiting.LastError) = (13, "421 4.7.0 try again later, we do not know you");
        var recent = Letter("one@recent.example", now.AddHours(-3));
        (recent.Attempts, recent.LastError) = (9, "421 4.7.0 try again later");
        var reached = Letter("one@reached.example", now.AddHours(-25));
        (reached.Attempts, reached.LastError) = (13, "452 4.3.1 try again later");
        var arrived = Letter("two@reached.example", now.AddHours(-1));
        arrived.SentAt = now.AddHours(-1);
        var blocked = Enumerable
            .Range(1, 3)
            .Select(i => Letter($"reader{i}@blocks.example", now.AddHours(-i)))
            .ToList();
        blocked.ForEach(l =>
            (l.FailedAt, l.LastError) = (l.CreatedAt, "550 5.7.1 rejected by policy: ask our postmaster")
        );
        var unknown = Enumerable.Range(1, 3).Select(i => Letter($"reader{i}@moved.example", now.AddHours(-i))).ToList();
        unknown.ForEach(l => (l.FailedAt, l.LastError) = (l.CreatedAt, "550 5.1.1 no such user"));
        Task Refresh() => house.Within(s => s.GetRequiredService<RefusingDomainStore>().RefreshAsync(default));
        await house.Within(async s =>
        {
            var db = s.GetRequiredService<PlenariaDb>();
            db.AddRange([waiting, recent, reached, arrived, .. blocked, .. unknown]);
            await db.SaveChangesAsync();
        });
        await Refresh();
        await Refresh();
        var staff = await house.Visit(Role.Staff);
        var page = await staff.Get(Page);
        Assert.Equal(2, page.Page.QuerySelectorAll("section[aria-labelledby=refusing] li").Length);
        var told = page.Text("section[aria-labelledby=refusing]");
        Assert.Contains("we do not know you", told);
        Assert.Contains("one@slow.example", told);
        Assert.Contains("reader1@blocks.example, reader2@blocks.example, reader3@blocks.example", told);
        Assert.Contains("Find out why blocks.example refuses e-mail", (await staff.Get("/en/workspace")).Text("main"));
        Assert.Contains("80", page.Text("section[aria-labelledby=dmarc] td"));
        Assert.DoesNotContain("Missing", page.Text("section[aria-labelledby=records]"));
        Assert.Contains("Missing", (await staff.Get($"{Page}?check=true")).Text("section[aria-labelledby=records]"));

        // A letter arrives: nobody is asked any more.
        await house.Within(async s =>
        {
            var db = s.GetRequiredService<PlenariaDb>();
            await db.Set<OutboxMessage>().Where(l => l.Domain == "blocks.example").ExecuteDeleteAsync();
            var better = Letter("two@slow.example", now);
            better.SentAt = now;
            db.Add(better);
            await db.SaveChangesAsync();
        });
        await Refresh();
        Assert.Empty((await staff.Get(Page)).Page.QuerySelectorAll("section[aria-labelledby=refusing]"));
    }
}
