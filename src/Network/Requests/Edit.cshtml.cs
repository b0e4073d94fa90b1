using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Plenaria.Forms;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;
using Plenaria.Platform.Language;
using Plenaria.Platform.Site;

namespace Plenaria.Requests;

/// <summary>A request that has not been sent, changed.</summary>
[Allow(RequestsModule.Manage)]
internal sealed class EditModel(RequestStore requests, FormService forms, CurrentUser visitor, PageLocalizer phrases)
    : PageModel,
        IRerenderable,
        IRequestForm
{
    public MemberRequest Item { get; private set; } = null!;
    public RequestFields Input { get; set; } = new();
    public IReadOnlyDictionary<string, LocalizedText> Forms { get; private set; } =
        new Dictionary<string, LocalizedText>();
    public object? Stored => Item.Version;

    public async Task<IActionResult> OnGetAsync(int number, CancellationToken cancel)
    {
        if (!await LoadAsync(number, cancel))
            return NotFound();
        Input = new()
        {
            Title = Item.Title.For(phrases.Language),
            Text = Item.Text.For(phrases.Language),
            Form = Item.Form,
            Due = Item.Due,
            Version = Item.Version,
        };
        return Item.State == RequestState.Draft ? Page() : Redirect($"/{phrases.Language}{Item.Path}");
    }

    public async Task RerenderAsync(CancellationToken cancel)
    {
        if (!await LoadAsync(int.Parse((string)RouteData.Values["number"]!, CultureInfo.InvariantCulture), cancel))
            throw new RuleViolationException("platform.changed-meanwhile");
    }

    public async Task<IActionResult> OnPostAsync(
        int number,
        [FromForm(Name = nameof(Input))] RequestFields input,
        CancellationToken cancel
    )
    {
        Input = input;
        if (!await LoadAsync(number, cancel))
            return NotFound();
        PlenariaDb.RequireVersion(Item, input.Version);
        Item.DemandDraft();
        if (!Forms.ContainsKey(input.Form!))
            throw new RuleViolationException("requests.form-missing");
        await requests.ChangeAsync(
            Item,
            "requests.changed",
            visitor.Acting(),
            () =>
            {
                (Item.Form, Item.Due) = (input.Form!, input.Due!.Value);
                Item.Title = Item.Title.RewordedAsShown(phrases.Language, input.Title);
                Item.Text = Item.Text.RewordedAsShown(phrases.Language, input.Text);
            },
            cancel
        );
        return Redirect($"/{phrases.Language}{Item.Path}");
    }

    private async Task<bool> LoadAsync(int number, CancellationToken cancel)
    {
        var acting = visitor.Acting();
        if (await requests.FindAsync(number, cancel) is not { } request || !RequestStore.Manages(request, acting))
            return false;
        (Item, Forms) = (request, await forms.ListAskableAsync(acting.At, cancel));
        return true;
    }
}
