using System.Threading.Channels;

namespace Plenaria.Correspondence;

/// <summary>
/// Notes the letters that left: those that several connections handed over meanwhile in one transaction. Each
/// connection waits for its own, so that a crash repeats one a connection at most.
/// </summary>
/// <param name="record">Notes some; what fails there it deals with itself.</param>
internal sealed class SentLetters(Func<IReadOnlyList<OutboxMessage>, Task> record)
{
    private readonly Channel<(OutboxMessage Letter, TaskCompletionSource Recorded)> _left = Channel.CreateUnbounded<(
        OutboxMessage,
        TaskCompletionSource
    )>(new() { SingleReader = true });

    /// <summary>Returns once it is noted.</summary>
    public Task RecordAsync(OutboxMessage letter)
    {
        var recorded = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        return _left.Writer.TryWrite((letter, recorded)) ? recorded.Task : record([letter]);
    }

    /// <summary>Notes them until <see cref="Complete"/>, and what had been handed over by then.</summary>
    public async Task RunAsync()
    {
        while (await _left.Reader.WaitToReadAsync(CancellationToken.None))
        {
            var some = new List<(OutboxMessage Letter, TaskCompletionSource Recorded)>();
            while (_left.Reader.TryRead(out var next))
                some.Add(next);
            await record(some.ConvertAll(s => s.Letter));
            foreach (var (_, recorded) in some)
                recorded.SetResult();
        }
    }

    /// <summary>No connection hands over another.</summary>
    public void Complete() => _left.Writer.TryComplete();
}
