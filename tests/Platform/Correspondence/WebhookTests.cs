using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Plenaria.Correspondence;
using Plenaria.Platform.Data;
using Plenaria.Platform.Fetching;

namespace Plenaria.Tests.Platform.Correspondence;

/// <summary>What providers say of letters is taken in once, and only what they signed.</summary>
public class WebhookTests
{
    private const string Topic = "arn:aws:sns:eu-west-1:123456789012:letters",
        Certificate =
            "https://sns.eu-west-1.amazonaws.com/SimpleNotificationService-0123456789abcdef0123456789abcdef.pem";

    /// <summary>The web as Amazon's servers answer in it.</summary>
    private sealed class FakeWeb(Dictionary<string, string> pages) : HttpMessageHandler
    {
        public List<string> Asked { get; } = [];

        protected override Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request,
            CancellationToken cancellationToken
        )
        {
            var address = request.RequestUri!.ToString();
            lock (Asked)
                Asked.Add(address);
            return Task.FromResult(
                pages.TryGetValue(address, out var page)
                    ? new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent(page) }
                    : new HttpResponseMessage(HttpStatusCode.NotFound)
            );
        }
    }

    private static readonly RSA Amazon = RSA.Create(2048);
    private static readonly ECDsa SendGrid = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    private static string Pem(RSA key)
    {
        var request = new CertificateRequest(
            "CN=sns.amazonaws.com",
            key,
            HashAlgorithmName.SHA256,
            RSASignaturePadding.Pkcs1
        );
        using var certificate = request.CreateSelfSigned(
            DateTimeOffset.UtcNow.AddDays(-1),
            DateTimeOffset.UtcNow.AddYears(1)
        );
        return certificate.ExportCertificatePem();
    }

    private static SnsMessage Sign(SnsMessage message, RSA? key = null) =>
        message with
        {
            Signature = Convert.ToBase64String(
                (key ?? Amazon).SignData(
                    Encoding.UTF8.GetBytes(message.SignedText),
                    message.SignatureVersion == "1" ? HashAlgorithmName.SHA1 : HashAlgorithmName.SHA256,
                    RSASignaturePadding.Pkcs1
                )
            ),
        };

    private static SnsMessage Notification(object said, string version = "2") =>
        new(
            SnsMessage.Notification,
            Guid.NewGuid().ToString(),
            Topic,
            JsonSerializer.Serialize(said),
            DateTimeOffset.UtcNow.ToString("O"),
            version,
            null,
            Certificate
        );

    private static object Bounce(
        OutboxMessage letter,
        string feedback,
        string status = "5.1.1",
        string words = "smtp; 550 5.1.1 user unknown",
        string? to = null
    ) =>
        new
        {
            notificationType = "Bounce",
            bounce = new
            {
                bounceType = "Permanent",
                bounceSubType = "General",
                feedbackId = feedback,
                bouncedRecipients = new[]
                {
                    new
                    {
                        emailAddress = to ?? letter.To,
                        status,
                        diagnosticCode = words,
                    },
                },
            },
            mail = new
            {
                source = "network@example.org",
                headers = new[] { new { name = "Message-ID", value = $"<{letter.Id}@plenaria>" } },
            },
        };

    private static object Complaint(string to, string source) =>
        new
        {
            eventType = "Complaint",
            complaint = new { feedbackId = to, complainedRecipients = new[] { new { emailAddress = to } } },
            mail = new { source },
        };

    private static OutboxMessage Letter(string to) =>
        OutboxMessage.Create(
            new(to, Language.English, "About", "Text"),
            LetterPriority.Ordinary,
            DateTimeOffset.UtcNow
        );

    private static Task<TestHost> Open(Provider provider, FakeWeb web) =>
        TestHost.Open(
            provider,
            withSample: false,
            services =>
                services
                    .AddSingleton(
                        new MailOptions(null, 25, null, null, "network@example.org", null)
                        {
                            SesTopic = Topic,
                            SendGridKey = Convert.ToBase64String(SendGrid.ExportSubjectPublicKeyInfo()),
                            ReturnPath = "bounces@example.org",
                        }
                    )
                    .AddSingleton(new SafeHttpClient(new(), new SystemHostResolver(), TimeProvider.System, web))
        );

    private static Task Store(TestHost house, params OutboxMessage[] letters) =>
        house.Within(async s =>
        {
            var db = s.GetRequiredService<PlenariaDb>();
            db.AddRange(letters);
            await db.SaveChangesAsync();
        });

    private static Task<List<string>> Suppressed(TestHost house) =>
        house.Within(s =>
            s.GetRequiredService<PlenariaDb>()
                .Set<SuppressedAddress>()
                .OrderBy(a => a.Address)
                .Select(a => a.Address + " " + a.Kind)
                .ToListAsync()
        );

    private static Task Forgive(TestHost house) =>
        house.Within(s => s.GetRequiredService<PlenariaDb>().Set<SuppressedAddress>().ExecuteDeleteAsync());

    private static async Task<HttpStatusCode> Post(TestHost house, string provider, string body) =>
        (
            await house
                .Visit()
                .Http.PostAsync($"/api/v1/mail/{provider}", new StringContent(body, Encoding.UTF8, "text/plain"))
        ).StatusCode;

    private static Task<HttpStatusCode> PostSes(TestHost house, SnsMessage message) =>
        Post(house, "ses", JsonSerializer.Serialize(message));

    [Theory, BothDatabases]
    public async Task What_SES_says_of_a_letter_counts_once_and_nothing_that_is_forged(Provider provider)
    {
        const string answers = "https://sns.eu-west-1.amazonaws.com/?Action=GetTopicAttributes";
        var web = new FakeWeb(new() { [Certificate] = Pem(Amazon), [answers] = Pem(RSA.Create(2048)) });
        await using var house = await Open(provider, web);
        var letters = Enumerable.Range(1, 6).Select(i => Letter($"reader{i}@example.net")).ToArray();
        await Store(house, letters);
        var bounce = Sign(Notification(Bounce(letters[0], "one")));
        Assert.Equal(HttpStatusCode.NoContent, await PostSes(house, bounce));
        Assert.Equal(["reader1@example.net Hard"], await Suppressed(house));
        await Forgive(house);
        // The same once more, and the same in another message: staff wrote to the address again meanwhile.
        Assert.Equal(HttpStatusCode.NoContent, await PostSes(house, bounce));
        Assert.Equal(HttpStatusCode.NoContent, await PostSes(house, Sign(Notification(Bounce(letters[0], "one")))));
        Assert.Equal([], await Suppressed(house));

        using var stranger = RSA.Create(2048);
        var honest = Sign(Notification(Bounce(letters[1], "two"), version: "1"));
        SnsMessage[] forged =
        [
            Notification(Bounce(letters[1], "three")),
            Sign(Notification(Bounce(letters[1], "four")), stranger),
            honest with
            {
                Message = honest.Message!.Replace("reader2", "reader3", StringComparison.Ordinal),
            },
            honest with
            {
                SignatureVersion = "3",
            },
            Sign(honest with { TopicArn = "arn:aws:sns:eu-west-1:666666666666:letters" }),
            Sign(honest with { SigningCertURL = "https://bucket.s3.amazonaws.com/own.pem" }, stranger),
            Sign(honest with { SigningCertURL = "https://sns.eu-west-1.amazonaws.com.example.org/own.pem" }, stranger),
            Sign(honest with { SigningCertURL = answers }, stranger),
            Sign(honest with { Timestamp = DateTimeOffset.UtcNow.AddDays(-2).ToString("O") }),
            Sign(honest with { SigningCertURL = "http://sns.eu-west-1.amazonaws.com/own.pem" }, stranger),
            Sign(honest with { SigningCertURL = "https://sns.eu-west-1.amazonaws.com@example.org/own.pem" }, stranger),
        ];
        foreach (var message in forged)
            Assert.Equal(HttpStatusCode.Forbidden, await PostSes(house, message));
        Assert.Equal([], await Suppressed(house));
        // Fetched once, and nothing but it.
        Assert.Equal([Certificate], web.Asked);
        Assert.Equal(HttpStatusCode.BadRequest, await Post(house, "ses", "no JSON"));
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, await Post(house, "ses", new string(' ', 3 << 20)));

        // A letter is named by its Message-ID or by the address it returns to; a filter shuts nobody out, nor does a
        // report about somebody else, nor one about somebody to whom nothing was sent.
        Assert.Equal(HttpStatusCode.NoContent, await PostSes(house, honest));
        var source = await house.Within(s =>
            Task.FromResult(s.GetRequiredService<ReturnPath>().For(letters[2].Id)!.Address)
        );
        await PostSes(house, Sign(Notification(Complaint("reader3@example.net", source))));
        await PostSes(house, Sign(Notification(Complaint("reader4@example.net", "someone@example.org"))));
        await PostSes(house, Sign(Notification(Complaint("never@example.net", "someone@example.org"))));
        await PostSes(house, Sign(Notification(Bounce(letters[4], "five", "5.7.1", "550 5.7.1 spam"))));
        await PostSes(house, Sign(Notification(Bounce(letters[5], "six", to: "forwarded@example.net"))));
        Assert.Equal(
            ["reader2@example.net Hard", "reader3@example.net Complaint", "reader4@example.net Complaint"],
            await Suppressed(house)
        );
    }

    [Fact]
    public async Task A_subscription_is_confirmed_at_Amazon_alone_and_what_is_not_set_is_not_there()
    {
        const string confirm = "https://sns.eu-west-1.amazonaws.com/?Action=ConfirmSubscription&Token=abc";
        var web = new FakeWeb(new() { [Certificate] = Pem(Amazon), [confirm] = "<ConfirmSubscriptionResponse/>" });
        await using var house = await Open(Provider.Sqlite, web);
        var asked = Notification("") with
        {
            Type = SnsMessage.Confirmation,
            Message = "You have chosen to subscribe",
            Token = "abc",
            SubscribeURL = confirm,
        };
        Assert.Equal(HttpStatusCode.Forbidden, await PostSes(house, asked));
        await PostSes(house, Sign(asked with { SubscribeURL = "https://169.254.169.254/" }));
        Assert.DoesNotContain(confirm, web.Asked);
        Assert.Equal(HttpStatusCode.NoContent, await PostSes(house, Sign(asked)));
        Assert.Equal([Certificate, confirm], web.Asked);
        await using var plain = await TestHost.Open(Provider.Sqlite, withSample: false);
        Assert.Equal(HttpStatusCode.NotFound, await PostSes(plain, Sign(asked)));
        Assert.Equal(HttpStatusCode.NotFound, await Post(plain, "sendgrid", "[]"));
    }

    [Theory, BothDatabases]
    public async Task What_SendGrid_signs_counts_once(Provider provider)
    {
        await using var house = await Open(provider, new([]));
        var letters = Enumerable.Range(1, 4).Select(i => Letter($"reader{i}@example.net")).ToArray();
        await Store(house, letters);
        var body = JsonSerializer.Serialize(
            new object[]
            {
                new Dictionary<string, string>
                {
                    ["event"] = "bounce",
                    ["type"] = "bounce",
                    ["email"] = "reader1@example.net",
                    ["sg_event_id"] = "one",
                    ["smtp-id"] = $"<{letters[0].Id}@plenaria>",
                    ["status"] = "5.1.1",
                    ["reason"] = "550 5.1.1 no such user",
                },
                new Dictionary<string, string>
                {
                    ["event"] = "bounce",
                    ["type"] = "blocked",
                    ["email"] = "reader2@example.net",
                    ["sg_event_id"] = "two",
                    ["reason"] = "550 5.1.1 no such user",
                },
                new Dictionary<string, string>
                {
                    ["event"] = "spamreport",
                    ["email"] = "reader3@example.net",
                    ["sg_event_id"] = "three",
                },
                new Dictionary<string, object> { ["event"] = 7, ["email"] = new[] { 1 } },
                new Dictionary<string, string> { ["event"] = "open", ["email"] = "reader4@example.net" },
            }
        );
        async Task<HttpStatusCode> PostSigned(string text, string? signedText = null, string timestamp = "1700000000")
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/mail/sendgrid")
            {
                Content = new StringContent(text, Encoding.UTF8, "application/json"),
            };
            request.Headers.Add(SendGridEvents.TimestampHeader, timestamp);
            request.Headers.Add(
                SendGridEvents.SignatureHeader,
                Convert.ToBase64String(
                    SendGrid.SignData(
                        Encoding.UTF8.GetBytes("1700000000" + (signedText ?? text)),
                        HashAlgorithmName.SHA256,
                        DSASignatureFormat.Rfc3279DerSequence
                    )
                )
            );
            return (await house.Visit().Http.SendAsync(request)).StatusCode;
        }
        Assert.Equal(HttpStatusCode.Forbidden, await Post(house, "sendgrid", body));
        Assert.Equal(HttpStatusCode.Forbidden, await PostSigned(body, "[]"));
        Assert.Equal(HttpStatusCode.Forbidden, await PostSigned(body, timestamp: "1700000001"));
        Assert.Equal([], await Suppressed(house));
        Assert.Equal(HttpStatusCode.NoContent, await PostSigned(body));
        Assert.Equal(["reader1@example.net Hard", "reader3@example.net Complaint"], await Suppressed(house));
        await Forgive(house);
        Assert.Equal(HttpStatusCode.NoContent, await PostSigned(body));
        Assert.Equal([], await Suppressed(house));
    }
}
