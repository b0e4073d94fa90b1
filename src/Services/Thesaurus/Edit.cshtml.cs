using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;
using Plenaria.Platform.Language;
using Plenaria.Platform.Site;

namespace Plenaria.Thesaurus;

/// <summary>What a term is called, what is wider, and, when it goes out of use, which term takes its place.</summary>
[Allow(ThesaurusEditor.Manage)]
internal sealed class EditModel(
    ThesaurusService thesaurus,
    ThesaurusEditor keeping,
    CurrentUser visitor,
    PageLocalizer phrases
) : PageModel, IRerenderable
{
    public sealed class Fields
    {
        public int Version { get; set; }
        public List<string?> Labels { get; set; } = [];
        public List<string?> Others { get; set; } = [];
        public List<string?> Notes { get; set; } = [];

        [StringLength(600)]
        public string? Broader { get; set; }

        [StringLength(60), RegularExpression(@"[\d ,;]*", ErrorMessage = "thesaurus.goals-form")]
        public string? Goals { get; set; }
        public bool IsDeprecated { get; set; }

        [StringLength(Concept.CodeMaxLength)]
        public string? ReplacedBy { get; set; }
    }

    public Concept Concept { get; private set; } = null!;
    public IEnumerable<Concept> Others { get; private set; } = [];
    public Fields Input { get; set; } = new();

    public async Task<IActionResult> OnGetAsync(string scheme, string code, CancellationToken cancel)
    {
        if (!await Load(scheme, code, cancel))
            return NotFound();
        Input = new()
        {
            Version = Concept.Version,
            Labels = Each(l => Concept.Label.In(l)?.Text),
            Notes = Each(l => Concept.Note.In(l)?.Text),
            Others = Each(l => string.Join("; ", Concept.Alt.GetValueOrDefault(l.Code, []))),
            Broader = string.Join("; ", Concept.Broader),
            Goals = string.Join(", ", Concept.Goals),
            IsDeprecated = Concept.IsDeprecated,
            ReplacedBy = Concept.ReplacedBy,
        };
        return Page();
    }

    public async Task RerenderAsync(CancellationToken cancel)
    {
        if (!await Load((string)RouteData.Values["scheme"]!, (string)RouteData.Values["code"]!, cancel))
            throw new RuleViolationException("platform.changed-meanwhile");
        // Refused before it was read: what was typed is shown from the form, one place for each language.
        List<string?> Whole(List<string?> typed) =>
            [.. Kernel.Language.All.Select((_, i) => typed.ElementAtOrDefault(i))];
        (Input.Labels, Input.Others, Input.Notes) = (Whole(Input.Labels), Whole(Input.Others), Whole(Input.Notes));
    }

    public async Task<IActionResult> OnPostAsync(
        string scheme,
        string code,
        [FromForm(Name = nameof(Input))] Fields input,
        CancellationToken cancel
    )
    {
        Input = input;
        if (!await Load(scheme, code, cancel))
            return NotFound();
        PlenariaDb.RequireVersion(Concept, Input.Version);
        var (label, note, alt) = (Concept.Label, Concept.Note, new Dictionary<string, List<string>>());
        foreach (var (language, i) in Kernel.Language.All.Select((l, i) => (l, i)))
        {
            label = label.Reworded(language, Input.Labels.ElementAtOrDefault(i));
            note = note.Reworded(language, Input.Notes.ElementAtOrDefault(i));
            if (Split(Input.Others.ElementAtOrDefault(i)) is { Count: > 0 } others)
                alt[language.Code] = others;
        }
        if (label.IsEmpty)
            throw new RuleViolationException("thesaurus.label-missing");
        if (
            label.Wordings.Any(w => w.Value.Text.Length > Concept.LabelMaxLength)
            || alt.Values.Any(o => o.Exists(w => w.Length > Concept.LabelMaxLength))
            || note.Wordings.Any(w => w.Value.Text.Length > Concept.NoteMaxLength)
        )
            throw new RuleViolationException("thesaurus.too-long", ("limit", Concept.LabelMaxLength));
        var goals = (Input.Goals ?? "")
            .Split((char[])[',', ';', ' '], StringSplitOptions.RemoveEmptyEntries)
            .Select(g => int.TryParse(g, out var goal) ? goal : 0)
            .Distinct()
            .ToList();
        if (goals.Exists(g => g is < 1 or > 17))
            throw new RuleViolationException("thesaurus.goals-form");
        (Concept.Label, Concept.Note, Concept.Alt, Concept.Goals, Concept.Broader) = (
            label,
            note,
            alt,
            goals,
            Split(Input.Broader)
        );
        Concept.ReplacedBy = Split(Input.ReplacedBy).FirstOrDefault();
        Concept.IsDeprecated = Input.IsDeprecated || Concept.ReplacedBy is not null;
        await keeping.Save(Concept, "thesaurus.term-changed", visitor.Acting(), cancel);
        return Redirect($"/{phrases.Language}{Concept.Path}");
    }

    private static List<string?> Each(Func<Kernel.Language, string?> say) => [.. Kernel.Language.All.Select(say)];

    private static List<string> Split(string? typed) =>
        [
            .. (typed ?? "")
                .Split((char[])[';', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
                .Distinct(),
        ];

    private async Task<bool> Load(string scheme, string code, CancellationToken cancel)
    {
        if (await keeping.Load($"{scheme}:{code}", cancel) is not { } concept)
            return false;
        Concept = concept;
        Others = (await thesaurus.Read(cancel)).All.Where(c => c.Code != concept.Code && !c.IsDeprecated);
        return true;
    }
}
