using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Plenaria.Platform.Access;
using Plenaria.Platform.Language;
using Plenaria.Platform.Site;

namespace Plenaria.Sessions.Consultations;

/// <summary>Begins a consultation. Whom it asks comes next.</summary>
[Allow(SessionsModule.Network)]
internal sealed class NewModel(ConsultationStore store, CurrentUser visitor, PageLocalizer phrases)
    : PageModel,
        IRerenderable
{
    public DraftFields Input { get; set; } = new();

    public Task RerenderAsync(CancellationToken cancel) => Task.CompletedTask;

    public async Task<IActionResult> OnPostAsync(
        [FromForm(Name = nameof(Input))] DraftFields input,
        CancellationToken cancel
    )
    {
        Input = input;
        var acting = visitor.Acting();
        var consultation = await store.New(
            LocalizedText.Empty,
            input.Until ?? throw new RuleViolationException("consultations.day-missing"),
            acting,
            cancel
        );
        await store.Change(
            consultation,
            "sessions.consultation-begun",
            acting,
            () => input.Apply(consultation, phrases.Language, acting.At),
            cancel
        );
        return Redirect($"/{phrases.Language}{consultation.Path}/desk");
    }
}
