using System.Security.Cryptography;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Plenaria.Platform.Access;
using Plenaria.Platform.Language;
using Plenaria.Platform.Site;

namespace Plenaria.Correspondence;

/// <summary>Of whom and of which kind a link in a letter is.</summary>
/// <param name="Address">As accounts keep it.</param>
internal sealed record StopLink(string Address, string Kind);

/// <summary>
/// What stands below a letter that its reader need not get: why they get it, and where they choose. In its head the
/// link that ends letters of the kind without signing in (RFC 2369, RFC 8058).
/// </summary>
public sealed class LetterFoot(
    SiteAddress site,
    IHttpContextAccessor http,
    IDataProtectionProvider protection,
    Localizer texts
)
{
    internal const string Page = "/account/mail",
        StopPage = Page + "/stop";

    // Keys that have ended are kept with the others: a link works as long as the letter that has it is kept.
    private readonly IDataProtector _protector = protection.CreateProtector("mail.stop");

    // Without the setting, addresses follow the request, if there is one.
    private Uri? Site =>
        site.Url
        ?? (
            http.HttpContext?.Request is { Host.HasValue: true } request
                ? new($"{request.Scheme}://{request.Host}")
                : null
        );

    /// <summary>The letter with its foot; as it is where no address of the house is known.</summary>
    internal LetterDraft Add(LetterDraft letter, LetterKind kind)
    {
        if (Site is not { } house)
            return letter;
        var foot = texts.Get(
            letter.Language,
            "mail.foot",
            ("why", texts.Get(letter.Language, kind.WhyKey)),
            ("link", new Uri(house, $"/{letter.Language}{Page}"))
        );
        var link = StopAddress(letter, kind.Key, house);
        var stop = texts.Get(letter.Language, "mail.foot.stop", ("link", link));
        return AddStop(letter, link) with
        {
            Text = $"{letter.Text.TrimEnd()}\n\n-- \n{foot}\n{stop}",
            Html = letter.Html is { } html ? AddTo(AddTo(html, foot), stop) : null,
        };
    }

    /// <summary>A digest with the link that ends all that is collected, and the line below it.</summary>
    internal LetterDraft AddToDigest(LetterDraft letter)
    {
        if (Site is not { } house)
            return letter;
        var foot = texts.Get(
            letter.Language,
            "mail.digest.foot",
            ("link", new Uri(house, $"/{letter.Language}{Page}"))
        );
        return AddStop(letter, StopAddress(letter, LetterKind.Digest, house)) with
        {
            Text = $"{letter.Text.TrimEnd()}\n\n-- \n{foot}",
        };
    }

    private Uri StopAddress(LetterDraft letter, string kind, Uri house)
    {
        var token = MakeToken(new(Accounts.Normal(letter.To), kind));
        return new(house, $"/{letter.Language}{StopPage}?token={token}");
    }

    private static LetterDraft AddStop(LetterDraft letter, Uri link) =>
        letter with
        {
            Headers = new Dictionary<string, string>(letter.Headers)
            {
                ["List-Unsubscribe"] = $"<{link}>",
                ["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click",
            },
        };

    private static string AddTo(string html, string foot)
    {
        var paragraph = $"<p>{HtmlEncoder.Default.Encode(foot)}</p>";
        var end = html.LastIndexOf("</body>", StringComparison.OrdinalIgnoreCase);
        return end < 0 ? html + paragraph : html.Insert(end, paragraph);
    }

    /// <summary>What nobody makes who has no key of the house, as an address writes it.</summary>
    internal string MakeToken(StopLink link) => _protector.Protect($"{link.Kind} {link.Address}");

    /// <summary>Whose link it is; null when it is none of ours.</summary>
    internal StopLink? ReadToken(string token)
    {
        try
        {
            return _protector.Unprotect(token).Split(' ', 2) is [var kind, var address] ? new(address, kind) : null;
        }
        catch (Exception fault) when (fault is CryptographicException or FormatException)
        {
            return null;
        }
    }
}
