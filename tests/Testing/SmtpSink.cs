using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using MimeKit;

namespace Plenaria.Testing;

/// <summary>A mail server within the test: takes what it is handed, or answers as the test says.</summary>
public sealed class SmtpSink : IAsyncDisposable
{
    public sealed record Letter(string To, MimeMessage Message);

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _accepting;
    private int _open;
    private int _mostOpen;

    public SmtpSink()
    {
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>What it took.</summary>
    public ConcurrentQueue<Letter> Taken { get; } = [];

    /// <summary>To whom letters were offered, taken or not.</summary>
    public ConcurrentQueue<string> Offered { get; } = [];

    /// <summary>The envelope senders of what it took.</summary>
    public ConcurrentQueue<string> Senders { get; } = [];

    /// <summary>What it answers to an addressee; takes all when null.</summary>
    public Func<string, string?>? Answer { get; set; }

    /// <summary>How long it thinks about each letter.</summary>
    public TimeSpan Delay { get; set; }

    /// <summary>How many connections were open at once.</summary>
    public int MostOpen => _mostOpen;

    public IReadOnlyList<string> Addressees => [.. Taken.Select(l => l.To)];

    public static async Task UntilAsync(Func<bool> holds, string what, int seconds = 30)
    {
        var since = System.Diagnostics.Stopwatch.StartNew();
        while (!holds())
        {
            if (since.Elapsed > TimeSpan.FromSeconds(seconds))
                throw new TimeoutException(what);
            await Task.Delay(20);
        }
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
                _ = TalkAsync(await _listener.AcceptTcpClientAsync(_stop.Token));
        }
        catch (Exception fault) when (fault is OperationCanceledException or SocketException)
        {
            // The test is over.
        }
    }

    private async Task TalkAsync(TcpClient client)
    {
        var open = Interlocked.Increment(ref _open);
        InterlockedMax(open);
        try
        {
            using (client)
            await using (var stream = client.GetStream())
            {
                using var reader = new StreamReader(stream, System.Text.Encoding.Latin1);
                await using var writer = new StreamWriter(stream, System.Text.Encoding.Latin1)
                {
                    AutoFlush = true,
                    NewLine = "\r\n",
                };
                await writer.WriteLineAsync("220 sink");
                var (from, to) = ("", "");
                while (await reader.ReadLineAsync(_stop.Token) is { } line)
                    if (line.StartsWith("MAIL", StringComparison.OrdinalIgnoreCase))
                    {
                        from = line.Split('<', '>')[1];
                        await writer.WriteLineAsync("250 2.1.0 ok");
                    }
                    else if (line.StartsWith("RCPT", StringComparison.OrdinalIgnoreCase))
                    {
                        to = line.Split('<', '>')[1];
                        Offered.Enqueue(to);
                        await writer.WriteLineAsync(Answer?.Invoke(to) ?? "250 2.1.5 ok");
                    }
                    else if (line.StartsWith("DATA", StringComparison.OrdinalIgnoreCase))
                    {
                        await writer.WriteLineAsync("354 go on");
                        var content = await ReadContentAsync(reader);
                        await Task.Delay(Delay, _stop.Token);
                        // Letters over several connections: one after the other, so that both lists have one order.
                        lock (Senders)
                        {
                            Senders.Enqueue(from);
                            Taken.Enqueue(new(to, content));
                        }
                        await writer.WriteLineAsync("250 2.0.0 taken");
                    }
                    else if (line.StartsWith("QUIT", StringComparison.OrdinalIgnoreCase))
                    {
                        await writer.WriteLineAsync("221 bye");
                        return;
                    }
                    else
                        await writer.WriteLineAsync("250 ok");
            }
        }
        catch (Exception fault) when (fault is IOException or OperationCanceledException or SocketException)
        {
            // Whoever sent it is gone.
        }
        finally
        {
            Interlocked.Decrement(ref _open);
        }
    }

    private async Task<MimeMessage> ReadContentAsync(StreamReader reader)
    {
        using var content = new MemoryStream();
        while (await reader.ReadLineAsync(_stop.Token) is { } line && line != ".")
            content.Write(System.Text.Encoding.Latin1.GetBytes($"{(line.StartsWith('.') ? line[1..] : line)}\r\n"));
        content.Position = 0;
        return await MimeMessage.LoadAsync(content, _stop.Token);
    }

    private void InterlockedMax(int open)
    {
        int most;
        while (open > (most = _mostOpen) && Interlocked.CompareExchange(ref _mostOpen, open, most) != most) { }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _accepting;
        _stop.Dispose();
    }
}
