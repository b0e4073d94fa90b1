using MailKit.Net.Smtp;
using MailKit.Security;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using MimeKit;
using Plenaria.Platform.Data;
using Plenaria.Platform.Letters;

namespace Plenaria.Platform.Mail;

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
}

/// <summary>A letter that waits to leave, or has left. Stored in the transaction that gave reason to it.</summary>
internal sealed class Letter : INotJournaled
{
    public required Guid Id { get; init; }
    public required string To { get; init; }
    public required Kernel.Language Language { get; init; }
    public required string Subject { get; init; }

    /// <summary>Emptied once it has left: it may hold a link that signs somebody in.</summary>
    public required string Text { get; set; }

    /// <summary>What an answer to it belongs to, when answers are taken in.</summary>
    public string? ReplyToken { get; init; }

    /// <summary>An invitation for the reader's calendar (iCalendar with its METHOD), emptied with the text.</summary>
    public string? Calendar { get; set; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset DueAt { get; set; }
    public int Attempts { get; set; }
    public DateTimeOffset? SentAt { get; set; }
    public string? LastError { get; set; }

    internal sealed class Mapping : IEntityTypeConfiguration<Letter>
    {
        public void Configure(EntityTypeBuilder<Letter> letter)
        {
            letter.ToTable("mail_letters");
            letter.Property(l => l.To).HasMaxLength(254);
            letter.Property(l => l.Subject).HasMaxLength(300);
            letter.Property(l => l.LastError).HasMaxLength(500);
            letter.Property(l => l.ReplyToken).HasMaxLength(ReplyAddress.MaxToken);
            // Claiming a letter moves its due time: of two nodes that try, one succeeds.
            letter.Property(l => l.DueAt).IsConcurrencyToken();
            letter.HasIndex(l => new { l.SentAt, l.DueAt });
        }
    }
}

/// <summary>A module that knows which addresses asked not to be written to.</summary>
public interface IMailPreferences
{
    /// <summary>
    /// Those of the addresses (in lower case) whose owners asked for no mail on the network's initiative.
    /// </summary>
    Task<IReadOnlySet<string>> Refusing(IReadOnlyCollection<string> addresses, CancellationToken cancel);
}

/// <summary>Queues letters; they leave after the transaction has committed, at least once.</summary>
public sealed class Outbox(PlenariaDb db, IEnumerable<IMailPreferences> preferences, TimeProvider time) : ILetters
{
    private const int MaxSubject = 300,
        AddressesPerQuery = 500;

    /// <summary>
    /// Those of these addresses, as <see cref="Access.Accounts.Normal"/> writes them, whose owners asked for no mail on
    /// the network's initiative. Where many are written to, it is asked of all at once, and the others are written to
    /// with <see cref="QueueRequested"/>.
    /// </summary>
    public async Task<IReadOnlySet<string>> FindRefusingAsync(IEnumerable<string> addresses, CancellationToken cancel)
    {
        var refusing = new HashSet<string>();
        foreach (var asked in addresses.Select(Access.Accounts.Normal).Distinct().Chunk(AddressesPerQuery))
        foreach (var source in preferences)
            refusing.UnionWith(await source.Refusing(asked, cancel));
        return refusing;
    }

    /// <summary>
    /// Queues a letter on the network's own initiative (a notice, a reminder, a question) unless its addressee asked
    /// not to be written to. Returns whether it will be sent. Parameters as for <see cref="QueueRequested"/>.
    /// </summary>
    public async Task<bool> QueueUnlessRefused(
        string to,
        Kernel.Language language,
        string subject,
        string text,
        CancellationToken cancel,
        string? replyToken = null,
        string? calendar = null
    )
    {
        if ((await FindRefusingAsync([to], cancel)).Count > 0)
            return false;
        QueueRequested(to, language, subject, text, replyToken, calendar);
        return true;
    }

    void ILetters.QueueRequested(string to, Kernel.Language language, string subject, string text) =>
        QueueRequested(to, language, subject, text);

    public Task ForgetAsync(IReadOnlyCollection<string> addresses, CancellationToken cancel) =>
        db.Set<Letter>().Where(l => addresses.Contains(l.To)).ExecuteDeleteAsync(cancel);

