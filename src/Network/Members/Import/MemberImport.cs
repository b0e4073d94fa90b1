using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;
using Plenaria.Platform.Journal;

namespace Plenaria.Members.Import;

/// <summary>A row that was refused: where, and which rule it breaks, as the key of a text and its values.</summary>
internal sealed record Refusal(int Row, string Column, string Rule, string? Value)
{
    /// <summary>What could stand there instead, in the reader's language; null where any text could.</summary>
    public Func<Language, string>? Choices { get; init; }
}

/// <summary>A value that a row changes; before and after are text, or values of <see cref="MemberKind"/> and
/// <see cref="PopulationClass"/>.</summary>
internal sealed record ChangedValue(string Column, object? Before, object? After);

/// <summary>A row that is taken: of a new member, or with what it changes of one that there is.</summary>
internal sealed record TakenRow(int Row, string Name, string Country, IReadOnlyList<ChangedValue> Changes, bool IsNew);

internal sealed record ImportResult(int Taken, int Changed, int Unchanged, IReadOnlyList<Refusal> Refused)
{
    /// <summary>The first rows that were or would be taken.</summary>
    public IReadOnlyList<TakenRow> Rows { get; init; } = [];

    /// <summary>What was taken otherwise than it was written: a country by the name it has now.</summary>
    public IReadOnlyList<Refusal> Notes { get; init; } = [];
}

