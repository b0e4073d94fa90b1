using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;
using Plenaria.Platform.Language;
using Plenaria.Thesaurus;

namespace Plenaria.Exchange.Drives;

/// <summary>Changes what a drive says and by when it ends, in the language of the page.</summary>
[Allow(ExchangeModule.Drives)]
internal sealed class EditModel(
    DriveStore drives,
    ThesaurusService thesaurus,
    CurrentUser visitor,
    PageLocalizer phrases
) : FormModel(drives, thesaurus, phrases)
{
    private readonly DriveStore _drives = drives;
    private readonly PageLocalizer _phrases = phrases;

    public Drive Drive { get; private set; } = null!;
    public override object? Stored => Drive.Version;

    public async Task<IActionResult> OnGetAsync(int number, CancellationToken cancel)
    {
        if (!await Load(number, cancel))
            return NotFound();
        Input = DriveFields.Of(Drive, _phrases.Language);
        return Page();
    }

    public override async Task RerenderAsync(CancellationToken cancel)
    {
        if (!await Load(int.Parse((string)RouteData.Values["number"]!, CultureInfo.InvariantCulture), cancel))
            throw new RuleViolationException("platform.changed-meanwhile");
    }

    public async Task<IActionResult> OnPostAsync(
        int number,
        [FromForm(Name = nameof(Input))] DriveFields input,
        CancellationToken cancel
    )
    {
        Input = input;
        if (!await Load(number, cancel))
            return NotFound();
        PlenariaDb.RequireVersion(Drive, input.Version);
        await _drives.Change(
            Drive,
            "exchange.drive-edited",
            visitor.Acting(),
            () => input.Apply(Drive, Codes, Kinds, _phrases.Language),
            cancel
        );
        return Redirect($"/{_phrases.Language}{Drive.Path}");
    }

    private async Task<bool> Load(int number, CancellationToken cancel)
    {
        await base.RerenderAsync(cancel);
        if (
            await _drives.Find(number, cancel, toEdit: true) is not { } drive
            || !DriveStore.Manages(drive, visitor.Acting())
        )
            return false;
        Drive = drive;
        return true;
    }
}
