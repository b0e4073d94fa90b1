using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Plenaria.Platform.Data;

namespace Plenaria.Platform.Site;

/// <summary>
/// The network's settings: names, appearance, languages, time zone, partners, and the modules it does not use. The
/// table has one row.
/// </summary>
public sealed class NetworkProfile : IVersioned
{
    public const int PrefixMaxLength = 12,
        NameMaxLength = 200,
        TimeZoneMaxLength = 60;

    public static readonly Guid OnlyId = Guid.Parse("00000000-0000-7000-8000-000000000001");

    public Guid Id { get; init; } = OnlyId;
    public required LocalizedText Name { get; set; }
    public required LocalizedText Purpose { get; set; }
    public required string ShortName { get; set; }

    /// <summary>The first group of every reference, e.g. <c>NET</c>.</summary>
    public required string Prefix { get; set; }

    /// <summary>The modules this network does not use.</summary>
    public List<string> Off { get; set; } = [];

    /// <summary>The keys of the home page's blocks in the network's order; those not named follow.</summary>
    public List<string> HomeOrder { get; set; } = [];

    /// <summary>The keys of the home page's blocks that the network hides.</summary>
    public List<string> HomeHidden { get; set; } = [];

    /// <summary>Beside the name in the head of every page: the hash of a stored picture.</summary>
    public string? Logo { get; set; }

    /// <summary>On the home page instead of the members' map: the hash of a stored picture.</summary>
    public string? Picture { get; set; }

    /// <summary>
    /// What links, buttons and bands are coloured by, as <c>#rrggbb</c>; null for the colour of Plenaria.
    /// </summary>
    public string? Colour { get; set; }

    /// <summary>The languages that visitors are offered; all of them when none is named.</summary>
    public List<string> OfferedLanguages { get; set; } = [];

    /// <summary>The language of visitors whose browser asks for none that is offered.</summary>
    public Kernel.Language DefaultLanguage { get; set; } = Kernel.Language.English;

    /// <summary>IANA name of the time zone for scheduled jobs and for moments that staff type.</summary>
    public string TimeZone { get; set; } = "Etc/UTC";

    /// <summary>Who stands behind the network, named at the foot of every page in this order.</summary>
    public List<NetworkPartner> Partners { get; set; } = [];

    /// <summary>
    /// Made by <c>demo</c> from the sample. <c>demo</c>, which shows all mail to everybody and asks for no second step
    /// at sign-in, serves no other network.
    /// </summary>
    public bool IsSample { get; init; }
    public int Version { get; set; }

    public bool Has(string module) => !Off.Contains(module);

    /// <summary>In the order of all languages.</summary>
    public IReadOnlyList<Kernel.Language> Languages =>
        OfferedLanguages.Count == 0
            ? Kernel.Language.All
            : [.. Kernel.Language.All.Where(l => OfferedLanguages.Contains(l.Code))];

    internal sealed class Mapping : IEntityTypeConfiguration<NetworkProfile>
    {
        public void Configure(EntityTypeBuilder<NetworkProfile> profile)
        {
            profile.ToTable("site_network");
            profile.Property(p => p.ShortName).HasMaxLength(NameMaxLength);
            profile.Property(p => p.Prefix).HasMaxLength(PrefixMaxLength);
            profile.Property(p => p.Off).HasJson();
            profile.Property(p => p.HomeOrder).HasJson();
            profile.Property(p => p.HomeHidden).HasJson();
            profile.Property(p => p.OfferedLanguages).HasJson();
            profile.Property(p => p.Partners).HasJson();
            profile.Property(p => p.TimeZone).HasMaxLength(TimeZoneMaxLength).HasDefaultValue("Etc/UTC");
            profile.Property(p => p.Logo).HasMaxLength(64);
            profile.Property(p => p.Picture).HasMaxLength(64);
            profile.Property(p => p.Colour).HasMaxLength(7);
        }
    }
}

/// <summary>An institution that stands behind the network, and where its website is.</summary>
public sealed record NetworkPartner(string Name, Uri Website)
{
    public const int NameMaxLength = 120,
        MaxCount = 12;
}

/// <summary>The network of this installation, read once per request.</summary>
public sealed class Network(PlenariaDb db)
{
    private NetworkProfile? _profile;

    /// <summary>The stored settings, or defaults that are not stored while the installation is not set up.</summary>
    public async Task<NetworkProfile> Profile(CancellationToken cancel = default) =>
        _profile ??=
            await db.Set<NetworkProfile>().AsNoTracking().SingleOrDefaultAsync(cancel)
            ?? new()
            {
                Name = LocalizedText.Original(Kernel.Language.English, "Plenaria"),
                Purpose = LocalizedText.Empty,
                ShortName = "Plenaria",
                Prefix = "NET",
            };
}
