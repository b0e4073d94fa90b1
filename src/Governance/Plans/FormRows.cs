namespace Plenaria.Plans;

/// <summary>A row of a form that holds a list. One left empty is dropped.</summary>
internal interface IFormRow
{
    bool IsEmpty { get; }
}

internal static class FormRows
{
    /// <summary>
    /// Keeps <paramref name="room"/> empty rows below the last filled one, as long as there are no more than
    /// <paramref name="most"/> in all.
    /// </summary>
    public static void MakeRoom<T>(this List<T> rows, int room, int most = int.MaxValue)
        where T : IFormRow, new()
    {
        var wanted = Math.Min(rows.FindLastIndex(r => !r.IsEmpty) + 1 + room, most);
        while (rows.Count < wanted)
            rows.Add(new());
    }

    public static PartialDate? AsDate(this string? typed) =>
        string.IsNullOrWhiteSpace(typed) ? null : PartialDate.Parse(typed.Trim());
}
