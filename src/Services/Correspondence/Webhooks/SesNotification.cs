using System.Text;
using System.Text.Json;

namespace Plenaria.Correspondence;

/// <summary>Reads what Amazon SES says of a letter: notifications, and events of a configuration set.</summary>
internal static class SesNotification
{
    private const int MaxMail = 300_000;

    /// <summary>
    /// What a mail says that brings the same: JSON, with a few words of SNS below. Null when it is none.
    /// </summary>
    public static BounceReport? FindIn(string text)
    {
        // Servers on the way break lines of more than 998 characters, wherever that is (RFC 5322, section 2.1.1).
        var json = text.Length > MaxMail ? "" : text.Trim().ReplaceLineEndings("");
        if (!json.StartsWith('{') || Read(json, "") is not { Count: > 0 } told)
            return null;
        var kind = told.Max(e => e.Kind);
        var worst = told.Where(e => e.Kind == kind).ToList();
        return new(
            kind,
            [.. worst.Select(e => e.Recipient.ToLowerInvariant()).Distinct()],
            worst[0].Reason,
            worst[0].References is [var named, ..] ? named.Trim().Trim('<', '>') : null
        );
    }

    /// <param name="json">The first value in it counts: mails have a few words below.</param>
    /// <param name="id">What SNS calls the message that brought it.</param>
    public static IReadOnlyList<ProviderEvent> Read(string json, string id)
    {
        try
        {
            var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(json));
            using var document = JsonDocument.ParseValue(ref reader);
            var root = document.RootElement;
            // As SNS wraps it, by mail (email-json) too.
            if (root.Text("Type") == SnsMessage.Notification && root.Text("Message") is { } wrapped)
                return wrapped.StartsWith("{\"Type\"", StringComparison.Ordinal)
                    ? []
                    : Read(wrapped, root.Text("MessageId") ?? id);
            var type = root.Text("notificationType") ?? root.Text("eventType");
            return type switch
            {
                "Bounce" => [.. ReadAll(root, "bounce", "bouncedRecipients", id)],
                "Complaint" => [.. ReadAll(root, "complaint", "complainedRecipients", id)],
                _ => [],
            };
        }
        catch (JsonException)
        {
            return [];
        }
    }

    private static IEnumerable<ProviderEvent> ReadAll(JsonElement root, string part, string list, string id)
    {
        if (root.Part(part) is not { } about)
            yield break;
        var references = ReferencesIn(root).ToList();
        var feedback = about.Text("feedbackId") ?? id;
        foreach (var recipient in about.List(list))
            if (recipient.Text("emailAddress") is { Length: > 0 } address)
            {
                var (kind, reason) =
                    part == "complaint"
                        ? new(BounceKind.Complaint, about.Text("complaintFeedbackType") ?? "abuse")
                        : Judge(about, recipient);
                // Praise is a complaint of its own kind (RFC 5965).
                if (reason != "not-spam")
                    yield return new("ses", $"{feedback} {address}", address, references, kind, reason);
            }
    }

    private static IEnumerable<string> ReferencesIn(JsonElement root)
    {
        if (root.Part("mail") is not { } mail)
            yield break;
        if (mail.Part("commonHeaders")?.Text("messageId") is { } common)
            yield return common;
        foreach (var header in mail.List("headers"))
            if (
                string.Equals(header.Text("name"), "Message-ID", StringComparison.OrdinalIgnoreCase)
                && header.Text("value") is { } value
            )
                yield return value;
        if (mail.Text("source") is { } source)
            yield return source;
    }

    private static BounceVerdict Judge(JsonElement bounce, JsonElement recipient)
    {
        var type = bounce.Text("bounceType");
        if (type != "Permanent")
            return new(BounceKind.Soft, type?.ToLowerInvariant() ?? "undetermined");
        if (bounce.Text("bounceSubType") is "NoEmail" or "Suppressed" or "OnAccountSuppressionList")
            return new(BounceKind.Hard, "unknown-user");
        var words = recipient.Text("diagnosticCode") ?? "";
        var verdict = BounceRules.Judge(words[(words.IndexOf(';') + 1)..], recipient.Text("status"));
        // Final in the provider's eyes, and the server gave no other reason.
        return verdict.Reason == "undelivered" ? new(BounceKind.Hard, "undelivered") : verdict;
    }
}
