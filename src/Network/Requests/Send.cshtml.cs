using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Plenaria.Forms;
using Plenaria.Members;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;
using Plenaria.Platform.Language;
using Plenaria.Platform.Site;

namespace Plenaria.Requests;

/// <summary>What sending a request means: who is reached, who is not, what is final.</summary>
[Allow(RequestsModule.Manage)]
internal sealed class SendModel(
    RequestStore requests,
    RequestLetters letters,
    FormService forms,
    CurrentUser visitor,
    PageLocalizer phrases
) : PageModel, IRerenderable
{
    public MemberRequest Item { get; private set; } = null!;
    public IReadOnlyList<MemberLine> Reached { get; private set; } = [];
    public IReadOnlyList<MemberLine> Unreached { get; private set; } = [];
    public int Letters { get; private set; }

    /// <summary>Whether the form takes answers.</summary>
    public bool IsAskable { get; private set; }

    /// <summary>The text of why it cannot be sent; null when it can.</summary>
    public string? Obstacle =>
        Item.IsPast(visitor.Acting().At) ? "requests.due-past"
        : !IsAskable ? "requests.form-closed"
        : Reached.Count == 0 ? "requests.nobody-reached"
        : null;
    public object? Stored => Item.Version;

    public async Task<IActionResult> OnGetAsync(int number, CancellationToken cancel) =>
        !await LoadAsync(number, cancel) ? NotFound()
        : Item.State == RequestState.Draft ? Page()
        : Redirect($"/{phrases.Language}{Item.Path}");

    public async Task RerenderAsync(CancellationToken cancel)
    {
        if (!await LoadAsync(int.Parse((string)RouteData.Values["number"]!, CultureInfo.InvariantCulture), cancel))
            throw new RuleViolationException("platform.changed-meanwhile");
    }

    public async Task<IActionResult> OnPostAsync(int number, int version, CancellationToken cancel)
    {
        if (!await LoadAsync(number, cancel))
            return NotFound();
        PlenariaDb.RequireVersion(Item, version);
        await requests.SendAsync(Item, this.Site(), visitor.Acting(), cancel);
        return Redirect($"/{phrases.Language}{Item.Path}");
    }

    private async Task<bool> LoadAsync(int number, CancellationToken cancel)
    {
        if (
            await requests.FindAsync(number, cancel) is not { } request
            || !RequestStore.Manages(request, visitor.Acting())
        )
            return false;
        Item = request;
        var lines = await requests.PresentAsync(request, cancel);
        IsAskable = (await forms.ListAskableAsync(visitor.Acting().At, cancel)).ContainsKey(request.Form);
        var people = (await letters.FindPeopleAsync([.. lines.Keys], cancel)).People;
        var byName = lines
            .Values.OrderBy(
                m => m.Name.For(phrases.Language),
                StringComparer.Create(phrases.Language.Culture, ignoreCase: true)
            )
            .ToLookup(m => people.Contains(m.Id));
        (Reached, Unreached) = ([.. byName[true]], [.. byName[false]]);
        Letters = people.Sum(p => p.Count());
        return true;
    }
}
