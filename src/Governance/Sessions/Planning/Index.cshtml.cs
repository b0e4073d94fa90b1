using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Plenaria.Platform.Access;
using Plenaria.Platform.Bodies;
using Plenaria.Platform.Data;
using Plenaria.Platform.Site;

namespace Plenaria.Sessions.Planning;

/// <summary>
/// Sessions to come, the next first, and those held, the last first. Drafts only for whoever prepares them.
/// </summary>
[AllowAnonymous, Cacheable]
internal sealed class IndexModel(PlenariaDb db, BodyService bodies, CurrentUser visitor) : PageModel
{
    private const int Most = 100;

    public IReadOnlyList<Session> Ahead { get; private set; } = [];
    public IReadOnlyList<Session> Held { get; private set; } = [];

    /// <summary>What the bodies that meet are called.</summary>
    public IReadOnlyDictionary<BodyKey, LocalizedText> Bodies { get; private set; } =
        new Dictionary<BodyKey, LocalizedText>();

    public async Task OnGetAsync(CancellationToken cancel)
    {
        var own = await visitor.FindBodiesAsync(bodies, cancel);
        var all = db.Set<Session>()
            .AsNoTracking()
            .Where(s =>
                s.State != SessionState.Draft
                || own.IsAll
                || own.Kinds.Contains(s.BodyKind)
                || own.Ids.Contains(s.BodyId)
            );
        Ahead = await all.Where(s => s.State != SessionState.Ended)
            .OrderBy(s => s.StartsAt)
            .Take(Most)
            .ToListAsync(cancel);
        Held = await all.Where(s => s.State == SessionState.Ended)
            .OrderByDescending(s => s.StartsAt)
            .Take(Most)
            .ToListAsync(cancel);
        Bodies = await bodies.NamesAsync(Ahead.Concat(Held).Select(s => s.Body), cancel);
    }
}