    /// <summary>
    /// Queues a letter that its addressee asked for, or that answers what they did: it is sent whatever they said of
    /// other mail.
    /// </summary>
    /// <param name="replyToken">When given, an answer to the letter comes back to the house as an
    /// <see cref="Incoming"/> with this <see cref="Incoming.ReplyToken"/>. Made by
    /// <see cref="ReplyAddress.NewToken"/>.</param>
    /// <param name="calendar">An invitation, its change or its withdrawal, as iCalendar with a METHOD (iTIP, RFC 5546):
    /// mail programs offer to keep it.</param>
    public void QueueRequested(
        string to,
        Kernel.Language language,
        string subject,
        string text,
        string? replyToken = null,
        string? calendar = null
    )
    {
        var now = time.GetUtcNow();
        db.Add(
            new Letter
            {
                Id = Guid.CreateVersion7(now),
                To = to,
                Language = language,
                Subject = Folding.Cut(subject.ReplaceLineEndings(" "), MaxSubject),
                Text = text,
                ReplyToken = replyToken,
                Calendar = calendar,
                CreatedAt = now,
                DueAt = now,
            }
        );
    }
}

/// <summary>
/// Carries letters to the mail server: claims one with a lease, sends it, tries again later and later when that fails.
/// </summary>
internal sealed class Carrier(
    IServiceScopeFactory scopes,
    DatabaseStartup opening,
    MailOptions options,
    TimeProvider time,
    ILogger<Carrier> log
) : BackgroundService
{
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(2);

    protected override async Task ExecuteAsync(CancellationToken stop)
    {
        if (options.Server is null || !await opening.Succeeds())
            return;
        using var tick = new PeriodicTimer(TimeSpan.FromSeconds(1), time);
        do
        {
            try
            {
                while (await SendOne(stop)) { }
            }
            catch (Exception fault) when (fault is not OperationCanceledException)
            {
                log.LogError(fault, "The outbox could not be read");
            }
        } while (await tick.WaitForNextTickAsync(stop));
    }

    private async Task<bool> SendOne(CancellationToken stop)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<PlenariaDb>();
        var now = time.GetUtcNow();
        var letter = await db.Set<Letter>()
            .Where(l => l.SentAt == null && l.DueAt <= now && l.Attempts < 12)
            .OrderBy(l => l.DueAt)
            .FirstOrDefaultAsync(stop);
        if (letter is null)
            return false;
        letter.Attempts++;
        letter.DueAt = now + Lease;
        try
        {
            await db.SaveChangesAsync(stop);
        }
        catch (DbUpdateConcurrencyException)
        {
            return true;
        }
        try
        {
            await Send(letter, stop);
            (letter.SentAt, letter.Text, letter.Calendar, letter.LastError) = (time.GetUtcNow(), "", null, null);
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            letter.DueAt =
                time.GetUtcNow() + TimeSpan.FromSeconds(Math.Min(15 * Math.Pow(2, letter.Attempts), 6 * 3600));
            letter.LastError = fault.Message.Length > 500 ? fault.Message[..500] : fault.Message;
        }
        await db.SaveChangesAsync(stop);
        return true;
    }

    // RFC 6047: the invitation is another reading of the letter, and names its method.
    private static MimeEntity BodyOf(Letter letter)
    {
        var text = new TextPart("plain") { Text = letter.Text };
        if (letter.Calendar is not { } calendar)
            return text;
        var invitation = new TextPart("calendar") { Text = calendar };
        invitation.ContentType.Parameters.Add(
            "method",
            calendar.Split('\n').Select(l => l.Trim()).First(l => l.StartsWith("METHOD:", StringComparison.Ordinal))[
                "METHOD:".Length..
            ]
        );
        return new MultipartAlternative(text, invitation);
    }

    private async Task Send(Letter letter, CancellationToken stop)
    {
        using var message = new MimeMessage
        {
            Subject = letter.Subject,
            MessageId = $"{letter.Id}@plenaria",
            Body = BodyOf(letter),
        };
        message.From.Add(MailboxAddress.Parse(options.From));
        message.To.Add(MailboxAddress.Parse(letter.To));
        if (letter.ReplyToken is { } token)
            message.ReplyTo.Add(MailboxAddress.Parse(ReplyAddress.For(options.From, token)));
        message.Headers.Add("Content-Language", letter.Language.Code);
        message.Headers.Add("Auto-Submitted", "auto-generated");
        message.Headers.Add("X-Auto-Response-Suppress", "All");
        using var client = new SmtpClient();
        await client.ConnectAsync(options.Server!, options.Port, options.Encryption, stop);
        if (options is { User: { } user, Password: { } password })
            await client.AuthenticateAsync(user, password, stop);
        await client.SendAsync(message, stop);
        await client.DisconnectAsync(true, stop);
    }
}
