namespace Plenaria.Members.Merging;

/// <summary>A merge that can be undone, as the pages list it.</summary>
/// <param name="Path">Of the record that was kept.</param>
/// <param name="By">Who merged them, while they have a name.</param>
internal sealed record MergeLine(
    Guid Id,
    int Version,
    LocalizedText Gone,
    LocalizedText Kept,
    string Path,
    DateTimeOffset At,
    string? By,
    int Rows
)
{
    public static MergeLine Of<TId, TFields>(
        MergeRecord<TId, TFields> merge,
        LocalizedText gone,
        LocalizedText kept,
        string path,
        IReadOnlyDictionary<AccountId, string> names
    )
        where TFields : class, IMergedFields =>
        new(
            merge.Id,
            merge.Version,
            gone,
            kept,
            path,
            merge.At,
            merge.By is { } by ? names.GetValueOrDefault(by) : null,
            merge.Moves.Count
        );
}
