using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Plenaria.Platform.Access;
using Plenaria.Platform.Language;
using Plenaria.Platform.Site;
using Plenaria.Sessions;

namespace Plenaria.ExampleModule;

[AllowAnonymous]
internal sealed class IndexModel(FairStore fairs, ISessions sessions, CurrentUser visitor, PageLocalizer phrases)
    : PageModel,
        IRerenderable
{
    public IReadOnlyList<Fair> Fairs { get; private set; } = [];

    /// <summary>The sessions of the fairs' committees, and the members that were there.</summary>
    public ILookup<Guid, (SessionLine Session, IReadOnlyList<LocalizedText> Present)> Sessions { get; private set; } =
        Enumerable.Empty<int>().ToLookup(_ => Guid.Empty, _ => default((SessionLine, IReadOnlyList<LocalizedText>)));

    public Task OnGetAsync(CancellationToken cancel) => RerenderAsync(cancel);

    public async Task RerenderAsync(CancellationToken cancel)
    {
        Fairs = await fairs.AllAsync(cancel);
        var held = new List<(Guid Fair, SessionLine Session, IReadOnlyList<LocalizedText> Present)>();
        foreach (var fair in Fairs)
        foreach (var session in await sessions.ListAsync(FairBodies.KeyOf(fair), cancel))
        {
            var attendance = (await sessions.FindAttendanceAsync(session.Reference, cancel))!;
            held.Add((fair.Id, session, [.. attendance.Where(a => a.Times.Count > 0).Select(a => a.Name)]));
        }
        Sessions = held.ToLookup(h => h.Fair, h => (h.Session, h.Present));
    }

    /// <summary>Begins a session of a fair's committee, and leads to its page.</summary>
    public async Task<IActionResult> OnPostMeetAsync(string reference, DateTimeOffset starts, CancellationToken cancel)
    {
        var fair = await fairs.GetAsync(Reference.Parse(reference), cancel);
        var opened = await sessions.OpenAsync(
            new(FairBodies.KeyOf(fair), fair.Title, "UTC", starts, starts.AddHours(2)),
            visitor.Acting(),
            cancel
        );
        return Redirect($"/{phrases.Language}{opened.Path}/plan");
    }

    public async Task<IActionResult> OnPostAsync(
        [Required(ErrorMessage = "site.missing"), StringLength(200)] string title,
        CancellationToken cancel
    )
    {
        await fairs.AddAsync(LocalizedText.Original(phrases.Language, title.Trim()), visitor.Acting(), cancel);
        return Redirect($"/{phrases.Language}/fairs");
    }
}
