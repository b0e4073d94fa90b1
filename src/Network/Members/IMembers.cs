using Microsoft.EntityFrameworkCore;
using Plenaria.Members.Offices;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;
using Plenaria.Platform.Language;
using Plenaria.Platform.Places;

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

/// <summary>Some of the present members: what is not named does not narrow.</summary>
/// <param name="Country">ISO 3166.</param>
/// <param name="Kind">As <see cref="MemberLine.Kind"/> writes it.</param>
/// <param name="Named">One member by name or short address; nothing else is looked at.</param>
public sealed record MemberSegment(OfficeId? Office, string? Country, string? Kind = null, string? Named = null);

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

    /// <summary>
    /// The keys of the present members that had joined before a day, or of which nobody knows when: to be narrowed
    /// further in one query, so that a module that concerns itself with a few need not read all.
    /// </summary>
    IQueryable<MemberId> QueryPresent(DateOnly joinedBefore);

    /// <summary>
    /// The names of present members of these countries, or of all when null, to choose from while somebody types: the
    /// first <see cref="MostSuggested"/> by name. Any other can be typed in full.
    /// </summary>
    Task<IReadOnlyList<LocalizedText>> SuggestAsync(IReadOnlyCollection<string>? countries, CancellationToken cancel);

    /// <summary>
    /// How many names a list of suggestions has at most: the network as it is today, and as much of one a hundred times
    /// as large.
    /// </summary>
    const int MostSuggested = 1_000;

    /// <summary>The kinds of institution, as <see cref="MemberLine.Kind"/> writes them.</summary>
    IReadOnlyList<string> Kinds { get; }

    /// <summary>The members of a segment that stand in the territory for which somebody holds a permission.</summary>
    /// <exception cref="RuleViolationException">The member named is unknown, or outside that territory.</exception>
    Task<IReadOnlyList<MemberLine>> ChooseAsync(
        MemberSegment segment,
        string permission,
        Language reader,
        OperationContext acting,
        CancellationToken cancel
    );

    /// <summary>All regional offices, by address.</summary>
    Task<IReadOnlyList<OfficeLine>> Offices(CancellationToken cancel);

    /// <summary>
    /// Whether somebody holds a permission for this country: everywhere, or for an office that serves it.
    /// </summary>
    Task<bool> MayIn(OperationContext acting, string permission, string? country, CancellationToken cancel);

    /// <summary>The countries for which somebody holds a permission; null for all of them.</summary>
    Task<IReadOnlyCollection<string>?> CountriesOf(
        OperationContext acting,
        string permission,
        CancellationToken cancel
    );
}

