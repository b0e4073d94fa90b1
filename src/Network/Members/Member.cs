using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Plenaria.Platform.Data;

namespace Plenaria.Members;

/// <summary>What kind of institution a member is.</summary>
internal enum MemberKind { LocalGovernment, RegionalGovernment, CivilSociety, University, Network, Other }

/// <summary>An institution that belongs, or belonged, to the network.</summary>
internal sealed class Member : IVersioned
{
    public const int NameMaxLength = 200;

    public required MemberId Id { get; init; }
    public required string Slug { get; init; }
    public required LocalizedText Name { get; set; }
    public required MemberKind Kind { get; set; }
    /// <summary>ISO 3166-1 alpha-2.</summary>
    public required string Country { get; set; }
    /// <summary>UN M49 code of the subregion the country lies in.</summary>
    public required string Region { get; set; }
    /// <summary>Null when nobody remembers: the network is older than its records.</summary>
    public PartialDate? Since { get; set; }
    public PartialDate? Until { get; set; }
    public string? Website { get; set; }
    public int Version { get; set; }

    internal sealed class Mapping : IEntityTypeConfiguration<Member>
    {
        public void Configure(EntityTypeBuilder<Member> member)
        {
            member.ToTable("members_members");
            member.Property(m => m.Slug).HasMaxLength(NameMaxLength);
            member.Property(m => m.Country).HasMaxLength(2);
            member.Property(m => m.Region).HasMaxLength(3);
            member.HasIndex(m => m.Slug).IsUnique();
            member.HasIndex(m => m.Region);
        }
    }
}

/// <summary>A person who acts for a member, by role and for a time. The account is the person's way in.</summary>
internal sealed class Representative : IVersioned
{
    public required Guid Id { get; init; }
    public required MemberId Member { get; init; }
    public required AccountId Account { get; init; }
    public required LocalizedText Title { get; set; }
    public PartialDate? From { get; set; }
    public PartialDate? Until { get; set; }
    public int Version { get; set; }

    internal sealed class Mapping : IEntityTypeConfiguration<Representative>
    {
        public void Configure(EntityTypeBuilder<Representative> representative)
        {
            representative.ToTable("members_representatives");
            representative.HasOne<Member>().WithMany().HasForeignKey(r => r.Member).OnDelete(DeleteBehavior.Restrict);
            representative.HasIndex(r => r.Account);
        }
    }
}

/// <summary>How far a regional office has come.</summary>
internal enum OfficeStage { Contact, Agreement, Open, Consolidated, Closed }

/// <summary>A part of the Secretariat with a territory and a host.</summary>
internal sealed class RegionalOffice : IVersioned
{
    public required OfficeId Id { get; init; }
    public required string Slug { get; init; }
    public required LocalizedText Name { get; set; }
    public required LocalizedText Host { get; set; }
    public required LocalizedText Territory { get; set; }
    /// <summary>UN M49 codes that make up the territory.</summary>
    public required List<string> Regions { get; set; }
    public required OfficeStage Stage { get; set; }
    public PartialDate? Opened { get; set; }
    public int Version { get; set; }

    internal sealed class Mapping : IEntityTypeConfiguration<RegionalOffice>
    {
        public void Configure(EntityTypeBuilder<RegionalOffice> office)
        {
            office.ToTable("members_offices");
            office.Property(o => o.Slug).HasMaxLength(Member.NameMaxLength);
            office.HasIndex(o => o.Slug).IsUnique();
            office.Property(o => o.Regions).HasJson();
        }
    }
}
