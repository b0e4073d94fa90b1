using Microsoft.EntityFrameworkCore;
using Plenaria.Correspondence;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;

namespace Plenaria.Newsletter.Issues;

/// <summary>Pauses the sending of an issue of whose letters too many fail.</summary>
internal sealed class FailureWatch(PlenariaDb db, LetterBatches batches, IssueSending sending, SystemActor system)
    : IBatchObserver
{
    public async Task LettersRefusedAsync(Guid batch, CancellationToken cancel)
    {
        var issue = await db.Set<Issue>()
            .SingleOrDefaultAsync(i => i.Id == batch && i.State == IssueState.Sent, cancel);
        if (issue is null)
            return;
        var progress = await batches.ReadAsync(batch, issue.FailuresSince, cancel);
        if (progress.Waiting == 0 || !issue.FailureLimit.IsPassed(progress.Sent, progress.Failed))
            return;
        try
        {
            await sending.StopAsync(issue, system.As("newsletter"), cancel);
        }
        catch (Exception fault) when (PlenariaDb.IsConcurrencyConflict(fault))
        {
            // Another process paused it at the same moment, or somebody did.
            db.ClearTracking();
        }
    }
}
