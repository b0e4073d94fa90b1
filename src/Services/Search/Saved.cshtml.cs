using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.EntityFrameworkCore;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;
using Plenaria.Platform.Journal;
using Plenaria.Platform.Language;
using Plenaria.Platform.Site;

namespace Plenaria.Search;

/// <summary>The searches somebody keeps, and how often a letter tells what is new in them.</summary>
[Authorize]
internal sealed class SavedModel(PlenariaDb db, Journal journal, CurrentUser visitor, PageLocalizer phrases)
    : PageModel,
        IRerenderable
{
    public IReadOnlyList<SavedSearch> Kept { get; private set; } = [];

    public Task OnGetAsync(CancellationToken cancel) => RerenderAsync(cancel);

    public async Task RerenderAsync(CancellationToken cancel) =>
        Kept = await Mine().AsNoTracking().OrderBy(s => s.Name).ToListAsync(cancel);

    public async Task<IActionResult> OnPostKeepAsync(
        string? query,
        string? name,
        DigestRhythm rhythm,
        CancellationToken cancel
    )
    {
        var acting = visitor.Acting();
        // Only what a search understands is kept, in one order, so that the same one twice is the same.
        var narrowing = new SearchFilters(new QueryCollection(QueryHelpers.ParseQuery(query ?? "")));
        var said = narrowing.Address("").TrimStart('?');
        if (said.Length == 0)
            throw new RuleViolationException("search.saved.empty");
        if (said.Length > SavedSearch.QueryMaxLength)
            throw new RuleViolationException("search.saved.too-long");
        var called = string.IsNullOrWhiteSpace(name) ? narrowing.Words ?? phrases["search.title"] : name.Trim();
        called = Folding.Cut(called, SavedSearch.NameMaxLength);
        if (await Mine().SingleOrDefaultAsync(s => s.Query == said, cancel) is { } known)
            (known.Name, known.Rhythm) = (called, Enum.IsDefined(rhythm) ? rhythm : known.Rhythm);
        else if (await Mine().CountAsync(cancel) >= SavedSearch.Most)
            throw new RuleViolationException("search.saved.too-many", ("most", SavedSearch.Most));
        else
            db.Add(
                known = new()
                {
                    Id = Guid.CreateVersion7(acting.At),
                    Account = acting.Actor.Id!.Value,
                    Name = called,
                    Query = said,
                    Language = phrases.Language,
                    Rhythm = Enum.IsDefined(rhythm) ? rhythm : DigestRhythm.Never,
                    ToldUntil = acting.At,
                }
            );
        return await Store(known, "search.saved", acting, cancel);
    }

    public async Task<IActionResult> OnPostRhythmAsync(Guid id, DigestRhythm rhythm, CancellationToken cancel)
    {
        if (await Mine().SingleOrDefaultAsync(s => s.Id == id, cancel) is not { } kept || !Enum.IsDefined(rhythm))
            return NotFound();
        kept.Rhythm = rhythm;
        return await Store(kept, "search.rhythm-changed", visitor.Acting(), cancel);
    }

    public async Task<IActionResult> OnPostRemoveAsync(Guid id, CancellationToken cancel)
    {
        if (await Mine().SingleOrDefaultAsync(s => s.Id == id, cancel) is not { } kept)
            return NotFound();
        db.Remove(kept);
        this.OfferUndo("/searches", "Keep", ("query", kept.Query), ("name", kept.Name), ("rhythm", kept.Rhythm));
        return await Store(kept, "search.unsaved", visitor.Acting(), cancel);
    }

    private IQueryable<SavedSearch> Mine() =>
        visitor.Who.Id is { } me
            ? db.Set<SavedSearch>().Where(s => s.Account == me)
            : throw new InvalidOperationException("The page is for the signed-in.");

    private async Task<IActionResult> Store(
        SavedSearch kept,
        string act,
        OperationContext acting,
        CancellationToken cancel
    )
    {
        journal.Append(acting, kept.Stream, act, null, new { rhythm = kept.Rhythm.ToString() });
        await db.SaveChangesAsync(cancel);
        return Redirect($"/{phrases.Language}/searches");
    }
}
