namespace Plenaria.Platform.Letters;

/// <summary>
/// How accounts and the journal send mail without knowing how it leaves: the port that <c>Mail</c> implements.
/// </summary>
public interface ILetters
{
    /// <summary>
    /// Queues a letter that its addressee asked for, or that answers what they did. Saved by the caller; it leaves
    /// after the transaction has committed.
    /// </summary>
    void QueueRequested(string to, Kernel.Language language, string subject, string text);

    /// <summary>Deletes every letter to these addresses, sent or not: their owner was erased.</summary>
    Task ForgetAsync(IReadOnlyCollection<string> addresses, CancellationToken cancel);
}
