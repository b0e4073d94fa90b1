using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Plenaria.Platform.Bodies;
using Plenaria.Platform.Data;
using Plenaria.Platform.Journal;

namespace Plenaria.Sessions;

/// <summary>What the journal and other sessions offer to whoever plans one.</summary>
internal sealed class SessionHistory(PlenariaDb db, Journal journal)
{
    private const int MostLines = 200,
        MostRules = 100;

    /// <summary>
    /// The newest session for each set of rules but this one's, of the bodies that somebody leads.
    /// </summary>
    public async Task<IReadOnlyList<Session>> FindOtherRulesAsync(
        Session session,
        Func<BodyKey, bool> mayLead,
        CancellationToken cancel
    )
    {
        var newest = await db.Set<Session>()
            .AsNoTracking()
            .Where(s => s.Id != session.Id)
            .OrderByDescending(s => s.StartsAt)
            .Take(MostRules)
            .ToListAsync(cancel);
        var own = session.Rules.ToJson();
        return [.. newest.Where(s => mayLead(s.Body) && s.Rules.ToJson() != own).DistinctBy(s => s.Rules.ToJson())];
    }

    /// <summary>What the journal keeps of the point that the last change of the agenda removed; null when it removed
    /// none.</summary>
    public async Task<JsonElement?> FindRemovedPointAsync(Session session, CancellationToken cancel) =>
        (await journal.Read(session.Stream, MostLines, cancel)).FirstOrDefault(l => l.Act == AgendaEditor.Changed)
            is { What: { } what }
        && what.TryGetProperty("removed", out var removed)
        && removed.ValueKind == JsonValueKind.Object
            ? removed
            : null;
}
