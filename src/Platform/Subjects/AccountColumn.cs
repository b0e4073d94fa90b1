using System.Linq.Expressions;
using Plenaria.Platform.Modules;

namespace Plenaria.Platform.Subjects;

/// <summary>What becomes of a row that names somebody's account when that person is erased.</summary>
public enum AccountClaim
{
    /// <summary>It stays, without the name that stands beside the account or in its place.</summary>
    Authored,

    /// <summary>It belongs to the account and is deleted.</summary>
    Owned,

    /// <summary>It stays as it is, for a reason that is stated.</summary>
    Kept,

    /// <summary>Its module takes the person out itself: the column holds more than an account or a name.</summary>
    Cleared,
}

/// <summary>
/// Columns in which a module names an account, and the name that was shown for it. Either may be missing: of a record
/// without an account only the name is known.
/// </summary>
/// <param name="Label">The text that says what kind of record it is.</param>
/// <param name="Reason">The text that says why it stays.</param>
internal sealed record AccountColumn(
    Type Entity,
    string? Account,
    string? Name,
    AccountClaim Claim,
    string Label,
    string? Reason = null
);

public static class AccountColumnExtensions
{
    /// <summary>
    /// What an account wrote: it stays when the person is erased, and is without a name then, since it names them by
    /// their account alone.
    /// </summary>
    public static ModuleBuilder Authored<TEntity>(
        this ModuleBuilder module,
        Expression<Func<TEntity, object?>> account,
        string label
    ) => module.Add(Claim(account, null, AccountClaim.Authored, label));

    /// <summary>
    /// What somebody wrote, with the account and, beside it, the name shown then: erasing the person takes the name
    /// out.
    /// </summary>
    public static ModuleBuilder Authored<TEntity>(
        this ModuleBuilder module,
        Expression<Func<TEntity, object?>> account,
        Expression<Func<TEntity, string?>> name,
        string label
    ) => module.Add(Claim(account, name, AccountClaim.Authored, label));

    /// <summary>
    /// What somebody wrote, where the name alone is kept: erasing the person takes out the same name, letter by letter.
    /// </summary>
    public static ModuleBuilder AuthoredByName<TEntity>(
        this ModuleBuilder module,
        Expression<Func<TEntity, string?>> name,
        string label
    ) => module.Add(Claim(null, name, AccountClaim.Authored, label));

    /// <summary>What is an account's own: it is deleted when the person is erased.</summary>
    public static ModuleBuilder Owned<TEntity>(
        this ModuleBuilder module,
        Expression<Func<TEntity, object?>> account,
        string label
    ) => module.Add(Claim(account, null, AccountClaim.Owned, label));

    /// <summary>What stays as it is when the person is erased.</summary>
    /// <param name="reason">The text that says why.</param>
    public static ModuleBuilder Kept<TEntity>(
        this ModuleBuilder module,
        Expression<Func<TEntity, object?>> account,
        string label,
        string reason
    ) => module.Add(Claim(account, null, AccountClaim.Kept, label) with { Reason = reason });

    /// <summary>
    /// A column of composed values with somebody's account or name among them: its module takes the person out itself,
    /// and claims the record for the person (<c>Subject</c>), by which it is found.
    /// </summary>
    public static ModuleBuilder Cleared<TEntity>(
        this ModuleBuilder module,
        Expression<Func<TEntity, object?>> column
    ) => module.Add(Claim(column, null, AccountClaim.Cleared, ""));

    private static AccountColumn Claim<TEntity>(
        Expression<Func<TEntity, object?>>? account,
        Expression<Func<TEntity, string?>>? name,
        AccountClaim claim,
        string label
    ) =>
        new(
            typeof(TEntity),
            account is null ? null : SubjectExtensions.NameOf(account),
            (name?.Body as MemberExpression)?.Member.Name,
            claim,
            label
        );
}
