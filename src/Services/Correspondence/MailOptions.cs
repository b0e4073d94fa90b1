using MailKit.Security;
using Microsoft.Extensions.Configuration;

namespace Plenaria.Correspondence;

/// <summary>
/// Where mail leaves the house. Without a server it stays in the outbox, which development and demo show as a page.
/// </summary>
/// <param name="Security"><c>starttls</c>, <c>tls</c> or <c>none</c>; when not given, TLS from the start on port 465,
/// none towards this machine itself, STARTTLS elsewhere. A server that offers no TLS is then refused, never spoken to
/// in the open.</param>
public sealed record MailOptions(
    string? Server,
    int Port,
    string? User,
    string? Password,
    string From,
    string? Security
)
{
    /// <summary>How many connections to the server are open at once.</summary>
    public int Connections { get; init; } = 4;

    /// <summary>How many letters the server is handed in a minute; as many as it takes when null.</summary>
    public int? PerMinute { get; init; }

    /// <summary>How many letters to one domain leave in a minute; without a limit when null.</summary>
    public int? PerDomainAndMinute { get; init; }

    /// <summary>For how long a letter is claimed: after that another process may send it.</summary>
    public TimeSpan Lease { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// The address to which servers return letters; each letter has its own, with a token after a plus. When null, they
    /// return to the sender.
    /// </summary>
    public string? ReturnPath { get; init; }

    /// <summary>
    /// By which large providers tell their statistics of this network from others (the header field Feedback-ID).
    /// </summary>
    public string? FeedbackId { get; init; }

    /// <summary>
    /// The topic at which Amazon SNS publishes what SES says of letters. Null: nothing is taken from there.
    /// </summary>
    public string? SesTopic { get; init; }

    /// <summary>With which SendGrid signs what it says (base64). Null: nothing is taken from there.</summary>
    public string? SendGridKey { get; init; }

    /// <summary>The mailbox that is read for mail that comes in.</summary>
    internal ImapOptions? Imap { get; init; }

    /// <summary>With what letters are signed.</summary>
    internal DkimOptions? Dkim { get; init; }

    /// <summary>The address to which others send their reports about mail in the network's name (DMARC).</summary>
    public string? DmarcReportsTo { get; init; }

    /// <summary>What the record of SPF has to allow; guessed from <see cref="Server"/> when null.</summary>
    public string? SpfMechanism { get; init; }

    internal SecureSocketOptions Encryption => EncryptionOf("Mail:Security", Security, Server, Port, tlsPort: 465);

    internal static SecureSocketOptions EncryptionOf(
        string setting,
        string? security,
        string? server,
        int port,
        int tlsPort
    ) =>
        security?.ToLowerInvariant() switch
        {
            "none" => SecureSocketOptions.None,
            "tls" => SecureSocketOptions.SslOnConnect,
            "starttls" => SecureSocketOptions.StartTls,
            null => port == tlsPort ? SecureSocketOptions.SslOnConnect
            : server is "localhost" or "127.0.0.1" or "::1" ? SecureSocketOptions.None
            : SecureSocketOptions.StartTls,
            _ => throw new InvalidOperationException($"{setting} is starttls, tls or none."),
        };

    /// <summary>The section <c>Mail</c> of the configuration.</summary>
    public static MailOptions Read(IConfiguration mail) =>
        new(
            mail["Server"],
            mail.GetValue("Port", 25),
            mail["User"],
            mail["Password"],
            mail["From"] ?? "plenaria@localhost",
            mail["Security"]
        )
        {
            Connections = Math.Clamp(mail.GetValue("Connections", 4), 1, 50),
            PerMinute = mail.GetValue<int?>("PerMinute"),
            PerDomainAndMinute = mail.GetValue<int?>("PerDomainAndMinute"),
            Lease = TimeSpan.FromSeconds(Math.Clamp(mail.GetValue("LeaseSeconds", 30), 2, 600)),
            ReturnPath = NonEmpty(mail["ReturnPath"]),
            FeedbackId = NonEmpty(mail["FeedbackId"]),
            SesTopic = NonEmpty(mail["Ses:Topic"]),
            SendGridKey = NonEmpty(mail["SendGrid:PublicKey"]),
            Imap = ImapOptions.Read(mail.GetSection("Imap")),
            Dkim = DkimOptions.Read(mail.GetSection("Dkim")),
            DmarcReportsTo = NonEmpty(mail["Dmarc:ReportsTo"]),
            SpfMechanism = NonEmpty(mail["Spf:Mechanism"]),
        };

    internal static string? NonEmpty(string? value) => string.IsNullOrWhiteSpace(value) ? null : value.Trim();
}

/// <summary>A mailbox that is read, and emptied, over IMAP.</summary>
/// <param name="Security">As <see cref="MailOptions.Security"/>; TLS from the start on port 993.</param>
/// <param name="Folder">What is read.</param>
/// <param name="HandledFolder">Where what was taken in goes; made where there is none.</param>
internal sealed record ImapOptions(
    string Server,
    int Port,
    string User,
    string Password,
    string? Security,
    string Folder,
    string HandledFolder
)
{
    internal SecureSocketOptions Encryption =>
        MailOptions.EncryptionOf("Mail:Imap:Security", Security, Server, Port, tlsPort: 993);

    /// <summary>The section <c>Mail:Imap</c>; null when it names no server.</summary>
    public static ImapOptions? Read(IConfiguration imap) =>
        MailOptions.NonEmpty(imap["Server"]) is { } server
            ? new(
                server,
                imap.GetValue("Port", 993),
                imap["User"] ?? "",
                imap["Password"] ?? "",
                imap["Security"],
                MailOptions.NonEmpty(imap["Folder"]) ?? "INBOX",
                MailOptions.NonEmpty(imap["HandledFolder"]) ?? "Handled"
            )
            : null;
}

/// <summary>With what letters are signed (RFC 6376).</summary>
/// <param name="KeyFile">A private RSA key in PEM.</param>
internal sealed record DkimOptions(string Domain, string Selector, string KeyFile)
{
    /// <summary>The section <c>Mail:Dkim</c>; null when it names no key.</summary>
    public static DkimOptions? Read(IConfiguration dkim) =>
        MailOptions.NonEmpty(dkim["KeyFile"]) is { } file
            ? new(
                MailOptions.NonEmpty(dkim["Domain"])
                    ?? throw new InvalidOperationException("Mail:Dkim:Domain is missing."),
                MailOptions.NonEmpty(dkim["Selector"]) ?? "plenaria",
                file
            )
            : null;
}
