using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Plenaria.Comments;
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
internal sealed class IndexModel(PlenariaDb db, CommentService comments, IMembers members, CurrentUser visitor)
    : PageModel
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
        var said = comments.QueryShown();
        var found = db.Set<Thread>().AsNoTracking().Where(t => t.Kind == ThreadKind.Network && !t.Withdrawn);
        if (Before is { } before)
            found = found.Where(t => t.Number < before);
        if (State == "open")
            found = found.Where(t => t.ClosedAt == null);
        else if (State == "answered")
            found = found.Where(t => said.Any(c => c.Record == t.Id && c.IsAnswer));
        var page = await found.OrderByDescending(t => t.Number).Take(PageSize + 1).ToListAsync(cancel);
        var shown = page.Take(PageSize).ToList();
        Next = page.Count > PageSize ? shown[^1].Number : null;
        var ids = shown.Select(t => t.Id).ToList();
        var answers = await said.Where(c => ids.Contains(c.Record) && c.IsAnswer)
            .GroupBy(c => c.Record)
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
            var followed = await comments
                .QueryFollowed(me)
                .Join(db.Set<Thread>().AsNoTracking(), id => id, t => t.Id, (_, t) => t)
                .OrderByDescending(t => t.Number)
                .Take(MostMine)
                .ToListAsync(cancel);
            // Who no longer acts for a member sees no more of what was between it and others.
            Mine = [.. followed.Where(t => t.IsPublic || ThreadStore.IsParty(t, visitor.Acting()))];
        }
    }
}