internal sealed class MembersApi(PlenariaDb db, Territory territory) : IMembers
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
        if (await BySlugAsync(typed, cancel) is { } member)
            return Line(member);
        return await CalledAsync(typed, cancel) is [var only] ? Line(only) : null;
    }

    public async Task<MemberLine?> Chosen(string? named, Language reader, CancellationToken cancel)
    {
        var typed = named?.Trim() ?? "";
        if (typed.Length == 0)
            return null;
        if ((await CalledAsync(typed, cancel)).Find(m => m.Name.For(reader) == typed) is { } called)
            return Line(called);
        if (await BySlugAsync(typed, cancel) is { Status: MemberStatus.Member } bySlug)
            return Line(bySlug);
        // A translation of a name is found in the names of all, the last of the ways.
        var folded = $" / {Folding.Fold(typed)} / ";
        var translated = await db.Set<Member>()
            .AsNoTracking()
            .Where(m => m.Status == MemberStatus.Member && (" / " + m.Folded + " / ").Contains(folded))
            .OrderBy(m => m.SortKey)
            .ToListAsync(cancel);
        if (translated.Find(m => m.Name.For(reader) == typed) is { } shown)
            return Line(shown);
        return await Find(typed, cancel) is { IsMember: true } found ? found : null;
    }

    private Task<Member?> BySlugAsync(string slug, CancellationToken cancel) =>
        db.Set<Member>()
            .AsNoTracking()
            .SingleOrDefaultAsync(m => m.Slug == slug && m.Status != MemberStatus.Merged, cancel);

    /// <summary>
    /// The present members of this name, in whatever country, by name. Equality alone, by one index: a beginning is
    /// none on both databases, and with a status SQLite goes through all members of that.
    /// </summary>
    private async Task<List<Member>> CalledAsync(string name, CancellationToken cancel)
    {
        var matches = Countries.All.Select(c => Member.MatchOf(name, c)).ToList();
        var called = await db.Set<Member>().AsNoTracking().Where(m => matches.Contains(m.Match)).ToListAsync(cancel);
        return [.. called.Where(m => m.IsPresent).OrderBy(m => m.SortKey, StringComparer.Ordinal)];
    }

    public async Task<IReadOnlyList<LocalizedText>> SuggestAsync(
        IReadOnlyCollection<string>? countries,
        CancellationToken cancel
    ) => await ByName(countries).Take(IMembers.MostSuggested).Select(m => m.Name).ToListAsync(cancel);

    public async Task<IReadOnlyList<MemberLine>> Represented(Actor who, CancellationToken cancel) =>
        [.. (await Lines(who.Represents, cancel)).Values.OrderBy(m => m.Name.ToString(), StringComparer.Ordinal)];

    public async Task<IReadOnlyList<MemberLine>> Present(
        IReadOnlyCollection<string>? countries,
        CancellationToken cancel
    ) => [.. (await ByName(countries).ToListAsync(cancel)).Select(Line)];

    /// <remarks>
    /// Dates known in part are text that sorts in time order; with the ending they stand after each of the days they
    /// may mean.
    /// </remarks>
    public IQueryable<MemberId> QueryPresent(DateOnly joinedBefore)
    {
        const string end = "-99";
        var day = PartialDate.On(joinedBefore).ToString();
        return db.Set<Member>()
            .Where(m =>
                m.Status == MemberStatus.Member
                && (m.Since == null || string.Compare((string)(object)m.Since + end, day) < 0)
            )
            .Select(m => m.Id);
    }

    private IQueryable<Member> ByName(IReadOnlyCollection<string>? countries) =>
        db.Set<Member>()
            .AsNoTracking()
            .Where(m => m.Status == MemberStatus.Member && (countries == null || countries.Contains(m.Country)))
            .OrderBy(m => m.SortKey);

    public async Task<IReadOnlyList<MemberLine>> ChooseAsync(
        MemberSegment segment,
        string permission,
        Language reader,
        OperationContext acting,
        CancellationToken cancel
    )
    {
        var within = await CountriesOf(acting, permission, cancel);
        if (!string.IsNullOrWhiteSpace(segment.Named))
        {
            var member =
                await Chosen(segment.Named, reader, cancel)
                ?? throw new RuleViolationException("members.segment.unknown", ("name", segment.Named.Trim()));
            return within is null || within.Contains(member.Country)
                ? [member]
                : throw new RuleViolationException("members.segment.outside", ("name", member.Name));
        }
        var countries = segment.Office is { } id
            ? (await Offices(cancel)).FirstOrDefault(o => o.Id == id)?.Countries ?? []
            : within;
        if (segment.Country is { } country)
            countries = countries is null || countries.Contains(country) ? [country] : [];
        if (countries is not null && within is not null)
            countries = [.. countries.Where(within.Contains)];
        var found = await Present(countries, cancel);
        return segment.Kind is { Length: > 0 } kind ? [.. found.Where(m => m.Kind == kind)] : found;
    }

    public IReadOnlyList<string> Kinds { get; } =
    [.. Enum.GetValues<MemberKind>().Select(k => PageLocalizer.Kebab(k.ToString()))];

    public async Task<IReadOnlyList<OfficeLine>> Offices(CancellationToken cancel) =>
        [
            .. (await db.Set<RegionalOffice>().AsNoTracking().OrderBy(o => o.Slug).ToListAsync(cancel)).Select(
                o => new OfficeLine(o.Id, o.Name, o.Path, o.Countries, o.IsOpen)
            ),
        ];

    public async Task<bool> MayIn(
        OperationContext acting,
        string permission,
        string? country,
        CancellationToken cancel
    ) =>
        await CountriesOf(acting, permission, cancel) is not { } countries
        || country is not null && countries.Contains(country);

    public Task<IReadOnlyCollection<string>?> CountriesOf(
        OperationContext acting,
        string permission,
        CancellationToken cancel
    ) => territory.Of(acting, cancel, permission);

    private static MemberLine Line(Member member) =>
        new(member.Id, member.Name, member.Country, member.City, member.Path, member.Status == MemberStatus.Member)
        {
            Since = member.Since,
            Kind = PageLocalizer.Kebab(member.Kind.ToString()),
        };
}
