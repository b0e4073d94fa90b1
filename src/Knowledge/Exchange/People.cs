using Microsoft.EntityFrameworkCore;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;

namespace Plenaria.Exchange;

/// <summary>Somebody with a way in, and how a letter reaches them. The address goes into the outbox and onto no page.</summary>
internal sealed class Reached
{
    public Guid Id { get; init; }
    public string Email { get; init; } = "";
    public string Spoken { get; init; } = "";

    public AccountId Account => new(Id);
    public Language Language => Language.TryParse(Spoken, out var language) ? language : Language.English;
}

/// <summary>Who is behind a member or an office, and where letters to them go: the accounts with a role there.</summary>
internal sealed class People(PlenariaDb db, TimeProvider time)
{
    public Task<List<Reached>> Of(MemberId member, CancellationToken cancel) => Holding([Role.Member], Scope.Of(member), cancel);

    /// <summary>Who works for an office; the Secretariat where nobody does yet.</summary>
    public async Task<List<Reached>> Of(OfficeId office, CancellationToken cancel) =>
        await Holding([Role.Regional], Scope.Of(office), cancel) is { Count: > 0 } own ? own : await Holding([Role.Staff], Scope.Everywhere, cancel);

    public Task<List<Reached>> Of(IReadOnlyCollection<AccountId> accounts, CancellationToken cancel)
    {
        var ids = accounts.Select(a => a.Value).ToList();
        return db.Database.SqlQuery<Reached>($"""SELECT a.id AS "Id", a.email AS "Email", a.language AS "Spoken" FROM access_accounts a WHERE NOT a.is_closed""").Where(r => ids.Contains(r.Id)).ToListAsync(cancel);
    }

    private async Task<List<Reached>> Holding(Role[] roles, Scope scope, CancellationToken cancel)
    {
        var found = new List<Reached>();
        object now = db.IsSqlite ? time.GetUtcNow().UtcTicks : time.GetUtcNow();
        foreach (var role in roles)
            found.AddRange(await db.Database.SqlQuery<Reached>($"""
                SELECT a.id AS "Id", a.email AS "Email", a.language AS "Spoken" FROM access_accounts a JOIN access_grants g ON g.account_id = a.id
                WHERE NOT a.is_closed AND g.role = {role.ToString()} AND g.scope_kind = {scope.Kind} AND g.scope_id = {scope.Id} AND (g.until IS NULL OR g.until > {now})
                """).ToListAsync(cancel));
        return [.. found.DistinctBy(r => r.Id)];
    }
}

/// <summary>A regional office as this module knows it.</summary>
internal sealed record OfficeName(OfficeId Id, string Name);

/// <summary>The regional offices and the members, to choose from: what the network offers as places where a role holds.</summary>
internal sealed class Places(IEnumerable<IScopeSource> sources, Rights rights, TimeProvider time, Members.IMembers members)
{
    public async Task<IReadOnlyList<OfficeName>> Offices(Language reader, CancellationToken cancel)
    {
        var all = new List<OfficeName>();
        foreach (var source in sources.Where(s => s.Roles.Contains(Role.Regional)))
            all.AddRange((await source.Offer(reader, cancel)).Where(o => o.Scope.Kind == "office").Select(o => new OfficeName(new(o.Scope.Id), o.Name)));
        return all;
    }

    public async Task<string> OfficeName(OfficeId office, Language reader, CancellationToken cancel) => (await Offices(reader, cancel)).FirstOrDefault(o => o.Id == office)?.Name ?? "";

    /// <summary>Every member, by name.</summary>
    public async Task<IReadOnlyList<Members.MemberLine>> Members(Language reader, CancellationToken cancel)
    {
        var ids = new List<MemberId>();
        foreach (var source in sources.Where(s => s.Roles.Contains(Role.Member)))
            ids.AddRange((await source.Offer(reader, cancel)).Where(o => o.Scope.Kind == "member").Select(o => new MemberId(o.Scope.Id)));
        return [.. (await members.Lines(ids, cancel)).Values.Where(m => m.IsMember).OrderBy(m => m.Name.For(reader), StringComparer.Create(reader.Culture, ignoreCase: true))];
    }

    /// <summary>The countries an office serves: those where somebody who works for it alone may act.</summary>
    public async Task<IReadOnlyCollection<string>> CountriesOf(OfficeId office, CancellationToken cancel)
    {
        var worker = new Acting(new(null, "", [new(Role.Regional, Scope.Of(office))]), null, time.GetUtcNow(), null, rights);
        return await members.CountriesOf(worker, ExchangeModule.Curate, cancel) ?? [];
    }

    /// <summary>The office that serves a country; null where none does.</summary>
    public async Task<OfficeName?> OfficeFor(string country, Language reader, CancellationToken cancel)
    {
        foreach (var office in await Offices(reader, cancel))
            if ((await CountriesOf(office.Id, cancel)).Contains(country))
                return office;
        return null;
    }
}
