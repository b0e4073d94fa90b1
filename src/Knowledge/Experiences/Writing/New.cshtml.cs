using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Plenaria.Members;
using Plenaria.Platform.Access;
using Plenaria.Platform.Language;
using Plenaria.Platform.Places;
using Plenaria.Platform.Site;
using Plenaria.Thesaurus;

namespace Plenaria.Experiences.Writing;

/// <summary>A practice told in five minutes. All the rest can follow.</summary>
[Allow(ExperiencesModule.Write)]
internal sealed class NewModel(
    ExperienceStore experiences,
    IMembers members,
    ThesaurusService thesaurus,
    CurrentUser visitor,
    PageLocalizer phrases
) : PageModel, IRerenderable
{
    private const int Short = 4_000;

    internal sealed class Fields
    {
        public Guid? Owner { get; set; }

        [Required(ErrorMessage = "experiences.title-missing"), StringLength(Experience.TitleMaxLength)]
        public string? Title { get; set; }

        [Required(ErrorMessage = "experiences.summary-missing"), StringLength(Experience.SummaryMaxLength)]
        public string? Summary { get; set; }

        [Required(ErrorMessage = "members.country-missing"), StringLength(80)]
        public string? Country { get; set; }

        [StringLength(Experience.PlaceMaxLength)]
        public string? City { get; set; }

        [PartialDateField]
        public string? Start { get; set; }

        [StringLength(Concept.CodeMaxLength)]
        public string? Practice { get; set; }

        [StringLength(Concept.CodeMaxLength)]
        public string? Issue { get; set; }

        [StringLength(Short)]
        public string? Problem { get; set; }

        [StringLength(Short)]
        public string? Methods { get; set; }

        [StringLength(Short)]
        public string? Influence { get; set; }
    }

    public IReadOnlyList<MemberLine> Members { get; private set; } = [];
    public IReadOnlyList<Concept> Practices { get; private set; } = [];
    public IReadOnlyList<Concept> Issues { get; private set; } = [];
    public Fields Input { get; set; } = new();

    public async Task OnGetAsync(CancellationToken cancel)
    {
        await RerenderAsync(cancel);
        // A city tells of itself, most of the time.
        if (Members is [var member, ..])
            (Input.Owner, Input.Country, Input.City) = (
                member.Id.Value,
                Countries.NameOf(member.Country, phrases.Language),
                member.City
            );
    }

    public async Task RerenderAsync(CancellationToken cancel)
    {
        Members = await members.Represented(visitor.Who, cancel);
        var vocabulary = await thesaurus.Read(cancel);
        var order = StringComparer.Create(phrases.Language.Culture, ignoreCase: true);
        Practices = [.. vocabulary.Of("practices").OrderBy(c => c.Label.For(phrases.Language), order)];
        Issues = [.. vocabulary.Of("issues").OrderBy(c => c.Label.For(phrases.Language), order)];
    }

    public Task<IActionResult> OnPostSubmitAsync(
        [FromForm(Name = nameof(Input))] Fields input,
        CancellationToken cancel
    ) => Make(input, isReady: true, cancel);

    public Task<IActionResult> OnPostDraftAsync(
        [FromForm(Name = nameof(Input))] Fields input,
        CancellationToken cancel
    ) => Make(input, isReady: false, cancel);

    private async Task<IActionResult> Make(Fields input, bool isReady, CancellationToken cancel)
    {
        Input = input;
        await RerenderAsync(cancel);
        var country =
            Countries.Find(Input.Country)
            ?? throw new RuleViolationException("members.country-unknown", ("country", Input.Country));
        var acting = visitor.Acting();
        var owner = Members.FirstOrDefault(m => m.Id.Value == Input.Owner);
        if (owner is not null)
            acting = acting with { OnBehalfOf = new(owner.Id, owner.Name.ToString()) };
        LocalizedText Own(string? typed) =>
            LocalizedText.Original(phrases.Language, typed?.ReplaceLineEndings("\n").Trim() ?? "");
        var experience = await experiences.New(Own(Input.Title), acting, cancel);
        await experiences.Change(
            experience,
            isReady ? "experiences.submitted" : "experiences.begun",
            acting,
            () =>
            {
                (experience.Owner, experience.Summary, experience.Country, experience.City) = (
                    owner?.Id,
                    Own(Input.Summary),
                    country,
                    string.IsNullOrWhiteSpace(Input.City) ? null : Input.City.Trim()
                );
                experience.Start = PartialDate.TryParse(Input.Start?.Trim(), out var start) ? start : null;
                experience.Terms =
                [
                    .. Practices
                        .Where(c => c.Code == Input.Practice)
                        .Concat(Issues.Where(c => c.Code == Input.Issue))
                        .Select(c => c.Code),
                ];
                foreach (
                    var (heading, text) in ((NarrativeHeading, string?)[])
                        [
                            (NarrativeHeading.Problem, Input.Problem),
                            (NarrativeHeading.Methods, Input.Methods),
                            (NarrativeHeading.Influence, Input.Influence),
                        ]
                )
                    if (Own(text) is { IsEmpty: false } told)
                        experience.Narrative[heading] = told;
                if (isReady)
                    experience.Submit(acting.At);
            },
            cancel
        );
        return Redirect($"/{phrases.Language}{experience.Path}");
    }
}
