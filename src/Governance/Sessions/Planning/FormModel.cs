using Microsoft.AspNetCore.Mvc.RazorPages;
using Plenaria.Platform.Bodies;
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

    public virtual Task RerenderAsync(CancellationToken cancel) => Task.CompletedTask;
}
