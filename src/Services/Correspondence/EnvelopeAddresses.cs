using MimeKit;

namespace Plenaria.Correspondence;

/// <summary>To whom a mail was handed over, as the server that took it says, or else its head.</summary>
internal static class EnvelopeAddresses
{
    private static readonly string[] Fields = ["Delivered-To", "X-Original-To", "Envelope-To", "X-Envelope-To"];

    public static IEnumerable<string> Of(MimeMessage message) =>
        message
            .Headers.Where(h => Fields.Contains(h.Field, StringComparer.OrdinalIgnoreCase))
            .SelectMany(h => InternetAddressList.TryParse(h.Value, out var list) ? list.Mailboxes : [])
            .Concat(message.To.Mailboxes)
            .Select(m => m.Address);
}
