using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Plenaria.Members.People;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;
using Plenaria.Platform.Language;
using Plenaria.Platform.Site;

namespace Plenaria.Members.Standing;

/// <summary>What a member's own people keep up to date; saving it says that it is right as of today.</summary>
[Allow(MembersModule.Represent)]
internal sealed class DetailsModel(MemberStore members, RepresentationService representing, PageLocalizer phrases)
    : PageModel,
        IRerenderable
{
    private OperationContext _acting = null!;

    public Member Member { get; private set; } = null!;
    public object? Stored => Member.Version;
    public Fields Input { get; private set; } = new();

    public async Task<IActionResult> OnGetAsync(string slug, CancellationToken cancel)
    {
        if (!await Load(slug, cancel))
            return NotFound();
        Input = new()
        {
            Version = Member.Version,
            City = Member.City,
            Population = Member.Population,
            Website = Member.Website,
            Languages = [.. Member.Languages.Select(l => l.Code)],
            Election = Member.ElectionOn?.ToString(),
        };
        return Page();
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
        Input = input;
        if (!await Load(slug, cancel))
            return NotFound();
        PlenariaDb.RequireVersion(Member, input.Version);
        await members.Change(
            Member,
            "members.details-confirmed",
            _acting,
            () =>
            {
                (Member.City, Member.Population, Member.Website) = (
                    string.IsNullOrWhiteSpace(input.City) ? null : input.City.Trim(),
                    input.Population,
                    WebAddress.Of(input.Website)
                );
                Member.Languages = [.. Language.All.Where(l => input.Languages.Contains(l.Code))];
                Member.ElectionOn = string.IsNullOrWhiteSpace(input.Election)
                    ? null
                    : PartialDate.Parse(input.Election.Trim());
                Member.ConfirmedOn = members.Today;
            },
            cancel
        );
        return Redirect($"/{phrases.Language}{Member.Path}/part");
    }

    private async Task<bool> Load(string slug, CancellationToken cancel)
    {
        if (await members.Find(slug, cancel, toEdit: true) is not { } member)
            return false;
        (Member, _acting) = (member, await representing.For(member, cancel));
        return true;
    }

    internal sealed class Fields
    {
        public int Version { get; set; }

        [StringLength(Member.CityMaxLength)]
        public string? City { get; set; }
        public PopulationClass? Population { get; set; }

        [StringLength(Member.WebsiteMaxLength), WebAddressField]
        public string? Website { get; set; }
        public List<string> Languages { get; set; } = [];

        [PartialDateField]
        public string? Election { get; set; }
    }
}
