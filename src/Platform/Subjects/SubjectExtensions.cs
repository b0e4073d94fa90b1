using System.Linq.Expressions;
using Plenaria.Platform.Modules;

namespace Plenaria.Platform.Subjects;

/// <summary>What a column can point at: an institution or a person.</summary>
public enum SubjectKind
{
    Member,
    Person,
}

/// <summary>
/// A column in which a module points at a subject. <paramref name="Follows"/> is false where what is written stays as
/// it was (the journal); <paramref name="Only"/> narrows to the rows in which the column means such a subject, as SQL.
/// </summary>
public sealed record SubjectColumn(Type Entity, string Property, SubjectKind Kind, bool Follows, string? Only);

/// <summary>A module whose texts are a record: erasing a person changes none of them.</summary>
public sealed record RecordedWording;

public static class SubjectExtensions
{
    /// <summary>
    /// A column that points at an institution or a person. It follows when two records of one subject are merged,
    /// unless <paramref name="follows"/> is false: what is written there stays as it was.
    /// </summary>
    /// <param name="only">SQL that narrows to the rows in which the column means such a subject.</param>
    public static ModuleBuilder Subject<TEntity>(
        this ModuleBuilder module,
        Expression<Func<TEntity, object?>> column,
        SubjectKind kind,
        bool follows = true,
        string? only = null
    ) => module.Add(new SubjectColumn(typeof(TEntity), NameOf(column), kind, follows, only));

    /// <summary>
    /// Its texts are the record of what was decided, and hashes are kept of them: erasing a person leaves them as they
    /// are, but for what is claimed (<see cref="AccountClaim"/>). In the texts of any other module the person's name is
    /// replaced.
    /// </summary>
    public static ModuleBuilder KeepsWording(this ModuleBuilder module) => module.Add(new RecordedWording());

    internal static string NameOf<TEntity>(Expression<Func<TEntity, object?>> column) =>
        (column.Body as MemberExpression ?? (MemberExpression)((UnaryExpression)column.Body).Operand).Member.Name;
}
