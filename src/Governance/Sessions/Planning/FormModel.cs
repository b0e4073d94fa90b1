using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Plenaria.Platform.Bodies;
using Plenaria.Platform.Data;
using Plenaria.Platform.Site;

namespace Plenaria.Sessions.Planning;

/// <summary>What the pages that begin and change a session share.</summary>
internal abstract class FormModel : PageModel, IRerenderable
{
    public SessionFields Input { get; set; } = new();
    public abstract bool IsNew { get; }
    public virtual object? Stored => null;

    /// <summary>The bodies for which a session can be begun.</summary>
    public IReadOnlyList<Body> Bodies { get; protected set; } = [];

    /// <summary>Places to choose from: where the network has met.</summary>
    public IReadOnlyList<string> Places { get; protected set; } = [];

    // As many as a list of suggestions is of use.
    private const int MostPlaces = 100;

    /// <summary>Where sessions that everybody knows of were held, by name.</summary>
    protected static async Task<IReadOnlyList<string>> FindPlacesAsync(PlenariaDb db, CancellationToken cancel) =>
        await db.Set<Session>()
            .Where(s => s.State != SessionState.Draft && s.Place != null)
            .Select(s => s.Place!)
            .Distinct()
            .OrderBy(place => place)
            .Take(MostPlaces)
            .ToListAsync(cancel);

    public virtual Task RerenderAsync(CancellationToken cancel) => Task.CompletedTask;
}
