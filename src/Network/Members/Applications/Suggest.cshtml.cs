using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;
using Plenaria.Platform.Journal;
using Plenaria.Platform.Language;
using Plenaria.Platform.Site;

namespace Plenaria.Members.Applications;

/// <summary>
/// For whoever may not change a member: to say what should be changed. Whoever looks after it sees it here, and among
/// their tasks.
/// </summary>
[Authorize]
internal sealed class SuggestModel(
    MemberStore members,
    PlenariaDb db,
    Territory territory,
    Journal journal,
    CurrentUser visitor,
    PageLocalizer phrases
) : PageModel, IRerenderable
{
    public Member Member { get; private set; } = null!;
    public bool LooksAfter { get; private set; }
    public IReadOnlyList<Suggestion> Open { get; private set; } = [];

    [BindProperty, StringLength(Suggestion.TextMaxLength)]
    public string? Text { get; set; }

    [BindProperty(SupportsGet = true)]
    public bool Thanks { get; set; }

    public async Task<IActionResult> OnGetAsync(string slug, CancellationToken cancel) =>
        await Load(slug, cancel) ? Page() : NotFound();

    public async Task RerenderAsync(CancellationToken cancel)
    {
        if (!await Load((string)RouteData.Values["slug"]!, cancel))
            throw new RuleViolationException("platform.changed-meanwhile");
    }

    public async Task<IActionResult> OnPostAsync(string slug, CancellationToken cancel)
    {
        if (!await Load(slug, cancel))
            return NotFound();
        if (string.IsNullOrWhiteSpace(Text))
            throw new RuleViolationException("members.suggestion.missing");
        var acting = visitor.Acting();
        var suggestion = new Suggestion
        {
            Id = Guid.CreateVersion7(acting.At),
            Member = Member.Id,
            Text = Text.Trim(),
            By = visitor.Who.Id!.Value,
            ByName = visitor.Who.Name,
            At = acting.At,
        };
        db.Add(suggestion);
        journal.Append(acting, Member.Stream, "members.change-suggested", null, new { suggestion = suggestion.Id });
        await db.SaveChangesAsync(cancel);
        return Redirect($"/{phrases.Language}{Member.Path}/suggest?thanks=true");
    }

    public async Task<IActionResult> OnPostDoneAsync(
        string slug,
        Guid suggestion,
        int version,
        CancellationToken cancel
    )
    {
        if (!await Load(slug, cancel))
            return NotFound();
        var acting = visitor.Acting();
        await territory.Demand(acting, Member.Country, Member.Stream, cancel);
        if (
            await db.Set<Suggestion>().SingleOrDefaultAsync(s => s.Id == suggestion && s.Member == Member.Id, cancel)
            is not { } stored
        )
            return NotFound();
        PlenariaDb.RequireVersion(stored, version);
        stored.DoneAt = acting.At;
        journal.Append(acting, Member.Stream, "members.suggestion-done", null, new { suggestion });
        await db.SaveChangesAsync(cancel);
        return Redirect($"/{phrases.Language}{Member.Path}/suggest");
    }

    private async Task<bool> Load(string slug, CancellationToken cancel)
    {
        if (
            await members.Find(slug, cancel) is not { } member
            || member.Status == MemberStatus.Prospect && !visitor.May(MembersModule.Edit)
        )
            return false;
        Member = member;
        LooksAfter = await territory.Allows(visitor.Acting(), member.Country, cancel);
        var me = visitor.Who.Id!.Value;
        Open = await db.Set<Suggestion>()
            .AsNoTracking()
            .Where(s => s.Member == member.Id && s.DoneAt == null && (LooksAfter || s.By == me))
            .OrderBy(s => s.At)
            .ToListAsync(cancel);
        return true;
    }
}
