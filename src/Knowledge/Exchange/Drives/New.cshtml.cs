using Microsoft.AspNetCore.Mvc;
using Plenaria.Platform.Access;
using Plenaria.Platform.Language;
using Plenaria.Thesaurus;

namespace Plenaria.Exchange.Drives;

/// <summary>Prepares a drive. Whom it asks is chosen next, before it is opened.</summary>
[Allow(ExchangeModule.Drives)]
internal sealed class NewModel(
    DriveStore drives,
    ThesaurusService thesaurus,
    CurrentUser visitor,
    PageLocalizer phrases
) : FormModel(drives, thesaurus, phrases)
{
    private readonly DriveStore _drives = drives;
    private readonly PageLocalizer _phrases = phrases;

    public Task OnGetAsync(CancellationToken cancel) => RerenderAsync(cancel);

    public async Task<IActionResult> OnPostAsync(
        [FromForm(Name = nameof(Input))] DriveFields input,
        CancellationToken cancel
    )
    {
        Input = input;
        await RerenderAsync(cancel);
        var acting = visitor.Acting();
        var drive = await _drives.New(
            LocalizedText.Original(_phrases.Language, input.Title!.Trim()),
            input.Due!.Value,
            acting,
            cancel
        );
        await _drives.Change(
            drive,
            "exchange.drive-begun",
            acting,
            () => input.Apply(drive, Codes, Kinds, _phrases.Language),
            cancel
        );
        return Redirect($"/{_phrases.Language}{drive.Path}");
    }
}
