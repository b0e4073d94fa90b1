using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Plenaria.Forms;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;

namespace Plenaria.Requests;

/// <summary>The requests that somebody looks after, the latest first.</summary>
[Allow(RequestsModule.Manage)]
internal sealed class IndexModel(PlenariaDb db, FormService forms, CurrentUser visitor) : PageModel
{
    public IReadOnlyList<(MemberRequest Request, int Asked, int Answered)> Lines { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken cancel)
    {
        var acting = visitor.Acting();
        var all = (
            await db.Set<MemberRequest>()
                .AsNoTracking()
                .Include(r => r.Members)
                .OrderByDescending(r => r.Number)
                .ToListAsync(cancel)
        ).FindAll(r => RequestStore.Manages(r, acting));
        var states = await forms.StatesAsync(
            [.. all.SelectMany(r => r.Members).Select(m => m.Response).OfType<Guid>()],
            cancel
        );
        Lines =
        [
            .. all.Select(r =>
                (
                    r,
                    r.Members.Count,
                    r.Members.Count(m => m.Response is { } id && states.GetValueOrDefault(id).SentAt is not null)
                )
            ),
        ];
    }
}
