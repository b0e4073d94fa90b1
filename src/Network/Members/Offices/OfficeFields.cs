using System.ComponentModel.DataAnnotations;
using Microsoft.EntityFrameworkCore;
using Plenaria.Platform.Data;
using Plenaria.Platform.Site;

namespace Plenaria.Members.Offices;

/// <summary>What a form about an office asks.</summary>
internal sealed class OfficeFields
{
    public int Version { get; set; }

    [Required(ErrorMessage = "members.name-missing"), StringLength(Member.NameMaxLength)]
    public string? Name { get; set; }

    [StringLength(60)]
    public string? Type { get; set; }

    /// <summary>One a line: the name, or the address of a member as <c>members/slug</c>.</summary>
    [StringLength(2_000)]
    public string? Hosts { get; set; }

    [Required(ErrorMessage = "site.missing"), StringLength(Member.NameMaxLength)]
    public string? Territory { get; set; }

    /// <summary>
    /// Countries by name or code, regions by code, named sets as <c>set:slug</c>, parted by commas or lines.
    /// </summary>
    [Required(ErrorMessage = "site.missing"), StringLength(4_000)]
    public string? Places { get; set; }
    public OfficeStage Stage { get; set; }

    [PartialDateField]
    public string? Opened { get; set; }

    public void Fill(RegionalOffice office, Language reader)
    {
        (Version, Name, Type, Territory, Stage, Opened) = (
            office.Version,
            office.Name.For(reader),
            office.Type.For(reader),
            office.Territory.For(reader),
            office.Stage,
            office.Opened?.ToString()
        );
        Hosts = string.Join('\n', office.Hosts.Select(h => h.Name));
        Places = string.Join(
            ", ",
            office.Regions.Select(r => r.Length == 2 ? Platform.Places.Countries.NameOf(r, reader) : r)
        );
    }

    /// <exception cref="RuleViolationException">A place is not known.</exception>
    public async Task Apply(
        RegionalOffice office,
        PlenariaDb db,
        Language language,
        DateTimeOffset when,
        CancellationToken cancel
    )
    {
        office.Name = office.Name.RewordedAsShown(language, Name);
        office.Type = office.Type.RewordedAsShown(language, Type);
        office.Territory = office.Territory.RewordedAsShown(language, Territory);
        (office.Stage, office.Opened) = (
            Stage,
            string.IsNullOrWhiteSpace(Opened) ? null : PartialDate.Parse(Opened.Trim())
        );
        office.Regions =
        [
            .. Places!
                .Split((char[])[',', '\n', ';'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
                .Select(p => Platform.Places.Countries.Find(p) ?? p)
                .Distinct(),
        ];
        office.Countries = RegionalOffice.CountriesOf(
            office.Regions,
            await db.Set<CountrySet>().AsNoTracking().ToListAsync(cancel)
        );
        var hosts = (Hosts ?? "")
            .Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Distinct()
            .ToList();
        foreach (var gone in office.Hosts.Where(h => !hosts.Contains(h.Name)).ToList())
        {
            office.Hosts.Remove(gone);
            db.Remove(gone);
        }
        foreach (var name in hosts.Where(n => !office.Hosts.Exists(h => h.Name == n)))
        {
            var folded = Folding.Fold(name);
            var member = await db.Set<Member>()
                .Where(m => m.Match.StartsWith(folded + "/") && m.Status != MemberStatus.Merged)
                .Select(m => (MemberId?)m.Id)
                .FirstOrDefaultAsync(cancel);
            var host = new OfficeHost
            {
                Id = Guid.CreateVersion7(when),
                Office = office.Id,
                Name = name.Length > Member.NameMaxLength ? name[..Member.NameMaxLength] : name,
                Member = member,
            };
            office.Hosts.Add(host);
            db.Add(host);
        }
    }

    public static object Describe(RegionalOffice office) =>
        new
        {
            name = office.Name.ToString(),
            stage = office.Stage.ToString(),
            opened = office.Opened?.ToString(),
            regions = office.Regions,
            countries = office.Countries.Count,
            hosts = office.Hosts.Select(h => h.Name).ToList(),
        };
}
