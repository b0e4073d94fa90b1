using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;
using Plenaria.Platform.Language;
using Plenaria.Platform.Site;

namespace Plenaria.Platform.Home;

/// <summary>In which order the home page shows its blocks, and which it leaves out.</summary>
[Allow(PlatformModule.ManageSite)]
internal sealed class ArrangeModel(
    PlenariaDb db,
    HomePageLayout blocks,
    Journal.Journal journal,
    CurrentUser visitor,
    PageLocalizer phrases
) : PageModel, IRerenderable
{
    public IReadOnlyList<HomePageBlock> Blocks { get; private set; } = [];

    [BindProperty]
    public Fields Input { get; set; } = new();

    public object? Stored { get; private set; }

    public async Task<IActionResult> OnGetAsync(CancellationToken cancel)
    {
        if (await db.Set<NetworkProfile>().AsNoTracking().SingleOrDefaultAsync(cancel) is not { } profile)
            return NotFound();
        Blocks = await blocks.GetAllAsync(cancel);
        Input = new()
        {
            Version = profile.Version,
            Rows =
            [
                .. Blocks.Select(
                    (b, i) =>
                        new Row
                        {
                            Key = b.Key,
                            Position = i + 1,
                            IsShown = !profile.HomeHidden.Contains(b.Key),
                        }
                ),
            ],
        };
        return Page();
    }

    public async Task RerenderAsync(CancellationToken cancel)
    {
        Blocks = await blocks.GetAllAsync(cancel);
        Stored = (await db.Set<NetworkProfile>().AsNoTracking().SingleOrDefaultAsync(cancel))?.Version;
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        if (await db.Set<NetworkProfile>().SingleOrDefaultAsync(cancel) is not { } profile)
            return NotFound();
        PlenariaDb.RequireVersion(profile, Input.Version);
        var known = (await blocks.GetAllAsync(cancel)).Select(b => b.Key).ToList();
        var rows = Input
            .Rows.Where(r => known.Contains(r.Key))
            .DistinctBy(r => r.Key)
            .OrderBy(r => r.Position)
            .ToList();
        if (rows.Count != known.Count)
            throw new RuleViolationException("platform.changed-meanwhile");
        // What a module that is switched off has there stays as it was.
        var unused = profile.HomeHidden.Except(known);
        var before = new { order = profile.HomeOrder, hidden = profile.HomeHidden };
        profile.HomeHidden = [.. rows.Where(r => !r.IsShown).Select(r => r.Key).Concat(unused)];
        profile.HomeOrder = [.. rows.Select(r => r.Key)];
        journal.Append(
            visitor.Acting(),
            "site",
            "site.home-arranged",
            null,
            new { before, after = new { order = profile.HomeOrder, hidden = profile.HomeHidden } }
        );
        await db.SaveChangesAsync(cancel);
        return Redirect($"/{phrases.Language}/settings/home");
    }

    internal sealed class Row
    {
        public string Key { get; set; } = "";
        public int Position { get; set; }
        public bool IsShown { get; set; }
    }

    internal sealed class Fields
    {
        public int Version { get; set; }
        public List<Row> Rows { get; set; } = [];
    }
}
