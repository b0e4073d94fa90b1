using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Plenaria.Members.People;
using Plenaria.Platform.Access;
using Plenaria.Platform.Language;
using Plenaria.Platform.Site;
using Plenaria.Platform.Standing;

namespace Plenaria.Members.Standing;

/// <summary>
/// What a member does for the network instead of paying: done and pending, with help. For its own people and whoever
/// looks after it.
/// </summary>
[Allow(MembersModule.Represent)]
internal sealed class PartModel(
    MemberStore members,
    RepresentationService representing,
    Contributions contributions,
    PageLocalizer phrases
) : PageModel
{
    public Member Member { get; private set; } = null!;
    public IReadOnlyList<Duty> Pending { get; private set; } = [];
    public IReadOnlyList<Duty> Done { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(string slug, CancellationToken cancel)
    {
        if (await members.Find(slug, cancel) is not { } member)
            return NotFound();
        Member = member;
        await representing.For(member, cancel);
        var duties = new List<Duty>();
        foreach (var standing in await contributions.GetAsync<IStanding>(cancel))
            duties.AddRange(await standing.Of(member.Id, phrases.Language, cancel));
        (Pending, Done) = (duties.FindAll(d => !d.IsDone), duties.FindAll(d => d.IsDone));
        return Page();
    }
}
