using Microsoft.AspNetCore.Mvc;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;
using Plenaria.Platform.Language;
using Plenaria.Platform.Site;

namespace Plenaria.Sessions.Planning;

/// <summary>Changes when, where and how a session is held, in the language of the page.</summary>
[Allow(SessionsModule.Prepare)]
internal sealed class EditModel(SessionStore sessions, PlenariaDb db, CurrentUser visitor, PageLocalizer phrases)
    : FormModel
{
    public Session Session { get; private set; } = null!;
    public override bool IsNew => false;
    public override object? Stored => Session.Version;

    public async Task<IActionResult> OnGetAsync(string reference, CancellationToken cancel)
    {
        if (!await Load(reference, cancel))
            return NotFound();
        Input = SessionFields.Of(Session, phrases.Language);
        return Page();
    }

    public override async Task RerenderAsync(CancellationToken cancel)
    {
        if (!await Load((string)RouteData.Values["reference"]!, cancel))
            throw new RuleViolationException("platform.changed-meanwhile");
    }

    public async Task<IActionResult> OnPostAsync(
        string reference,
        [FromForm(Name = nameof(Input))] SessionFields input,
        CancellationToken cancel
    )
    {
        Input = input;
        if (!await Load(reference, cancel))
            return NotFound();
        PlenariaDb.RequireVersion(Session, input.Version);
        await sessions.Change(
            Session,
            "sessions.edited",
            visitor.Acting(),
            () => input.Apply(Session, phrases.Language),
            cancel
        );
        if (Session.IsUntold)
            this.SuggestNext("sessions.tell.do", $"{Session.Path}/plan#tell");
        return Redirect($"/{phrases.Language}{Session.Path}/plan");
    }

    private async Task<bool> Load(string reference, CancellationToken cancel)
    {
        if (await sessions.FindToPrepareAsync(reference, visitor.Acting(), cancel) is not { } session)
            return false;
        Session = session;
        Places = await FindPlacesAsync(db, cancel);
        return true;
    }
}
