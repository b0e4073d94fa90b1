using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Plenaria.Platform.Access;
using Plenaria.Platform.Files;
using Plenaria.Platform.Language;
using Plenaria.Platform.Site;

namespace Plenaria.Sessions.Papers;

/// <summary>The documents of a session, each with its editions; whoever prepares it adds to them.</summary>
[AllowAnonymous, RequestSizeLimit(FileStore.AtTheDoor), RequestFormLimits(MultipartBodyLengthLimit = FileStore.AtTheDoor)]
internal sealed class IndexModel(SessionStore sessions, DocumentStore store, Visitor visitor, Phrases phrases) : PageModel, IRerenders
{
    public Session Session { get; private set; } = null!;
    public IReadOnlyList<IGrouping<int, SessionDocument>> Documents { get; private set; } = [];
    public bool MayAdd => visitor.May(SessionsModule.Prepare) && Session.State is not (SessionState.Ended or SessionState.Cancelled);

    public async Task<IActionResult> OnGetAsync(string reference, CancellationToken cancel) => await Load(reference, cancel) ? Page() : NotFound();

    public async Task RerenderAsync(CancellationToken cancel)
    {
        if (!await Load((string)RouteData.Values["reference"]!, cancel))
            throw new RuleBroken("platform.changed-meanwhile");
    }

    public Task<IActionResult> OnPostAddAsync(string reference, int? number, string? title, Guid? item, IFormFile? file, CancellationToken cancel) => Act(reference, acting => store.Add(Session, number, LocalizedText.Empty.Reworded(phrases.Language, title?.Length > SessionDocument.TitleMaxLength ? title[..SessionDocument.TitleMaxLength] : title), item, file, acting, cancel), cancel);

    public Task<IActionResult> OnPostRemoveAsync(string reference, Guid id, CancellationToken cancel) => Act(reference, acting => store.Remove(Session, id, acting, cancel), cancel);

    private async Task<IActionResult> Act(string reference, Func<Acting, Task> act, CancellationToken cancel)
    {
        if (!await Load(reference, cancel))
            return NotFound();
        await act(visitor.Acting());
        return Redirect($"/{phrases.Language}{Session.Path}/documents");
    }

    private async Task<bool> Load(string reference, CancellationToken cancel)
    {
        if (await sessions.Find(reference, cancel) is not { } session || !session.IsPublic && !visitor.May(SessionsModule.Prepare))
            return false;
        Session = session;
        Documents = [.. (await store.Of(session, cancel)).GroupBy(d => d.Number)];
        return true;
    }
}
