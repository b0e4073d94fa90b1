using Microsoft.EntityFrameworkCore;
using Plenaria.Platform.Modules;

namespace Plenaria.Platform.Register;

/// <summary>The group of letters after the network's prefix that says what a reference names.</summary>
/// <param name="Letters">Upper-case letters, such as <c>E</c> in <c>NET-E-00017</c>.</param>
/// <param name="Kind">The register's word for what is named.</param>
public sealed record ReferenceLetters(string Letters, string Kind) : IUniqueDeclaration
{
    string IUniqueDeclaration.Key => Letters;
}

public static class ReferenceExtensions
{
    /// <summary>References of this module that begin with the network's prefix and these letters.</summary>
    public static ModuleBuilder References(this ModuleBuilder module, string letters, string kind) =>
        module.Add(new ReferenceLetters(letters, kind));
}

public static class ReferenceSequence
{
    /// <summary>
    /// The first number that no reference of the same row has. Only that row is read: the references that differ from
    /// <paramref name="name"/> in their number alone.
    /// </summary>
    /// <param name="references">The column that holds them.</param>
    /// <param name="name">Makes the reference with a number; the number is its last part.</param>
    public static async Task<Reference> NextAsync(
        this IQueryable<Reference> references,
        Func<int, Reference> name,
        CancellationToken cancel
    )
    {
        var row = name(1).ToString().TrimEnd('0', '1') + "%";
        return Reference.Next(
            await references.Where(r => EF.Functions.Like((string)(object)r, row)).ToListAsync(cancel),
            name
        );
    }
}
