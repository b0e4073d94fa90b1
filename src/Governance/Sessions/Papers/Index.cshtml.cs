using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Plenaria.Platform.Access;
using Plenaria.Platform.Files;
using Plenaria.Platform.Language;
using Plenaria.Sessions.Room;

namespace Plenaria.Sessions.Papers;

/// <summary>The documents of a session, each with its editions; whoever prepares it adds to them.</summary>
[
    AllowAnonymous,
    RequestSizeLimit(FileStore.AtTheDoor),
    RequestFormLimits(MultipartBodyLengthLimit = FileStore.AtTheDoor)
]
internal sealed class IndexModel(SessionStore sessions, DocumentStore store, CurrentUser visitor, PageLocalizer phrases)
    : RoomModel(sessions, visitor, phrases)
{
    protected override string Name => "documents";

    public IReadOnlyList<IGrouping<int, SessionDocument>> Documents { get; private set; } = [];
    public bool MayAdd =>
        Visitor.MayLead(Session.Body) && Session.State is not (SessionState.Ended or SessionState.Cancelled);

    public async Task<IActionResult> OnGetAsync(string reference, CancellationToken cancel) =>
        await Load(reference, cancel) ? Page() : NotFound();

    public Task<IActionResult> OnPostAddAsync(
        string reference,
        int? number,
        string? title,
        Guid? item,
        IFormFile? file,
        CancellationToken cancel
    ) =>
        Act(
            reference,
            acting =>
                store.Add(
                    Session,
                    number,
                    LocalizedText.Empty.Reworded(
                        Reader,
                        title?.Length > SessionDocument.TitleMaxLength ? title[..SessionDocument.TitleMaxLength] : title
                    ),
                    item,
                    file,
                    acting,
                    cancel
                ),
            cancel
        );

    public Task<IActionResult> OnPostRemoveAsync(string reference, Guid id, CancellationToken cancel) =>
        Act(reference, acting => store.Remove(Session, id, acting, cancel), cancel);

    protected override bool MayRead(Session session) => session.IsPublic || Visitor.MayLead(session.Body);

    protected override async Task<bool> Load(string reference, CancellationToken cancel)
    {
        if (!await base.Load(reference, cancel))
            return false;
        Documents = [.. (await store.Of(Session, cancel)).GroupBy(d => d.Number)];
        return true;
    }
}
