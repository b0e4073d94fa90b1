using System.Collections.Concurrent;
using System.Threading.Channels;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Plenaria.Platform.Data;

namespace Plenaria.Correspondence;

/// <summary>
/// Hands letters to the mail server over several connections. Few letters are in memory at once, however many wait; an
/// urgent one overtakes them there too.
/// </summary>
internal sealed class OutboxDispatcher(
    IServiceScopeFactory scopes,
    DatabaseStartup startup,
    MailOptions options,
    LetterSigner signer,
    ReturnPath returnPath,
    TimeProvider time,
    ILogger<OutboxDispatcher> log
) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(400),
        Idle = TimeSpan.FromSeconds(10),
        Farewell = TimeSpan.FromSeconds(5),
        BetweenReports = TimeSpan.FromSeconds(2);

    private readonly Guid _claimant = Guid.CreateVersion7();
    private readonly SemaphoreSlim _room = new(0);
    private readonly Channel<OutboxMessage> _claimed = Channel.CreateUnboundedPrioritized(
        new UnboundedPrioritizedChannelOptions<OutboxMessage>
        {
            Comparer = Comparer<OutboxMessage>.Create((a, b) => a.Priority.CompareTo(b.Priority)),
        }
    );
    private readonly RelayState _relay = new();

    // Claimed and not yet recorded.
    private readonly ConcurrentDictionary<Guid, OutboxMessage> _inHand = [];

    // Batches of which letters were refused since their modules were told.
    private readonly ConcurrentDictionary<Guid, bool> _refused = [];
    private long _leaseEnds;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (options.Server is null || !await startup.Succeeds())
            return;
        var sent = new SentLetters(some =>
            TryAsync<OutcomeRecorder>(outcomes => outcomes.SucceedAsync(some, CancellationToken.None))
        );
        var recording = sent.RunAsync();
        try
        {
            await Task.WhenAll([
                ClaimAllAsync(stoppingToken),
                RenewAllAsync(stoppingToken),
                ReportRefusalsAsync(stoppingToken),
                .. Enumerable.Range(0, options.Connections).Select(_ => SendAllAsync(sent, stoppingToken)),
            ]);
        }
        finally
        {
            sent.Complete();
            await recording;
            // Another process need not wait for the lease of what was not sent.
            using var patience = new CancellationTokenSource(Farewell, time);
            await TryAsync<OutboxQueue>(queue => queue.ReleaseAsync(_claimant, _inHand.Keys, patience.Token));
        }
    }

    private async Task ClaimAllAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            // As many as are sent while the next are claimed. Urgent ones are claimed at any time.
            var isFull = _inHand.Count > options.Connections;
            var most = options.Connections * 2;
            var claimed = 0;
            if (!_relay.IsWaiting(time.GetUtcNow()))
                await TryAsync<OutboxQueue>(async queue =>
                {
                    var ends = time.GetUtcNow() + options.Lease;
                    var letters = await queue.ClaimAsync(_claimant, most, isFull, stop);
                    claimed = letters.Count;
                    foreach (var letter in letters)
                    {
                        letter.DueAt = ends;
                        _inHand[letter.Id] = letter;
                        _claimed.Writer.TryWrite(letter);
                    }
                });
            if (claimed < most || _inHand.Count > options.Connections)
                await WaitAsync(stop);
        }
    }

    private async Task WaitAsync(CancellationToken stop)
    {
        var begun = time.GetTimestamp();
        do
        {
            var rest = Interval - time.GetElapsedTime(begun);
            if (
                rest <= TimeSpan.Zero
                || stop.IsCancellationRequested
                || !await _room.WaitAsync(rest, CancellationToken.None)
            )
                return;
            // One look at the queue for all letters that were sent meanwhile.
            while (_room.Wait(0, CancellationToken.None)) { }
        } while (_inHand.Count > options.Connections);
    }

    private async Task RenewAllAsync(CancellationToken stop)
    {
        using var tick = new PeriodicTimer(options.Lease / 3, time);
        try
        {
            while (await tick.WaitForNextTickAsync(stop))
                if (!_inHand.IsEmpty)
                    await TryAsync<OutboxQueue>(async queue =>
                    {
                        var ends = time.GetUtcNow() + options.Lease;
                        await queue.RenewAsync(_claimant, _inHand.Keys, stop);
                        Interlocked.Exchange(ref _leaseEnds, ends.UtcTicks);
                    });
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // What is being sent is sent within the lease, or by another process.
        }
    }

    // Told now and then, since a batch of which many fail has many counts. The next refusal tells those that a stop
    // cuts off.
    private async Task ReportRefusalsAsync(CancellationToken stop)
    {
        using var tick = new PeriodicTimer(BetweenReports, time);
        await using var _ = stop.Register(tick.Dispose);
        while (await tick.WaitForNextTickAsync(CancellationToken.None))
            foreach (var batch in _refused.Keys.Where(b => _refused.TryRemove(b, out bool _)))
                await TryAsync<IEnumerable<IBatchObserver>>(async observers =>
                {
                    foreach (var observer in observers)
                        await observer.LettersRefusedAsync(batch, stop);
                });
    }

    private async Task SendAllAsync(SentLetters sent, CancellationToken stop)
    {
        using var connection = new MailConnection(options);
        try
        {
            while (await NextAsync(connection, stop))
            while (!stop.IsCancellationRequested && _claimed.Reader.TryRead(out var letter))
                await SendAsync(connection, letter, sent, stop);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The farewell follows.
        }
        await connection.CloseAsync();
    }

    /// <summary>Waits for letters; a connection over which none goes is closed after a while.</summary>
    private async Task<bool> NextAsync(MailConnection connection, CancellationToken stop)
    {
        var next = _claimed.Reader.WaitToReadAsync(stop).AsTask();
        if (connection.IsOpen)
            try
            {
                return await next.WaitAsync(Idle, time, stop);
            }
            catch (TimeoutException)
            {
                await connection.CloseAsync();
            }
        return await next;
    }

    private async Task SendAsync(
        MailConnection connection,
        OutboxMessage letter,
        SentLetters sent,
        CancellationToken stop
    )
    {
        try
        {
            // A process that stood still for longer than its lease leaves the letter to whoever has it now.
            if (time.GetUtcNow().UtcTicks >= Math.Max(letter.DueAt.UtcTicks, Interlocked.Read(ref _leaseEnds)))
                return;
            // What is on its way is not given up when the program stops, but for a server that does not answer.
            using var patience = new CancellationTokenSource();
            await using var _ = stop.Register(() => patience.CancelAfter(Farewell));
            var outcome = _relay.IsWaiting(time.GetUtcNow())
                ? new DeliveryOutcome(DeliveryResult.RelayFailed)
                : await DeliverAsync(connection, letter, patience.Token);
            Note(outcome);
            await (
                outcome.Status == DeliveryResult.Sent
                    ? sent.RecordAsync(letter)
                    : TryAsync<OutcomeRecorder>(outcomes =>
                        outcomes.RecordAsync(letter, outcome, CancellationToken.None)
                    )
            );
            if (letter.Batch is { } batch && outcome.Status is DeliveryResult.Refused or DeliveryResult.Deferred)
                _refused[batch] = true;
        }
        finally
        {
            _inHand.TryRemove(letter.Id, out _);
            _room.Release();
        }
    }

    private void Note(DeliveryOutcome outcome)
    {
        if (outcome.Status is not (DeliveryResult.RelayFailed or DeliveryResult.Interrupted))
            _relay.Succeed();
        else if (outcome.Answer is { } answer && _relay.Fail(time.GetUtcNow()))
            log.LogWarning("The mail server was not reached: {Answer}", answer);
    }

    private async Task<DeliveryOutcome> DeliverAsync(
        MailConnection connection,
        OutboxMessage letter,
        CancellationToken cancel
    )
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            using var message = await scope
                .ServiceProvider.GetRequiredService<LetterWriter>()
                .WriteAsync(letter, cancel);
            signer.Sign(message);
            return await connection.SendAsync(
                message,
                returnPath.For(letter.Id) ?? message.From.Mailboxes.First(),
                cancel
            );
        }
        catch (OperationCanceledException)
        {
            return new(DeliveryResult.RelayFailed);
        }
        catch (Exception fault)
        {
            // An address or a header that cannot be written, a file that is gone: no other attempt would help.
            log.LogError(fault, "The letter {Letter} could not be sent", letter.Id);
            return new(DeliveryResult.Refused, fault.Message);
        }
    }

    /// <summary>Works on the queue; what fails there is tried again with the next turn or after the lease.</summary>
    private async Task TryAsync<TService>(Func<TService, Task> work)
        where TService : notnull
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            await work(scope.ServiceProvider.GetRequiredService<TService>());
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            log.LogError(fault, "The outbox could not be read or written");
        }
        catch (OperationCanceledException)
        {
            // The program stops.
        }
    }

    public override void Dispose()
    {
        _room.Dispose();
        base.Dispose();
    }
}
