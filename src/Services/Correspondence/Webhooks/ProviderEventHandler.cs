using Microsoft.EntityFrameworkCore;
using Plenaria.Platform.Data;

namespace Plenaria.Correspondence;

/// <summary>Takes in what a provider says of letters, each thing once. Its signature has been checked.</summary>
internal sealed class ProviderEventHandler(PlenariaDb db, BounceHandler bounces, TimeProvider time)
{
    public async Task TakeAsync(IEnumerable<ProviderEvent> events, CancellationToken cancel)
    {
        foreach (var told in events.Where(e => e.Kind is BounceKind.Hard or BounceKind.Complaint))
        {
            var id = TakenEvent.IdOf(told.Source, told.Id);
            if (await db.Set<TakenEvent>().AnyAsync(t => t.Id == id, cancel))
                continue;
            // Of two processes that are told at once, one stores it.
            db.Add(new TakenEvent { Id = id, At = time.GetUtcNow() });
            try
            {
                await bounces.TakeSignedAsync(told, cancel);
                await db.SaveChangesAsync(cancel);
            }
            catch (DbUpdateException fault) when (PlenariaDb.IsUniqueViolation(fault))
            {
                db.ClearTracking();
            }
        }
    }
}
