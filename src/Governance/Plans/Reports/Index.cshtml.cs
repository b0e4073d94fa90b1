using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Plenaria.Platform.Access;
using Plenaria.Platform.Site;

namespace Plenaria.Plans.Reports;

[AllowAnonymous, Cacheable]
internal sealed class IndexModel(ReportStore reports, CurrentUser visitor) : PageModel
{
    public IReadOnlyList<ReportHead> Reports { get; private set; } = [];
    public bool MayEdit => visitor.May(PlansModule.Edit);

    public async Task OnGetAsync(CancellationToken cancel) => Reports = await reports.All(MayEdit, cancel);
}
