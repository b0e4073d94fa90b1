using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Plenaria.Platform.Access;
using Plenaria.Platform.Language;
using Plenaria.Platform.Site;

namespace Plenaria.Sessions.Planning;

/// <summary>Moves a motion, for a member with a seat or for the Secretariat.</summary>
[Allow(SessionsModule.TakePart)]
internal sealed class NewMotionModel(SessionStore sessions, MotionStore motions, Visitor visitor, Phrases phrases) : PageModel, IRerenders, IMotionForm
{
    public Session Session { get; private set; } = null!;
    public IReadOnlyList<Seat> Own { get; private set; } = [];
    public MotionFields Input { get; set; } = new() { Decision = Presets.Ordinary };
    public IReadOnlyList<(string Key, string Name)> Decisions => DecisionNames.Of(Session, phrases);

    public async Task<IActionResult> OnGetAsync(string reference, CancellationToken cancel) => await Load(reference, cancel) ? Page() : NotFound();

    public async Task RerenderAsync(CancellationToken cancel)
    {
        if (!await Load((string)RouteData.Values["reference"]!, cancel))
            throw new RuleBroken("platform.changed-meanwhile");
    }

    public async Task<IActionResult> OnPostAsync(string reference, [FromForm(Name = nameof(Input))] MotionFields input, Guid? by, CancellationToken cancel)
    {
        Input = input;
        if (!await Load(reference, cancel))
            return NotFound();
        var motion = await motions.Move(Session, LocalizedText.Empty.Reworded(phrases.Language, input.Title), LocalizedText.Empty.Reworded(phrases.Language, input.Text), by is { } id ? new(id) : Own.Count > 0 && !visitor.May(SessionsModule.Prepare) ? Own[0].Member : null, input.Decision ?? Presets.Ordinary, null, visitor.Acting(), cancel);
        if (!string.IsNullOrWhiteSpace(input.Reason))
            await motions.Change(Session, motion, "sessions.motion-changed", visitor.Acting(), () => motion.Reason = LocalizedText.Empty.Reworded(phrases.Language, input.Reason), cancel);
        return Redirect($"/{phrases.Language}{Session.Path}/motions/{motion.Number}");
    }

    private async Task<bool> Load(string reference, CancellationToken cancel)
    {
        if (await sessions.Find(reference, cancel, toEdit: true) is not { } session || !session.IsPublic && !visitor.May(SessionsModule.Prepare))
            return false;
        Session = session;
        Own = [.. session.Seats.Where(s => visitor.Who.Represents.Contains(s.Member) && !s.IsObserver)];
        return true;
    }
}
