using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;
using Plenaria.Platform.Language;
using Plenaria.Platform.Site;

namespace Plenaria.Publishing.Site;

/// <summary>The editorial pages by heading, and the blocks of the home page.</summary>
[Allow(PublishingModule.Site)]
internal sealed class ManageModel(PlenariaDb db, SiteStore site, CurrentUser visitor, PageLocalizer phrases)
    : PageModel,
        IRerenderable
{
    internal sealed class Fields
    {
        public Guid? Block { get; set; }
        public int Version { get; set; }

        [Required(ErrorMessage = "publishing.needs-title"), StringLength(HomeBlock.TitleMaxLength)]
        public string? Title { get; set; }

        [StringLength(HomeBlock.TextMaxLength)]
        public string? Text { get; set; }

        [StringLength(HomeBlock.LabelMaxLength)]
        public string? Label { get; set; }

        [StringLength(HomeBlock.TargetMaxLength)]
        public string? Target { get; set; }

        [Range(0, 99)]
        public int Order { get; set; }
        public bool IsShown { get; set; } = true;
    }

    public IReadOnlyList<SitePage> Pages { get; private set; } = [];
    public IReadOnlyList<HomeBlock> Blocks { get; private set; } = [];
    public Fields Input { get; set; } = new();

    public async Task OnGetAsync(Guid? block, CancellationToken cancel)
    {
        await RerenderAsync(cancel);
        if (Blocks.FirstOrDefault(b => b.Id == block) is { } chosen)
            Input = new()
            {
                Block = chosen.Id,
                Version = chosen.Version,
                Title = chosen.Title.In(phrases.Language)?.Text,
                Text = chosen.Text.In(phrases.Language)?.Text,
                Label = chosen.Label.In(phrases.Language)?.Text,
                Target = chosen.Target,
                Order = chosen.Order,
                IsShown = chosen.IsShown,
            };
        else
            Input.Order = Blocks.Count + 1;
    }

    public async Task RerenderAsync(CancellationToken cancel)
    {
        Pages = await db.Set<SitePage>()
            .AsNoTracking()
            .OrderBy(p => p.Menu)
            .ThenBy(p => p.Order)
            .ThenBy(p => p.Slug)
            .ToListAsync(cancel);
        Blocks = await db.Set<HomeBlock>().AsNoTracking().OrderBy(b => b.Order).ThenBy(b => b.Id).ToListAsync(cancel);
    }

    public async Task<IActionResult> OnPostAsync(
        [FromForm(Name = nameof(Input))] Fields input,
        CancellationToken cancel
    )
    {
        Input = input;
        var target = Input.Target?.Trim();
        if (
            target is { Length: > 0 }
            && !(target.StartsWith('/') && !target.StartsWith("//", StringComparison.Ordinal) && !target.Contains('\\'))
            && WebAddress.Of(target) is not { Length: <= HomeBlock.TargetMaxLength }
        )
            throw new RuleViolationException("publishing.block.target-form");
        var acting = visitor.Acting();
        var block = Input.Block is { } id
            ? await db.Set<HomeBlock>().SingleOrDefaultAsync(b => b.Id == id, cancel)
            : null;
        if (block is null && Input.Block is not null)
            throw new RuleViolationException("platform.changed-meanwhile");
        if (block is null)
            db.Add(block = new() { Id = Guid.CreateVersion7(acting.At) });
        else
            PlenariaDb.RequireVersion(block, Input.Version);
        (block.Title, block.Text, block.Label) = (
            block.Title.Reworded(phrases.Language, Input.Title),
            block.Text.Reworded(phrases.Language, Input.Text?.ReplaceLineEndings("\n")),
            block.Label.Reworded(phrases.Language, Input.Label)
        );
        (block.Target, block.Order, block.IsShown) = (
            string.IsNullOrEmpty(target) ? null
            : target.StartsWith('/') ? target
            : WebAddress.Of(target),
            Input.Order,
            Input.IsShown
        );
        await site.Change(block, "publishing.block-written", acting, cancel);
        return Redirect($"/{phrases.Language}/site/pages#blocks");
    }

    public async Task<IActionResult> OnPostRemoveAsync(Guid block, int version, CancellationToken cancel)
    {
        if (await db.Set<HomeBlock>().SingleOrDefaultAsync(b => b.Id == block, cancel) is not { } gone)
            return NotFound();
        PlenariaDb.RequireVersion(gone, version);
        db.Remove(gone);
        await site.Change(gone, "publishing.block-removed", visitor.Acting(), cancel);
        return Redirect($"/{phrases.Language}/site/pages#blocks");
    }
}
