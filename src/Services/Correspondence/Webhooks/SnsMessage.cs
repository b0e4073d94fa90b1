using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Caching.Memory;
using Plenaria.Platform.Fetching;

namespace Plenaria.Correspondence;

/// <summary>A message of Amazon SNS, as it is posted.</summary>
internal sealed record SnsMessage(
    string? Type,
    string? MessageId,
    string? TopicArn,
    string? Message,
    string? Timestamp,
    string? SignatureVersion,
    string? Signature,
    string? SigningCertURL,
    string? Subject = null,
    string? Token = null,
    string? SubscribeURL = null
)
{
    public const string Notification = "Notification",
        Confirmation = "SubscriptionConfirmation";

    public static SnsMessage? Parse(ReadOnlySpan<byte> json)
    {
        try
        {
            return JsonSerializer.Deserialize<SnsMessage>(json);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>What is signed: names and values, a line each, in the order of the names.</summary>
    public string SignedText =>
        string.Concat(
            (
                Type == Notification
                    ? [("Message", Message), ("MessageId", MessageId), ("Subject", Subject)]
                    : new[] { ("Message", Message), ("MessageId", MessageId), ("SubscribeURL", SubscribeURL) }
            )
                .Append(("Timestamp", Timestamp))
                .Append(("Token", Type == Notification ? null : Token))
                .Append(("TopicArn", TopicArn))
                .Append(("Type", Type))
                .Where(p => p.Item2 is not null)
                .Select(p => $"{p.Item1}\n{p.Item2}\n")
        );

    /// <summary>The host that serves its topic: certificates and confirmations are there and nowhere else.</summary>
    public string? Host =>
        TopicArn?.Split(':') is ["arn", var partition, "sns", var region, ..]
        && region.Length > 0
        && region.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-')
            ? $"sns.{region}.amazonaws.com{(partition == "aws-cn" ? ".cn" : "")}"
            : null;

    /// <summary>An address on <see cref="Host"/>, encrypted.</summary>
    public Uri? OnHost(string? address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri) && IsOnHost(uri) ? uri : null;

    /// <summary>Where its certificate lies: a file of this name and nothing that the host answers otherwise.</summary>
    public Uri? CertificateAddress =>
        OnHost(SigningCertURL) is { Query: "", Fragment: "" } address && CertificatePath.IsMatch(address.AbsolutePath)
            ? address
            : null;

    private static readonly Regex CertificatePath = new(
        "^/SimpleNotificationService-[0-9A-Fa-f]{8,64}[.]pem$",
        RegexOptions.NonBacktracking
    );

    public bool IsOnHost(Uri address) =>
        address is { Scheme: "https", IsDefaultPort: true, UserInfo: "" } && address.IdnHost == Host;
}

/// <summary>
/// Verifies the signature and the age of a message of Amazon SNS. Callers compare the topic as well: the messages of
/// anybody's topic are signed by Amazon.
/// </summary>
internal sealed class SnsSignatureVerifier(SafeHttpClient http, IMemoryCache cache, TimeProvider time)
{
    private const int MaxCertificateBytes = 64 << 10;

    private static readonly TimeSpan CertificateCacheTime = TimeSpan.FromHours(6),
        MaxAge = TimeSpan.FromHours(2);

    /// <exception cref="FetchException">Its certificate could not be read.</exception>
    public async Task<bool> IsValidAsync(SnsMessage message, CancellationToken cancel)
    {
        var algorithm = message.SignatureVersion switch
        {
            "1" => HashAlgorithmName.SHA1,
            "2" => HashAlgorithmName.SHA256,
            _ => (HashAlgorithmName?)null,
        };
        var signature = new byte[message.Signature?.Length ?? 0];
        if (
            algorithm is not { } known
            || !Convert.TryFromBase64String(message.Signature ?? "", signature, out var length)
            || message.CertificateAddress is not { } address
            || !IsFresh(message)
            || await ReadAsync(message, address, cancel) is not { } pem
        )
            return false;
        try
        {
            using var certificate = X509Certificate2.CreateFromPem(pem);
            var now = time.GetUtcNow().UtcDateTime;
            using var key = certificate.GetRSAPublicKey();
            return key is not null
                && now >= certificate.NotBefore.ToUniversalTime()
                && now <= certificate.NotAfter.ToUniversalTime()
                && key.VerifyData(
                    Encoding.UTF8.GetBytes(message.SignedText),
                    signature.AsSpan(0, length),
                    known,
                    RSASignaturePadding.Pkcs1
                );
        }
        catch (CryptographicException)
        {
            return false;
        }
    }

    private async Task<string?> ReadAsync(SnsMessage message, Uri address, CancellationToken cancel)
    {
        var key = ("certificate of SNS", address);
        if (cache.TryGetValue(key, out string? kept))
            return kept;
        var answer = await http.SendAsync(
            new(address) { MaxBytes = MaxCertificateBytes, IsAllowed = message.IsOnHost },
            cancel
        );
        var pem = Encoding.ASCII.GetString(answer.Content).Trim();
        // One certificate and nothing around it.
        var isCertificate =
            answer.IsSuccess
            && PemEncoding.TryFind(pem, out var found)
            && (found.Location.Start.Value, found.Location.End.Value) == (0, pem.Length)
            && pem[found.Label] == "CERTIFICATE";
        return isCertificate ? cache.Set(key, pem, CertificateCacheTime) : null;
    }

    // Against replay; SNS delivers again for an hour at most (AWS, "Amazon SNS message delivery retries").
    private bool IsFresh(SnsMessage message) =>
        DateTimeOffset.TryParse(
            message.Timestamp,
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal,
            out var sent
        )
        && (time.GetUtcNow() - sent).Duration() < MaxAge;
}
