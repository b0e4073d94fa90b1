using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Plenaria.Newsletter.Subscribing;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;
using Plenaria.Platform.Language;

namespace Plenaria.Newsletter.Issues;

/// <summary>
/// What a list is called in the language of the page one is on; without an address it is a new one.
/// </summary>
[Allow(NewsletterPermission.Write)]
internal sealed class ListModel(
    PlenariaDb db,
    IssueStore issues,
    ListStore lists,
    CurrentUser visitor,
    PageLocalizer phrases
) : PageModel
{
    internal sealed class Fields
    {
        public int Version { get; set; }

        [Required(ErrorMessage = "newsletter.needs-title"), StringLength(MailingList.NameMaxLength)]
        public string? Name { get; set; }
        public bool IsPublic { get; set; } = true;
        public DraftRhythm Rhythm { get; set; }

        /// <summary>Of a list that ends.</summary>
        public DateOnly? LastDay { get; set; }
    }

    [BindProperty(SupportsGet = true)]
    public Guid? Id { get; set; }

    public Fields Input { get; set; } = new();

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel)
    {
        if (Id is null)
            return Page();
        if (await FindAsync(cancel) is not { } list)
            return NotFound();
        Input = new()
        {
            Version = list.Version,
            Name = list.Name.In(phrases.Language)?.Text,
            IsPublic = list.IsPublic,
            Rhythm = list.Rhythm,
            LastDay = list.LastDay,
        };
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(
        [FromForm(Name = nameof(Input))] Fields input,
        CancellationToken cancel
    )
    {
        Input = input;
        var acting = visitor.Acting();
        var list = Id is null
            ? await issues.NewListAsync(LocalizedText.Original(phrases.Language, Input.Name!.Trim()), acting, cancel)
            : await FindAsync(cancel);
        if (list is null)
            return NotFound();
        if (Id is not null)
            PlenariaDb.RequireVersion(list, Input.Version);
        list.Name = list.Name.Reworded(phrases.Language, Input.Name);
        if (Input.LastDay is { } day && day != list.LastDay && day < await lists.FindTodayAsync(cancel))
            throw new RuleViolationException("newsletter.list.last-day.past");
        (list.IsPublic, list.Rhythm, list.LastDay) = (Input.IsPublic, Input.Rhythm, Input.LastDay);
        await issues.WriteListAsync(list, acting, cancel);
        return Redirect($"/{phrases.Language}/newsletter/desk");
    }

    private Task<MailingList?> FindAsync(CancellationToken cancel) =>
        db.Set<MailingList>().SingleOrDefaultAsync(l => l.Id == Id, cancel);
}
