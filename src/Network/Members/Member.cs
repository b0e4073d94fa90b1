using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Plenaria.Platform.Data;
using Plenaria.Platform.Places;

namespace Plenaria.Members;

/// <summary>What kind of institution a member is.</summary>
internal enum MemberKind
{
    LocalGovernment,
    RegionalGovernment,
    CivilSociety,
    University,
    Network,
    Other,
}

/// <summary>
/// What an institution is to the network. Follows from its periods, and is kept only so that lists can ask for it.
/// </summary>
internal enum MemberStatus
{
    Prospect,
    Member,
    Former,
    Merged,
}

/// <summary>As what an institution belongs to the network.</summary>
internal enum MemberClass
{
    Associate,
    Collaborating,
    Promoter,
}

/// <summary>
/// How many people live where the institution works: under 20,000, to 100,000, to 500,000, to 1,000,000, and more.
/// </summary>
internal enum PopulationClass
{
    Small,
    Medium,
    Large,
    VeryLarge,
    Metropolis,
}

/// <summary>
/// An institution that belongs to the network, belonged to it, or may come to. A prospect that joins is the same record
/// with a first period: nothing known of it is typed twice.
/// </summary>
internal sealed class Member : IVersioned
{
    public const int NameMaxLength = 200,
        SlugMaxLength = 80,
        CityMaxLength = 120,
        WebsiteMaxLength = 500,
        SortKeyMaxLength = 200,
        MatchMaxLength = NameMaxLength + 3;

    public required MemberId Id { get; init; }
    public required string Slug { get; init; }
    public LocalizedText Name { get; private set; } = LocalizedText.Empty;
    public required MemberKind Kind { get; set; }
    public MemberClass Class { get; private set; }

    /// <summary>ISO 3166-1 alpha-2.</summary>
    public string Country { get; private set; } = "";

    /// <summary>UN M49 code of the subregion the country lies in.</summary>
    public string Region { get; private set; } = "";
    public string? City { get; set; }
    public PopulationClass? Population { get; set; }
    public string? Website { get; set; }

    /// <summary>The languages it works in.</summary>
    public List<Language> Languages { get; set; } = [];

    /// <summary>The institution it is a part of.</summary>
    public MemberId? Parent { get; set; }

    /// <summary>When its government is elected next: its people may change after it.</summary>
    /// <summary>The record this one was found to be a second of: everything of it was moved there.</summary>
    public MemberId? MergedInto { get; private set; }
    public PartialDate? ElectionOn { get; set; }

    /// <summary>When its own people last said that what is known of it is right.</summary>
    public DateOnly? ConfirmedOn { get; set; }

    /// <summary>
    /// Where the name stands among all names: a sort key of ICU in hexadecimal digits, so that both databases order
    /// alike.
    /// </summary>
    public string SortKey { get; private set; } = "";

    /// <summary>All its names without accents and capitals, for finding it.</summary>
    public string Folded { get; private set; } = "";

    /// <summary>
    /// Its name, folded, and its country: two that are alike in this are taken for one at forms and imports.
    /// </summary>
    public string Match { get; private set; } = "";

    // What the periods below come to, for lists: written by nobody but Recount.
    public MemberStatus Status { get; private set; }

    /// <summary>Null when nobody remembers: the network is older than its records.</summary>
    public PartialDate? Since { get; private set; }
    public PartialDate? Until { get; private set; }

    public int Version { get; set; }
    public List<Membership> Periods { get; } = [];

    public bool IsPresent => Status == MemberStatus.Member;
    public string Path => $"/members/{Slug}";
    public string Stream => $"member:{Slug}";

    public void Call(LocalizedText name)
    {
        if (name.IsEmpty)
            throw new RuleViolationException("members.name-missing");
        (Name, SortKey, Folded) = (name, SortKeyOf(name), FoldedOf(name));
        Match = MatchOf(name.For(name.Source!.Value), Country);
    }

