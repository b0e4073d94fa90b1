using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Plenaria.Members;
using Plenaria.Platform.Access;
using Plenaria.Platform.Language;
using Plenaria.Platform.Site;

namespace Plenaria.Exchange.Asking;

/// <summary>
/// A question to a regional office: the one that serves the member's country, unless another is chosen.
/// </summary>
[Allow(ExchangeModule.TakePart)]
internal sealed class OfficeModel(ThreadStore threads, IMembers members, CurrentUser visitor, PageLocalizer phrases)
    : PageModel,
        IRerenderable
{
    internal sealed class Fields : AskFields
    {
        public Guid? Office { get; set; }
    }

    public Fields Input { get; set; } = new();
    public IReadOnlyList<OfficeLine> Offices { get; private set; } = [];
    public IReadOnlyList<MemberLine> Own { get; private set; } = [];

    public async Task OnGetAsync(Guid? office, CancellationToken cancel)
    {
        await RerenderAsync(cancel);
        Input.Office =
            office
            ?? (
                Own.Count > 0
                    ? Offices.FirstOrDefault(o => o.IsOpen && o.Countries.Contains(Own[0].Country))?.Id.Value
                    : null
            );
    }

    public async Task RerenderAsync(CancellationToken cancel) =>
        (Offices, Own) = (await members.Offices(cancel), await members.Represented(visitor.Who, cancel));

    public async Task<IActionResult> OnPostAsync(
        [FromForm(Name = nameof(Input))] Fields input,
        CancellationToken cancel
    )
    {
        Input = input;
        await RerenderAsync(cancel);
        var office =
            Offices.FirstOrDefault(o => o.Id.Value == input.Office)
            ?? throw new RuleViolationException("exchange.office-missing");
        var thread = await threads.Begin(
            new(ThreadKind.Office, input.Name, input.Plain, phrases.Language)
            {
                Office = office.Id,
                Member = input.Speaker(Own),
            },
            visitor.Acting(),
            cancel
        );
        return Redirect($"/{phrases.Language}{thread.Path}");
    }
}
