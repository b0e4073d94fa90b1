using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;
using Plenaria.Platform.Site;

namespace Plenaria.Exchange.Collections;

/// <summary>Collections for everybody, those of the regions first; and one's own.</summary>
[AllowAnonymous, Cacheable]
internal sealed class IndexModel(PlenariaDb db, OwnerChoices owners, CurrentUser visitor) : PageModel
{
    private const int Most = 200;
    private IReadOnlyDictionary<Guid, (string Name, string? Path)> _names = new Dictionary<Guid, (string, string?)>();

    public IReadOnlyList<Collection> OfOffices { get; private set; } = [];
    public IReadOnlyList<Collection> Others { get; private set; } = [];
    public IReadOnlyList<Collection> Own { get; private set; } = [];

    public string NameOf(Collection collection) => _names[collection.Id].Name;

    public async Task OnGetAsync(CancellationToken cancel)
    {
        var all = db.Set<Collection>().AsNoTracking().Include(c => c.Entries).Where(c => !c.IsBookmarks);
        var open = await all.Where(c => c.IsPublic).OrderByDescending(c => c.ChangedAt).Take(Most).ToListAsync(cancel);
        (OfOffices, Others) = ([.. open.Where(c => c.Office is not null)], [.. open.Where(c => c.Office is null)]);
        if (visitor.Who.Id is { } me)
        {
            var mine = visitor.Who.Represents.Select(m => (MemberId?)m).ToList();
            Own = await all.Where(c => c.Account == me || mine.Contains(c.Member))
                .OrderByDescending(c => c.ChangedAt)
                .Take(Most)
                .ToListAsync(cancel);
        }
        _names = await owners.Of([.. open.Concat(Own).DistinctBy(c => c.Id)], cancel);
    }
}
