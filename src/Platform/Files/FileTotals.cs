using Microsoft.EntityFrameworkCore;
using Plenaria.Platform.Data;

namespace Plenaria.Platform.Files;

/// <summary>
/// How many bytes are kept, for the limits of <see cref="FileLimits"/>. Read from the table once a minute, so that an
/// upload does not go through all files; what this process adds meanwhile is counted at once.
/// </summary>
public sealed class FileTotals(TimeProvider time)
{
    private static readonly TimeSpan Trust = TimeSpan.FromMinutes(1);

    private readonly Lock _counting = new();
    private long _all,
        _byStrangers;
    private long? _readAt;

    public async Task<(long All, long ByStrangers)> Read(PlenariaDb db, CancellationToken cancel)
    {
        lock (_counting)
            if (_readAt is { } at && time.GetElapsedTime(at) < Trust)
                return (_all, _byStrangers);
        var read = time.GetTimestamp();
        var sums = await db.Set<StoredFile>()
            .GroupBy(f => f.IsFromStranger)
            .Select(g => new { IsFromStranger = g.Key, Size = g.Sum(f => f.Size) })
            .ToListAsync(cancel);
        lock (_counting)
        {
            (_all, _byStrangers) = (sums.Sum(s => s.Size), sums.Where(s => s.IsFromStranger).Sum(s => s.Size));
            _readAt = read;
            return (_all, _byStrangers);
        }
    }

    public void Add(long size, bool isFromStranger)
    {
        lock (_counting)
        {
            _all += size;
            if (isFromStranger)
                _byStrangers += size;
        }
    }
}
