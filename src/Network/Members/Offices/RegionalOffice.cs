using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Plenaria.Platform.Data;

namespace Plenaria.Members.Offices;

/// <summary>How far a regional office has come.</summary>
internal enum OfficeStage
{
    Contact,
    Agreement,
    Open,
    Consolidated,
    Closed,
}

/// <summary>Who hosts an office: an institution the network knows, or any other by its name.</summary>
internal sealed class OfficeHost
{
    public required Guid Id { get; init; }
    public required OfficeId Office { get; init; }
    public required string Name { get; init; }
    public MemberId? Member { get; init; }

    internal sealed class Mapping : IEntityTypeConfiguration<OfficeHost>
    {
        public void Configure(EntityTypeBuilder<OfficeHost> host)
        {
            host.ToTable("members_office_hosts");
            host.Property(h => h.Name).HasMaxLength(Plenaria.Members.Member.NameMaxLength);
            host.HasOne<Member>().WithMany().HasForeignKey(h => h.Member).OnDelete(DeleteBehavior.Restrict);
        }
    }
}

/// <summary>A part of the Secretariat with a territory and one or several hosts.</summary>
internal sealed class RegionalOffice : IVersioned
{
    public required OfficeId Id { get; init; }
    public required string Slug { get; init; }
    public required LocalizedText Name { get; set; }

    /// <summary>What the network calls this kind of office: antenna, platform. Empty: an office.</summary>
    public LocalizedText Type { get; set; } = LocalizedText.Empty;
    public List<OfficeHost> Hosts { get; } = [];
    public required LocalizedText Territory { get; set; }

    /// <summary>
    /// What makes up the territory: UN M49 codes, ISO 3166 codes, and the network's own sets as <c>set:slug</c>.
    /// </summary>
    public required List<string> Regions { get; set; }

    /// <summary>The countries that <see cref="Regions"/> comes to; written when it or a set changes.</summary>
    public List<string> Countries { get; set; } = [];
    public required OfficeStage Stage { get; set; }
    public PartialDate? Opened { get; set; }
    public int Version { get; set; }

    public string Path => $"/offices/{Slug}";
    public string Stream => $"office:{Slug}";

    /// <summary>Whether it works: what happens in its territory is its to look after.</summary>
    public bool IsOpen => Stage is OfficeStage.Open or OfficeStage.Consolidated;

    public bool Serves(string country) => Countries.Contains(country);

    /// <summary>
    /// The countries that codes of regions, of countries and of named sets come to, in the order of their codes.
    /// </summary>
    /// <exception cref="RuleViolationException">A code names nothing.</exception>
    public static List<string> CountriesOf(IEnumerable<string> codes, IReadOnlyCollection<CountrySet> sets) =>
        [
            .. codes
                .SelectMany(code =>
                    code.StartsWith("set:", StringComparison.Ordinal)
                        ? sets.FirstOrDefault(s => s.Slug == code[4..])?.Countries
                            ?? throw new RuleViolationException("members.offices.unknown-place", ("place", code))
                    : Platform.Places.Regions.All.Contains(code)
                        ? Platform.Places.Countries.All.Where(c =>
                            Platform.Places.Regions.IsWithin(Platform.Places.Countries.RegionOf(c)!, code)
                        )
                    : Platform.Places.Countries.Find(code) is { } country ? [country]
                    : throw new RuleViolationException("members.offices.unknown-place", ("place", code))
                )
                .Distinct()
                .Order(StringComparer.Ordinal),
        ];

    internal sealed class Mapping : IEntityTypeConfiguration<RegionalOffice>
    {
        public void Configure(EntityTypeBuilder<RegionalOffice> office)
        {
            office.ToTable("members_offices");
            office.Property(o => o.Slug).HasMaxLength(Member.NameMaxLength);
            office.HasIndex(o => o.Slug).IsUnique();
            office.Property(o => o.Regions).HasJson();
            office.Property(o => o.Countries).HasJson();
            office.HasMany(o => o.Hosts).WithOne().HasForeignKey(h => h.Office).OnDelete(DeleteBehavior.Cascade);
        }
    }
}

/// <summary>
/// Countries the network speaks of together, where the UN's regions do not say it: "non-Mediterranean Europe".
/// </summary>
internal sealed class CountrySet : IVersioned
{
    public required Guid Id { get; init; }
    public required string Slug { get; init; }
    public required LocalizedText Name { get; set; }

    /// <summary>ISO 3166-1 alpha-2.</summary>
    public required List<string> Countries { get; set; }
    public int Version { get; set; }

    internal sealed class Mapping : IEntityTypeConfiguration<CountrySet>
    {
        public void Configure(EntityTypeBuilder<CountrySet> set)
        {
            set.ToTable("members_country_sets");
            set.Property(s => s.Slug).HasMaxLength(Member.SlugMaxLength);
            set.HasIndex(s => s.Slug).IsUnique();
            set.Property(s => s.Countries).HasJson();
        }
    }
}

internal enum OfficeReportState
{
    Draft,
    Sent,
    Accepted,
}

/// <summary>What an office says of one month, in its own words; the Secretariat accepts it.</summary>
internal sealed class OfficeReport : IVersioned
{
    public const int TextMaxLength = 3_000;

    public required Guid Id { get; init; }
    public required OfficeId Office { get; init; }

    /// <summary>Known to the month.</summary>
    public required PartialDate Month { get; init; }
    public string Done { get; set; } = "";
    public string Next { get; set; } = "";
    public string Needs { get; set; } = "";
    public OfficeReportState State { get; set; }

    /// <summary>What the Secretariat answered.</summary>
    public string? Answer { get; set; }
    public int Version { get; set; }

    internal sealed class Mapping : IEntityTypeConfiguration<OfficeReport>
    {
        public void Configure(EntityTypeBuilder<OfficeReport> report)
        {
            report.ToTable("members_office_reports");
            report.HasOne<RegionalOffice>().WithMany().HasForeignKey(r => r.Office).OnDelete(DeleteBehavior.Restrict);
            report.HasIndex(r => new { r.Office, r.Month }).IsUnique();
            report.Property(r => r.Done).HasMaxLength(TextMaxLength);
            report.Property(r => r.Next).HasMaxLength(TextMaxLength);
            report.Property(r => r.Needs).HasMaxLength(TextMaxLength);
            report.Property(r => r.Answer).HasMaxLength(TextMaxLength);
        }
    }
}
