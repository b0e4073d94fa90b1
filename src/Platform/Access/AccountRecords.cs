using System.Globalization;
using System.Linq.Expressions;
using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Plenaria.Platform.Data;
using Plenaria.Platform.Journal;
using Plenaria.Platform.Modules;
using Plenaria.Platform.Subjects;

namespace Plenaria.Platform.Access;

/// <summary>
/// The records in which one column names an account: what each is called, when it was made and where it stands, without
/// the language; null where it has no page.
/// </summary>
public sealed record AccountRecordList(
    string Module,
    string Table,
    string Column,
    AccountClaim Claim,
    IReadOnlyList<(string Title, DateTimeOffset? At, string? Path)> Records
);

/// <summary>How many records of a kind name an account, and what erasing its person does with them.</summary>
public sealed record AccountRecordCount(AccountClaim Claim, string Label, string? Reason, int Count);

/// <summary>Somebody as records name them: by their account, or by a name where a record has no account.</summary>
internal sealed record AccountNames(AccountId? Account, IReadOnlyCollection<string> Names);

/// <summary>
/// Every record of every module that names an account, by one walk over what the modules claim
/// (<see cref="AccountColumn"/>): to list, to count, and to erase.
/// </summary>
public sealed class AccountRecords(PlenariaDb db, ModuleCatalog modules)
{
    // What a record is called and dated by, the most telling first.
    private static readonly string[] Titles = ["Reference", "Title", "Subject", "Name", "Text", "Note", "Act", "Role"],
        Dates = ["At", "CreatedAt", "AddedAt", "AssignedAt", "ReceivedAt", "PublishedAt", "DoneAt", "ConfirmedAt"];

    private static readonly StatementStreams Stated = StatementStreams.None("stated for the whole of the erasure");

    /// <summary>
    /// The account and the names under which a person may stand in records; none of somebody who was erased.
    /// </summary>
    private async Task<AccountNames> NamesAsync(
        AccountId? account,
        IEnumerable<string?> names,
        CancellationToken cancel
    )
    {
        var all = names.OfType<string>().Select(n => n.Trim()).ToHashSet();
        if (account is { } key)
            all.UnionWith(await db.Set<Account>().Where(a => a.Id == key).Select(a => a.Name).ToListAsync(cancel));
        all.RemoveWhere(n => n.Length == 0 || n == Accounts.Erased);
        return new(account, all);
    }

    /// <summary>What names them, column by column; columns that do not are left out.</summary>
    public async Task<IReadOnlyList<AccountRecordList>> ReadAsync(
        AccountId? account,
        IEnumerable<string?> names,
        CancellationToken cancel
    )
    {
        var of = await NamesAsync(account, names, cancel);
        var lists = new List<AccountRecordList>();
        foreach (var module in modules.All)
        foreach (var claim in module.Declared<AccountColumn>().Where(c => c.Claim != AccountClaim.Cleared))
            if (
                await Call<List<(string Title, DateTimeOffset? At, string? Path)>>(
                    nameof(ReadRowsAsync),
                    claim,
                    of,
                    cancel
                ) is
                { Count: > 0 } records
            )
                lists.Add(
                    new(
                        module.Name,
                        db.Model.FindEntityType(claim.Entity)!.GetTableName()!,
                        claim.Account ?? claim.Name!,
                        claim.Claim,
                        records
                    )
                );
        return lists;
    }

    /// <summary>How much of each kind there is; kinds of which there is nothing are left out.</summary>
    public async Task<IReadOnlyList<AccountRecordCount>> CountAsync(
        AccountId? account,
        IEnumerable<string?> names,
        CancellationToken cancel
    )
    {
        var of = await NamesAsync(account, names, cancel);
        var counts = new List<AccountRecordCount>();
        foreach (var claim in modules.Declared<AccountColumn>().Where(c => c.Claim != AccountClaim.Cleared))
            counts.Add(
                new(claim.Claim, claim.Label, claim.Reason, await Call<int>(nameof(CountRowsAsync), claim, of, cancel))
            );
        return
        [
            .. counts
                .GroupBy(c => (c.Claim, c.Label, c.Reason))
                .Select(g => new AccountRecordCount(g.Key.Claim, g.Key.Label, g.Key.Reason, g.Sum(c => c.Count)))
                .Where(c => c.Count > 0),
        ];
    }

