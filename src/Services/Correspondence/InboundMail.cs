using System.CommandLine;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using MimeKit;
using MimeKit.Text;
using Plenaria.Platform.Access;
using Plenaria.Platform.Modules;
using Plenaria.Platform.Site;

namespace Plenaria.Correspondence;

/// <summary>
/// A mail that somebody copied or forwarded to the house. <paramref name="From"/> is the sender's address as the mail
/// says it, proved by nothing. <paramref name="Others"/> are all addresses it
/// names beside the sender's: those it went to, and those of the letters quoted in it. The text is plain;
/// <paramref name="Written"/> is what of it the sender wrote, without the letters quoted below; unless
/// <paramref name="IsCertain"/> some of it may be quoted all the same, and is published only once the sender confirms
/// it.
/// <paramref name="ReplyToken"/>
/// is set when it answers a letter of the house that carried one; whether the sender was its addressee, the reader
/// decides.
/// </summary>
public sealed record InboundMessage(
    string MessageId,
    string From,
    string Subject,
    string Text,
    string Written,
    bool IsCertain,
    DateTimeOffset At,
    IReadOnlyList<string> Others,
    string? ReplyToken
);

/// <summary>A module that does something with mail that comes in.</summary>
public interface IMailReader
{
    /// <summary>
    /// Takes it in, as the sender; false when it is about nothing this module knows. The same one twice is taken once.
    /// </summary>
    Task<bool> Take(InboundMessage mail, OperationContext acting, CancellationToken cancel);
}

/// <summary>A module that takes in answers to its letters from people who need no account.</summary>
public interface IReplyReader
{
    /// <summary>
    /// Takes it in where its <see cref="InboundMessage.ReplyToken"/> is one of this module's and its sender may answer;
    /// false otherwise. The same one twice is taken once.
    /// </summary>
    Task<bool> TakeReplyAsync(InboundMessage mail, CancellationToken cancel);
}

/// <summary>
/// <c>mail receive</c>: one mail from standard input, as a mail server pipes it. Only what people with a way in send is
/// taken.
/// </summary>
internal static partial class InboundMail
{
    public const int MaxBytes = 25 << 20,
        MaxAddresses = 100,
        MaxText = 1_000_000;

    public static Command MakeCommand(CliHost host)
    {
        var receive = new Command(
            "receive",
            "Take one mail in from standard input, for a mail server's pipe. Exit code 1: refused, with the reason."
        )
        {
            host.Data,
        };
        receive.SetAction(
            async (parsed, cancel) =>
            {
                using var bytes = new MemoryStream();
                await using (var input = Console.OpenStandardInput())
                {
                    var buffer = new byte[1 << 16];
                    int read;
                    while ((read = await input.ReadAsync(buffer, cancel)) > 0)
                    {
                        if (bytes.Length + read > MaxBytes)
                            throw new RuleViolationException("mail.too-large", ("limit", MaxBytes >> 20));
                        bytes.Write(buffer, 0, read);
                    }
                }
                bytes.Position = 0;
                await using var scope = (await host.Open(parsed, cancel)).CreateAsyncScope();
                await Receive(bytes, scope.ServiceProvider, cancel);
                return 0;
            }
        );
        return receive;
    }

    /// <exception cref="RuleViolationException">It is no mail, nobody we know sent it, or it is about nobody we
    /// know.</exception>
    public static async Task Receive(Stream content, IServiceProvider services, CancellationToken cancel)
    {
        var message = await LoadAsync(content, cancel);
        // Letters that come back are sent by servers, which have no account; so are reports.
        if (await services.GetRequiredService<DmarcReportStore>().TryTakeAsync(message, cancel))
            return;
        if (await services.GetRequiredService<BounceHandler>().TryTakeAsync(message, cancel))
            return;
        var now = services.GetRequiredService<TimeProvider>().GetUtcNow();
        var mail = Read(message, services.GetRequiredService<MailOptions>().From, now);
        var sender = await services.GetRequiredService<Accounts>().Known(mail.From, now, cancel);
        if (sender is null && mail.ReplyToken is null)
            throw new RuleViolationException("mail.unknown-sender", ("address", mail.From));
        // Dropped without a word, or two machines would talk for ever.
        if (IsOfMachine(message))
            return;
        var contributions = services.GetRequiredService<Contributions>();
        if (mail.ReplyToken is not null)
            foreach (var reader in await contributions.GetAsync<IReplyReader>(cancel))
                if (await reader.TakeReplyAsync(mail, cancel))
                    return;
        if (sender is null)
            throw new RuleViolationException("mail.unknown-sender", ("address", mail.From));
        var acting = new OperationContext(sender, null, now, null, services.GetRequiredService<PermissionCatalog>());
        var taken = false;
        foreach (var reader in await contributions.GetAsync<IMailReader>(cancel))
            taken |= await reader.Take(mail, acting, cancel);
        if (!taken)
            throw new RuleViolationException("mail.about-nobody");
    }

