using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;
using Plenaria.Platform.Journal;
using Plenaria.Platform.Language;
using Plenaria.Platform.Site;

namespace Plenaria.Members.Offices;

/// <summary>
/// An office: its stage, hosts and territory, which is also as far as its staff's rights reach. Without a slug: a new
/// one.
/// </summary>
[Allow(MembersModule.ManageOffices)]
internal sealed class EditModel(PlenariaDb db, Journal journal, CurrentUser visitor, PageLocalizer phrases)
    : PageModel,
        IRerenderable
{
    public RegionalOffice? Office { get; private set; }
    public IReadOnlyList<CountrySet> Sets { get; private set; } = [];
    public OfficeFields Input { get; private set; } = new();
    public object? Stored => Office?.Version;

    public async Task<IActionResult> OnGetAsync(string? slug, CancellationToken cancel)
    {
        await RerenderAsync(cancel);
        if (slug is null)
            return Page();
        if (Office is null)
            return NotFound();
        Input.Fill(Office, phrases.Language);
        return Page();
    }

    public async Task RerenderAsync(CancellationToken cancel)
    {
        var slug = RouteData.Values["slug"] as string;
        Office = slug is null
            ? null
            : await db.Set<RegionalOffice>().Include(o => o.Hosts).SingleOrDefaultAsync(o => o.Slug == slug, cancel);
        Sets = await db.Set<CountrySet>().AsNoTracking().OrderBy(s => s.Slug).ToListAsync(cancel);
    }

    public async Task<IActionResult> OnPostAsync(
        string? slug,
        [FromForm(Name = nameof(Input))] OfficeFields input,
        CancellationToken cancel
    )
    {
        Input = input;
        await RerenderAsync(cancel);
        if (slug is not null && Office is null)
            return NotFound();
        var acting = visitor.Acting();
        var before = Office is null ? null : OfficeFields.Describe(Office);
        if (Office is null)
            db.Add(
                Office = new()
                {
                    Id = new(Guid.CreateVersion7(acting.At)),
                    Slug = await NewSlug(input.Name!, cancel),
                    Name = LocalizedText.Empty,
                    Territory = LocalizedText.Empty,
                    Regions = [],
                    Stage = input.Stage,
                }
            );
        else
            PlenariaDb.RequireVersion(Office, input.Version);
        await input.Apply(Office, db, phrases.Language, acting.At, cancel);
        if (before is not null)
            db.Entry(Office).Property(o => o.Stage).IsModified = true;
        journal.Append(
            acting,
            Office.Stream,
            before is null ? "members.office-added" : "members.office-edited",
            null,
            new { before, after = OfficeFields.Describe(Office) }
        );
        await db.SaveChangesAsync(cancel);
        return Redirect($"/{phrases.Language}{Office.Path}");
    }

    private async Task<string> NewSlug(string name, CancellationToken cancel)
    {
        var plain = MemberStore.Plain(name, "office");
        var taken = (await db.Set<RegionalOffice>().Select(o => o.Slug).ToListAsync(cancel)).Append("new").ToHashSet();
        return Enumerable
            .Range(1, taken.Count + 1)
            .Select(n => n == 1 ? plain : $"{plain}-{n}")
            .First(s => !taken.Contains(s));
    }
}
