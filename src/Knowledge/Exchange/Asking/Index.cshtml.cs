using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Plenaria.Members;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;
using Plenaria.Platform.Site;

namespace Plenaria.Exchange.Asking;

/// <summary>
/// Questions to the network, the newest first; and, for whoever is signed in, what they follow and what is asked of
/// members.
/// </summary>
[AllowAnonymous, Cacheable]
internal sealed class IndexModel(PlenariaDb db, IMembers members, CurrentUser visitor) : PageModel
{
    private const int PageSize = 30,
        MostMine = 20;
    public static readonly string[] States = ["open", "answered", "all"];

    [BindProperty(SupportsGet = true)]
    public string State { get; set; } = States[0];

    [BindProperty(SupportsGet = true)]
    public int? Before { get; set; }

    public IReadOnlyList<(Thread Thread, int Answers, MemberLine? Asker)> Questions { get; private set; } = [];
    public int? Next { get; private set; }
    public IReadOnlyList<Drive> Drives { get; private set; } = [];
    public IReadOnlyList<Thread> Mine { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken cancel)
    {
        if (!States.Contains(State))
            State = States[0];
        var found = db.Set<Thread>().AsNoTracking().Where(t => t.Kind == ThreadKind.Network && !t.Withdrawn);
        if (Before is { } before)
            found = found.Where(t => t.Number < before);
        if (State == "open")
            found = found.Where(t => t.ClosedAt == null);
        else if (State == "answered")
            found = found.Where(t =>
                db.Set<Message>().Any(m => m.Thread == t.Id && m.IsAnswer && m.WithdrawnAt == null)
            );
        var page = await found.OrderByDescending(t => t.Number).Take(PageSize + 1).ToListAsync(cancel);
        var shown = page.Take(PageSize).ToList();
        Next = page.Count > PageSize ? shown[^1].Number : null;
        var ids = shown.Select(t => t.Id).ToList();
        var answers = await db.Set<Message>()
            .Where(m => ids.Contains(m.Thread) && m.IsAnswer && m.WithdrawnAt == null)
            .GroupBy(m => m.Thread)
            .Select(g => new { g.Key, Count = g.Count() })
            .ToDictionaryAsync(g => g.Key, g => g.Count, cancel);
        var askers = await members.Lines([.. shown.Select(t => t.Member).OfType<MemberId>().Distinct()], cancel);
        Questions =
        [
            .. shown.Select(t =>
                (t, answers.GetValueOrDefault(t.Id), t.Member is { } id ? askers.GetValueOrDefault(id) : null)
            ),
        ];
        if (visitor.May(ExchangeModule.TakePart))
            Drives = await db.Set<Drive>()
                .AsNoTracking()
                .Where(d => d.State == DriveState.Open)
                .OrderBy(d => d.Due)
                .ToListAsync(cancel);
        if (visitor.Who.Id is { } me)
        {
            var followed = await (
                from f in db.Set<Follower>()
                join t in db.Set<Thread>() on f.Thread equals t.Id
                where f.Account == me && f.IsActive
                orderby t.Number descending
                select t
            )
                .AsNoTracking()
                .Take(MostMine)
                .ToListAsync(cancel);
            // Who no longer acts for a member sees no more of what was between it and others.
            Mine = [.. followed.Where(t => t.IsPublic || ThreadStore.IsParty(t, visitor.Acting()))];
        }
    }
}
