using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Plenaria.Platform.Access;
using Plenaria.Platform.Language;
using Plenaria.Platform.Places;
using Plenaria.Platform.Site;

namespace Plenaria.Members.Editing;

[Allow(MembersModule.Edit)]
internal sealed class NewModel(MemberStore members, Territory territory, CurrentUser visitor, PageLocalizer phrases)
    : PageModel,
        IRerenderable
{
    [BindProperty]
    public MemberFields Input { get; set; } = new();

    public Task RerenderAsync(CancellationToken cancel) => Task.CompletedTask;

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        var acting = visitor.Acting();
        await territory.Demand(acting, Countries.Find(Input.Country)!, Input.Name!, cancel);
        var member = new Member
        {
            Id = new(Guid.CreateVersion7(acting.At)),
            Slug = await members.NewSlug(Input.Name!, cancel),
            Kind = Input.Kind,
        };
        await members.Change(
            member,
            "members.member-added",
            acting,
            () =>
            {
                Input.Apply(member, phrases.Language);
                member.Join(Input.Class, Input.JoinedOn(), acting.At);
            },
            cancel
        );
        return Redirect($"/{phrases.Language}{member.Path}");
    }
}
