using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Plenaria.Members;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;
using Plenaria.Platform.Language;
using Plenaria.Platform.Site;
using Plenaria.Thesaurus;

namespace Plenaria.Publishing.Content;

/// <summary>
/// A piece of news, an event, a publication or a video. Before it is published only its people and the editors see it.
/// </summary>
[AllowAnonymous, Cacheable]
internal sealed class ShowModel(
    ItemStore items,
    IMembers members,
    ThesaurusService thesaurus,
    CurrentUser visitor,
    PageLocalizer phrases
) : PageModel, IRerenderable
{
    private Vocabulary _vocabulary = null!;

    public Item Item { get; private set; } = null!;
    public OperationContext? Editing { get; private set; }
    public bool MayDecide { get; private set; }
    public MemberLine? Owner { get; private set; }
    public OfficeLine? Office { get; private set; }
    public string Permanent => $"{this.Site()}r/{Item.Reference}";

    public string Label(string term) => _vocabulary.Label(term, phrases.Language);

    public async Task<IActionResult> OnGetAsync(string shelf, string slug, CancellationToken cancel)
    {
        if (!await Load(slug, cancel))
            return NotFound();
        return Item.Shelf == $"/{shelf}" ? Page() : RedirectPermanent($"/{phrases.Language}{Item.Path}");
    }

    public async Task RerenderAsync(CancellationToken cancel)
    {
        if (!await Load((string)RouteData.Values["slug"]!, cancel))
            throw new RuleViolationException("platform.changed-meanwhile");
    }

    public Task<IActionResult> OnPostSubmitAsync(string slug, int version, CancellationToken cancel) =>
        Act(slug, version, "publishing.submitted", (i, acting) => i.Submit(acting.At), false, cancel);

    public Task<IActionResult> OnPostPublishAsync(string slug, int version, CancellationToken cancel) =>
        Act(slug, version, "publishing.published", (i, acting) => i.Publish(acting.At), true, cancel);

    public Task<IActionResult> OnPostGiveBackAsync(
        string slug,
        int version,
        string? remark,
        CancellationToken cancel
    ) => Act(slug, version, "publishing.given-back", (i, _) => i.GiveBack(remark), true, cancel);

    public Task<IActionResult> OnPostArchiveAsync(string slug, int version, CancellationToken cancel) =>
        Act(slug, version, "publishing.archived", (i, _) => i.Archive(), true, cancel);

    private async Task<IActionResult> Act(
        string slug,
        int version,
        string act,
        Action<Item, OperationContext> change,
        bool byEditors,
        CancellationToken cancel
    )
    {
        if (await items.Find(slug, cancel, toEdit: true) is not { } item)
            return NotFound();
        if (await items.Editing(item, visitor, cancel) is not { } acting)
            return item.IsPublic ? throw new ForbiddenException(PublishingModule.Write) : NotFound();
        if (byEditors && !await items.MayDecide(item, acting, cancel))
            throw new ForbiddenException(PublishingModule.Publish);
        PlenariaDb.RequireVersion(item, version);
        await items.Change(item, act, acting, () => change(item, acting), cancel);
        return Redirect($"/{phrases.Language}{item.Path}");
    }

    private async Task<bool> Load(string slug, CancellationToken cancel)
    {
        if (await items.Find(slug, cancel) is not { } item)
            return false;
        Editing = await items.Editing(item, visitor, cancel);
        if (!item.IsPublic && Editing is null)
            return false;
        Item = item;
        _vocabulary = await thesaurus.Read(cancel);
        MayDecide = Editing is not null && await items.MayDecide(item, Editing, cancel);
        Owner = item.Owner is { } owner ? (await members.Lines([owner], cancel)).GetValueOrDefault(owner) : null;
        Office = item.Office is { } office ? (await members.Offices(cancel)).FirstOrDefault(o => o.Id == office) : null;
        HttpContext.Features.Set(CacheTags.Nothing);
        return true;
    }
}
