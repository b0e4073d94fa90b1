using Microsoft.AspNetCore.Mvc.RazorPages;
using Plenaria.Platform.Access;
using Plenaria.Platform.Language;
using Plenaria.Platform.Modules;
using Plenaria.Platform.Site;

namespace Plenaria.Correspondence.Templates;

/// <summary>A letter in the list.</summary>
/// <param name="Changed">The languages in which it is worded otherwise than shipped.</param>
/// <param name="Unusable">Those whose words this version cannot use.</param>
internal sealed record TemplateLine(
    LetterTemplate Template,
    IReadOnlyList<Kernel.Language> Changed,
    IReadOnlyList<Kernel.Language> Unusable
);

/// <summary>All letters of the modules in use, and which of them the network words otherwise.</summary>
[Allow(CorrespondenceModule.EditTemplates)]
internal sealed class IndexModel(
    LetterWordingStore store,
    WordingOverrides wordings,
    ModuleCatalog modules,
    Network network,
    Localizer texts
) : PageModel
{
    /// <summary>By module, under the key of its name, as far as it writes letters.</summary>
    public IReadOnlyList<(string NameKey, IReadOnlyList<TemplateLine> Letters)> Modules { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken cancel)
    {
        var profile = await network.Profile(cancel);
        var changed = (await store.ReadChangedAsync(cancel)).ToLookup(w => w.Template, w => w.Language);
        var unusable = wordings.FindUnusable().ToLookup(u => u.Template.Key, u => u.Language);
        Modules =
        [
            .. modules
                .All.Where(m => profile.Has(m.Name))
                .Select(m =>
                    (
                        NameKeyOf(m),
                        (IReadOnlyList<TemplateLine>)
                            [
                                .. m.Declared<LetterTemplate>()
                                    .Select(t => new TemplateLine(t, [.. changed[t.Key]], [.. unusable[t.Key]])),
                            ]
                    )
                )
                .Where(m => m.Item2.Count > 0),
        ];
    }

    // Modules that cannot be switched off need no name elsewhere.
    private string NameKeyOf(DeclaredModule module) =>
        $"module.{module.Name.ToLowerInvariant()}" is var key && texts.Has(key) ? key : "mail.templates.others";
}
