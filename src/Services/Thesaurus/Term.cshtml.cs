using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Plenaria.Platform.Site;

namespace Plenaria.Thesaurus;

/// <summary>
/// One term: what it is called in each language, what is wider and narrower, and the way to the records it describes.
/// </summary>
[AllowAnonymous, Cacheable]
internal sealed class TermModel(ThesaurusService thesaurus) : PageModel
{
    private Vocabulary _vocabulary = null!;

    public Concept Concept { get; private set; } = null!;
    public Scheme Scheme => _vocabulary.Schemes.First(s => s.Key == Concept.Scheme);
    public IEnumerable<Concept> Broader => Concept.Broader.Select(_vocabulary.Find).OfType<Concept>();
    public IEnumerable<Concept> Narrower => _vocabulary.Narrower(Concept.Code);

    /// <summary>The term that took the place of a merged one.</summary>
    public Concept? Next => Concept.ReplacedBy is { } next ? _vocabulary.Find(next) : null;

    public async Task<IActionResult> OnGetAsync(string scheme, string code, CancellationToken cancel)
    {
        _vocabulary = await thesaurus.Read(cancel);
        if (_vocabulary.Exact($"{scheme}:{code}") is not { } concept)
            return NotFound();
        Concept = concept;
        return Page();
    }
}
