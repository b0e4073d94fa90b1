using Plenaria.Members;
using Plenaria.Platform.Access;
using Plenaria.Platform.Language;

namespace Plenaria.Exchange.Collections;

/// <summary>Somebody for whom a collection can be kept; <paramref name="Key"/> is how a form names it.</summary>
internal sealed record Owner(string Key, string Name, AccountId? Account, MemberId? Member, OfficeId? Office);

/// <summary>For whom a visitor keeps collections, and whose a collection is.</summary>
internal sealed class OwnerChoices(IMembers members, Accounts accounts, CurrentUser visitor, PageLocalizer phrases)
{
    /// <summary>The person, the members they act for, the offices they curate for.</summary>
    public async Task<IReadOnlyList<Owner>> Own(CancellationToken cancel)
    {
        var all = new List<Owner> { new("me", phrases["exchange.collection.mine"], visitor.Who.Id, null, null) };
        all.AddRange(
            (await members.Represented(visitor.Who, cancel)).Select(m => new Owner(
                $"member:{m.Id}",
                m.Name.For(phrases.Language),
                null,
                m.Id,
                null
            ))
        );
        if (visitor.May(ExchangeModule.Curate))
            all.AddRange(
                (await members.Offices(cancel))
                    .Where(o => visitor.May(ExchangeModule.Curate, Scope.Of(o.Id)))
                    .Select(o => new Owner($"office:{o.Id}", o.Name.For(phrases.Language), null, null, o.Id))
            );
        return all;
    }

    /// <summary>Whose each of these is, in the reader's language, and the page of a member.</summary>
    public async Task<IReadOnlyDictionary<Guid, (string Name, string? Path)>> Of(
        IReadOnlyList<Collection> collections,
        CancellationToken cancel
    )
    {
        var lines = await members.Lines([.. collections.Select(c => c.Member).OfType<MemberId>().Distinct()], cancel);
        var offices = collections.Any(c => c.Office is not null) ? await members.Offices(cancel) : [];
        var names = await accounts.Names(
            [.. collections.Select(c => c.Account).OfType<AccountId>().Distinct()],
            cancel
        );
        return collections.ToDictionary(
            c => c.Id,
            c =>
                c.Member is { } member && lines.TryGetValue(member, out var line)
                    ? (line.Name.For(phrases.Language), line.Path)
                : c.Office is { } office
                    ? (offices.FirstOrDefault(o => o.Id == office)?.Name.For(phrases.Language) ?? "", null)
                : (c.Account is { } account ? names.GetValueOrDefault(account, "") : "", (string?)null)
        );
    }
}