    /// <summary>
    /// Takes the names out of what they wrote and deletes what is their account's own. Within a transaction of the
    /// caller, who tells the journal in this stream.
    /// </summary>
    internal async Task EraseAsync(AccountNames of, string stream, CancellationToken cancel)
    {
        db.State(StatementStreams.Of(stream));
        foreach (var claim in modules.Declared<AccountColumn>())
            switch (claim.Claim)
            {
                case AccountClaim.Authored when claim.Name is not null:
                    await Call<int>(nameof(UnnameRowsAsync), claim, of, cancel);
                    break;
                case AccountClaim.Owned:
                    await Call<int>(nameof(DeleteRowsAsync), claim, of, cancel);
                    break;
                case AccountClaim.Authored or AccountClaim.Kept or AccountClaim.Cleared:
                    break;
                default:
                    throw new InvalidOperationException($"Nothing erases what is {claim.Claim}.");
            }
    }

    private async Task<TResult> Call<TResult>(
        string method,
        AccountColumn claim,
        AccountNames of,
        CancellationToken cancel
    ) =>
        await (Task<TResult>)
            typeof(AccountRecords)
                .GetMethod(method, BindingFlags.Instance | BindingFlags.NonPublic)!
                .MakeGenericMethod(claim.Entity)
                .Invoke(this, [claim, of, cancel])!;

    private Task<int> CountRowsAsync<T>(AccountColumn claim, AccountNames of, CancellationToken cancel)
        where T : class => db.Set<T>().CountAsync(IsTheirs<T>(claim, of), cancel);

    private Task<int> DeleteRowsAsync<T>(AccountColumn claim, AccountNames of, CancellationToken cancel)
        where T : class => db.DeleteRowsAsync(db.Set<T>().Where(IsTheirs<T>(claim, of)), Stated, cancel);

    private Task<int> UnnameRowsAsync<T>(AccountColumn claim, AccountNames of, CancellationToken cancel)
        where T : class =>
        db.UpdateRowsAsync(
            db.Set<T>().Where(IsTheirs<T>(claim, of)),
            row => row.SetProperty(r => EF.Property<string?>(r, claim.Name!), Accounts.Erased),
            Stated,
            cancel
        );

    private async Task<List<(string Title, DateTimeOffset? At, string? Path)>> ReadRowsAsync<T>(
        AccountColumn claim,
        AccountNames of,
        CancellationToken cancel
    )
        where T : class =>
        [
            .. (await db.Set<T>().AsNoTracking().Where(IsTheirs<T>(claim, of)).ToListAsync(cancel))
                .Select(Described)
                .OrderBy(r => r.At),
        ];

    // Whoever has the same name and an account of their own keeps it: a name counts where no account is stored.
    private static Expression<Func<T, bool>> IsTheirs<T>(AccountColumn claim, AccountNames of)
    {
        var row = Expression.Parameter(typeof(T));
        Expression theirs = Expression.Constant(false);
        Expression? isUnknown = null;
        if (claim.Account is { } column)
        {
            var account = Expression.Property(row, column);
            var isNullable = Nullable.GetUnderlyingType(account.Type) is not null;
            var type = isNullable ? account.Type : typeof(Nullable<>).MakeGenericType(account.Type);
            if (of.Account is { } id)
                theirs = Expression.Equal(
                    Expression.Convert(account, type),
                    Expression.Constant(type == typeof(Guid?) ? id.Value : id, type)
                );
            if (!isNullable)
                return Expression.Lambda<Func<T, bool>>(theirs, row);
            isUnknown = Expression.Equal(account, Expression.Constant(null, type));
        }
        if (claim.Name is { } name)
            foreach (var said in of.Names)
            {
                Expression isNamed = Expression.Equal(Expression.Property(row, name), Expression.Constant(said));
                if (isUnknown is not null)
                    isNamed = Expression.AndAlso(isUnknown, isNamed);
                theirs = Expression.OrElse(theirs, isNamed);
            }
        return Expression.Lambda<Func<T, bool>>(theirs, row);
    }

    private (string Title, DateTimeOffset? At, string? Path) Described<T>(T row)
        where T : class
    {
        object? Value(string name) => typeof(T).GetProperty(name)?.GetValue(row);
        var key = db
            .Model.FindEntityType(typeof(T))!
            .FindPrimaryKey()!
            .Properties.Select(k => k.PropertyInfo!.GetValue(row));
        return (
            Titles.Select(Value).Select(Plain).FirstOrDefault(t => t.Length > 0) ?? string.Join(' ', key.Select(Plain)),
            Dates.Select(Value).OfType<DateTimeOffset>().Select(at => (DateTimeOffset?)at).FirstOrDefault(),
            Value("Path") as string ?? (Value("Reference") is Reference reference ? $"/r/{reference}" : null)
        );
    }

    private static string Plain(object? value) => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";
}