    public static string MatchOf(string name, string country) =>
        Folding.Fold(name) is var folded && folded.Length > NameMaxLength
            ? $"{folded[..NameMaxLength]}/{country}"
            : $"{folded}/{country}";

    public static string SortKeyOf(LocalizedText name)
    {
        var source = name.Source!.Value;
        var key = Convert.ToHexStringLower(
            source.Culture.CompareInfo.GetSortKey(name.For(source), CompareOptions.IgnoreCase).KeyData
        );
        return key.Length > SortKeyMaxLength ? key[..SortKeyMaxLength] : key;
    }

    public static string FoldedOf(LocalizedText name)
    {
        var folded = string.Join(" / ", name.Wordings.Select(w => Folding.Fold(w.Value.Text)).Distinct());
        return folded.Length > 2 * NameMaxLength ? folded[..(2 * NameMaxLength)] : folded;
    }

    /// <param name="code">ISO 3166-1 alpha-2.</param>
    /// <exception cref="RuleViolationException">It names no country.</exception>
    public void Settle(string code)
    {
        Region =
            Countries.RegionOf(code) ?? throw new RuleViolationException("members.unknown-country", ("country", code));
        Country = code;
        if (Name.Source is { } source)
            Match = MatchOf(Name.For(source), Country);
    }

    /// <summary>Begins a membership. A member that has one already keeps one at a time.</summary>
    public Membership Join(MemberClass asWhat, PartialDate? from, DateTimeOffset when)
    {
        if (Periods.Exists(p => p.Until is null))
            throw new RuleViolationException("members.is-member-already");
        if (from is { } start && Periods.Exists(p => p.Until!.Value.First > start.Last))
            throw new RuleViolationException("members.joins-before-it-left");
        var period = new Membership
        {
            Id = Guid.CreateVersion7(when),
            MemberId = Id,
            Class = asWhat,
            From = from,
        };
        Periods.Add(period);
        Recount();
        return period;
    }

    /// <summary>Ends the present membership. The period stays, with its reason.</summary>
    public void Leave(PartialDate on, string? reason, DateOnly today)
    {
        // Two records that were one may have brought a period each.
        var open = Periods.FindAll(p => p.Until is null);
        if (open.Count == 0)
            throw new RuleViolationException("members.is-no-member");
        if (on.First > today)
            throw new RuleViolationException("members.leaves-in-the-future");
        foreach (var period in open)
        {
            if (period.From is { } from && on.Last < from.First)
                throw new RuleViolationException("kernel.period-ends-before-it-starts", ("from", from), ("to", on));
            (period.Until, period.EndReason) = (on, string.IsNullOrWhiteSpace(reason) ? null : reason.Trim());
        }
        Recount();
    }

    /// <summary>Everything of this record was moved to another, or back to it (null).</summary>
    public void MergeInto(MemberId? other)
    {
        MergedInto = other;
        Recount();
    }

    /// <summary>What the periods come to, whenever they changed.</summary>
    public void Recount()
    {
        if (MergedInto is not null || Periods.Count == 0)
        {
            (Status, Class, Since, Until) = (
                MergedInto is null ? MemberStatus.Prospect : MemberStatus.Merged,
                MemberClass.Associate,
                null,
                null
            );
            return;
        }
        var present = Periods
            .Where(p => p.Until is null)
            .OrderBy(p => p.From?.First ?? DateOnly.MinValue)
            .ThenBy(p => p.Id)
            .FirstOrDefault();
        var last = present ?? Periods.OrderBy(p => p.Until!.Value).ThenBy(p => p.Id).Last();
        (Class, Until, Status) = (
            last.Class,
            present is null ? last.Until : null,
            present is null ? MemberStatus.Former : MemberStatus.Member
        );
        // Of periods that follow each other without a gap, the first says since when.
        var first = last;
        while (
            first.From is { } from
            && Periods.Find(p =>
                p != first
                && p.Until is { } until
                && until.Last >= from.First.AddDays(-1)
                && (p.From is null || p.From < from)
            )
                is { } before
        )
            first = before;
        Since = first.From;
    }

