using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Plenaria.Platform.Data;
using Plenaria.Platform.Letters;
using Plenaria.Platform.Modules;
using Plenaria.Platform.Subjects;

namespace Plenaria.Platform.Access;

/// <summary>
/// Somebody with a way in, and how a letter reaches them. The address goes into the outbox and onto no page.
/// </summary>
public sealed record AccountAddress(AccountId Account, string Email, Kernel.Language Language);

/// <summary>Who may do what: accounts, their grants, the keys of programs.</summary>
public sealed class Accounts(
    PlenariaDb db,
    Journal.Journal journal,
    ModuleCatalog modules,
    AccountRecords records,
    ILetters letters
)
{
    /// <summary>What the records of all modules say of accounts.</summary>
    public AccountRecords Records => records;

    public static string Normal(string email) => email.Trim().ToLowerInvariant();

    /// <summary>
    /// Whether mail can be sent to an address, as <see cref="Normal"/> writes it: a bare address at a host with a name
    /// of several parts, without characters that nobody sees.
    /// </summary>
    public static bool IsAddress(string email) =>
        email.Length <= Account.EmailMaxLength
        && System.Net.Mail.MailAddress.TryCreate(email, out var address)
        && address.Address == email
        && address.Host.Contains('.')
        && Uri.CheckHostName(address.Host) == UriHostNameType.Dns
        && !address.Host.EndsWith('.')
        && !email.Any(c => char.IsControl(c) || char.GetUnicodeCategory(c) == UnicodeCategory.Format);

    /// <summary>Opens an account for this address unless there is one. Saved by the caller.</summary>
    public async Task<AccountId> Open(
        string email,
        string name,
        Kernel.Language language,
        OperationContext acting,
        CancellationToken cancel,
        AccountId? key = null
    )
    {
        var normal = Normal(email);
        if (!System.Net.Mail.MailAddress.TryCreate(normal, out _) || normal.Length > Account.EmailMaxLength)
            throw new RuleViolationException("access.not-an-address", ("email", email));
        if (
            await db.Set<Account>().Include(a => a.Grants).SingleOrDefaultAsync(a => a.Email == normal, cancel) is
            { } known
        )
            return known.Id;
        var account = new Account
        {
            Id = key ?? new(Guid.CreateVersion7(acting.At)),
            Email = normal,
            Name = name,
            Language = language,
            CreatedAt = acting.At,
            Stamp = Guid.NewGuid(),
        };
        db.Add(account);
        journal.Append(acting, account.Stream, "access.account-opened", null, new { name });
        return account.Id;
    }

    /// <summary>The accounts of these addresses, as <see cref="Normal"/> writes them.</summary>
    public async Task<IReadOnlyDictionary<string, AccountId>> FindByAddressAsync(
        IReadOnlyCollection<string> addresses,
        CancellationToken cancel
    ) =>
        await db.Set<Account>()
            .AsNoTracking()
            .Where(a => addresses.Contains(a.Email))
            .ToDictionaryAsync(a => a.Email, a => a.Id, cancel);

    /// <summary>What these people are called.</summary>
    public async Task<IReadOnlyDictionary<AccountId, string>> Names(
        IReadOnlyCollection<AccountId> ids,
        CancellationToken cancel
    ) =>
        await db.Set<Account>()
            .AsNoTracking()
            .Where(a => ids.Contains(a.Id))
            .ToDictionaryAsync(a => a.Id, a => a.Name, cancel);

    /// <summary>
    /// Who holds one of these roles, anywhere, by name: to choose from when something is given to somebody.
    /// </summary>
    public async Task<IReadOnlyDictionary<AccountId, string>> Holders(
        IReadOnlyCollection<Role> roles,
        CancellationToken cancel
    ) =>
        await db.Set<Account>()
            .AsNoTracking()
            .Where(a => !a.IsClosed && a.Grants.Any(g => roles.Contains(g.Role)))
            .OrderBy(a => a.Name)
            .ToDictionaryAsync(a => a.Id, a => a.Name, cancel);

    /// <summary>How letters reach those who hold a role at just this place now.</summary>
    public async Task<IReadOnlyList<AccountAddress>> Holding(
        Role role,
        Scope scope,
        DateTimeOffset now,
        CancellationToken cancel
    ) =>
        await db.Set<Account>()
            .AsNoTracking()
            .Where(a =>
                !a.IsClosed
                && a.Grants.Any(g =>
                    g.Role == role
                    && g.ScopeKind == scope.Kind
                    && g.ScopeId == scope.Id
                    && (g.Until == null || g.Until > now)
                )
            )
            .OrderBy(a => a.Id)
            .Select(a => new AccountAddress(a.Id, a.Email, a.Language))
            .ToListAsync(cancel);

    /// <summary>
    /// How letters reach those who hold a role for each of these members now. Members for which nobody does are left
    /// out.
    /// </summary>
    public async Task<ILookup<MemberId, AccountAddress>> FindHoldersAsync(
        Role role,
        IReadOnlyCollection<MemberId> members,
        DateTimeOffset now,
        CancellationToken cancel
    )
    {
        var ids = members.Select(m => m.Value).ToList();
        var held =
            ids.Count == 0
                ? []
                : await (
                    from grant in MemberGrants(role, now)
                    where ids.Contains(grant.ScopeId)
                    join account in db.Set<Account>() on grant.AccountId equals account.Id
                    orderby account.Id
                    select new
                    {
                        grant.ScopeId,
                        Address = new AccountAddress(account.Id, account.Email, account.Language),
                    }
                ).ToListAsync(cancel);
        return held.ToLookup(h => new MemberId(h.ScopeId), h => h.Address);
    }

    /// <summary>
    /// The keys of the members for which somebody who can sign in holds a role now: a condition for queries of those
    /// that look for members to write to.
    /// </summary>
    public IQueryable<Guid> QueryMembersOf(Role role, DateTimeOffset now) =>
        MemberGrants(role, now).Select(g => g.ScopeId);

    private IQueryable<AccountGrant> MemberGrants(Role role, DateTimeOffset now)
    {
        var kind = Scope.Of(default(MemberId)).Kind;
        return db.Set<AccountGrant>()
            .Where(g =>
                g.Role == role
                && g.ScopeKind == kind
                && (g.Until == null || g.Until > now)
                && db.Set<Account>().Any(a => a.Id == g.AccountId && !a.IsClosed)
            );
    }

    /// <summary>How letters reach these accounts; closed ones are left out.</summary>
    public async Task<IReadOnlyList<AccountAddress>> Reach(
        IReadOnlyCollection<AccountId> ids,
        CancellationToken cancel
    ) =>
        ids.Count == 0
            ? []
            : await db.Set<Account>()
                .AsNoTracking()
                .Where(a => !a.IsClosed && ids.Contains(a.Id))
                .OrderBy(a => a.Id)
                .Select(a => new AccountAddress(a.Id, a.Email, a.Language))
                .ToListAsync(cancel);

    /// <summary>The person of this address, with what they may do now; null when nobody has a way in by it.</summary>
    public async Task<Actor?> Known(string email, DateTimeOffset now, CancellationToken cancel)
    {
        var normal = Normal(email);
        return
            await db.Set<Account>()
                .AsNoTracking()
                .Where(a => a.Email == normal)
                .Select(a => (AccountId?)a.Id)
                .SingleOrDefaultAsync(cancel)
                is { } id
            ? (await Load(id, null, strong: true, secondFactorRequired: false, now, cancel))?.Who
            : null;
    }

    /// <summary>
    /// Gives a role, for good or up to a moment; the same role in the same place twice is one. Saved by the caller.
    /// </summary>
    public async Task Grant(
        AccountId id,
        Role role,
        Scope scope,
        string? scopeName,
        OperationContext acting,
        CancellationToken cancel,
        DateTimeOffset? until = null
    )
    {
        var account =
            db.Set<Account>().Local.FirstOrDefault(a => a.Id == id)
            ?? await db.Set<Account>().Include(a => a.Grants).SingleAsync(a => a.Id == id, cancel);
        // An account that was loaded without its grants holds none of those it has.
        await db.Entry(account).Collection(a => a.Grants).LoadAsync(cancel);
        var given = account.Grants.Find(g => g.Role == role && g.Scope == scope);
        if (given is not null && given.Until == until)
            return;
        if (given is null)
        {
            given = new AccountGrant
            {
                Id = Guid.CreateVersion7(acting.At),
                AccountId = id,
                Role = role,
                ScopeKind = scope.Kind,
                ScopeId = scope.Id,
                ScopeName = scopeName,
            };
            account.Grants.Add(given);
            db.Entry(given).State = EntityState.Added;
        }
        given.Until = until;
        journal.Append(
            acting,
            account.Stream,
            "access.role-granted",
            null,
            new
            {
                role = role.ToString(),
                scope = scope.Kind,
                scopeName,
                until,
            }
        );
    }

    /// <summary>Takes a role back, where it was given there. Saved by the caller.</summary>
    public async Task Revoke(AccountId id, Role role, Scope scope, OperationContext acting, CancellationToken cancel)
    {
        var account = await db.Set<Account>().Include(a => a.Grants).SingleAsync(a => a.Id == id, cancel);
        if (account.Grants.Find(g => g.Role == role && g.Scope == scope) is not { } given)
            return;
        account.Grants.Remove(given);
        db.Remove(given);
        journal.Append(
            acting,
            account.Stream,
            "access.role-revoked",
            null,
            new
            {
                role = role.ToString(),
                scope = scope.Kind,
                given.ScopeName,
            }
        );
    }

    /// <summary>
    /// A new key for a program, shown once. It can do what its account can do in that role, and no more: a known
    /// account must hold the role already; one that is opened for the key gets it everywhere.
    /// </summary>
    /// <exception cref="RuleViolationException">The account does not hold the role.</exception>
    public async Task<string> CreateToken(
        string email,
        Role role,
        OperationContext acting,
        CancellationToken cancel,
        int days = AccessToken.DefaultDays
    )
    {
        var name = email.Split('@')[0].Trim();
        var id = await Open(
            email,
            name.Length > Account.NameMaxLength ? name[..Account.NameMaxLength] : name,
            Kernel.Language.English,
            acting,
            cancel
        );
        var account = db.Set<Account>().Local.Single(a => a.Id == id);
        if (db.Entry(account).State == EntityState.Added)
            await Grant(id, role, Scope.Everywhere, null, acting, cancel);
        else if (account.IsClosed || !account.Grants.Exists(g => g.Role == role))
            throw new RuleViolationException(
                "access.token.role-not-held",
                ("email", account.Email),
                ("role", role.ToString().ToLowerInvariant())
            );
        var token = "plenaria_" + Secret();
        db.Add(
            new AccessToken
            {
                Id = Guid.CreateVersion7(acting.At),
                AccountId = id,
                Role = role,
                Hash = Hash(token),
                CreatedAt = acting.At,
                ExpiresAt = acting.At.AddDays(days),
            }
        );
        journal.Append(acting, $"account:{id}", "access.token-created", null, new { role = role.ToString() });
        await db.SaveChangesAsync(cancel);
        return token;
    }

    /// <summary>Takes back every key of an account, or those of one role. Returns how many.</summary>
    public async Task<int> RevokeTokens(string email, Role? role, OperationContext acting, CancellationToken cancel)
    {
        var normal = Normal(email);
        var account =
            await db.Set<Account>().SingleOrDefaultAsync(a => a.Email == normal, cancel)
            ?? throw new RuleViolationException("access.token.unknown-account", ("email", email));
        var tokens = await db.Set<AccessToken>()
            .Where(t => t.AccountId == account.Id && t.RevokedAt == null && (role == null || t.Role == role))
            .ToListAsync(cancel);
        foreach (var token in tokens)
            token.RevokedAt = acting.At;
        if (tokens.Count > 0)
            journal.Append(
                acting,
                account.Stream,
                "access.tokens-revoked",
                null,
                new { count = tokens.Count, role = role?.ToString() }
            );
        await db.SaveChangesAsync(cancel);
        return tokens.Count;
    }

    /// <summary>The tokens of an account that can still be used, the newest first; of all accounts when null.</summary>
    internal async Task<List<(AccessToken Token, string Email)>> Tokens(
        AccountId? of,
        DateTimeOffset now,
        CancellationToken cancel
    )
    {
        var rows = await (
            from t in db.Set<AccessToken>().AsNoTracking()
            join a in db.Set<Account>() on t.AccountId equals a.Id
            where (of == null || t.AccountId == of) && t.RevokedAt == null && t.ExpiresAt > now
            orderby t.CreatedAt descending
            select new { t, a.Email }
        ).ToListAsync(cancel);
        return [.. rows.Select(r => (r.t, r.Email))];
    }

    /// <summary>Takes one token of an account back. Saved here.</summary>
    internal async Task RevokeToken(AccountId of, Guid id, OperationContext acting, CancellationToken cancel)
    {
        if (
            await db.Set<AccessToken>()
                .SingleOrDefaultAsync(t => t.Id == id && t.AccountId == of && t.RevokedAt == null, cancel)
            is not { } token
        )
            return;
        token.RevokedAt = acting.At;
        journal.Append(
            acting,
            $"account:{of}",
            "access.tokens-revoked",
            null,
            new { count = 1, role = token.Role.ToString() }
        );
        await db.SaveChangesAsync(cancel);
    }

    /// <summary>
    /// Erases a person, where the platform and all modules keep their name for an account: the account loses name and
    /// address, is closed for good and holds no role; letters to the address go; what the modules claim for the account
    /// goes or loses the name (<see cref="AccountRecords"/>); payloads of the journal that name them are erased. Within
    /// a transaction of the caller.
    /// </summary>
    /// <param name="id">The person's account; null when they never had one.</param>
    /// <param name="words">What names them beside the account: name, addresses, telephones.</param>
    /// <param name="streams">
    /// Streams of the journal that are the person's own; in the first the caller says that they were erased.
    /// </param>
    public async Task ErasePerson(
        AccountId? id,
        IEnumerable<string?> words,
        IReadOnlyList<string> streams,
        OperationContext acting,
        CancellationToken cancel
    )
    {
        var named = words.OfType<string>().Select(w => w.Trim()).Where(w => w.Length > 2).ToHashSet();
        var own = streams.ToList();
        var erasure = Journal.StatementStreams.Of(own[0]);
        if (
            id is { } key
            && await db.Set<Account>().Include(a => a.Grants).SingleOrDefaultAsync(a => a.Id == key, cancel)
                is { } account
        )
        {
            named.UnionWith([account.Name, account.Email]);
            own.Add(account.Stream);
            await EndAccess(account, acting, cancel);
            db.RemoveRange(account.Grants);
            (account.Name, account.Email, account.IsClosed) = (Erased, $"{account.Id}@erased.invalid", true);
            (account.SealedSecret, account.RecoveryHashes) = (null, []);
            journal.Append(acting, account.Stream, "access.account-erased", null, new { });
            await db.SaveChangesAsync(cancel);
        }
        await records.EraseAsync(new(id, named), own[0], cancel);
        foreach (var word in named)
            await Replace(word, erasure, acting, cancel);
        var addresses = named.Where(w => w.Contains('@', StringComparison.Ordinal)).Select(Normal).ToList();
        await letters.ForgetAsync(addresses, cancel);
        await journal.Erase(own, named, cancel);
    }

    // In every text of every module that does not keep its wording; a single short word stands in too many to be a
    // name.
    private async Task Replace(
        string word,
        Journal.StatementStreams of,
        OperationContext acting,
        CancellationToken cancel
    )
    {
        db.State(of);
        if (word.Length < ShortestInText || !word.Any(c => c is ' ' or '@' || char.IsDigit(c)))
            return;
        // The search index takes in again what changes.
        await db.UpdateRowsAsync(
            db.Set<Register.RegisterEntry>()
                .Where(e =>
                    e.Texts.Any(t => t.Title.Contains(word) || t.Summary.Contains(word) || t.Body.Contains(word))
                ),
            e => e.SetProperty(x => x.ChangedAt, acting.At),
            of,
            cancel
        );
        var keeping = modules.All.Where(m => m.Declared<RecordedWording>().Any()).Select(m => m.Assembly).ToHashSet();
        foreach (
            var entity in db
                .Model.GetEntityTypes()
                .Where(e => !keeping.Contains(e.ClrType.Assembly) && !IsRecord(e.GetTableName()!))
        )
        foreach (var property in entity.GetProperties().Where(IsText))
            await Execute(
                entity.ClrType,
                property.Name,
                (table, name) =>
                    $"UPDATE \"{table}\" SET \"{name}\" = replace(\"{name}\", {{0}}, {{1}}) "
                    + $"WHERE \"{name}\" LIKE {{2}}",
                [word, Erased, $"%{word}%"],
                cancel
            );
    }

    private const int ShortestInText = 7;

    private static bool IsRecord(string table) =>
        table.StartsWith("journal_", StringComparison.Ordinal) || table.StartsWith("access_", StringComparison.Ordinal);

    private static bool IsText(Microsoft.EntityFrameworkCore.Metadata.IProperty property) =>
        (property.GetTypeMapping().Converter?.ProviderClrType ?? property.ClrType) == typeof(string)
        && !property.ClrType.IsValueType
        && !property.IsKey()
        && !property.IsForeignKey()
        && !property.GetContainingIndexes().Any(i => i.IsUnique);

    private async Task Execute(
        Type type,
        string property,
        Func<string, string, string> sql,
        object[] values,
        CancellationToken cancel
    )
    {
        var entity = db.Model.FindEntityType(type)!;
        // Names of tables and columns come from the model, values go as parameters.
#pragma warning disable EF1002
        await db.Database.ExecuteSqlRawAsync(
            sql(entity.GetTableName()!, entity.FindProperty(property)!.GetColumnName()),
            values,
            cancel
        );
#pragma warning restore EF1002
    }

    /// <summary>What stands where a name stood that was erased.</summary>
    public const string Erased = "—";

    /// <summary>
    /// Ends every way in that is open now: all sessions of an account, and the tokens of its programs. Saved by the
    /// caller.
    /// </summary>
    internal async Task EndAccess(Account account, OperationContext acting, CancellationToken cancel)
    {
        account.Stamp = Guid.NewGuid();
        foreach (
            var session in await db.Set<SignInSession>()
                .Where(s => s.AccountId == account.Id && s.EndedAt == null)
                .ToListAsync(cancel)
        )
            session.EndedAt = acting.At;
        foreach (
            var token in await db.Set<AccessToken>()
                .Where(t => t.AccountId == account.Id && t.RevokedAt == null)
                .ToListAsync(cancel)
        )
            token.RevokedAt = acting.At;
    }

    internal async Task<(Actor Who, Mandate? For)?> Load(
        AccountId id,
        Role? only,
        bool strong,
        bool secondFactorRequired,
        DateTimeOffset now,
        CancellationToken cancel
    )
    {
        // Asked for each request of everybody who is signed in: one question, and what it needs of the answer.
        var account = await db.Set<Account>()
            .AsSingleQuery()
            .Where(a => a.Id == id && !a.IsClosed)
            .Select(a => new
            {
                a.Id,
                a.Name,
                Grants = a
                    .Grants.Where(g => (g.Until == null || g.Until > now) && (only == null || g.Role == only))
                    .OrderBy(g => g.Id)
                    .Select(g => new
                    {
                        g.Role,
                        g.ScopeKind,
                        g.ScopeId,
                        g.ScopeName,
                    })
                    .ToList(),
            })
            .SingleOrDefaultAsync(cancel);
        if (account is null)
            return null;
        var grants = account.Grants;
        // Staff without their second factor are signed in, but as nobody in particular.
        if (secondFactorRequired && !strong)
            grants.RemoveAll(g => g.Role == Role.Staff || g.Role == Role.Regional);
        var mandate = grants.Find(g => g.Role == Role.Member && g.ScopeKind == "member");
        return (
            new(account.Id, account.Name, [.. grants.Select(g => new Grant(g.Role, new(g.ScopeKind, g.ScopeId)))]),
            mandate is null ? null : new(new(mandate.ScopeId), mandate.ScopeName ?? "")
        );
    }

    /// <summary>What a mailed link carries: 256 random bits, as an address writes them.</summary>
    public static string Secret() =>
        Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)).TrimEnd('=').Replace('+', '-').Replace('/', '_');

    /// <summary>What is kept of a secret.</summary>
    public static byte[] Hash(string secret) => SHA256.HashData(Encoding.UTF8.GetBytes(secret));
}
