using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Plenaria.Members.People;
using Plenaria.Platform.Access;
using Plenaria.Platform.Journal;
using Plenaria.Platform.Language;
using Plenaria.Platform.Panels;
using Plenaria.Platform.Register;
using Plenaria.Platform.Site;
using Plenaria.Platform.Standing;

namespace Plenaria.Members.Standing;

/// <summary>
/// A member's year in the network on one page to print: what it gave, what it received, so that it can justify itself
/// to its mayor.
/// </summary>
[Allow(MembersModule.Represent)]
internal sealed class YearModel(
    MemberStore members,
    RepresentationService representing,
    PeopleStore people,
    Register register,
    Journal journal,
    Contributions contributions,
    PanelService panels,
    CurrentUser visitor,
    PageLocalizer phrases
) : PageModel
{
    public Member Member { get; private set; } = null!;
    public int Shown { get; private set; }
    public IReadOnlyList<(Representation Role, Person Person)> People { get; private set; } = [];
    public IReadOnlyList<PublishedEntry> Published { get; private set; } = [];
    public IReadOnlyList<(string Act, int Times)> Acts { get; private set; } = [];
    public IReadOnlyList<Duty> Done { get; private set; } = [];
    public IReadOnlyList<Panel> Received { get; private set; } = [];

    [BindProperty(SupportsGet = true)]
    public int? Year { get; set; }

    public async Task<IActionResult> OnGetAsync(string slug, CancellationToken cancel)
    {
        if (await members.Find(slug, cancel) is not { } member || Year is < 1900 or > 9998)
            return NotFound();
        (Member, Shown) = (member, Year ?? members.Today.Year);
        await representing.For(member, cancel);
        var (from, to) = (
            new DateTimeOffset(Shown, 1, 1, 0, 0, 0, TimeSpan.Zero),
            new DateTimeOffset(Shown + 1, 1, 1, 0, 0, 0, TimeSpan.Zero)
        );
        People =
        [
            .. (await people.Of(member.Id, cancel)).Where(p =>
                (p.Role.From is not { } since || since.First.Year <= Shown)
                && (p.Role.Until is not { } until || until.Last.Year >= Shown)
            ),
        ];
        Published =
        [
            .. (await register.Of(member.Id, visitor.Reads, 200, cancel)).Where(p =>
                p.Date is { } date ? date.First.Year == Shown : p.ChangedAt >= from && p.ChangedAt < to
            ),
        ];
        Acts = await journal.InTheNameOf(member.Id, from, to, cancel);
        var done = new List<Duty>();
        foreach (var standing in await contributions.GetAsync<IStanding>(cancel))
            done.AddRange((await standing.Of(member.Id, phrases.Language, cancel)).Where(d => d.IsDone));
        Done = done;
        Received = await panels.GetAsync(Slot.MemberYear(member.Id.Value, Shown), cancel);
        return Page();
    }
}
