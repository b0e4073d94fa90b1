using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using MimeKit;
using Plenaria.Correspondence;

namespace Plenaria.Tests.Platform.Correspondence;

/// <summary>What mails that come back are taken for: real ones of many servers, and what must never be final.</summary>
public class BounceClassifierTests(ITestOutputHelper output)
{
    private static readonly string Folder = Sources.Path("..", "shared", "data", "bounces");

    // The module knows the encodings of mail from other countries.
    static BounceClassifierTests() => _ = new CorrespondenceModule();

    private sealed record Case(string File, BounceKind Expected, BounceKind Found, bool IsHeldOut);

    // Two collections say of a mail what it is, each recipient by itself. Those they agree on count.
    private static BounceKind? Expected(JsonElement mail)
    {
        static BounceKind Of(string reason, bool isHard) =>
            reason switch
            {
                "feedback" => BounceKind.Complaint,
                "vacation" => BounceKind.AutoReply,
                "delivered" => BounceKind.None,
                _ => isHard ? BounceKind.Hard : BounceKind.Soft,
            };
        static HashSet<BounceKind> All(JsonElement mail, string name, Func<JsonElement, BounceKind> of) =>
            mail.TryGetProperty(name, out var list) && list.ValueKind == JsonValueKind.Array
                ? [.. list.EnumerateArray().Select(of)]
                : [];
        var tests = All(
            mail,
            "expected_sisimai5_tests",
            t => Of(t.GetProperty("reason").GetString()!, t.GetProperty("hardbounce").GetBoolean())
        );
        var output = All(
            mail,
            "sisimai_4_25_output",
            t => Of(t.GetProperty("reason").GetString()!, t.GetProperty("softbounce").GetString() == "0")
        );
        return tests.Count > 0 && tests.SetEquals(output) ? tests.Max() : null;
    }

    private static BounceReport Classify(string file)
    {
        using var message = MimeMessage.Load(file);
        return BounceClassifier.Classify(message);
    }

    private static IEnumerable<Case> Cases()
    {
        var expectations = JsonDocument.Parse(File.ReadAllText(Path.Combine(Folder, "expected.json"))).RootElement;
        var families = expectations
            .EnumerateObject()
            .OrderBy(p => p.Name, StringComparer.Ordinal)
            .GroupBy(p => Regex.Replace(p.Name, @"-\d+\.eml$", ""));
        foreach (var family in families)
        foreach (var (index, mail) in family.Index())
            if (Expected(mail.Value) is { } expected)
                yield return new(
                    mail.Name,
                    expected,
                    Classify(Path.Combine(Folder, "eml", mail.Name)).Kind,
                    // The rules were written without a look at these.
                    index % 3
                        == 2
                );
    }

