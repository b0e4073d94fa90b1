using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;
using Plenaria.Platform.Language;
using Plenaria.Platform.Site;

namespace Plenaria.Members.Merging;

/// <summary>Records that may be of one institution, to be looked at; and what was merged, to be undone.</summary>
[Allow(MembersModule.Merge)]
internal sealed class IndexModel(
    PlenariaDb db,
    Duplicates duplicates,
    MemberMerge merging,
    Accounts accounts,
    CurrentUser visitor,
    PageLocalizer phrases
) : PageModel, IRerenderable
{
    public const int Most = 50;

    public IReadOnlyList<(Member One, Member Other)> Pairs { get; private set; } = [];
    public IReadOnlyList<MergeLine> Merges { get; private set; } = [];

    public Task OnGetAsync(CancellationToken cancel) => RerenderAsync(cancel);

    public async Task RerenderAsync(CancellationToken cancel)
    {
        Pairs = await duplicates.Pairs(null, Most, cancel);
        var merges = await (
            from merge in db.Set<Merge>()
            join kept in db.Set<Member>() on merge.Kept equals kept.Id
            join gone in db.Set<Member>() on merge.Gone equals gone.Id
            where merge.UndoneAt == null
            orderby merge.At descending
            select new
            {
                merge,
                kept,
                gone,
            }
        )
            .AsNoTracking()
            .Take(Most)
            .ToListAsync(cancel);
        var names = await accounts.Names([.. merges.Select(m => m.merge.By).OfType<AccountId>()], cancel);
        Merges = [.. merges.Select(m => MergeLine.Of(m.merge, m.gone.Name, m.kept.Name, m.kept.Path, names))];
    }

    public async Task<IActionResult> OnPostApartAsync(Guid one, Guid other, CancellationToken cancel)
    {
        await merging.KeepApart(new(one), new(other), visitor.Acting(), cancel);
        return Redirect($"/{phrases.Language}/members/duplicates");
    }

    public async Task<IActionResult> OnPostUndoAsync(Guid merge, int version, CancellationToken cancel)
    {
        if (await db.Set<Merge>().SingleOrDefaultAsync(m => m.Id == merge, cancel) is not { } done)
            return NotFound();
        PlenariaDb.RequireVersion(done, version);
        await merging.Undo(done, visitor.Acting(), cancel);
        return Redirect($"/{phrases.Language}/members/duplicates");
    }
}
