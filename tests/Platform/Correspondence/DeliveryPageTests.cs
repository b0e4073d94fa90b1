using System.Net;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Plenaria.Correspondence;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;

namespace Plenaria.Tests.Platform.Correspondence;

/// <summary>What staff see of the mail that leaves, and what they do about it.</summary>
public class DeliveryPageTests
{
    private const string Page = "/en/administration/mail";

    private static Task Store(TestHost house, Action<PlenariaDb> store) =>
        house.Within(async s =>
        {
            var db = s.GetRequiredService<PlenariaDb>();
            store(db);
            await db.SaveChangesAsync();
        });

    private static OutboxMessage Letter(string to, string kind = LetterKind.Notice) =>
        OutboxMessage.Create(
            new(to, Language.English, $"About {to}", "Text") { Kind = kind },
            LetterPriority.Ordinary,
            DateTimeOffset.UtcNow
        );

    private static void Fail(OutboxMessage letter) =>
        (letter.FailedAt, letter.LastError) = (letter.CreatedAt, "554 5.7.1 refused");

    private static Task<int> CountWaiting(TestHost house) =>
        house.Within(s =>
            s.GetRequiredService<PlenariaDb>()
                .Set<OutboxMessage>()
                .CountAsync(l => l.SentAt == null && l.FailedAt == null)
        );

    private static Task<IReadOnlyList<OutboxMessage>> Claim(TestHost house) =>
        house.Within(s => s.GetRequiredService<OutboxQueue>().ClaimAsync(Guid.NewGuid(), 100, false, default));

    [Theory, BothDatabases]
    public async Task The_table_has_each_letter_once_also_where_a_page_ends_between_two_of_one_moment(Provider provider)
    {
        await using var house = await TestHost.Open(provider, withSample: false);
        var at = DateTimeOffset.UtcNow;
        var letters = Enumerable.Range(0, 1_203).Select(i => Letter($"reader{i}@a.example")).ToList();
        foreach (var letter in letters)
        {
            Fail(letter);
            letter.FailedAt = at;
        }
        await Store(house, db => db.AddRange(letters));
        var read = await house.Within(async s =>
        {
            var all = new List<string>();
            await foreach (var page in s.GetRequiredService<DeliveryDesk>().ReadFailedAsync())
                all.AddRange(page.Select(l => l.To));
            return all;
        });
        Assert.Equal(letters.Select(l => l.To).Order(), read.Order());
    }

    [Theory, BothDatabases]
    public async Task Staff_see_what_failed_and_why_and_send_it_again(Provider provider)
    {
        await using var house = await TestHost.Open(provider);
        var staff = await house.Visit(Role.Staff);
        Assert.Contains("Everything that was sent was accepted", (await staff.Get(Page)).Text("main"));
        var letters = new[]
        {
            Letter("one@a.example"),
            Letter("two@a.example"),
            Letter("three@b.example"),
            Letter("code@a.example", LetterKind.SignIn),
        };
        foreach (var letter in letters)
            Fail(letter);
        await Store(house, db => db.AddRange(letters));
        var before = await CountWaiting(house);
        var page = await staff.Get(Page);
        Assert.Contains("554 5.7.1 refused", page.Text("main"));
        Assert.Equal(3, page.Page.QuerySelectorAll("input[name=letter]").Length);
        var table = (await staff.Get("/en/administration/mail.csv")).Body;
        Assert.Contains("three@b.example", table);

        var one = page.Page.QuerySelector($"input[value='{letters[2].Id}']")!.ParentElement!;
        one.Id = "one";
        Assert.Equal(HttpStatusCode.Redirect, (await staff.Press(page, "#one", "Again")).Status);
        Assert.Equal(before + 1, await CountWaiting(house));
        page = await staff.Get(Page);
        page.Page.QuerySelector("select[name=domain]")!.Closest("form")!.Id = "domain";
        Assert.Equal(
            HttpStatusCode.Redirect,
            (await staff.Press(page, "#domain", "Domain", ("domain", "a.example"))).Status
        );
        // A link that signs somebody in is of no use any more.
        Assert.Equal(before + 3, await CountWaiting(house));
        Assert.Equal(
            HttpStatusCode.UnprocessableEntity,
            (await staff.Press(page, "#domain", "Domain", ("domain", "a.example"))).Status
        );
    }

