using System.Security.Cryptography;
using System.Text.RegularExpressions;
using MimeKit;

namespace Plenaria.Platform.Mail;

/// <summary>The address an answer goes to: the house's own with a token after a plus (RFC 5233, subaddressing), so that one mailbox takes them all.</summary>
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
        return plus == at && address.Length == own.Length + 1 + MaxToken && string.Equals(address[..plus] + address[(plus + 1 + MaxToken)..], own, StringComparison.OrdinalIgnoreCase)
            ? address.Substring(plus + 1, MaxToken).ToLowerInvariant()
            : null;
    }
}

/// <summary>What somebody wrote in an answer, apart from the letter it answers.</summary>
internal static partial class Replies
{
    /// <summary>The text above the first quoted line, the line that introduces it, a signature mark or a copied head. Empty when nothing stands there: what is below is not the sender's to publish.</summary>
    public static string Written(string text)
    {
        var lines = text.ReplaceLineEndings("\n").Split('\n');
        var end = Array.FindIndex(lines, l => l.StartsWith('>') || l is "-- " or "--" || Divider().IsMatch(l) || Head().IsMatch(l));
        if (end >= 0 && lines[end].StartsWith('>'))
            // The line that introduces the quotation may be broken in two, and blank lines may follow it.
            for (var above = 1; above <= 4 && end - above >= 0; above++)
                if (Introduces().IsMatch(string.Join(' ', lines[(end - above)..end])))
                {
                    end -= above;
                    break;
                }
        var written = end < 0 ? text : string.Join('\n', lines[..end]);
        return written.Trim();
    }

    [GeneratedRegex(@"^\s*(?:-{2,}\s*(?:Original Message|Mensaje original|Mensagem original|Message d'origine|Missatge original)\s*-{2,}|_{10,})\s*$", RegexOptions.IgnoreCase)]
    private static partial Regex Divider();

    [GeneratedRegex(@"^\s*\*?(?:From|De)\*?[ \u00a0]?:\*? .+@", RegexOptions.IgnoreCase)]
    private static partial Regex Head();

    [GeneratedRegex(@"^\s*(?:On|El|Em|Le|Il|A)\b.{0,250}(?:wrote|escribió|escrigué|va escriure|escreveu|a écrit)[ \u00a0]?:\s*$", RegexOptions.IgnoreCase | RegexOptions.Singleline)]
    private static partial Regex Introduces();
}
