using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;

namespace Plenaria.Members.Applications;

/// <summary>Applications, the longest waiting first: those to decide about, or those that were decided.</summary>
[Allow(MembersModule.Edit)]
internal sealed class IndexModel(PlenariaDb db, Territory territory, CurrentUser visitor) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public bool Decided { get; set; }

    public IReadOnlyList<Application> Applications { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken cancel)
    {
        var all = db.Set<Application>().AsNoTracking();
        all = Decided
            ? all.Where(a => a.DecidedAt != null).OrderByDescending(a => a.DecidedAt)
            : all.Where(a => a.DecidedAt == null).OrderBy(a => a.ReceivedAt);
        var countries = await territory.Of(visitor.Acting(), cancel);
        Applications = await (countries is null ? all : all.Where(a => countries.Contains(a.Country)))
            .Take(200)
            .ToListAsync(cancel);
    }
}