    [Fact]
    public void Real_mails_are_told_apart_as_those_who_collected_them_agree()
    {
        if (!Directory.Exists(Folder))
            Assert.Skip("The mails are not part of the project: ../shared/data/bounces.");
        var cases = Cases().ToList();
        Assert.True(cases.Count > 200);
        foreach (var part in cases.ToLookup(c => c.IsHeldOut))
        {
            var wrong = part.Where(c => c.Found != c.Expected).ToList();
            var share = 1 - wrong.Count / (double)part.Count();
            output.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{(part.Key ? "held out" : "known")}: {share:P1} of {part.Count()}"
                )
            );
            foreach (var c in wrong)
                output.WriteLine($"  {c.File}: {c.Found}, expected {c.Expected}");
        }
        double ShareOf(IReadOnlyCollection<Case> some) => some.Count(c => c.Found == c.Expected) / (double)some.Count;
        Assert.True(ShareOf(cases) >= 0.95);
        Assert.True(ShareOf([.. cases.Where(c => c.IsHeldOut)]) >= 0.89);
    }

    [Fact]
    public void No_mail_of_a_filter_and_no_automatic_answer_is_final()
    {
        if (!Directory.Exists(Folder))
            Assert.Skip("The mails are not part of the project: ../shared/data/bounces.");
        string[] ofFilters =
        [
            "vacation",
            "spamdetected",
            "policyviolation",
            "blocked",
            "badreputation",
            "authfailure",
            "requireptr",
            "virusdetected",
            "securityerror",
        ];
        var expectations = JsonDocument.Parse(File.ReadAllText(Path.Combine(Folder, "expected.json"))).RootElement;
        var files = expectations
            .EnumerateObject()
            .Where(p =>
                p.Value.EnumerateObject()
                    .Where(e => e.Value.ValueKind == JsonValueKind.Array)
                    .SelectMany(e => e.Value.EnumerateArray())
                    .All(e => ofFilters.Contains(e.GetProperty("reason").GetString()))
            )
            .Select(p => p.Name)
            .ToList();
        Assert.True(files.Count > 30);
        Assert.Equal([], files.Where(f => Classify(Path.Combine(Folder, "eml", f)).Kind == BounceKind.Hard));
    }

    [Fact]
    public void Complaints_of_providers_are_complaints()
    {
        if (!Directory.Exists(Folder))
            Assert.Skip("The mails are not part of the project: ../shared/data/bounces.");
        foreach (var file in Directory.EnumerateFiles(Path.Combine(Folder, "flanker-complaints")))
            Assert.Equal(BounceKind.Complaint, Classify(file).Kind);
    }

    [Theory]
    [InlineData("550 5.1.1 <a@example.org>: Recipient address rejected: User unknown", "Hard", "unknown-user")]
    [InlineData("550 5.1.10 RESOLVER.ADR.RecipientNotFound", "Hard", "unknown-user")]
    [InlineData("550 5.7.1 user unknown, or your message was taken for spam", "Soft", "spam")]
    [InlineData("450 4.1.1 user unknown", "Soft", "unknown-user")]
    [InlineData("552 5.2.2 mailbox full", "Soft", "mailbox-full")]
    [InlineData("554 no", "Soft", "undelivered")]
    public void An_answer_of_a_server_is_read_by_its_code_and_its_words(string answer, string kind, string reason) =>
        Assert.Equal(
            (Enum.Parse<BounceKind>(kind), reason),
            (BounceRules.Judge(answer).Kind, BounceRules.Judge(answer).Reason)
        );

    [Fact]
    public void What_SES_says_by_mail_is_read_as_what_it_posts()
    {
        const string mail = """
            From: SES <no-reply@sns.amazonaws.com>
            To: network@example.org
            Subject: Amazon SES Email Event Notification
            Content-Type: text/plain; charset=utf-8

            {"notificationType":"Bounce","bounce":{"bounceType":"Permanent","bouncedRecipients":[
            {"emailAddress":"Awa@example.net","status":"5.1.1","diagnosticCode":"smtp; 550 5.1.1 us
            er unknown"}]},
            "mail":{"commonHeaders":{"messageId":"<0198d5a0-0000-7000-8000-000000000001@plenaria>"}}}

            --
            If you wish to stop receiving notifications from this topic, visit the link below.
            """;
        using var message = MimeMessage.Load(new MemoryStream(Encoding.UTF8.GetBytes(mail)));
        var found = BounceClassifier.Classify(message);
        Assert.Equal((BounceKind.Hard, "unknown-user"), (found.Kind, found.Reason));
        Assert.Equal(["awa@example.net"], found.Recipients);
        Assert.Equal("0198d5a0-0000-7000-8000-000000000001@plenaria", found.MessageId);
    }

    [Fact]
    public void A_report_names_whom_it_is_about_and_the_letter_it_answers()
    {
        const string report = """
            From: Mail Delivery System <MAILER-DAEMON@mx.example.net>
            To: network@example.org
            Subject: Undelivered Mail Returned to Sender
            MIME-Version: 1.0
            Content-Type: multipart/report; report-type=delivery-status; boundary=b

            --b

            I could not deliver your message.
            --b
            Content-Type: message/delivery-status

            Reporting-MTA: dns; mx.example.net

            Final-Recipient: rfc822; Awa@example.net
            Action: failed
            Status: 5.1.1
            Diagnostic-Code: smtp; 550 5.1.1 no such user here

            Final-Recipient: rfc822; bea@example.net
            Action: delayed
            Status: 4.4.1
            --b
            Content-Type: text/rfc822-headers

            Message-ID: <0198d5a0-0000-7000-8000-000000000001@plenaria>
            To: awa@example.net
            --b--
            """;
        using var message = MimeMessage.Load(
            new MemoryStream(Encoding.UTF8.GetBytes(report.ReplaceLineEndings("\r\n")))
        );
        var found = BounceClassifier.Classify(message);
        Assert.Equal((BounceKind.Hard, "unknown-user"), (found.Kind, found.Reason));
        Assert.Equal(["awa@example.net"], found.Recipients);
        Assert.Equal("0198d5a0-0000-7000-8000-000000000001@plenaria", found.MessageId);
    }
}
