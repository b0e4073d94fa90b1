using System.Security.Cryptography;
using MimeKit;

namespace Plenaria.Correspondence;

/// <summary>
/// The address an answer goes to: the house's own with a token after a plus (RFC 5233, subaddressing), so that one
/// mailbox takes them all.
/// </summary>
public static class ReplyAddress
{
    /// <summary>Length of a token, in characters.</summary>
    public const int MaxToken = 26;

    // Mail servers may change the case of an address: a token is of small letters and digits alone.
    private const string Alphabet = "abcdefghijklmnopqrstuvwxyz234567";

    /// <summary>A token nobody guesses: 130 random bits.</summary>
    public static string NewToken() => RandomNumberGenerator.GetString(Alphabet, MaxToken);

    internal static string For(string house, string token)
    {
        var address = MailboxAddress.Parse(house).Address;
        var at = address.LastIndexOf('@');
        return $"{address[..at]}+{token}{address[at..]}";
    }

    internal static string? Token(string house, string address)
    {
        var own = MailboxAddress.Parse(house).Address;
        var (at, plus) = (own.LastIndexOf('@'), address.LastIndexOf('+'));
        return
            plus == at
            && address.Length == own.Length + 1 + MaxToken
            && string.Equals(
                address[..plus] + address[(plus + 1 + MaxToken)..],
                own,
                StringComparison.OrdinalIgnoreCase
            )
            ? address.Substring(plus + 1, MaxToken).ToLowerInvariant()
            : null;
    }
}
