using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using Plenaria.Platform.Access;

namespace Plenaria.Imports;

/// <summary>A column that a table may have.</summary>
/// <param name="Key">Its name in our own files, which a heading may be as well.</param>
/// <param name="TextKey">The text that names it on the page.</param>
/// <param name="Headings">The words by which a heading is recognised, folded.</param>
/// <param name="IsNeeded">Whether no table can do without it.</param>
public sealed record ImportColumn(
    string Key,
    string TextKey,
    IReadOnlyCollection<string> Headings,
    bool IsNeeded = false
);

/// <summary>
/// What a module does with the rows of a table. The pages, the reading of files, the transaction and the journal are
/// the same for all.
/// </summary>
public interface IImport
{
    /// <summary>In the order in which the page offers them.</summary>
    IReadOnlyList<ImportColumn> Columns { get; }

    /// <summary>Begins with a file: what is kept from batch to batch is kept in the run.</summary>
    IImportRun Begin(ImportContext context);
}

/// <summary>One file on its way into a module's records.</summary>
public interface IImportRun
{
    /// <summary>
    /// Compares the next rows with what is stored and, unless it is a dry run, takes them over, within a transaction of
    /// the caller. A row that breaks a rule is told so (<see cref="ImportRow.Refuse"/>) and left out.
    /// </summary>
    /// <returns>What becomes of the other rows, in their order.</returns>
    Task<IReadOnlyList<RowOutcome>> TakeAsync(IReadOnlyList<ImportRow> rows, CancellationToken cancel);

    /// <summary>After the last row of a file that changed something, in the same transaction.</summary>
    Task CompleteAsync(CancellationToken cancel);
}

/// <summary>Who imports, and how.</summary>
/// <param name="Language">The language in which the file's names are written.</param>
/// <param name="IsDryRun">Whether rows are compared only.</param>
public sealed record ImportContext(OperationContext Acting, Language Language, bool IsDryRun)
{
    // Eight bytes a row; of a hundred thousand rows two are taken for one once in two thousand million files.
    private readonly HashSet<long> _seen = [];

    /// <summary>Whether no earlier row of the file was about the record with this key.</summary>
    public bool IsFirst(string key) =>
        _seen.Add(MemoryMarshal.Read<long>(SHA256.HashData(Encoding.UTF8.GetBytes(key))));
}

public enum RowState
{
    New,
    Changed,
    Unchanged,
}

/// <summary>What becomes of a good row.</summary>
/// <param name="Name">What the record is called.</param>
/// <param name="Country">Where it is, ISO 3166-1 alpha-2.</param>
public sealed record RowOutcome(
    int Row,
    RowState State,
    string Name,
    string? Country,
    IReadOnlyList<ChangedValue> Changes
);

/// <summary>A value that a row changes.</summary>
/// <param name="AreKeys">Whether before and after are keys of texts.</param>
public sealed record ChangedValue(string Column, string? Before, string? After, bool AreKeys = false);
