using Microsoft.EntityFrameworkCore;
using Plenaria.Platform.Data;
using Plenaria.Platform.FirstSteps;
using Plenaria.Platform.Site;

namespace Plenaria.Correspondence;

/// <summary>Whether the network's mail leaves.</summary>
internal sealed class MailFirstStep(PlenariaDb db, Network network) : IFirstSteps
{
    public async Task<IReadOnlyList<FirstStep>> GetAsync(CancellationToken cancel)
    {
        // No letter leaves a demonstration.
        var isDone =
            (await network.Profile(cancel)).IsSample
            || await db.Set<OutboxMessage>().AnyAsync(l => l.SentAt != null, cancel);
        return [new("mail.step", "/settings/mail", isDone, 30)];
    }
}
