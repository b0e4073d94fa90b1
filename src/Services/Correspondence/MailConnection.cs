using System.Net.Sockets;
using MailKit;
using MailKit.Net.Smtp;
using MimeKit;

namespace Plenaria.Correspondence;

/// <summary>What became of an attempt to hand a letter over.</summary>
internal enum DeliveryResult
{
    Sent,

    /// <summary>The addressee's server does not take it now.</summary>
    Deferred,

    /// <summary>It will never be taken.</summary>
    Refused,

    /// <summary>The connection broke while it was handed over: it may have arrived.</summary>
    Interrupted,

    /// <summary>Our own server was not reached, or takes nothing: it is no matter of this letter.</summary>
    RelayFailed,
}

/// <param name="Answer">What the server said, or why it was not reached.</param>
internal sealed record DeliveryOutcome(DeliveryResult Status, string? Answer = null);

/// <summary>One connection to the mail server, kept open from letter to letter.</summary>
internal sealed class MailConnection(MailOptions options) : IDisposable
{
    // Servers limit how many letters they take in one session.
    private const int LettersPerSession = 100;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private SmtpClient? _client;
    private int _sent;

    public bool IsOpen => _client is not null;

    /// <summary>
    /// Hands the letter over, once more on a new connection where the server had closed the kept one.
    /// </summary>
    /// <param name="from">The envelope sender.</param>
    public async Task<DeliveryOutcome> SendAsync(MimeMessage message, MailboxAddress from, CancellationToken cancel)
    {
        var isKept = IsOpen;
        var outcome = await TrySendAsync(message, from, cancel);
        return outcome.Status == DeliveryResult.Interrupted && isKept
            ? await TrySendAsync(message, from, cancel)
            : outcome;
    }

    private async Task<DeliveryOutcome> TrySendAsync(MimeMessage message, MailboxAddress from, CancellationToken cancel)
    {
        try
        {
            _client ??= await OpenAsync(cancel);
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            return new(DeliveryResult.RelayFailed, fault.Message);
        }
        try
        {
            await _client.SendAsync(message, from, message.To.Mailboxes, cancel);
            if (++_sent >= LettersPerSession)
                await CloseAsync();
            return new(DeliveryResult.Sent);
        }
        catch (SmtpCommandException refusal)
        {
            return await JudgeAsync(refusal);
        }
        catch (Exception fault)
            when (fault
                    is SmtpProtocolException
                        or ServiceNotConnectedException
                        or SocketException
                        or IOException
                        or TimeoutException
            )
        {
            Drop();
            return new(DeliveryResult.Interrupted, fault.Message);
        }
        catch
        {
            Drop();
            throw;
        }
    }

    private async Task<DeliveryOutcome> JudgeAsync(SmtpCommandException refusal)
    {
        var (code, answer) = ((int)refusal.StatusCode, $"{(int)refusal.StatusCode} {refusal.Message}");
        // RFC 5321, section 3.8: the server is about to close the connection, whatever it was asked. Our own address is
        // refused to all letters alike, unless this one is too large.
        if (code == 421 || refusal.ErrorCode == SmtpErrorCode.SenderNotAccepted && code != 552)
        {
            Drop();
            return new(DeliveryResult.RelayFailed, answer);
        }
        try
        {
            if (_client is { IsConnected: true })
                await _client.NoOpAsync();
            else
                Drop();
        }
        catch (Exception fault) when (fault is ProtocolException or CommandException or IOException)
        {
            // It refused the letter and hung up.
            Drop();
        }
        return new(code >= 500 ? DeliveryResult.Refused : DeliveryResult.Deferred, answer);
    }

    private async Task<SmtpClient> OpenAsync(CancellationToken cancel)
    {
        var client = new SmtpClient { Timeout = (int)Patience.TotalMilliseconds };
        try
        {
            await client.ConnectAsync(options.Server!, options.Port, options.Encryption, cancel);
            if (options is { User: { } user, Password: { } password })
                await client.AuthenticateAsync(user, password, cancel);
        }
        catch
        {
            client.Dispose();
            throw;
        }
        _sent = 0;
        return client;
    }

    /// <summary>Says goodbye to the server, if it is still there.</summary>
    public async Task CloseAsync()
    {
        try
        {
            if (_client is { IsConnected: true })
                await _client.DisconnectAsync(true);
        }
        catch (Exception fault) when (fault is ProtocolException or CommandException or IOException)
        {
            // It had gone: all the better.
        }
        Drop();
    }

    private void Drop()
    {
        _client?.Dispose();
        _client = null;
    }

    public void Dispose() => Drop();
}
