using MailKit.Security;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Plenaria.Correspondence;
using Plenaria.Platform.Data;

namespace Plenaria.Tests.Platform.Correspondence;

/// <summary>Mail that comes in is read from a mailbox as from a pipe.</summary>
public class MailboxReaderTests
{
    private static ImapOptions Mailbox(int port) =>
        new("127.0.0.1", port, "reader", "secret", "none", "INBOX", "Handled");

    private static string Bounce(Guid letter, string to) =>
        $"""
            From: MAILER-DAEMON@mx.example.net
            To: network@example.org
            Subject: Undelivered Mail Returned to Sender
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

            Message-ID: <{letter}@plenaria>
            --b--
            """;

    [Theory, BothDatabases]
    public async Task What_is_taken_in_is_moved_and_what_is_refused_is_flagged_and_not_read_again(Provider provider)
    {
        await using var mailbox = new ImapMailbox();
        await using var house = await TestHost.Open(
            provider,
            withSample: false,
            services =>
                services.AddSingleton(
                    new MailOptions(null, 25, null, null, "network@example.org", null) { Imap = Mailbox(mailbox.Port) }
                )
        );
        var letter = OutboxMessage.Create(
            new("gone@example.net", Language.English, "About", "Text"),
            LetterPriority.Ordinary,
            DateTimeOffset.UtcNow
        );
        await house.Within(async s =>
        {
            var db = s.GetRequiredService<PlenariaDb>();
            db.Add(letter);
            await db.SaveChangesAsync();
        });
        var reader = house.Services.GetRequiredService<MailboxReader>();
        // An empty mailbox is left as it is.
        await reader.ReadAsync(default);
        mailbox.Add("From: stranger@example.net\nTo: network@example.org\nSubject: Hello\n\nHello.\n");
        mailbox.Add(Bounce(letter.Id, "gone@example.net"));
        mailbox.Add("no mail at all");
        // Half of a surrogate pair, in what looks like the word of a provider.
        mailbox.Add("From: stranger@example.net\nTo: network@example.org\n\n{\"notificationType\":\"\\ud800\"}\n");
        mailbox.Add(Bounce(letter.Id, "gone@example.net"));
        await reader.ReadAsync(default);
        Assert.Equal(
            ["INBOX flagged", "Handled", "INBOX flagged", "INBOX flagged", "Handled"],
            mailbox.Mails.Select(m => m.Folder + (m.IsFlagged ? " flagged" : ""))
        );
        Assert.Equal(
            ["gone@example.net"],
            await house.Within(s =>
                s.GetRequiredService<PlenariaDb>().Set<SuppressedAddress>().Select(a => a.Address).ToListAsync()
            )
        );
        mailbox.Add(Bounce(letter.Id, "gone@example.net"));
        await reader.ReadAsync(default);
        Assert.Equal(3, mailbox.Mails.Count(m => m.Folder == "Handled"));
        Assert.Equal(3, mailbox.Mails.Count(m => m.IsFlagged));
    }

    [Fact]
    public void The_mailbox_is_encrypted_unless_it_is_on_this_machine_or_somebody_says_otherwise()
    {
        static SecureSocketOptions? Of(params (string Name, string Value)[] settings) =>
            ImapOptions
                .Read(
                    new ConfigurationBuilder()
                        .AddInMemoryCollection(settings.Select(s => KeyValuePair.Create(s.Name, (string?)s.Value)))
                        .Build()
                )
                ?.Encryption;
        Assert.Null(Of());
        Assert.Equal(SecureSocketOptions.SslOnConnect, Of(("Server", "mail.example.org")));
        Assert.Equal(SecureSocketOptions.StartTls, Of(("Server", "mail.example.org"), ("Port", "143")));
        Assert.Equal(SecureSocketOptions.None, Of(("Server", "localhost"), ("Port", "143")));
        Assert.Throws<InvalidOperationException>(() => Of(("Server", "a"), ("Security", "perhaps")));
    }
}
