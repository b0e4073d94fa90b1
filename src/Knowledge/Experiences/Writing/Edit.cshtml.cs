using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;
using Plenaria.Platform.Language;
using Plenaria.Platform.Site;
using Plenaria.Thesaurus;

namespace Plenaria.Experiences.Writing;

/// <summary>
/// The full form, in the language of the page: where that is not the language it was written in, what is typed is a
/// translation and the original stands beside it. A draft is kept while one types.
/// </summary>
[Allow(ExperiencesModule.Write)]
internal sealed class EditModel(
    ExperienceStore experiences,
    PlenariaDb db,
    ThesaurusService thesaurus,
    CurrentUser visitor,
    PageLocalizer phrases
) : PageModel, IRerenderable
{
    private Vocabulary _vocabulary = null!;
    private OperationContext _acting = null!;

    public Experience Experience { get; private set; } = null!;
    public ExperienceFields Input { get; set; } = new();

    public object? Stored => Experience.Version;

    public string SchemeName(string key) =>
        _vocabulary.Schemes.FirstOrDefault(s => s.Key == key)?.Label.For(phrases.Language) ?? key;

    public string Label(string code) => _vocabulary.Label(code, phrases.Language);

    public IReadOnlyList<Concept> Terms(string scheme) => [.. _vocabulary.Of(scheme)];

    // What was chosen in a form that is shown again, or else what is stored.
    public IReadOnlyList<string> Chosen(string scheme) =>
        Request.HasFormContentType
            ?
            [
                .. Request
                    .Form[$"t.{scheme}"]
                    .OfType<string>()
                    .Where(v => v.Length > 0)
                    .Select(v =>
                        _vocabulary
                            .Of(scheme)
                            .FirstOrDefault(c => c.Code == v || c.Label.For(phrases.Language) == v)
                            ?.Code
                    )
                    .OfType<string>(),
            ]
            : [.. Experience.Of(scheme)];

    public async Task<IActionResult> OnGetAsync(string slug, CancellationToken cancel)
    {
        if (!await Load(slug, cancel))
            return NotFound();
        Input.Fill(Experience, phrases.Language);
        var linked = await db.Set<Experience>()
            .AsNoTracking()
            .Where(e => e.Id == Experience.PartOf || Experience.Related.Contains(e.Id))
            .ToDictionaryAsync(e => e.Id, e => e.Reference.ToString(), cancel);
        Input.PartOf = Experience.PartOf is { } whole ? linked.GetValueOrDefault(whole) : null;
        Input.Related = string.Join(", ", Experience.Related.Select(linked.GetValueOrDefault).OfType<string>());
        return Page();
    }

    public async Task RerenderAsync(CancellationToken cancel)
    {
        if (!await Load((string)RouteData.Values["slug"]!, cancel))
            throw new RuleViolationException("platform.changed-meanwhile");
        // A form that was not made by this page may have left some out.
        Input.Narrative =
        [
            .. Enum.GetValues<NarrativeHeading>().Select(h => Input.Narrative.ElementAtOrDefault((int)h)),
        ];
    }

    public async Task<IActionResult> OnPostAsync(
        string slug,
        [FromForm(Name = nameof(Input))] ExperienceFields input,
        CancellationToken cancel
    )
    {
        Input = input;
        if (!await Load(slug, cancel))
            return NotFound();
        PlenariaDb.RequireVersion(Experience, input.Version);
        input.Check();
        // Its country says which editors look after it.
        if (Experience.State != EditorialState.Draft && string.IsNullOrWhiteSpace(input.Country))
            throw new RuleViolationException("experiences.submit-needs-place");
        var terms = ExperienceFields.TermsOf(Request.Form, _vocabulary, phrases.Language);
        var whole = (await Named(input.PartOf, cancel)).Select(e => (Guid?)e).FirstOrDefault();
        var related = await Named(input.Related, cancel);
        if (whole is { } above && await Within(above, Experience.Id, cancel))
            throw new RuleViolationException("experiences.part-of-itself");
        await experiences.Change(
            Experience,
            "experiences.edited",
            _acting,
            () =>
            {
                input.Apply(Experience, phrases.Language);
                (Experience.Terms, Experience.PartOf, Experience.Related) = (terms, whole, related);
            },
            cancel
        );
        return Redirect($"/{phrases.Language}{Experience.Path}");
    }

    /// <summary>Keeps what is typed so far, as it is: what would be refused waits for the button.</summary>
    public async Task<IActionResult> OnPostKeepAsync(
        string slug,
        [FromForm(Name = nameof(Input))] ExperienceFields input,
        CancellationToken cancel
    )
    {
        if (!await Load(slug, cancel) || Experience.State != EditorialState.Draft)
            return NotFound();
        if (Experience.Version != input.Version)
            return StatusCode(409);
        if (
            input.Title?.Length > Experience.TitleMaxLength
            || input.Summary?.Length > Experience.SummaryMaxLength
            || input.Narrative.Exists(n => n?.Length > Experience.TextMaxLength)
        )
            return StatusCode(422);
        ModelState.Clear();
        var (country, city) = (Experience.Country, Experience.City);
        await experiences.Change(
            Experience,
            "experiences.kept",
            _acting,
            () =>
            {
                input.Apply(Experience, phrases.Language);
                Experience.Country ??= country;
                Experience.City ??= city;
            },
            cancel,
            keepsRevision: false
        );
        return new JsonResult(
            new
            {
                version = Experience.Version,
                says = phrases[
                    "experiences.kept",
                    ("time", _acting.At.ToString("HH:mm", phrases.Language.Culture) + " UTC")
                ],
            }
        );
    }

    private async Task<List<Guid>> Named(string? typed, CancellationToken cancel)
    {
        var names = (typed ?? "")
            .Split(
                (char[])[',', ';', ' ', '\n'],
                StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries
            )
            .Distinct()
            .Take(20)
            .ToList();
        var found = new List<Guid>();
        foreach (var name in names)
            if (await experiences.Named(name, cancel) is var id && id != Experience.Id)
                found.Add(id);
        return found;
    }

    private async Task<bool> Within(Guid start, Guid sought, CancellationToken cancel)
    {
        var at = (Guid?)start;
        for (var steps = 0; at is { } id && steps < 20; steps++)
        {
            if (id == sought)
                return true;
            at = await db.Set<Experience>()
                .AsNoTracking()
                .Where(e => e.Id == id)
                .Select(e => e.PartOf)
                .SingleOrDefaultAsync(cancel);
        }
        return at is not null;
    }

    private async Task<bool> Load(string slug, CancellationToken cancel)
    {
        if (await experiences.Find(slug, cancel, toEdit: true) is not { } experience)
            return false;
        if (await experiences.Editing(experience, visitor, cancel) is not { } acting)
            return experience.IsPublic ? throw new ForbiddenException(ExperiencesModule.Write) : false;
        (Experience, _acting, _vocabulary) = (experience, acting, await thesaurus.Read(cancel));
        return true;
    }
}
