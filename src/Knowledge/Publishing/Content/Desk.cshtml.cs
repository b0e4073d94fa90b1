using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;

namespace Plenaria.Publishing.Content;

/// <summary>What somebody is writing or has published, and what waits for the editors of a territory.</summary>
[Allow(PublishingModule.Write)]
internal sealed class DeskModel(PlenariaDb db, ItemStore items, CurrentUser visitor) : PageModel
{
    private const int Most = 100;

    public IReadOnlyList<Item> Submitted { get; private set; } = [];
    public IReadOnlyList<Item> Mine { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken cancel)
    {
        if (visitor.May(PublishingModule.Publish))
            Submitted = await (await items.InTerritory(visitor.Acting(), cancel))
                .Where(i => i.State == ItemState.Submitted)
                .OrderBy(i => i.SubmittedAt)
                .Take(Most)
                .ToListAsync(cancel);
        var (me, own) = (visitor.Who.Id, visitor.Who.Represents.Select(m => (MemberId?)m).ToList());
        Mine = await db.Set<Item>()
            .AsNoTracking()
            .Where(i => i.Author == me || own.Contains(i.Owner))
            .OrderByDescending(i => i.ChangedAt)
            .Take(Most)
            .ToListAsync(cancel);
    }
}
