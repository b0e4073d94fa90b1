using System.Globalization;
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
    private const int Batch = 10;

    /// <summary>
    /// The number after the largest of the references that differ from <paramref name="name"/> in their number alone.
    /// Of a row of any length the last few are read.
    /// </summary>
    /// <param name="references">The column that holds them.</param>
    /// <param name="name">Makes the reference with a number; the number is its last part.</param>
    public static async Task<Reference> NextAsync(
        this IQueryable<Reference> references,
        Func<int, Reference> name,
        CancellationToken cancel
    )
    {
        var beginning = name(1).ToString().TrimEnd('0', '1');
        var row = references
            .Where(r => EF.Functions.Like((string)(object)r, beginning + "%"))
            .OrderByDescending(r => ((string)(object)r).Length)
            .ThenByDescending(r => (string)(object)r);
        // What was taken over from elsewhere may end in letters: it counts for none.
        for (var skipped = 0; ; skipped += Batch)
        {
            var last = await row.Skip(skipped).Take(Batch).ToListAsync(cancel);
            var numbers = last.Select(r => NumberOf(r, beginning, name)).Where(n => n > 0).ToList();
            if (numbers.Count > 0 || last.Count < Batch)
                return name(numbers.DefaultIfEmpty(0).Max() + 1);
        }
    }

    private static int NumberOf(Reference reference, string beginning, Func<int, Reference> name) =>
        int.TryParse(
            reference.ToString().AsSpan(beginning.Length),
            NumberStyles.None,
            CultureInfo.InvariantCulture,
            out var number
        )
        && name(number) == reference
            ? number
            : 0;
}