    [Theory, BothDatabases]
    public async Task While_staff_pause_the_mail_only_sign_in_leaves(Provider provider)
    {
        await using var house = await TestHost.Open(provider);
        var staff = await house.Visit(Role.Staff);
        Assert.Equal(HttpStatusCode.Redirect, (await staff.Press(await staff.Get(Page), "main form", "Pause")).Status);
        var code = OutboxMessage.Create(
            new("code@example.org", Language.English, "Sign in", "123") { Kind = LetterKind.SignIn },
            LetterPriority.Urgent,
            DateTimeOffset.UtcNow
        );
        await Store(house, db => db.AddRange(Letter("one@example.org"), code));
        Assert.All(await Claim(house), l => Assert.Equal(LetterPriority.Urgent, l.Priority));
        Assert.Contains("Sending is paused", (await staff.Get(Page)).Text("main"));
        await staff.Press(await staff.Get(Page), "main form", "Resume");
        Assert.Contains(await Claim(house), l => l.To == "one@example.org");
    }

    [Theory, BothDatabases]
    public async Task An_address_from_which_a_letter_came_back_is_written_to_again_once_staff_say_why(Provider provider)
    {
        await using var house = await TestHost.Open(provider);
        var (gone, other) = (Letter("gone@example.net"), Letter("other@example.net"));
        await Store(house, db => db.AddRange(gone, other));
        static string Report(string messageId, string to) =>
            $"""
                From: MAILER-DAEMON@mx.example.net
                To: network@example.org
                Subject: Undelivered Mail Returned to Sender
                Auto-Submitted: auto-replied
                MIME-Version: 1.0
                Content-Type: multipart/report; report-type=delivery-status; boundary=b

                --b
                Content-Type: message/delivery-status

                Reporting-MTA: dns; mx.example.net

                Final-Recipient: rfc822; {to}
                Action: failed
                Status: 5.1.1
                --b
                Content-Type: text/rfc822-headers

                Message-ID: <{messageId}>
                --b--
                """;
        Task Receive(string mail) =>
            house.Within(s =>
                InboundMail.Receive(
                    new MemoryStream(Encoding.UTF8.GetBytes(mail.ReplaceLineEndings("\r\n"))),
                    s,
                    default
                )
            );
        await Receive(Report($"{gone.Id}@plenaria", "gone@example.net"));
        // Whoever knows no letter of ours shuts nobody out.
        await Assert.ThrowsAsync<RuleViolationException>(() =>
            Receive(Report($"{Guid.NewGuid()}@plenaria", "other@example.net"))
        );
        // Nor does a report about somebody to whom the letter was forwarded.
        await Receive(Report($"{other.Id}@plenaria", "forwarded@example.net"));
        Task<IReadOnlySet<string>> Refusing() =>
            house.Within(s =>
                s.GetRequiredService<Outbox>().FindRefusingAsync(["gone@example.net", "other@example.net"], default)
            );
        Assert.Equal(["gone@example.net"], await Refusing());

        var staff = await house.Visit(Role.Staff);
        var page = await staff.Get(Page);
        page.Page.QuerySelector("input[name=address]")!.Closest("form")!.Id = "address";
        var refused = await staff.Press(page, "#address", "Reactivate", ("reason", " "));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        Assert.Equal(["gone@example.net"], await Refusing());
        var done = await staff.Press(page, "#address", "Reactivate", ("reason", "Their server was renamed"));
        Assert.Equal(HttpStatusCode.Redirect, done.Status);
        Assert.Empty(await Refusing());
    }
}
