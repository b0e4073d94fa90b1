using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Plenaria.Members;
using Plenaria.Platform.Access;
using Plenaria.Platform.Language;
using Plenaria.Platform.Site;

namespace Plenaria.Publishing.Content;

/// <summary>
/// Begins an item: what it is, what it is called, in whose name it appears. All else is on the next page.
/// </summary>
[Allow(PublishingModule.Write)]
internal sealed class NewModel(ItemStore items, IMembers members, CurrentUser visitor, PageLocalizer phrases)
    : PageModel,
        IRerenderable
{
    internal sealed class Fields
    {
        public ItemKind Kind { get; set; }

        [Required(ErrorMessage = "publishing.needs-title"), StringLength(Item.TitleMaxLength)]
        public string? Title { get; set; }
        public Guid? Owner { get; set; }
    }

    public IReadOnlyList<MemberLine> Members { get; private set; } = [];
    public bool MayForNetwork { get; private set; }
    public Fields Input { get; set; } = new();

    public async Task OnGetAsync(ItemKind? kind, CancellationToken cancel)
    {
        Input.Kind = kind is { } asked && Enum.IsDefined(asked) ? asked : ItemKind.News;
        await RerenderAsync(cancel);
        Input.Owner = MayForNetwork ? null : Members.Select(m => (Guid?)m.Id.Value).FirstOrDefault();
    }

    public async Task RerenderAsync(CancellationToken cancel)
    {
        Members = await members.Represented(visitor.Who, cancel);
        MayForNetwork = visitor.May(PublishingModule.Publish);
    }

    public async Task<IActionResult> OnPostAsync(
        [FromForm(Name = nameof(Input))] Fields input,
        CancellationToken cancel
    )
    {
        Input = input;
        await RerenderAsync(cancel);
        if (!Enum.IsDefined(Input.Kind))
            return NotFound();
        var owner =
            Members.FirstOrDefault(m => m.Id.Value == Input.Owner)
            ?? (MayForNetwork || Members.Count == 0 ? null : Members[0]);
        var acting = visitor.Acting();
        if (owner is not null)
            acting = acting with { OnBehalfOf = new(owner.Id, owner.Name.ToString()) };
        var item = await items.New(
            Input.Kind,
            LocalizedText.Original(phrases.Language, Input.Title!.Trim()),
            acting,
            cancel
        );
        await items.Change(
            item,
            "publishing.begun",
            acting,
            () => (item.Owner, item.Country, item.City) = (owner?.Id, owner?.Country, owner?.City),
            cancel
        );
        return Redirect($"/{phrases.Language}{item.EditPath}");
    }
}
