using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Plenaria.Platform.Access;
using Plenaria.Platform.Language;
using Plenaria.Platform.Site;

namespace Plenaria.Exchange.Collections;

/// <summary>Begins a collection, for oneself, a member or an office.</summary>
[Authorize]
internal sealed class NewModel(
    CollectionStore collections,
    OwnerChoices owners,
    CurrentUser visitor,
    PageLocalizer phrases
) : PageModel, IRerenderable
{
    public CollectionFields Input { get; set; } = new();
    public IReadOnlyList<Owner> All { get; private set; } = [];

    public Task OnGetAsync(CancellationToken cancel) => RerenderAsync(cancel);

    public async Task RerenderAsync(CancellationToken cancel) => All = await owners.Own(cancel);

    public async Task<IActionResult> OnPostAsync(
        [FromForm(Name = nameof(Input))] CollectionFields input,
        CancellationToken cancel
    )
    {
        Input = input;
        await RerenderAsync(cancel);
        var owner =
            All.FirstOrDefault(o => o.Key == input.Owner) ?? throw new ForbiddenException(ExchangeModule.Curate);
        var acting = visitor.Acting();
        var collection = new Collection
        {
            Id = Guid.CreateVersion7(acting.At),
            Slug = await collections.NewSlug(input.Title!, cancel),
            Account = owner.Account,
            Member = owner.Member,
            Office = owner.Office,
            At = acting.At,
            ChangedAt = acting.At,
        };
        input.Apply(collection, phrases.Language);
        await collections.Begin(collection, acting, cancel);
        return Redirect($"/{phrases.Language}{collection.Path}/edit");
    }
}
