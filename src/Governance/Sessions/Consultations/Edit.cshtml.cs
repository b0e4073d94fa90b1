using Microsoft.AspNetCore.Mvc;
using Plenaria.Platform.Access;
using Plenaria.Platform.Language;

namespace Plenaria.Sessions.Consultations;

/// <summary>
/// Changes a consultation before its opening; after it, writes the next version of the draft. In the language of the
/// page.
/// </summary>
[Allow(SessionsModule.Network)]
internal sealed class EditModel(ConsultationStore store, CurrentUser visitor, PageLocalizer phrases)
    : ConsultationPage(store, visitor, phrases)
{
    private readonly ConsultationStore _store = store;
    private bool _isTyped;

    public DraftFields Input { get; set; } = new();
    public override object? Stored => Consultation.Version;

    public Task<IActionResult> OnPostAsync(
        string reference,
        [FromForm(Name = nameof(Input))] DraftFields input,
        CancellationToken cancel
    )
    {
        (Input, _isTyped) = (input, true);
        return Act(
            reference,
            acting =>
                _store.Change(
                    Consultation,
                    "sessions.consultation-changed",
                    acting,
                    () => input.Apply(Consultation, Reader, acting.At),
                    cancel
                ),
            cancel,
            input.Version,
            "/desk"
        );
    }

    protected override async Task<bool> Load(string reference, CancellationToken cancel)
    {
        if (!await base.Load(reference, cancel) || Consultation.State == ConsultationState.Closed)
            return false;
        if (!_isTyped)
            Input = DraftFields.Of(Consultation, Reader);
        return true;
    }
}
