using MimeKit;
using Plenaria.Platform.Files;

namespace Plenaria.Correspondence;

/// <summary>Makes of a letter what goes over the wire. The same letter always has the same Message-ID.</summary>
internal sealed class LetterWriter(FileStore files, MailOptions options)
{
    /// <summary>By which large providers tell apart what a sender sends.</summary>
    public const string FeedbackId = "Feedback-ID";

    public async Task<MimeMessage> WriteAsync(OutboxMessage letter, CancellationToken cancel)
    {
        var message = new MimeMessage
        {
            Subject = letter.Subject,
            MessageId = MessageIdOf(letter.Id),
            Body = await WithAttachmentsAsync(letter, cancel),
        };
        message.From.Add(MailboxAddress.Parse(options.From));
        message.To.Add(MailboxAddress.Parse(letter.To));
        if (letter.ReplyToken is { } token)
            message.ReplyTo.Add(MailboxAddress.Parse(ReplyAddress.For(options.From, token)));
        message.Headers.Add("Content-Language", letter.Language.Code);
        message.Headers.Add("Auto-Submitted", "auto-generated");
        message.Headers.Add("X-Auto-Response-Suppress", "All");
        // The last part is the sender; the others are for its own statistics.
        if (options.FeedbackId is { } sender)
            message.Headers.Add(FeedbackId, $"{letter.Batch:N}:{letter.Kind}:{letter.Language.Code}:{sender}");
        foreach (var (name, value) in letter.Headers ?? new Dictionary<string, string>())
            message.Headers.Replace(name, value);
        return message;
    }

    private static string MessageIdOf(Guid letter) => $"{letter}@plenaria";

    /// <summary>The letter with this Message-ID; null when it is none of ours.</summary>
    public static Guid? FindLetter(string messageId) =>
        messageId.Split('@') is [var id, "plenaria"] && Guid.TryParseExact(id, "D", out var letter) ? letter : null;

    private async Task<MimeEntity> WithAttachmentsAsync(OutboxMessage letter, CancellationToken cancel)
    {
        var body = BodyOf(letter);
        if (letter.Attachments is not { Count: > 0 } attachments)
            return body;
        var whole = new Multipart("mixed") { body };
        foreach (var (hash, name) in attachments)
        {
            var (file, content) =
                await files.OpenForSystemAsync(hash, cancel)
                ?? throw new FileNotFoundException($"The file {name} is not stored any more.");
            await using (content)
            {
                // Read to its end here: the message is sent after the file is closed.
                var copy = new MemoryStream();
                await content.CopyToAsync(copy, cancel);
                copy.Position = 0;
                whole.Add(
                    new MimePart(file.MediaType)
                    {
                        Content = new MimeContent(copy),
                        ContentDisposition = new(ContentDisposition.Attachment),
                        ContentTransferEncoding = ContentEncoding.Base64,
                        FileName = name,
                    }
                );
            }
        }
        return whole;
    }

    // The last reading is the one that programs prefer (RFC 2046). RFC 6047: an invitation is another reading of the
    // letter, and names its method.
    private static MimeEntity BodyOf(OutboxMessage letter)
    {
        var text = new TextPart("plain") { Text = letter.Text };
        if (letter.Calendar is null && letter.Html is null)
            return text;
        var readings = new MultipartAlternative(text);
        if (letter.Html is { } html)
            readings.Add(new TextPart("html") { Text = html });
        if (letter.Calendar is not { } calendar)
            return readings;
        var invitation = new TextPart("calendar") { Text = calendar };
        invitation.ContentType.Parameters.Add(
            "method",
            calendar.Split('\n').Select(l => l.Trim()).First(l => l.StartsWith("METHOD:", StringComparison.Ordinal))[
                "METHOD:".Length..
            ]
        );
        readings.Add(invitation);
        return readings;
    }
}
