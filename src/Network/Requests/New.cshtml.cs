using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Plenaria.Forms;
using Plenaria.Platform.Access;
using Plenaria.Platform.Language;
using Plenaria.Platform.Site;

namespace Plenaria.Requests;

/// <summary>Begins a request: what is asked, until when.</summary>
[Allow(RequestsModule.Manage)]
internal sealed class NewModel(RequestStore requests, FormService forms, CurrentUser visitor, PageLocalizer phrases)
    : PageModel,
        IRerenderable,
        IRequestForm
{
    public IReadOnlyDictionary<string, LocalizedText> Forms { get; private set; } =
        new Dictionary<string, LocalizedText>();
    public RequestFields Input { get; set; } = new();

    public Task OnGetAsync(CancellationToken cancel) => RerenderAsync(cancel);

    public async Task RerenderAsync(CancellationToken cancel) =>
        Forms = await forms.ListAskableAsync(visitor.Acting().At, cancel);

    public async Task<IActionResult> OnPostAsync(
        [FromForm(Name = nameof(Input))] RequestFields input,
        CancellationToken cancel
    )
    {
        Input = input;
        await RerenderAsync(cancel);
        if (!Forms.ContainsKey(input.Form!))
            throw new RuleViolationException("requests.form-missing");
        var acting = visitor.Acting();
        var title = LocalizedText.Original(phrases.Language, input.Title!.Trim());
        var request = await requests.NewAsync(title, input.Form!, input.Due!.Value, acting, cancel);
        request.Text = request.Text.Reworded(phrases.Language, input.Text);
        await requests.ChangeAsync(request, "requests.begun", acting, () => { }, cancel);
        return Redirect($"/{phrases.Language}{request.Path}");
    }
}
