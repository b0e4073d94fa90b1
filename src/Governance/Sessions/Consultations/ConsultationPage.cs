using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;
using Plenaria.Platform.Language;
using Plenaria.Platform.Site;

namespace Plenaria.Sessions.Consultations;

/// <summary>
/// What the pages of one consultation share: reading it, acting on it, and being shown again after a refusal.
/// </summary>
internal abstract class ConsultationPage(ConsultationStore store, CurrentUser visitor, PageLocalizer phrases)
    : PageModel,
        IRerenderable
{
    public Consultation Consultation { get; private set; } = null!;
    public virtual object? Stored => null;
    protected CurrentUser Visitor => visitor;
    protected Language Reader => phrases.Language;

    /// <summary>
    /// For whom the visitor may say something now: for those it acts for, and the Secretariat for any that is asked.
    /// </summary>
    public IReadOnlyList<AskedMember> MayCommentFor { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(string reference, CancellationToken cancel) =>
        await Load(reference, cancel) ? Page() : NotFound();

    public async Task RerenderAsync(CancellationToken cancel)
    {
        if (!await Load((string)RouteData.Values["reference"]!, cancel))
            throw new RuleViolationException("platform.changed-meanwhile");
    }

    /// <param name="version">Of the consultation, where what was read of it counts.</param>
    /// <param name="page">Where it goes on, below the address of the consultation.</param>
    protected async Task<IActionResult> Act(
        string reference,
        Func<OperationContext, Task> act,
        CancellationToken cancel,
        int? version = null,
        string page = ""
    )
    {
        if (!await Load(reference, cancel))
            return NotFound();
        if (version is { } read)
            PlenariaDb.RequireVersion(Consultation, read);
        await act(visitor.Acting());
        return Redirect($"/{phrases.Language}{Consultation.Path}{page}");
    }

    protected virtual async Task<bool> Load(string reference, CancellationToken cancel)
    {
        var prepares = visitor.May(SessionsModule.Network);
        if (
            await store.Find(reference, cancel, toEdit: HttpMethods.IsPost(Request.Method)) is not { } consultation
            || !consultation.IsPublic && !prepares
        )
            return false;
        Consultation = consultation;
        if (visitor.IsSignedIn && consultation.Takes(visitor.Acting().At))
            MayCommentFor =
            [
                .. (prepares ? consultation.Asked : consultation.AskedOf(visitor.Who)).OrderBy(
                    a => a.Name.For(Reader),
                    StringComparer.Create(Reader.Culture, ignoreCase: true)
                ),
            ];
        return true;
    }

    /// <summary>Who was asked, by name, as the reader's language sorts them.</summary>
    public IEnumerable<AskedMember> AskedByName =>
        Consultation.Asked.OrderBy(a => a.Name.For(Reader), StringComparer.Create(Reader.Culture, ignoreCase: true));
}
