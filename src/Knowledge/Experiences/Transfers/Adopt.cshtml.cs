using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Plenaria.Members;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;
using Plenaria.Platform.Journal;
using Plenaria.Platform.Language;
using Plenaria.Platform.Places;
using Plenaria.Platform.Site;

namespace Plenaria.Experiences.Transfers;

/// <summary>
/// "We do this too": a record that a practice was taken up elsewhere. Its owner says whether it is so.
/// </summary>
[Allow(ExperiencesModule.Write)]
internal sealed class AdoptModel(
    ExperienceStore experiences,
    PlenariaDb db,
    Journal journal,
    IMembers members,
    CurrentUser visitor,
    PageLocalizer phrases
) : PageModel, IRerenderable
{
    internal sealed class Fields
    {
        [Required(ErrorMessage = "experiences.adopt.who-missing"), StringLength(Adoption.WhoMaxLength)]
        public string? Who { get; set; }

        [Required(ErrorMessage = "members.country-missing"), StringLength(80)]
        public string? Country { get; set; }

        [PartialDateField]
        public string? Since { get; set; }

        [StringLength(Experience.SlugMaxLength)]
        public string? Told { get; set; }

        [StringLength(Adoption.NoteMaxLength)]
        public string? Note { get; set; }
    }

    public Experience Experience { get; private set; } = null!;
    public Fields Input { get; set; } = new();

    public async Task<IActionResult> OnGetAsync(string slug, CancellationToken cancel)
    {
        if (await members.Represented(visitor.Who, cancel) is [var member, ..])
            (Input.Who, Input.Country) = (
                member.Name.For(phrases.Language),
                Countries.NameOf(member.Country, phrases.Language)
            );
        return await Load(slug, cancel) ? Page() : NotFound();
    }

    public async Task RerenderAsync(CancellationToken cancel)
    {
        if (!await Load((string)RouteData.Values["slug"]!, cancel))
            throw new RuleViolationException("platform.changed-meanwhile");
    }

    public async Task<IActionResult> OnPostAsync(
        string slug,
        [FromForm(Name = nameof(Input))] Fields input,
        CancellationToken cancel
    )
    {
        if (!await Load(slug, cancel))
            return NotFound();
        Input = input;
        var country =
            Countries.Find(Input.Country)
            ?? throw new RuleViolationException("members.country-unknown", ("country", Input.Country));
        Guid? told = Input.Told?.Trim() is { Length: > 0 } named ? await experiences.Named(named, cancel) : null;
        var acting = visitor.Acting();
        var member = await members.Find(Input.Who, cancel);
        var isOwn = await experiences.Editing(Experience, visitor, cancel) is not null;
        var adoption = new Adoption
        {
            Id = Guid.CreateVersion7(acting.At),
            Experience = Experience.Id,
            Member = member?.Id,
            Who = Input.Who!.Trim(),
            Country = country,
            Since = PartialDate.TryParse(Input.Since?.Trim(), out var since) ? since : null,
            Told = told,
            Note = LocalizedText.Original(phrases.Language, Input.Note?.Trim() ?? ""),
            At = acting.At,
            IsConfirmed = isOwn,
        };
        db.Add(adoption);
        journal.Append(
            acting,
            Experience.Stream,
            "experiences.adopted",
            Experience.Reference,
            new
            {
                who = adoption.Who,
                country,
                confirmed = isOwn,
            }
        );
        await db.SaveChangesAsync(cancel);
        return Redirect($"/{phrases.Language}{Experience.Path}");
    }

    private async Task<bool> Load(string slug, CancellationToken cancel)
    {
        if (await experiences.Find(slug, cancel) is not { IsPublic: true } experience)
            return false;
        Experience = experience;
        return true;
    }
}
