using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Plenaria.Members;
using Plenaria.Platform.Access;
using Plenaria.Platform.Language;

namespace Plenaria.Exchange.Nudges;

/// <summary>Where a member's people say that they want no yearly invitation, or want it again.</summary>
[Allow(ExchangeModule.TakePart)]
internal sealed class OffModel(
    ContributionReminderJob nudging,
    IMembers members,
    CurrentUser visitor,
    PageLocalizer phrases
) : PageModel
{
    public MemberLine Member { get; private set; } = null!;
    public bool IsOff { get; private set; }

    public async Task<IActionResult> OnGetAsync(string member, CancellationToken cancel) =>
        await Load(member, cancel) ? Page() : NotFound();

    public async Task<IActionResult> OnPostAsync(string member, bool off, CancellationToken cancel)
    {
        if (!await Load(member, cancel))
            return NotFound();
        await nudging.Set(Member.Id, off, visitor.Acting(), cancel);
        return Redirect($"/{phrases.Language}/exchange/nudges/{member}");
    }

    private async Task<bool> Load(string slug, CancellationToken cancel)
    {
        if (
            await members.Find(slug, cancel) is not { } line
            || !visitor.Who.Represents.Contains(line.Id)
                && !await members.MayIn(visitor.Acting(), ExchangeModule.Drives, line.Country, cancel)
        )
            return false;
        (Member, IsOff) = (line, await nudging.IsOff(line.Id, cancel));
        return true;
    }
}
