using Microsoft.EntityFrameworkCore;
using Plenaria.Members.Offices;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;
using Plenaria.Platform.Language;

namespace Plenaria.Members;

/// <summary>
/// An institution as other modules see it. <paramref name="Country"/> is ISO 3166; <paramref name="Path"/> is its page,
/// without the language.
/// </summary>
public sealed record MemberLine(
    MemberId Id,
    LocalizedText Name,
    string Country,
    string? City,
    string Path,
    bool IsMember
)
{
    /// <summary>Since when it has been a member without a break, as far as known.</summary>
    public PartialDate? Since { get; init; }

    /// <summary>Its kind of institution, as texts write it: <c>local-government</c>.</summary>
    public string Kind { get; init; } = "";
}

/// <summary>
/// A regional office as other modules see it. <paramref name="Countries"/> is its territory, ISO 3166 codes.
/// </summary>
public sealed record OfficeLine(
    OfficeId Id,
    LocalizedText Name,
    string Path,
    IReadOnlyCollection<string> Countries,
    bool IsOpen
);

/// <summary>
/// The door of this module: who the members are, for whom somebody acts, and whose territory a country is.
/// </summary>
public interface IMembers
{
    /// <summary>These institutions by their keys; unknown ones are left out.</summary>
    Task<IReadOnlyDictionary<MemberId, MemberLine>> Lines(IReadOnlyCollection<MemberId> ids, CancellationToken cancel);

    /// <summary>The institution of this name or short address; null when there is none, or several.</summary>
    Task<MemberLine?> Find(string? named, CancellationToken cancel);

    /// <summary>
    /// The present member of this name as a list shows it to a reader; failing that, of this name or short address.
    /// </summary>
    Task<MemberLine?> Chosen(string? named, Language reader, CancellationToken cancel);

    /// <summary>The members that this visitor represents, by name.</summary>
    Task<IReadOnlyList<MemberLine>> Represented(Actor who, CancellationToken cancel);

    /// <summary>The present members of these countries by name; of all when null.</summary>
    Task<IReadOnlyList<MemberLine>> Present(IReadOnlyCollection<string>? countries, CancellationToken cancel);

    /// <summary>All regional offices, by address.</summary>
    Task<IReadOnlyList<OfficeLine>> Offices(CancellationToken cancel);

    /// <summary>
    /// Whether somebody holds a permission for this country: everywhere, or for an office that serves it.
    /// </summary>
    Task<bool> MayIn(Acting acting, string permission, string? country, CancellationToken cancel);

    /// <summary>The countries for which somebody holds a permission; null for all of them.</summary>
    Task<IReadOnlyCollection<string>?> CountriesOf(Acting acting, string permission, CancellationToken cancel);
}

internal sealed class MembersDoor(PlenariaDb db, Territory territory) : IMembers
{
    public async Task<IReadOnlyDictionary<MemberId, MemberLine>> Lines(
        IReadOnlyCollection<MemberId> ids,
        CancellationToken cancel
    ) =>
        ids.Count == 0
            ? new Dictionary<MemberId, MemberLine>()
            : (await db.Set<Member>().AsNoTracking().Where(m => ids.Contains(m.Id)).ToListAsync(cancel)).ToDictionary(
                m => m.Id,
                Line
            );

    public async Task<MemberLine?> Find(string? named, CancellationToken cancel)
    {
        var typed = named?.Trim() ?? "";
        if (typed.Length == 0)
            return null;
        if (
            await db.Set<Member>()
                .AsNoTracking()
                .SingleOrDefaultAsync(m => m.Slug == typed && m.Status != MemberStatus.Merged, cancel) is
            { } member
        )
            return Line(member);
        // The match is the folded name and the country: a name alone is its beginning.
        var beginning = Member.MatchOf(typed, "XX")[..^2];
        var found = await db.Set<Member>()
            .AsNoTracking()
            .Where(m => m.Match.StartsWith(beginning) && m.Status == MemberStatus.Member)
            .Take(2)
            .ToListAsync(cancel);
        return found is [var only] ? Line(only) : null;
    }

    public async Task<MemberLine?> Chosen(string? named, Language reader, CancellationToken cancel) =>
        (await Present(null, cancel)).FirstOrDefault(m => m.Name.For(reader) == named?.Trim())
        ?? (await Find(named, cancel) is { IsMember: true } found ? found : null);

    public async Task<IReadOnlyList<MemberLine>> Represented(Actor who, CancellationToken cancel) =>
        [.. (await Lines(who.Represents, cancel)).Values.OrderBy(m => m.Name.ToString(), StringComparer.Ordinal)];

    public async Task<IReadOnlyList<MemberLine>> Present(
        IReadOnlyCollection<string>? countries,
        CancellationToken cancel
    ) =>
        [
            .. (
                await db.Set<Member>()
                    .AsNoTracking()
                    .Where(m => m.Status == MemberStatus.Member && (countries == null || countries.Contains(m.Country)))
                    .OrderBy(m => m.SortKey)
                    .ToListAsync(cancel)
            ).Select(Line),
        ];

    public async Task<IReadOnlyList<OfficeLine>> Offices(CancellationToken cancel) =>
        [
            .. (await db.Set<RegionalOffice>().AsNoTracking().OrderBy(o => o.Slug).ToListAsync(cancel)).Select(
                o => new OfficeLine(o.Id, o.Name, o.Path, o.Countries, o.IsOpen)
            ),
        ];

    public async Task<bool> MayIn(Acting acting, string permission, string? country, CancellationToken cancel) =>
        await CountriesOf(acting, permission, cancel) is not { } countries
        || country is not null && countries.Contains(country);

    public Task<IReadOnlyCollection<string>?> CountriesOf(Acting acting, string permission, CancellationToken cancel) =>
        territory.Of(acting, cancel, permission);

    private static MemberLine Line(Member member) =>
        new(member.Id, member.Name, member.Country, member.City, member.Path, member.Status == MemberStatus.Member)
        {
            Since = member.Since,
            Kind = Phrases.Kebab(member.Kind.ToString()),
        };
}
