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

    internal SecureSocketOptions Encryption =>
        Security?.ToLowerInvariant() switch
        {
            "none" => SecureSocketOptions.None,
            "tls" => SecureSocketOptions.SslOnConnect,
            "starttls" => SecureSocketOptions.StartTls,
            null => Port == 465 ? SecureSocketOptions.SslOnConnect
            : Server is "localhost" or "127.0.0.1" or "::1" ? SecureSocketOptions.None
            : SecureSocketOptions.StartTls,
            _ => throw new InvalidOperationException("Mail:Security is starttls, tls or none."),
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
        };
}
