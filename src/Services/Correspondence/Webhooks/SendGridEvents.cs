using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Plenaria.Correspondence;

/// <summary>Reads the signed event webhook of SendGrid.</summary>
internal static class SendGridEvents
{
    public const string SignatureHeader = "X-Twilio-Email-Event-Webhook-Signature",
        TimestampHeader = "X-Twilio-Email-Event-Webhook-Timestamp";

    /// <param name="key">A public key of ECDSA (SubjectPublicKeyInfo, base64).</param>
    public static bool IsSigned(string key, string? timestamp, string? signature, byte[] body)
    {
        if (string.IsNullOrEmpty(timestamp) || string.IsNullOrEmpty(signature))
            return false;
        try
        {
            using var ecdsa = ECDsa.Create();
            ecdsa.ImportSubjectPublicKeyInfo(Convert.FromBase64String(key), out _);
            byte[] signed = [.. Encoding.UTF8.GetBytes(timestamp), .. body];
            return ecdsa.VerifyData(
                signed,
                Convert.FromBase64String(signature),
                HashAlgorithmName.SHA256,
                DSASignatureFormat.Rfc3279DerSequence
            );
        }
        catch (Exception fault) when (fault is FormatException or CryptographicException)
        {
            return false;
        }
    }

    public static IReadOnlyList<ProviderEvent> Read(byte[] body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            return document.RootElement.ValueKind == JsonValueKind.Array
                ? [.. document.RootElement.EnumerateArray().Select(ReadOne).OfType<ProviderEvent>()]
                : [];
        }
        catch (JsonException)
        {
            return [];
        }
    }

    private static ProviderEvent? ReadOne(JsonElement told)
    {
        if (told.Text("email") is not { Length: > 0 } email || told.Text("sg_event_id") is not { Length: > 0 } id)
            return null;
        var reason = told.Text("reason") ?? "";
        var verdict = told.Text("event") switch
        {
            "spamreport" => new(BounceKind.Complaint, "abuse"),
            "dropped" when reason.Contains("Spam Report", StringComparison.OrdinalIgnoreCase) => new(
                BounceKind.Complaint,
                "abuse"
            ),
            "dropped" when reason.Contains("Bounced", StringComparison.OrdinalIgnoreCase) => new(
                BounceKind.Hard,
                "unknown-user"
            ),
            "bounce" when told.Text("type") != "blocked" => Judge(reason, told.Text("status")),
            _ => new BounceVerdict(BounceKind.Soft, "undelivered"),
        };
        var references = told.Text("smtp-id") is { } message ? new[] { message } : [];
        return new("sendgrid", id, email, references, verdict.Kind, verdict.Reason);
    }

    private static BounceVerdict Judge(string words, string? status)
    {
        var verdict = BounceRules.Judge(words, status);
        return verdict.Reason == "undelivered" ? new(BounceKind.Hard, "undelivered") : verdict;
    }
}
