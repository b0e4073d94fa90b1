using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Plenaria.Platform.Access;
using Plenaria.Platform.Language;
using Plenaria.Platform.Site;

namespace Plenaria.Forms.Building;

/// <summary>Begins a form: empty, or with what another one asks.</summary>
[Allow(FormsModule.Build)]
internal sealed class NewModel(FormStore store, CurrentUser visitor, PageLocalizer phrases) : PageModel, IRerenderable
{
    public IReadOnlyList<FormLine> Forms { get; private set; } = [];

    [BindProperty, Required(ErrorMessage = "forms.build.title-missing"), StringLength(200)]
    public string? Title { get; set; }

    [BindProperty(SupportsGet = true), StringLength(StoredForm.KeyMaxLength)]
    public string? Copy { get; set; }

    public Task OnGetAsync(CancellationToken cancel) => RerenderAsync(cancel);

    public async Task RerenderAsync(CancellationToken cancel) => Forms = await store.ListAsync(cancel);

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        var title = LocalizedText.Original(phrases.Language, Title!.Trim());
        var copyOf = string.IsNullOrEmpty(Copy) ? null : Copy;
        var form = await store.CreateAsync(title, copyOf, visitor.Acting(), cancel);
        return Redirect($"/{phrases.Language}{form.Path}/build");
    }
}