/// <summary>
/// Members from a spreadsheet with a line of headings, in any order and in any of the five languages. A row is known
/// again by its name and country (<see cref="Member.Match"/>), so that the same file twice changes nothing; it is also
/// how a prospect becomes a member by a file. Rows that break a rule are left out and named; the others are stored
/// together, or none. New members are written in bulk, a few hundred at a time.
/// </summary>
internal sealed class MemberImport(
    PlenariaDb db,
    Bulk bulk,
    MemberStore members,
    MemberPublishing publishing,
    MemberRows reader,
    Journal journal
)
{
    public const long MaxBytes = 64 << 20;
    private const int Batch = 500,
        MaxListed = 200;

    private sealed class Progress
    {
        public int Taken,
            Changed,
            Unchanged;
        public readonly Dictionary<string, MemberCount> Counts = [];
        public readonly Dictionary<(int Year, string Country), long> Joined = [];
        public readonly List<TakenRow> Rows = [];

        public void List(MemberRow row, IReadOnlyList<ChangedValue> changes, bool isNew)
        {
            if (Rows.Count < MaxListed)
                Rows.Add(new(row.Number, row.Name, row.Country, changes, isNew));
        }
    }

    /// <param name="content">A file that can be read twice.</param>
    /// <param name="map">What columns mean that do not say it in words known to us.</param>
    /// <param name="told">Is told how many rows were read so far, now and then.</param>
    public async Task<ImportResult> Run(
        Stream content,
        string fileName,
        bool dryRun,
        OperationContext acting,
        Language language,
        IProgress<int>? told,
        CancellationToken cancel,
        ColumnMap? map = null
    )
    {
        acting.Require(MembersModule.Edit, Scope.Everywhere);
        var (refused, notes, progress) = (new List<Refusal>(), new List<Refusal>(), new Progress());
        // What only reads and compares keeps no writer waiting.
        Func<Func<Task>, CancellationToken, Task> run = dryRun
            ? (work, _) => work()
            : (work, token) => db.InTransactionAsync(work, token);
        await run(
            async () =>
            {
                // Eight bytes a row; of a hundred thousand rows two are taken for one once in two thousand million
                // files.
                var seen = new HashSet<long>();
                var read = 0;
                foreach (var batch in reader.Read(content, refused, notes, map).Chunk(Batch))
                {
                    var rows = new List<MemberRow>(batch.Length);
                    foreach (var row in batch)
                        if (seen.Add(MemoryMarshal.Read<long>(SHA256.HashData(Encoding.UTF8.GetBytes(row.Match)))))
                            rows.Add(row);
                        else
                            refused.Add(new(row.Number, "name", "members.import.twice", row.Name));
                    await Take(rows, progress, dryRun, acting, language, cancel);
                    told?.Report(read += batch.Length);
                }
                refused.Sort((a, b) => a.Row.CompareTo(b.Row));
                if (dryRun || progress.Taken + progress.Changed == 0)
                    return;
                foreach (var count in progress.Counts.Values.OrderBy(c => c.Key, StringComparer.Ordinal))
                    await members.AddCount(count, cancel);
                foreach (var ((year, country), joined) in progress.Joined.OrderBy(j => j.Key))
                    await members.Flow(year, country, joined, 0, cancel);
                content.Position = 0;
                journal.Append(
                    acting,
                    "members",
                    "members.imported",
                    null,
                    new
                    {
                        file = fileName,
                        sha256 = Convert.ToHexStringLower(await SHA256.HashDataAsync(content, cancel)),
                        taken = progress.Taken,
                        changed = progress.Changed,
                        unchanged = progress.Unchanged,
                        refused = refused.Count,
                    }
                );
                await db.SaveChangesAsync(cancel);
            },
            cancel
        );
        return new(progress.Taken, progress.Changed, progress.Unchanged, refused)
        {
            Notes = notes,
            Rows = [.. progress.Rows.OrderBy(r => r.Row)],
        };
    }

    private async Task Take(
        List<MemberRow> rows,
        Progress progress,
        bool dryRun,
        OperationContext acting,
        Language language,
        CancellationToken cancel
    )
    {
        var matches = rows.Select(r => r.Match).ToList();
        var known = (
            await db.Set<Member>()
                .AsNoTracking()
                .Where(m => matches.Contains(m.Match) && m.Status != MemberStatus.Merged)
                .ToListAsync(cancel)
        )
            .GroupBy(m => m.Match)
            .ToDictionary(g => g.Key, g => g.MinBy(m => m.Slug, StringComparer.Ordinal)!);
        var fresh = rows.FindAll(r => !known.ContainsKey(r.Match));
        progress.Taken += fresh.Count;
        foreach (var row in fresh)
            progress.List(row, [], isNew: true);
        foreach (var row in rows.Where(r => known.ContainsKey(r.Match)))
        {
            var member = known[row.Match];
            var changes = Differences(row, member).ToList();
            if (member.Status != MemberStatus.Prospect && changes.Count == 0)
            {
                progress.Unchanged++;
                continue;
            }
            progress.Changed++;
            progress.List(row, changes, isNew: false);
            if (dryRun)
                continue;
            var stored = await members.Load(member.Id, cancel, toEdit: true);
            await members.Change(
                stored,
                "members.member-imported",
                acting,
                () =>
                {
                    Apply(row, stored);
                    if (stored.Status == MemberStatus.Prospect)
                        stored.Join(row.Class, row.Since, acting.At);
                },
                cancel
            );
            db.ChangeTracker.Clear();
        }
        if (!dryRun && fresh.Count > 0)
            await Write(fresh, progress, acting, language, cancel);
    }

    private async Task Write(
        List<MemberRow> rows,
        Progress progress,
        OperationContext acting,
        Language language,
        CancellationToken cancel
    )
    {
        var made = new List<Member>(rows.Count);
        foreach (var (row, slug) in rows.Zip(await members.NewSlugs([.. rows.Select(r => r.Name)], cancel)))
        {
            var member = new Member
            {
                Id = new(Guid.CreateVersion7(acting.At)),
                Slug = slug,
                Kind = row.Kind,
            };
            member.Call(LocalizedText.Original(language, row.Name));
            Apply(row, member);
            member.Join(row.Class, row.Since, acting.At);
            made.Add(member);
            var key = MemberCount.KeyOf(member);
            if (!progress.Counts.TryGetValue(key, out var count))
                progress.Counts[key] = count = new()
                {
                    Key = key,
                    Region = member.Region,
                    Country = member.Country,
                    Kind = member.Kind,
                    Class = member.Class,
                    Population = member.Population,
                };
            count.Count++;
            CollectionsMarshal.GetValueRefOrAddDefault(
                progress.Joined,
                (row.Since?.Year ?? 0, member.Country),
                out _
            )++;
        }
        await bulk.Insert(made, cancel);
        await bulk.Insert(made.SelectMany(m => m.Periods).ToList(), cancel);
        await publishing.PublishFirst(made, cancel);
        await Journal.AppendBulk(
            bulk,
            acting,
            [.. made.Select(m => (m.Stream, "members.member-imported", MemberStore.Added(m)))],
            cancel
        );
    }

    // What the file does not say stays as it is; dates of membership are changed by hand only.
    private static void Apply(MemberRow row, Member member)
    {
        member.Settle(row.Country);
        member.Kind = row.Kind;
        member.City = row.City ?? member.City;
        member.Population = row.Population ?? member.Population;
        member.Website = row.Website ?? member.Website;
    }

    private static IEnumerable<ChangedValue> Differences(MemberRow row, Member member)
    {
        if (row.Kind != member.Kind)
            yield return new("kind", member.Kind, row.Kind);
        if (row.City is not null && row.City != member.City)
            yield return new("city", member.City, row.City);
        if (row.Population is not null && row.Population != member.Population)
            yield return new("population", member.Population, row.Population);
        if (row.Website is not null && row.Website != member.Website)
            yield return new("website", member.Website, row.Website);
    }
}
