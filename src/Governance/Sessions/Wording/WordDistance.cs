namespace Plenaria.Sessions.Wording;

/// <summary>
/// Whether two sequences differ by few enough insertions and deletions to be compared word by word. A comparison takes
/// time by the length times the differences, and texts come from anybody with a seat: what is too different is told
/// before.
/// </summary>
internal static class WordDistance
{
    /// <summary>The most words that may go or come in one comparison; a replaced word is two.</summary>
    public const int Most = 1_000;

    /// <param name="steps">What the answer took: comparisons of two words and moves between diagonals.</param>
    public static bool IsWithin(IReadOnlyList<string> before, IReadOnlyList<string> after, int most, out long steps)
    {
        steps = 0;
        var (start, beforeEnd, afterEnd) = (0, before.Count, after.Count);
        while (start < beforeEnd && start < afterEnd && before[start] == after[start])
            (start, steps) = (start + 1, steps + 1);
        while (beforeEnd > start && afterEnd > start && before[beforeEnd - 1] == after[afterEnd - 1])
            (beforeEnd, afterEnd, steps) = (beforeEnd - 1, afterEnd - 1, steps + 1);
        var (n, m) = (beforeEnd - start, afterEnd - start);
        if (n == 0 || m == 0)
            return n + m <= most;
        // Words of one text that the other lacks are a lower bound, found in one pass.
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = start; i < beforeEnd; i++)
            counts[before[i]] = counts.GetValueOrDefault(before[i]) + 1;
        for (var i = start; i < afterEnd; i++)
            counts[after[i]] = counts.GetValueOrDefault(after[i]) - 1;
        steps += n + m;
        return counts.Values.Sum(c => Math.Abs((long)c)) <= most
            && IsWithin(before, after, start, n, m, most, ref steps);
    }

    // Myers, An O(ND) Difference Algorithm (1986), without the path and given up after so many differences. Diagonal k
    // holds the furthest position reached in the first text.
    private static bool IsWithin(
        IReadOnlyList<string> before,
        IReadOnlyList<string> after,
        int start,
        int n,
        int m,
        int most,
        ref long steps
    )
    {
        var furthest = new int[2 * most + 3];
        var middle = most + 1;
        for (var d = 0; d <= Math.Min(most, n + m); d++)
        for (var k = -d; k <= d; k += 2)
        {
            steps++;
            var x =
                k == -d || k != d && furthest[middle + k - 1] < furthest[middle + k + 1]
                    ? furthest[middle + k + 1]
                    : furthest[middle + k - 1] + 1;
            while (x < n && x - k < m && before[start + x] == after[start + x - k])
                (x, steps) = (x + 1, steps + 1);
            furthest[middle + k] = x;
            if (x >= n && x - k >= m)
                return true;
        }
        return false;
    }
}
