using Plenaria.Correspondence;

namespace Plenaria.Newsletter.Subscribing;

/// <summary>Knows the issues whose letters may wait.</summary>
internal interface IWaitingIssues
{
    /// <summary>The batches of letters of the issues of these lists that were sent.</summary>
    Task<IReadOnlyList<Guid>> FindBatchesAsync(IReadOnlyCollection<Guid> lists, CancellationToken cancel);
}

/// <summary>Withdraws letters that wait for somebody who does not want them any more.</summary>
internal sealed class WaitingLetters(LetterBatches batches, IWaitingIssues issues)
{
    /// <summary>Of all lists.</summary>
    public Task WithdrawAsync(string email, CancellationToken cancel) =>
        batches.WithdrawAsync(MailingList.LetterKind, email, cancel);

    /// <summary>Of these lists alone.</summary>
    public async Task WithdrawAsync(IReadOnlyCollection<Guid> lists, string email, CancellationToken cancel) =>
        await batches.WithdrawAsync(await issues.FindBatchesAsync(lists, cancel), email, cancel);
}
