using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;
using Plenaria.Platform.Language;
using Plenaria.Platform.Site;

namespace Plenaria.Publishing.Site;

/// <summary>
/// Writes an editorial page in the language of the page one is on; without an address it is a new one.
/// </summary>
[Allow(PublishingModule.Site)]
internal sealed class EditModel(PlenariaDb db, SiteStore site, CurrentUser visitor, PageLocalizer phrases)
    : PageModel,
        IRerenderable
{
    internal sealed class Fields
    {
        public int Version { get; set; }

        [Required(ErrorMessage = "publishing.needs-title"), StringLength(SitePage.TitleMaxLength)]
        public string? Title { get; set; }

        [StringLength(SitePage.BodyMaxLength)]
        public string? Body { get; set; }
        public Menu Menu { get; set; } = Menu.About;

        [Range(0, 99)]
        public int Order { get; set; }
        public bool IsPublished { get; set; } = true;
    }

    [BindProperty(SupportsGet = true), StringLength(SitePage.SlugMaxLength)]
    public string? Slug { get; set; }

    public SitePage? Shown { get; private set; }
    public Fields Input { get; set; } = new();

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel)
    {
        await RerenderAsync(cancel);
        if (Slug is not null && Shown is null)
            return NotFound();
        if (Shown is { } page)
            Input = new()
            {
                Version = page.Version,
                Title = page.Title.In(phrases.Language)?.Text,
                Body = page.Body.In(phrases.Language)?.Text,
                Menu = page.Menu,
                Order = page.Order,
                IsPublished = page.IsPublished,
            };
        return Page();
    }

    public async Task RerenderAsync(CancellationToken cancel) =>
        Shown = Slug is null ? null : await db.Set<SitePage>().SingleOrDefaultAsync(p => p.Slug == Slug, cancel);

    public async Task<IActionResult> OnPostAsync(
        [FromForm(Name = nameof(Input))] Fields input,
        CancellationToken cancel
    )
    {
        Input = input;
        await RerenderAsync(cancel);
        if (Slug is not null && Shown is null)
            return NotFound();
        if (!Enum.IsDefined(Input.Menu))
            return BadRequest();
        var acting = visitor.Acting();
        var page =
            Shown ?? await site.New(LocalizedText.Original(phrases.Language, Input.Title!.Trim()), acting, cancel);
        if (Shown is not null)
            PlenariaDb.RequireVersion(page, Input.Version);
        await site.Change(
            page,
            "publishing.page-written",
            acting,
            () =>
            {
                (page.Title, page.Body) = (
                    page.Title.Reworded(phrases.Language, Input.Title),
                    page.Body.Reworded(phrases.Language, Input.Body?.ReplaceLineEndings("\n"))
                );
                (page.Menu, page.Order, page.IsPublished) = (Input.Menu, Input.Order, Input.IsPublished);
            },
            cancel
        );
        return Redirect($"/{phrases.Language}{page.Path}");
    }
}
