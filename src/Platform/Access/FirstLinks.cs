using Microsoft.EntityFrameworkCore;
using Plenaria.Platform.Data;

namespace Plenaria.Platform.Access;

/// <summary>Sign-in links that the program prints for whoever runs it.</summary>
public sealed class FirstLinks
{
    private readonly PlenariaDb _db;
    private readonly SignIns _signIns;
    private readonly PermissionCatalog _rights;

    internal FirstLinks(PlenariaDb db, SignIns signIns, PermissionCatalog rights) =>
        (_db, _signIns, _rights) = (db, signIns, rights);

    /// <summary>One link per role of the sample network, each good for a day and for one use.</summary>
    public async Task<IReadOnlyList<(Role Role, string Path)>> PerRole(CancellationToken cancel)
    {
        var people = await _db.Set<Account>()
            .AsNoTracking()
            .Include(a => a.Grants)
            .Where(a => a.Email.EndsWith("@example.org") && !a.IsClosed && a.Grants.Count > 0)
            .OrderBy(a => a.Id)
            .ToListAsync(cancel);
        var links = new List<(Role, string)>();
        int Order(Role role) => _rights.Roles.ToList().IndexOf(role);
        foreach (var person in people)
            links.Add(
                (
                    person.Grants.Select(g => g.Role).MinBy(Order),
                    await _signIns.Link(person.Id, person.Language, TimeSpan.FromDays(1), cancel)
                )
            );
        return [.. links.OrderBy(l => Order(l.Item1))];
    }

    /// <summary>Opens the first account of a new installation, for the Secretariat, and signs it in.</summary>
    public async Task<string> ForNewHouse(AccountId account, Kernel.Language language, CancellationToken cancel) =>
        await _signIns.Link(account, language, TimeSpan.FromHours(2), cancel);
}
