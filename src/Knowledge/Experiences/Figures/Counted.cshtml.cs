using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Plenaria.Members;
using Plenaria.Platform.Data;
using Plenaria.Platform.Language;
using Plenaria.Platform.Places;
using Plenaria.Platform.Site;

namespace Plenaria.Experiences.Figures;

/// <summary>Exactly the records that a figure of the plan counted.</summary>
[AllowAnonymous, Cacheable]
internal sealed class CountedModel(Counting counting, PlenariaDb db, IMembers members, PageLocalizer phrases)
    : PageModel
{
    [BindProperty(SupportsGet = true)]
    public Counted What { get; set; }

    [BindProperty(SupportsGet = true)]
    public string Region { get; set; } = Counting.World;

    [BindProperty(SupportsGet = true)]
    public DateOnly? From { get; set; }

    [BindProperty(SupportsGet = true)]
    public DateOnly? To { get; set; }

    public string Place => Region == Counting.World ? phrases["experiences.of-the-world"] : phrases[$"region.{Region}"];
    public IReadOnlyList<(string Title, string? Path)> Lines { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel)
    {
        if (!Enum.IsDefined(What) || Region != Counting.World && !Regions.All.Contains(Region) || From > To)
            return NotFound();
        Lines = What == Counted.Adoptions ? await Adoptions(cancel) : await Published(cancel);
        return Page();
    }

    private async Task<IReadOnlyList<(string, string?)>> Published(CancellationToken cancel)
    {
        var published = await counting.Published(Region, From ?? DateOnly.MinValue, To ?? DateOnly.MaxValue, cancel);
        if (What == Counted.Practices)
            return [.. published.Select(e => (e.Title.For(phrases.Language), (string?)e.Path))];
        var owners = await members.Lines([.. published.Select(e => e.Owner).OfType<MemberId>().Distinct()], cancel);
        return
        [
            .. owners
                .Values.Select(o => (o.Name.For(phrases.Language), (string?)o.Path))
                .OrderBy(o => o.Item1, StringComparer.Create(phrases.Language.Culture, ignoreCase: true)),
        ];
    }

    private async Task<IReadOnlyList<(string, string?)>> Adoptions(CancellationToken cancel)
    {
        var adopted = await counting.Adopted(Region, From ?? DateOnly.MinValue, To ?? DateOnly.MaxValue, cancel);
        var ids = adopted.Select(a => a.Experience).ToList();
        var practices = await db.Set<Experience>()
            .AsNoTracking()
            .Where(e => ids.Contains(e.Id))
            .ToDictionaryAsync(e => e.Id, cancel);
        return
        [
            .. adopted.Select(a =>
                (
                    $"{a.Who}: {practices[a.Experience].Title.For(phrases.Language)}",
                    (string?)practices[a.Experience].Path
                )
            ),
        ];
    }
}
