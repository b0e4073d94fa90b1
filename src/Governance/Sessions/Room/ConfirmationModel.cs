using Microsoft.AspNetCore.Mvc;
using Plenaria.Platform.Access;
using Plenaria.Platform.Confirmation;
using Plenaria.Platform.Language;

namespace Plenaria.Sessions.Room;

/// <summary>What the pages share that ask before something is done in a session that was convened.</summary>
internal abstract class ConfirmationModel(SessionStore sessions, CurrentUser visitor, PageLocalizer phrases)
    : RoomModel(sessions, visitor, phrases)
{
    public ConfirmationView Confirmation { get; protected set; } = null!;

    public async Task<IActionResult> OnGetAsync(string reference, CancellationToken cancel) =>
        await Load(reference, cancel) ? Page() : NotFound();
}
