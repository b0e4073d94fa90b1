using Microsoft.EntityFrameworkCore;
using MimeKit;
using Plenaria.Platform.Data;

namespace Plenaria.Correspondence;

/// <summary>
/// What happens when a letter comes back. Only what names one of the network's own letters by its Message-ID is
/// believed: otherwise anybody could have an address shut out.
/// </summary>
internal sealed class BounceHandler(PlenariaDb db, OutcomeRecorder outcomes)
{
    /// <summary>Whether the mail is about a letter of ours that came back, and has been dealt with.</summary>
    public async Task<bool> TryTakeAsync(MimeMessage message, CancellationToken cancel)
    {
        var report = BounceClassifier.Classify(message);
        if (
            report.Kind is BounceKind.None or BounceKind.AutoReply
            || report.MessageId is not { } id
            || LetterWriter.FindLetter(id) is not { } letter
        )
            return false;
        var to = await db.Set<OutboxMessage>()
            .Where(l => l.Id == letter)
            .Select(l => l.To)
            .SingleOrDefaultAsync(cancel);
        if (to is null)
            return false;
        // A report about an address to which somebody forwards says nothing of the one that was written to.
        if (report.Recipients.Count > 0 && !report.Recipients.Contains(to, StringComparer.OrdinalIgnoreCase))
            return true;
        if (report.Kind is BounceKind.Hard or BounceKind.Complaint)
            await outcomes.SuppressAsync(to, report.Kind, report.Reason, cancel);
        return true;
    }
}
