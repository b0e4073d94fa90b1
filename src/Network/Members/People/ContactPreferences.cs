using Microsoft.EntityFrameworkCore;
using Plenaria.Correspondence;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;

namespace Plenaria.Members.People;

/// <summary>
/// Who asked not to be written to. What somebody asks for themselves, such as a link to sign in, is no matter of
/// this.
/// </summary>
internal sealed class ContactPreferences(PlenariaDb db) : IMailPreferences
{
    /// <summary>
    /// Of these addresses, as they are given, those of people who asked not to be written to. An address that two
    /// records share is refused when one of them refuses it. Whoever was erased has no address any more.
    /// </summary>
    public async Task<IReadOnlySet<string>> Refusing(IReadOnlyCollection<string> emails, CancellationToken cancel)
    {
        var asked = emails.ToLookup(Accounts.Normal);
        var normal = asked.Select(a => a.Key).ToList();
        var refusing = await db.Set<Person>()
            .AsNoTracking()
            .Where(p => p.DoNotContact && p.Email != null && normal.Contains(p.Email))
            .Select(p => p.Email!)
            .ToListAsync(cancel);
        return refusing.Distinct().SelectMany(r => asked[r]).ToHashSet();
    }
}
