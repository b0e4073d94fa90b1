using Microsoft.AspNetCore.Mvc;
using Plenaria.Platform.Access;
using Plenaria.Platform.Language;

namespace Plenaria.Sessions.Planning;

/// <summary>Begins a session. Agenda, seats and motions come next, before the notice goes out.</summary>
[Allow(SessionsModule.Prepare)]
internal sealed class NewModel(SessionStore sessions, Visitor visitor, Phrases phrases) : FormModel
{
    public override bool IsNew => true;

    public async Task<IActionResult> OnPostAsync([FromForm(Name = nameof(Input))] SessionFields input, CancellationToken cancel)
    {
        Input = input;
        var (zone, starts, ends) = input.Times();
        var acting = visitor.Acting();
        var session = await sessions.New(input.Body, LocalizedText.Original(phrases.Language, input.Title!.Trim()), zone, starts, ends, input.Preset, acting, cancel);
        await sessions.Change(session, "sessions.begun", acting, () => input.Apply(session, phrases.Language), cancel);
        return Redirect($"/{phrases.Language}{session.Path}/plan");
    }
}