    private static async Task<MimeMessage> LoadAsync(Stream content, CancellationToken cancel)
    {
        try
        {
            return await MimeMessage.LoadAsync(content, cancel);
        }
        catch (Exception fault) when (fault is FormatException or ParseException)
        {
            throw new RuleViolationException("mail.unreadable");
        }
    }

    // What a machine answers (RFC 3834) is nothing anybody wrote.
    private static bool IsOfMachine(MimeMessage message) =>
        message.Headers["Auto-Submitted"] is { } auto
            && !auto.Trim().StartsWith("no", StringComparison.OrdinalIgnoreCase)
        || message.Headers["Precedence"]?.Trim().ToLowerInvariant() is "bulk" or "auto_reply" or "junk"
        || message.Headers.Contains("X-Autoreply");

    private static InboundMessage Read(MimeMessage message, string house, DateTimeOffset now)
    {
        var from =
            message.From.Mailboxes.FirstOrDefault()?.Address ?? throw new RuleViolationException("mail.unreadable");
        var text = Cut(
                (message.TextBody ?? (message.HtmlBody is { } html ? Plain(html) : "")).Replace(
                    "\0",
                    "",
                    StringComparison.Ordinal
                )
            )
            .Trim();
        var others = FindOthers(message, text, from);
        var reply = ReplyParser.Parse(text);
        var at = message.Date == default || message.Date > now ? now : message.Date.ToUniversalTime();
        return new(
            message.MessageId is { Length: > 0 and <= 250 } id
                ? id
                : $"{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(from + text)))[..32]}@plenaria",
            from,
            (message.Subject ?? "").Replace("\0", "", StringComparison.Ordinal),
            text,
            reply.Written,
            reply.IsCertain,
            at,
            others,
            others.Select(a => ReplyAddress.Token(house, a)).FirstOrDefault(t => t is not null)
        );
    }

    private static List<string> FindOthers(MimeMessage message, string text, string from)
    {
        var named = text.Split('\n')
            .Where(l => Header().IsMatch(l))
            .SelectMany(l => Address().Matches(l))
            .Select(m => m.Value.TrimStart('\'', '`'));
        return
        [
            .. message
                .To.Mailboxes.Concat(message.Cc.Mailboxes)
                .Select(m => m.Address)
                .Concat(named)
                .Select(Accounts.Normal)
                .Where(a => a != Accounts.Normal(from))
                .Distinct()
                .Take(MaxAddresses),
        ];
    }

    // Quoted letters keep their mark: what stands in a blockquote is not the sender's.
    private static string Plain(string html)
    {
        var tokens = new HtmlTokenizer(new StringReader(html));
        var text = new System.Text.StringBuilder();
        var (quoted, hidden) = (0, 0);
        void Line() => text.Append('\n').Append(quoted > 0 ? "> " : "");
        while (tokens.ReadNextToken(out var token))
        {
            if (token is HtmlDataToken data and not HtmlScriptDataToken && hidden == 0)
                text.Append(quoted > 0 ? data.Data.Replace("\n", "\n> ", StringComparison.Ordinal) : data.Data);
            if (token is not HtmlTagToken tag)
                continue;
            var step =
                tag.IsEndTag ? -1
                : tag.IsEmptyElement ? 0
                : 1;
            if (tag.Id is HtmlTagId.Style or HtmlTagId.Title or HtmlTagId.Head)
                hidden = Math.Max(0, hidden + step);
            else if (tag.Id == HtmlTagId.Body)
                hidden = 0;
            else if (tag.Id == HtmlTagId.BlockQuote)
            {
                quoted = Math.Max(0, quoted + step);
                Line();
            }
            else if (tag.Id is HtmlTagId.Br or HtmlTagId.P or HtmlTagId.Div or HtmlTagId.LI or HtmlTagId.TR)
                Line();
        }
        return text.ToString();
    }

    // A mail may have 25 MB; of its text no more than this is read.
    private static string Cut(string text) => text.Length > MaxText ? text[..MaxText] : text;

    // The lines that programs put above a letter they quote, in the five languages.
    [GeneratedRegex(
        @"^[>\s*]*(from|to|cc|de|para|a|à|per a|enviado a)[ \u00a0]?:",
        RegexOptions.IgnoreCase | RegexOptions.NonBacktracking | RegexOptions.CultureInvariant
    )]
    private static partial Regex Header();

    // RFC 5321, section 4.1.2, without quoted local parts: an apostrophe is part of many a name.
    [GeneratedRegex(
        @"[a-z0-9!#$%&'*+/=?^_`{|}~.-]{1,64}@[a-z0-9.-]{1,180}\.[a-z]{2,24}",
        RegexOptions.IgnoreCase | RegexOptions.NonBacktracking | RegexOptions.CultureInvariant
    )]
    private static partial Regex Address();
}
