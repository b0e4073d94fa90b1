using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Plenaria.Forms;
using Plenaria.Members;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;
using Plenaria.Platform.Language;
using Plenaria.Platform.Places;
using Plenaria.Platform.Site;

namespace Plenaria.Requests;

/// <summary>A request: while it is a draft, whom it asks; afterwards, who answered.</summary>
[Allow(RequestsModule.Manage)]
internal sealed class ShowModel(
    RequestStore requests,
    FormService forms,
    IMembers members,
    CurrentUser visitor,
    PageLocalizer phrases
) : PageModel, IRerenderable
{
    public MemberRequest Item { get; private set; } = null!;
    public LocalizedText FormTitle { get; private set; } = LocalizedText.Empty;
    public IReadOnlyList<RequestLine> Lines { get; private set; } = [];
    public IReadOnlyList<OfficeLine> Offices { get; private set; } = [];
    public IReadOnlyList<LocalizedText> Names { get; private set; } = [];
    public IReadOnlyList<string> Kinds { get; private set; } = [];
    public object? Stored => Item.Version;

    /// <summary>How many members a reminder would go to now.</summary>
    public int Remindable => RequestLine.Remindable(Lines, visitor.Acting().At).Count;
    public bool MayReadAnswers => visitor.May(FormsModule.Read);

    public async Task<IActionResult> OnGetAsync(int number, CancellationToken cancel) =>
        await LoadAsync(number, cancel) ? Page() : NotFound();

    public async Task RerenderAsync(CancellationToken cancel)
    {
        if (!await LoadAsync(int.Parse((string)RouteData.Values["number"]!, CultureInfo.InvariantCulture), cancel))
            throw new RuleViolationException("platform.changed-meanwhile");
    }

    public Task<IActionResult> OnPostChooseAsync(
        int number,
        int version,
        Guid? office,
        string? country,
        string? kind,
        string? named,
        CancellationToken cancel
    ) =>
        ActAsync(
            number,
            version,
            async acting =>
            {
                var code = string.IsNullOrWhiteSpace(country)
                    ? null
                    : Countries.Find(country)
                        ?? throw new RuleViolationException("members.country-unknown", ("country", country));
                var chosen = await members.ChooseAsync(
                    new MemberSegment(office is { } id ? new(id) : null, code, kind, named),
                    RequestsModule.Manage,
                    phrases.Language,
                    acting,
                    cancel
                );
                if (await requests.AskAsync(Item, chosen, acting, cancel) == 0)
                    throw new RuleViolationException("requests.none-added");
            },
            cancel
        );

    public Task<IActionResult> OnPostRemoveAsync(int number, int version, Guid member, CancellationToken cancel) =>
        ActAsync(
            number,
            version,
            acting =>
            {
                Item.DemandDraft();
                return requests.ChangeAsync(
                    Item,
                    "requests.members-chosen",
                    acting,
                    () => Item.Members.RemoveAll(m => m.Member.Value == member),
                    cancel
                );
            },
            cancel
        );

    public Task<IActionResult> OnPostRemindAsync(int number, int version, CancellationToken cancel) =>
        ActAsync(number, version, acting => requests.RemindAsync(Item, this.Site(), acting, cancel), cancel);

    public Task<IActionResult> OnPostPostponeAsync(int number, int version, DateOnly? due, CancellationToken cancel) =>
        ActAsync(number, version, acting => requests.PostponeAsync(Item, due, acting, cancel), cancel);

    public Task<IActionResult> OnPostCloseAsync(int number, int version, CancellationToken cancel) =>
        ActAsync(
            number,
            version,
            async acting =>
            {
                await requests.ChangeAsync(Item, "requests.closed", acting, Item.Close, cancel);
                this.OfferUndo(Item.Path, "Reopen", ("version", Item.Version));
            },
            cancel
        );

    public Task<IActionResult> OnPostReopenAsync(int number, int version, CancellationToken cancel) =>
        ActAsync(number, version, acting => requests.ReopenAsync(Item, acting, cancel), cancel);

    private async Task<IActionResult> ActAsync(
        int number,
        int version,
        Func<OperationContext, Task> act,
        CancellationToken cancel
    )
    {
        if (!await LoadAsync(number, cancel))
            return NotFound();
        PlenariaDb.RequireVersion(Item, version);
        await act(visitor.Acting());
        return Redirect($"/{phrases.Language}{Item.Path}");
    }

    private async Task<bool> LoadAsync(int number, CancellationToken cancel)
    {
        var acting = visitor.Acting();
        if (await requests.FindAsync(number, cancel) is not { } request || !RequestStore.Manages(request, acting))
            return false;
        Item = request;
        FormTitle = await forms.TitleAsync(request.Form, cancel);
        Lines = await requests.LinesAsync(request, phrases.Language, cancel);
        if (request.State != RequestState.Draft)
            return true;
        var within = await members.CountriesOf(acting, RequestsModule.Manage, cancel);
        (Offices, Names, Kinds) = (
            await members.Offices(cancel),
            await members.SuggestAsync(within, cancel),
            members.Kinds
        );
        return true;
    }
}
