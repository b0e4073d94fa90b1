using Microsoft.EntityFrameworkCore;
using MimeKit;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;

namespace Plenaria.Correspondence;

/// <summary>
/// What happens when a letter comes back. Only what names one of the network's own letters is believed, by its
/// Message-ID or by the address it returns to: otherwise anybody could have an address shut out.
/// </summary>
internal sealed class BounceHandler(PlenariaDb db, OutcomeRecorder outcomes, ReturnPath returnPath)
{
    /// <summary>Whether the mail is about a letter of ours that came back, and has been dealt with.</summary>
    public async Task<bool> TryTakeAsync(MimeMessage message, CancellationToken cancel)
    {
        var returned = EnvelopeAddresses.Of(message).Where(returnPath.IsOurs).ToList();
        var report = BounceClassifier.Classify(message);
        // Only servers write there, and of what they say only bounces matter.
        if (report.Kind is BounceKind.None or BounceKind.AutoReply)
            return returned.Count > 0;
        var letter =
            returned.Select(returnPath.FindLetter).FirstOrDefault(l => l is not null)
            ?? (report.MessageId is { } id ? LetterWriter.FindLetter(id) : null);
        if (letter is null || await FindAddresseeAsync(letter.Value, cancel) is not { } to)
            return returned.Count > 0;
        // A report about an address to which somebody forwards says nothing of the one that was written to.
        if (report.Recipients.Count > 0 && !report.Recipients.Contains(to, StringComparer.OrdinalIgnoreCase))
            return true;
        if (report.Kind is BounceKind.Hard or BounceKind.Complaint)
            await outcomes.SuppressAsync(to, report.Kind, report.Reason, cancel);
        return true;
    }

    /// <summary>
    /// What a provider says of a letter. It is signed: where it names no letter, one to its recipient will do.
    /// </summary>
    public async Task TakeSignedAsync(ProviderEvent told, CancellationToken cancel)
    {
        var letter = told
            .References.Select(r => r.Trim().Trim('<', '>'))
            .Select(r => LetterWriter.FindLetter(r) ?? returnPath.FindLetter(r))
            .FirstOrDefault(l => l is not null);
        var recipient = Accounts.Normal(told.Recipient);
        var to =
            letter is { } known ? await FindAddresseeAsync(known, cancel)
            : await db.Set<OutboxMessage>().AnyAsync(l => l.To == recipient, cancel) ? recipient
            : null;
        if (to is not null && Accounts.Normal(to) == recipient)
            await outcomes.SuppressAsync(to, told.Kind, told.Reason, cancel);
    }

    private Task<string?> FindAddresseeAsync(Guid letter, CancellationToken cancel) =>
        db.Set<OutboxMessage>().Where(l => l.Id == letter).Select(l => l.To).SingleOrDefaultAsync(cancel);
}
