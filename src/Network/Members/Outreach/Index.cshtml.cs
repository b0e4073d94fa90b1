using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Plenaria.Platform.Access;
using Plenaria.Platform.Language;
using Plenaria.Platform.Places;
using Plenaria.Platform.Site;

namespace Plenaria.Members.Outreach;

/// <summary>
/// Whom the network is talking to, what comes first before what comes later, and the views of it that got a name.
/// </summary>
[Allow(MembersModule.Outreach)]
internal sealed class IndexModel(
    OutreachStore outreach,
    Segments segments,
    Territory territory,
    CurrentUser visitor,
    PageLocalizer phrases
) : PageModel, IRerenderable
{
    public const int PageSize = 50;

    public IReadOnlyList<ProspectLine> Prospects { get; private set; } = [];
    public string? Next { get; private set; }
    public IReadOnlyList<(OutreachStage Stage, int Count)> Stages { get; private set; } = [];
    public IReadOnlyList<(string Code, string Name)> RegionChoices { get; private set; } = [];
    public IReadOnlyList<(string Code, string Name)> CountryChoices { get; private set; } = [];
    public IReadOnlyDictionary<AccountId, string> Colleagues { get; private set; } =
        new Dictionary<AccountId, string>();
    public IReadOnlyList<Segment> Kept { get; private set; } = [];

    [BindProperty(SupportsGet = true)]
    public string? Region { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Country { get; set; }

    [BindProperty(SupportsGet = true)]
    public OutreachStage? Stage { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Owner { get; set; }

    [BindProperty(SupportsGet = true)]
    public OutreachSource? Source { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? Q { get; set; }

    [BindProperty(SupportsGet = true)]
    public bool Due { get; set; }

    [BindProperty(SupportsGet = true)]
    public bool Lapsed { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? After { get; set; }

    public KeepFields Keep { get; set; } = new();

    public OutreachQuery Query => new(Region, Country, Stage, Owner, Source, Q, Due, Lapsed);
    public bool IsFiltered => Query.Choices().Count > 0;
    public DateOnly Today => outreach.Today;
    public string? Me => visitor.Who.Id?.ToString();

    public Task OnGetAsync(CancellationToken cancel) => RerenderAsync(cancel);

    public async Task RerenderAsync(CancellationToken cancel)
    {
        var within = await territory.Of(visitor.Acting(), cancel);
        var filter = Query.For(visitor, within);
        var page = await outreach.List(filter, After, PageSize + 1, cancel);
        (Prospects, Next) = ([.. page.Take(PageSize)], page.Count > PageSize ? page[PageSize - 1].Member.Slug : null);
        var counts = await outreach.Counts(filter, cancel);
        Stages =
        [
            .. Enum.GetValues<OutreachStage>()
                .Select(s => (s, counts.GetValueOrDefault(s)))
                .Where(s => s.Item2 > 0 || s.s == Stage),
        ];
        var countries = await outreach.Countries(within, cancel);
        CountryChoices =
        [
            .. countries
                .Select(c => (c, Countries.NameOf(c, phrases.Language)))
                .OrderBy(c => c.Item2, StringComparer.Create(phrases.Language.Culture, true)),
        ];
        RegionChoices =
        [
            .. Regions
                .All.Where(r => r == Region || countries.Any(c => Regions.IsWithin(Countries.RegionOf(c)!, r)))
                .Select(r => (r, phrases[$"region.{r}"])),
        ];
        Colleagues = await outreach.Colleagues(cancel);
        Kept = await segments.All(cancel);
    }

    public async Task<IActionResult> OnPostKeepAsync(
        [FromForm(Name = nameof(Keep))] KeepFields keep,
        CancellationToken cancel
    )
    {
        Keep = keep;
        await segments.Keep(keep.Name!.Trim(), Query.Address(""), visitor.Acting(), cancel);
        return Redirect(Here);
    }

    public async Task<IActionResult> OnPostRemoveAsync(Guid segment, CancellationToken cancel)
    {
        await segments.Remove(segment, visitor.Acting(), cancel);
        return Redirect(Here);
    }

    public string Here => Query.Address($"/{phrases.Language}/outreach");

    /// <summary>The same list at another stage.</summary>
    public string At(OutreachStage? stage) => (Query with { Stage = stage }).Address($"/{phrases.Language}/outreach");

    public string OwnerOf(Prospect prospect) =>
        prospect.Owner is not { } owner
            ? phrases["members.outreach.owner.none"]
            : Colleagues.GetValueOrDefault(owner, phrases["members.outreach.owner.other"]);

    internal sealed class KeepFields
    {
        [Required(ErrorMessage = "members.outreach.segment.name-missing"), StringLength(Segment.NameMaxLength)]
        public string? Name { get; set; }
    }
}