    internal sealed class Mapping : IEntityTypeConfiguration<Member>
    {
        public void Configure(EntityTypeBuilder<Member> member)
        {
            member.ToTable("members_members");
            member.Property(m => m.Slug).HasMaxLength(NameMaxLength);
            member.Property(m => m.Country).HasMaxLength(2);
            member.Property(m => m.Region).HasMaxLength(3);
            member.Property(m => m.City).HasMaxLength(CityMaxLength);
            member.Property(m => m.Website).HasMaxLength(WebsiteMaxLength);
            member.Property(m => m.SortKey).HasMaxLength(SortKeyMaxLength);
            member.Property(m => m.Folded).HasMaxLength(2 * NameMaxLength);
            member.Property(m => m.Match).HasMaxLength(MatchMaxLength);
            member.Property(m => m.Languages).HasJson();
            member.HasOne<Member>().WithMany().HasForeignKey(m => m.Parent).OnDelete(DeleteBehavior.Restrict);
            member.HasOne<Member>().WithMany().HasForeignKey(m => m.MergedInto).OnDelete(DeleteBehavior.Restrict);
            member.HasMany(m => m.Periods).WithOne().HasForeignKey(p => p.MemberId).OnDelete(DeleteBehavior.Cascade);
            member.HasIndex(m => m.Slug).IsUnique();
            member.HasIndex(m => m.Match);
            member.HasIndex(m => new { m.Status, m.SortKey });
            member.HasIndex(m => new { m.SortKey, m.Slug });
            member.HasIndex(m => new { m.Status, m.ElectionOn });
            member.HasIndex(m => new
            {
                m.Status,
                m.Region,
                m.SortKey,
            });
            member.HasIndex(m => new
            {
                m.Status,
                m.Country,
                m.SortKey,
            });
        }
    }
}

/// <summary>
/// A time in which an institution belongs to the network, as what, and why it ended. Never overwritten: leaving ends
/// it, coming back begins another.
/// </summary>
internal sealed class Membership
{
    public const int ReasonMaxLength = 500;

    public required Guid Id { get; init; }
    public required MemberId MemberId { get; init; }
    public required MemberClass Class { get; init; }
    public PartialDate? From { get; init; }
    public PartialDate? Until { get; set; }
    public string? EndReason { get; set; }

    internal sealed class Mapping : IEntityTypeConfiguration<Membership>
    {
        public void Configure(EntityTypeBuilder<Membership> membership)
        {
            membership.ToTable("members_memberships");
            membership.Property(m => m.EndReason).HasMaxLength(ReasonMaxLength);
        }
    }
}

/// <summary>
/// How many present members share all of these. Facets and the composition are sums over these few rows, whatever the
/// number of members; kept in the transaction that changes a member.
/// </summary>
internal sealed class MemberCount : INotJournaled
{
    /// <summary>The values below joined, which makes the key the same on both databases.</summary>
    public required string Key { get; init; }
    public required string Region { get; init; }
    public required string Country { get; init; }
    public required MemberKind Kind { get; init; }
    public required MemberClass Class { get; init; }
    public PopulationClass? Population { get; init; }
    public long Count { get; set; }

    public static string KeyOf(Member m) => $"{m.Country}/{m.Kind}/{m.Class}/{m.Population}";

    internal sealed class Mapping : IEntityTypeConfiguration<MemberCount>
    {
        public void Configure(EntityTypeBuilder<MemberCount> count)
        {
            count.ToTable("members_counts");
            count.HasKey(c => c.Key);
            count.Property(c => c.Key).HasMaxLength(100);
            count.Property(c => c.Region).HasMaxLength(3);
            count.Property(c => c.Country).HasMaxLength(2);
        }
    }
}
