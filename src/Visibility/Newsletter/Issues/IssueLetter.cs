using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using Plenaria.Correspondence;
using Plenaria.Newsletter.Subscribing;
using Plenaria.Platform.Access;
using Plenaria.Platform.Documents;
using Plenaria.Platform.Language;
using Plenaria.Platform.Places;
using Plenaria.Platform.Register;

namespace Plenaria.Newsletter.Issues;

/// <summary>All that the letters of one issue are made of.</summary>
/// <param name="Entries">The records it points to that are still published.</param>
internal sealed record IssueContent(
    Issue Issue,
    MailingList List,
    IReadOnlyList<PublishedEntry> Entries,
    LocalizedText Network,
    Uri Site
);

/// <summary>
/// One issue in one language, as the letter to each of its readers of one region; made once for all of them.
/// </summary>
internal sealed class IssueLetter
{
    // Stands where the secret of the subscriber will: a word that no text of the issue or of its records can hold.
    private readonly string _tokenMark = Accounts.Secret();

    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);

    private readonly IssueContent _content;
    private readonly Language _language;
    private readonly string? _region;
    private readonly Localizer _texts;
    private readonly string _text,
        _html;

    /// <param name="region">The continent whose records come first; null for the order of the issue.</param>
    public IssueLetter(IssueContent content, Language language, string? region, Localizer texts)
    {
        (_content, _language, _region, _texts) = (content, language, region, texts);
        (_text, _html) = (MakeText(), MakeHtml());
    }

    private Issue Issue => _content.Issue;

    public string Subject => Issue.Title.For(_language);

    /// <summary>The letter to one reader, with the links that are theirs alone.</summary>
    public LetterDraft For(string address, string token) =>
        new(address, _language, Subject, Personal(_text, token))
        {
            Html = Personal(_html, token),
            Kind = MailingList.LetterKind,
            Batch = Issue.Id,
            NotBefore = Issue.NotBefore,
            ReplyToken = Issue.ReplyToken,
            Headers = new Dictionary<string, string>
            {
                ["List-Unsubscribe"] = $"<{Personal(Link("unsubscribe"), token)}>",
                ["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click",
                ["List-Id"] = $"<{_content.List.Slug}.{_content.Site.Host}>",
            },
        };

    /// <summary>
    /// As whoever tries it out gets it: the same letter, not counted with the issue. Its links are nobody's, and their
    /// pages say so.
    /// </summary>
    public LetterDraft ForTest(string address)
    {
        var letter = For(address, SubscriberPage.TestToken);
        return letter with
        {
            Subject = _texts.Get(_language, "newsletter.test.subject", ("title", Subject)),
            Kind = LetterKind.Notice,
            Batch = null,
            NotBefore = null,
        };
    }

    private string Personal(string text, string token) => text.Replace(_tokenMark, token, StringComparison.Ordinal);

    private string Link(string page) => $"{_content.Site}{_language}/newsletter/{page}/{_tokenMark}";

    private string Address(PublishedEntry entry) => new Uri(_content.Site, $"/{_language}{entry.Path}").ToString();

    private string Archive => new Uri(_content.Site, $"/{_language}{Issue.Path}").ToString();

    private string MakeText()
    {
        var text = new StringBuilder();
        text.Append(Subject).Append("\n\n");
        if (!Issue.Body.IsEmpty)
            text.Append(Issue.Body.For(_language)).Append("\n\n");
        foreach (var (heading, entry) in InOrder())
        {
            if (heading is not null)
                text.Append(heading).Append("\n\n");
            text.Append("* ").Append(entry.Title.For(_language)).Append('\n');
            if (entry.Summary.For(_language) is { Length: > 0 } summary)
                text.Append("  ").Append(summary).Append('\n');
            text.Append("  ").Append(Address(entry)).Append("\n\n");
        }
        text.Append("-- \n").Append(Why()).Append('\n');
        if (_content.List.IsPublic)
            text.Append(Say("newsletter.foot.read")).Append(": ").Append(Archive).Append('\n');
        text.Append(Say("newsletter.foot.preferences")).Append(": ").Append(Link("preferences")).Append('\n');
        text.Append(Say("newsletter.foot.unsubscribe")).Append(": ").Append(Link("unsubscribe")).Append('\n');
        return text.ToString();
    }

    // Tables and inline styles: what mail programs understand. No colour but that of the programs themselves, so that
    // it can be read in their dark mode.
    private string MakeHtml()
    {
        var html = new StringBuilder();
        html.Append(CultureInfo.InvariantCulture, $"<!DOCTYPE html><html lang=\"{_language}\"><head>");
        html.Append("<meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\">");
        html.Append("<meta name=\"color-scheme\" content=\"light dark\">");
        html.Append("<meta name=\"supported-color-schemes\" content=\"light dark\">");
        html.Append(CultureInfo.InvariantCulture, $"<title>{Encoder.Encode(Subject)}</title></head>");
        html.Append("<body style=\"margin:0;padding:0;font-family:sans-serif;line-height:1.5\">");
        html.Append("<table role=\"presentation\" width=\"100%\" cellpadding=\"0\" cellspacing=\"0\">");
        html.Append("<tr><td align=\"center\" style=\"padding:16px\"><table role=\"presentation\" cellpadding=\"0\"");
        html.Append(" cellspacing=\"0\" style=\"width:100%;max-width:600px\"><tr><td style=\"text-align:left\">");
        html.Append(CultureInfo.InvariantCulture, $"<p>{Encoder.Encode(_content.Network.For(_language))}</p>");
        html.Append(CultureInfo.InvariantCulture, $"<h1 style=\"font-size:24px\">{Encoder.Encode(Subject)}</h1>");
        if (!Issue.Body.IsEmpty)
            html.Append(Markup.Html(Issue.Body.For(_language)));
        foreach (var (heading, entry) in InOrder())
        {
            if (heading is not null)
                html.Append(
                    CultureInfo.InvariantCulture,
                    $"<h2 style=\"font-size:20px;margin:32px 0 0\">{Encoder.Encode(heading)}</h2>"
                );
            AppendEntry(html, entry);
        }
        AppendFoot(html);
        return html.Append("</td></tr></table></td></tr></table></body></html>").ToString();
    }

    private void AppendEntry(StringBuilder html, PublishedEntry entry)
    {
        var title = Encoder.Encode(entry.Title.For(_language));
        html.Append("<h3 style=\"font-size:18px;margin:24px 0 4px\">");
        html.Append(CultureInfo.InvariantCulture, $"<a href=\"{Encoder.Encode(Address(entry))}\">{title}</a></h3>");
        if (entry.Summary.For(_language) is { Length: > 0 } summary)
            html.Append(CultureInfo.InvariantCulture, $"<p style=\"margin:0\">{Encoder.Encode(summary)}</p>");
    }

    private void AppendFoot(StringBuilder html)
    {
        html.Append("<hr style=\"margin:32px 0 16px\"><p style=\"font-size:14px\">");
        html.Append(Encoder.Encode(Why()));
        void Line(string key, string address) =>
            html.Append(CultureInfo.InvariantCulture, $"<br><a href=\"{address}\">{Encoder.Encode(Say(key))}</a>");
        if (_content.List.IsPublic)
            Line("newsletter.foot.read", Archive);
        Line("newsletter.foot.preferences", Link("preferences"));
        Line("newsletter.foot.unsubscribe", Link("unsubscribe"));
        html.Append("</p>");
    }

    // What lies in the reader's region first, under a heading of its own, where there is both that and more.
    private IEnumerable<(string? Heading, PublishedEntry Entry)> InOrder()
    {
        var (near, far) = (_content.Entries.Where(IsNear).ToList(), _content.Entries.Where(e => !IsNear(e)).ToList());
        var headed = near.Count > 0 && far.Count > 0;
        var region = headed
            ? _texts.Get(_language, "newsletter.from-region", ("region", Say($"region.{_region}")))
            : null;
        return
        [
            .. near.Select((e, i) => (i == 0 ? region : null, e)),
            .. far.Select((e, i) => (headed && i == 0 ? Say("newsletter.from-elsewhere") : null, e)),
        ];
    }

    private bool IsNear(PublishedEntry entry) =>
        _region is not null && entry.Place is { } place && Regions.Of(place).Contains(_region);

    private string Say(string key) => _texts.Get(_language, key);

    private string Why() =>
        _texts.Get(
            _language,
            "newsletter.foot.why",
            ("list", _content.List.Name.For(_language)),
            ("network", _content.Network)
        );
}
