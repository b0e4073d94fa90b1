using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;
using Plenaria.Platform.Journal;
using Plenaria.Platform.Language;
using Plenaria.Platform.Site;

namespace Plenaria.Members.Offices;

/// <summary>The network's own sets of countries: what it means by "non-Mediterranean Europe".</summary>
[Allow(MembersModule.ManageOffices)]
internal sealed class PlacesModel(PlenariaDb db, Journal journal, CurrentUser visitor, PageLocalizer phrases)
    : PageModel,
        IRerenderable
{
    public IReadOnlyList<CountrySet> Sets { get; private set; } = [];
    public Fields Input { get; private set; } = new();
    public object? Stored => Sets.FirstOrDefault(s => s.Slug == Input.Slug)?.Version;

    [BindProperty(SupportsGet = true)]
    public string? Edit { get; set; }

    public async Task OnGetAsync(CancellationToken cancel)
    {
        await RerenderAsync(cancel);
        if (Sets.FirstOrDefault(s => s.Slug == Edit) is { } set)
            Input = new()
            {
                Slug = set.Slug,
                Version = set.Version,
                Name = set.Name.For(phrases.Language),
                Countries = string.Join(
                    ", ",
                    set.Countries.Select(c => Platform.Places.Countries.NameOf(c, phrases.Language))
                ),
            };
    }

    public async Task RerenderAsync(CancellationToken cancel) =>
        Sets = await db.Set<CountrySet>().AsNoTracking().OrderBy(s => s.Slug).ToListAsync(cancel);

    public async Task<IActionResult> OnPostAsync(
        [FromForm(Name = nameof(Input))] Fields input,
        CancellationToken cancel
    )
    {
        Input = input;
        var acting = visitor.Acting();
        var words = input.Countries!.Split(
            (char[])[',', '\n', ';'],
            StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries
        );
        var countries = words
            .Select(w =>
                Platform.Places.Countries.Find(w)
                ?? throw new RuleViolationException("members.offices.unknown-place", ("place", w))
            )
            .Distinct()
            .Order(StringComparer.Ordinal)
            .ToList();
        var set = string.IsNullOrEmpty(input.Slug)
            ? null
            : await db.Set<CountrySet>().SingleOrDefaultAsync(s => s.Slug == input.Slug, cancel);
        var name = input.Name!.Trim();
        if (set is null)
        {
            var slug = MemberStore.Plain(name, "set");
            if (await db.Set<CountrySet>().AnyAsync(s => s.Slug == slug, cancel))
                throw new RuleViolationException("members.places.taken", ("name", name));
            db.Add(
                set = new()
                {
                    Id = Guid.CreateVersion7(acting.At),
                    Slug = slug,
                    Name = LocalizedText.Original(phrases.Language, name),
                    Countries = countries,
                }
            );
        }
        else
        {
            PlenariaDb.RequireVersion(set, input.Version);
            set.Name = set.Name.RewordedAsShown(phrases.Language, name);
            set.Countries = countries;
        }
        journal.Append(acting, "places", "members.places-changed", null, new { set = set.Slug, countries });
        // Offices that stand on the set reach as far as it does now.
        var sets = (await db.Set<CountrySet>().AsNoTracking().Where(s => s.Slug != set.Slug).ToListAsync(cancel))
            .Append(set)
            .ToList();
        foreach (
            var office in (await db.Set<RegionalOffice>().ToListAsync(cancel)).Where(o =>
                o.Regions.Contains($"set:{set.Slug}")
            )
        )
        {
            office.Countries = RegionalOffice.CountriesOf(office.Regions, sets);
            journal.Append(
                acting,
                office.Stream,
                "members.office-territory",
                null,
                new { countries = office.Countries.Count, set = set.Slug }
            );
        }
        await db.SaveChangesAsync(cancel);
        return Redirect($"/{phrases.Language}/offices/places");
    }

    internal sealed class Fields
    {
        public string? Slug { get; set; }
        public int Version { get; set; }

        [Required(ErrorMessage = "site.missing"), StringLength(80)]
        public string? Name { get; set; }

        [Required(ErrorMessage = "site.missing"), StringLength(4_000)]
        public string? Countries { get; set; }
    }
}
