using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Plenaria.Platform.Access;
using Plenaria.Platform.Language;
using Plenaria.Platform.Site;

namespace Plenaria.Thesaurus;

/// <summary>One vocabulary as a tree; whoever keeps it adds terms.</summary>
[AllowAnonymous, Cacheable]
internal sealed class SchemeModel(
    ThesaurusService thesaurus,
    ThesaurusEditor keeping,
    CurrentUser visitor,
    PageLocalizer phrases
) : PageModel, IRerenderable
{
    private Vocabulary _vocabulary = null!;

    public sealed class Fields
    {
        [Required(ErrorMessage = "thesaurus.label-missing"), StringLength(Concept.LabelMaxLength)]
        public string? Label { get; set; }
    }

    public Scheme Scheme { get; private set; } = null!;
    public Fields Input { get; set; } = new();

    /// <summary>Terms that have no wider one within this vocabulary.</summary>
    public IEnumerable<Concept> Top =>
        _vocabulary
            .Of(Scheme.Key)
            .Where(c => !c.Broader.Exists(b => b.StartsWith(Scheme.Key + ":", StringComparison.Ordinal)));

    public IReadOnlyList<Concept> Narrower(string code) =>
        [.. _vocabulary.Narrower(code).Where(c => c.Scheme == Scheme.Key)];

    public async Task<IActionResult> OnGetAsync(string scheme, CancellationToken cancel) =>
        await Load(scheme, cancel) ? Page() : NotFound();

    public async Task RerenderAsync(CancellationToken cancel)
    {
        if (!await Load((string)RouteData.Values["scheme"]!, cancel))
            throw new RuleViolationException("platform.changed-meanwhile");
    }

    public async Task<IActionResult> OnPostAsync(
        string scheme,
        [FromForm(Name = nameof(Input))] Fields input,
        CancellationToken cancel
    )
    {
        Input = input;
        var acting = visitor.Acting();
        acting.Require(ThesaurusEditor.Manage);
        if (!await Load(scheme, cancel))
            return NotFound();
        var label = LocalizedText.Original(phrases.Language, Input.Label!.Trim());
        var concept = await keeping.Add(scheme, label, acting, cancel);
        concept.Label = label;
        await keeping.Save(concept, "thesaurus.term-added", acting, cancel);
        return Redirect($"/{phrases.Language}{concept.Path}/edit");
    }

    private async Task<bool> Load(string scheme, CancellationToken cancel)
    {
        _vocabulary = await thesaurus.Read(cancel);
        if (_vocabulary.Schemes.FirstOrDefault(s => s.Key == scheme) is not { } found)
            return false;
        Scheme = found;
        return true;
    }
}
