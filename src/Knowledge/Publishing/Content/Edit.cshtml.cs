using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Plenaria.Members;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;
using Plenaria.Platform.Files;
using Plenaria.Platform.Language;
using Plenaria.Platform.Register;
using Plenaria.Platform.Site;
using Plenaria.Thesaurus;

namespace Plenaria.Publishing.Content;

/// <summary>Writes an item: its texts in the language of the page, its facts, its files.</summary>
[
    Allow(PublishingModule.Write),
    RequestSizeLimit(FileStore.AtTheDoor),
    RequestFormLimits(MultipartBodyLengthLimit = FileStore.AtTheDoor)
]
internal sealed class EditModel(
    ItemStore items,
    PlenariaDb db,
    IMembers members,
    ThesaurusService thesaurus,
    FileStore files,
    CurrentUser visitor,
    PageLocalizer phrases
) : PageModel, IRerenderable
{
    private OperationContext _acting = null!;
    private Vocabulary _vocabulary = null!;

    public Item Item { get; private set; } = null!;
    public bool MayDecide { get; private set; }
    public IReadOnlyList<OfficeLine> Offices { get; private set; } = [];
    public IReadOnlyList<Concept> Topics { get; private set; } = [];
    public ItemFields Input { get; set; } = new();

    /// <summary>The text this page's language has no wording of, to translate from.</summary>
    public bool IsTranslating => Item.Title.Source is { } source && source != phrases.Language;

    public async Task<IActionResult> OnGetAsync(string slug, CancellationToken cancel)
    {
        if (!await Load(slug, cancel))
            return NotFound();
        var last = await db.Set<Item>()
            .AsNoTracking()
            .Where(i => i.Zone != null)
            .OrderByDescending(i => i.Number)
            .Select(i => i.Zone)
            .FirstOrDefaultAsync(cancel);
        Input.Fill(Item, phrases.Language, last ?? "UTC");
        return Page();
    }

    public async Task RerenderAsync(CancellationToken cancel)
    {
        if (!await Load((string)RouteData.Values["slug"]!, cancel))
            throw new RuleViolationException("platform.changed-meanwhile");
    }

    public Task<IActionResult> OnPostAsync(
        string slug,
        [FromForm(Name = nameof(Input))] ItemFields input,
        IFormFile? file,
        string? fileLanguage,
        CancellationToken cancel
    ) => Save(slug, input, file, fileLanguage, "publishing.written", null, cancel);

    public Task<IActionResult> OnPostSubmitAsync(
        string slug,
        [FromForm(Name = nameof(Input))] ItemFields input,
        IFormFile? file,
        string? fileLanguage,
        CancellationToken cancel
    ) => Save(slug, input, file, fileLanguage, "publishing.submitted", acting => Item.Submit(acting.At), cancel);

    public Task<IActionResult> OnPostPublishAsync(
        string slug,
        [FromForm(Name = nameof(Input))] ItemFields input,
        IFormFile? file,
        string? fileLanguage,
        CancellationToken cancel
    ) => Save(slug, input, file, fileLanguage, "publishing.published", acting => Item.Publish(acting.At), cancel);

    public async Task<IActionResult> OnPostRemoveAsync(string slug, int version, string hash, CancellationToken cancel)
    {
        if (!await Load(slug, cancel))
            return NotFound();
        PlenariaDb.RequireVersion(Item, version);
        await items.Change(
            Item,
            "publishing.file-removed",
            _acting,
            () => Item.Files = [.. Item.Files.Where(f => f.Hash != hash)],
            cancel
        );
        return Redirect($"/{phrases.Language}{Item.EditPath}");
    }

    private async Task<IActionResult> Save(
        string slug,
        ItemFields input,
        IFormFile? file,
        string? fileLanguage,
        string act,
        Action<OperationContext>? decide,
        CancellationToken cancel
    )
    {
        Input = input;
        if (!await Load(slug, cancel))
            return NotFound();
        if (act == "publishing.published" && !MayDecide)
            throw new ForbiddenException(PublishingModule.Publish);
        PlenariaDb.RequireVersion(Item, Input.Version);
        Input.Check();
        if (file is not null && Item.Files.Count >= Item.MostFiles)
            throw new RuleViolationException("publishing.too-many-files", ("most", Item.MostFiles));
        var kept = file is null
            ? null
            : await files.Keep(file, Item.IsPublic ? Audience.Public : Audience.Network, cancel);
        Input.Apply(Item, phrases.Language, _vocabulary, [.. Offices.Select(o => o.Id)]);
        // Also where it now belongs: moving it is no way to publish elsewhere.
        if (
            (Item.IsPublic || act == "publishing.published")
            && MayDecide
            && !await items.MayDecide(Item, _acting, cancel)
        )
            throw new ForbiddenException(PublishingModule.Publish);
        await items.Change(
            Item,
            act,
            _acting,
            () =>
            {
                if (kept is not null && !Item.Files.Exists(f => f.Hash == kept.Hash))
                    Item.Files =
                    [
                        .. Item.Files,
                        new(
                            kept.Hash,
                            kept.Name,
                            kept.MediaType,
                            kept.Size,
                            Language.TryParse(fileLanguage, out var language) ? language.Code : null
                        ),
                    ];
                decide?.Invoke(_acting);
            },
            cancel
        );
        return Redirect($"/{phrases.Language}{(decide is null ? Item.EditPath : Item.Path)}");
    }

    private async Task<bool> Load(string slug, CancellationToken cancel)
    {
        if (
            await items.Find(slug, cancel, toEdit: true) is not { } item
            || await items.Editing(item, visitor, cancel) is not { } acting
        )
            return false;
        (Item, _acting) = (item, acting);
        MayDecide = await items.MayDecide(item, acting, cancel);
        _vocabulary = await thesaurus.Read(cancel);
        Topics =
        [
            .. _vocabulary
                .Of("topics")
                .OrderBy(
                    c => c.Label.For(phrases.Language),
                    StringComparer.Create(phrases.Language.Culture, ignoreCase: true)
                ),
        ];
        Offices = MayDecide
            ? [.. (await members.Offices(cancel)).Where(o => acting.Can(PublishingModule.Publish, Scope.Of(o.Id)))]
            : [];
        return true;
    }
}
