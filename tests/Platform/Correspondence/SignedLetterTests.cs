using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using MimeKit;
using MimeKit.Cryptography;
using Org.BouncyCastle.Crypto;
using Plenaria.Correspondence;
using Plenaria.Platform.Data;

namespace Plenaria.Tests.Platform.Correspondence;

/// <summary>Letters are signed so that others can tell, and return to an address that nobody can make up.</summary>
public class SignedLetterTests
{
    /// <summary>Reads the record as somebody outside does.</summary>
    private sealed class Locator(string name, string record) : DkimPublicKeyLocatorBase
    {
        public override AsymmetricKeyParameter LocatePublicKey(
            string methods,
            string domain,
            string selector,
            CancellationToken cancellationToken = default
        ) =>
            $"{selector}._domainkey.{domain}" == name
                ? GetPublicKey(record)
                : throw new InvalidOperationException($"{selector} of {domain} is asked for.");

        public override Task<AsymmetricKeyParameter> LocatePublicKeyAsync(
            string methods,
            string domain,
            string selector,
            CancellationToken cancellationToken = default
        ) => Task.FromResult(LocatePublicKey(methods, domain, selector, cancellationToken));
    }

    [Theory, BothDatabases]
    public async Task A_letter_is_signed_and_returns_to_an_address_of_its_own(Provider provider)
    {
        var cancel = TestContext.Current.CancellationToken;
        var key = new FileInfo(Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.pem"));
        var record = await DkimKeyCommand.WriteAsync(key, cancel);
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, key.UnixFileMode);
        await using var sink = new SmtpSink();
        await using var house = await TestHost.Open(
            provider,
            withSample: false,
            services =>
                services.AddSingleton(
                    new MailOptions("127.0.0.1", sink.Port, null, null, "Xarxa <network@example.org>", "none")
                    {
                        ReturnPath = "bounces@example.org",
                        FeedbackId = "example",
                        Dkim = new("example.org", "spring", key.FullName),
                    }
                )
        );
        key.Delete();
        string[] addressees = ["gone@example.net", "other@example.net"];
        await house.Within(s =>
            s.GetRequiredService<Outbox>()
                .QueueManyAsync(
                    addressees.Select(a => new LetterDraft(a, Language.Catalan, "Convocatòria", "Línia\n.\nfi ·")
                    {
                        Html = "<p>Línia</p>",
                        Headers = new Dictionary<string, string> { ["List-Unsubscribe"] = "<https://example.org/u>" },
                    }),
                    cancel
                )
        );
        await SmtpSink.UntilAsync(() => sink.Taken.Count == 2, "the letters did not leave");
        var verifier = new DkimVerifier(new Locator("spring._domainkey.example.org", record));
        foreach (var (_, message) in sink.Taken)
        {
            var signature = message.Headers[message.Headers.IndexOf(HeaderId.DkimSignature)];
            Assert.True(await verifier.VerifyAsync(message, signature, cancel));
            Assert.EndsWith(":notice:ca:example", message.Headers["Feedback-ID"]);
            Assert.Contains("feedback-id", signature.Value, StringComparison.OrdinalIgnoreCase);
            Assert.Contains("list-unsubscribe", signature.Value, StringComparison.OrdinalIgnoreCase);
            message.Subject += "!";
            Assert.False(await verifier.VerifyAsync(message, signature, cancel));
        }
        var senders = sink.Senders.ToList();
        Assert.Equal(2, senders.Distinct().Count());
        Assert.All(senders, s => Assert.Matches(@"^bounces\+[a-z2-7]{42}@example\.org$", s));

        string Report(string returnTo, string about) =>
            $"""
                Return-Path: <>
                Delivered-To: {returnTo}
                From: MAILER-DAEMON@mx.example.net
                To: {returnTo}
                Subject: Undelivered Mail Returned to Sender
                Auto-Submitted: auto-replied
                MIME-Version: 1.0
                Content-Type: multipart/report; report-type=delivery-status; boundary=b

                --b
                Content-Type: message/delivery-status

                Reporting-MTA: dns; mx.example.net

                Final-Recipient: rfc822; {about}
                Action: failed
                Status: 5.1.1
                --b--
                """;
        Task Receive(string mail) =>
            house.Within(s =>
                InboundMail.Receive(
                    new MemoryStream(Encoding.UTF8.GetBytes(mail.ReplaceLineEndings("\r\n"))),
                    s,
                    cancel
                )
            );
        Task<List<string>> Suppressed() =>
            house.Within(s =>
                s.GetRequiredService<PlenariaDb>().Set<SuppressedAddress>().Select(a => a.Address).ToListAsync(cancel)
            );
        // The letters came in one order or the other.
        var own = senders[sink.Addressees.ToList().IndexOf("gone@example.net")];
        var ids = await house.Within(s =>
            s.GetRequiredService<PlenariaDb>().Set<OutboxMessage>().ToDictionaryAsync(l => l.To, l => l.Id, cancel)
        );
        var returnPath = house.Services.GetRequiredService<ReturnPath>();
        Assert.Equal(ids["gone@example.net"], returnPath.FindLetter(own.ToUpperInvariant()));
        // Whoever changes one character of the token, or makes it of the other letter's beginning, has none.
        var at = own.IndexOf('@', StringComparison.Ordinal);
        var other = returnPath.For(ids["other@example.net"])!.Address;
        string[] forged =
        [
            .. Enumerable
                .Range("bounces+".Length, 41)
                .Select(i => own[..i] + (own[i] == 'a' ? 'b' : 'a') + own[(i + 1)..]),
            other[..("bounces+".Length + 26)] + own[("bounces+".Length + 26)..],
            own[..(at - 1)] + own[at..],
        ];
        Assert.All(forged, f => Assert.Null(returnPath.FindLetter(f)));
        await Receive(Report(forged[^2], "other@example.net"));
        await Receive(Report(own, "other@example.net"));
        await Receive(Report(own, "never@example.net"));
        Assert.Equal([], await Suppressed());
        await Receive(Report(own, "gone@example.net"));
        Assert.Equal(["gone@example.net"], await Suppressed());
    }

    [Fact]
    public void Without_a_key_letters_are_not_signed_and_with_a_bad_one_none_leaves()
    {
        var options = new MailOptions(null, 25, null, null, "network@example.org", null);
        using var message = new MimeMessage { Body = new TextPart("plain") { Text = "a" } };
        new LetterSigner(options).Sign(message);
        Assert.DoesNotContain(message.Headers, h => h.Id == HeaderId.DkimSignature);
        Assert.Throws<InvalidOperationException>(() =>
            new LetterSigner(options with { Dkim = new("example.org", "a", "/nonexistent/key.pem") })
        );
    }
}
