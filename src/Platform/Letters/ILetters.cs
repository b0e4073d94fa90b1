namespace Plenaria.Platform.Letters;

/// <summary>
/// How accounts and the journal send mail without knowing how it leaves: the port that <c>Correspondence</c>
/// implements.
/// </summary>
public interface ILetters
{
    /// <summary>
    /// Queues a letter that its addressee asked for, or that answers what they did. Saved by the caller; it leaves
    /// after the transaction has committed.
    /// </summary>
    void QueueRequested(string to, Kernel.Language language, string subject, string text);

    /// <summary>
    /// Queues a link or code by which its addressee signs in: it overtakes all other letters, and leaves while those
    /// are held. Saved by the caller.
    /// </summary>
    void QueueSignIn(string to, Kernel.Language language, string subject, string text);

    /// <summary>Deletes every letter to these addresses, sent or not: their owner was erased.</summary>
    Task ForgetAsync(IReadOnlyCollection<string> addresses, CancellationToken cancel);
}
