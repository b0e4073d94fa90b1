using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Plenaria.Forms;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;
using Plenaria.Platform.Language;
using Plenaria.Platform.Site;

namespace Plenaria.Requests;

/// <summary>What the members one represents were asked, and what they answered.</summary>
[Allow(RequestsModule.Answer)]
internal sealed class MineModel(
    PlenariaDb db,
    RequestStore requests,
    FormService forms,
    CurrentUser visitor,
    PageLocalizer phrases
) : PageModel, IRerenderable
{
    public IReadOnlyList<(MemberRequest Request, RequestLine Line)> Lines { get; private set; } = [];

    public Task OnGetAsync(CancellationToken cancel) => RerenderAsync(cancel);

    public async Task RerenderAsync(CancellationToken cancel)
    {
        var mine = visitor.Who.Represents;
        var sent = await db.Set<MemberRequest>()
            .AsNoTracking()
            .Include(r => r.Members.Where(m => mine.Contains(m.Member)))
            .Where(r => r.State != RequestState.Draft && r.Members.Any(m => mine.Contains(m.Member)))
            .OrderByDescending(r => r.SentAt)
            .ToListAsync(cancel);
        var lines = new List<(MemberRequest, RequestLine)>();
        foreach (var request in sent)
            lines.AddRange((await requests.LinesAsync(request, phrases.Language, cancel)).Select(l => (request, l)));
        Lines = lines;
    }

    /// <summary>Makes a way to the member's one response, for whoever represents it, and leads there.</summary>
    public async Task<IActionResult> OnPostAsync(Guid asked, CancellationToken cancel)
    {
        var mine = visitor.Who.Represents;
        if (
            await db.Set<RequestedMember>()
                .AsNoTracking()
                .SingleOrDefaultAsync(m => m.Id == asked && mine.Contains(m.Member), cancel)
            is not { Response: { } response }
        )
            return NotFound();
        var token = forms.AddLink(response);
        await db.SaveChangesAsync(cancel);
        return Redirect($"/{phrases.Language}/answers/{token}");
    }
}
