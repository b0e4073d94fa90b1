using System.Runtime.InteropServices;
using Microsoft.EntityFrameworkCore;
using Plenaria.Imports;
using Plenaria.Platform.Data;
using Plenaria.Platform.Journal;
using Plenaria.Platform.Language;

namespace Plenaria.Members.Import;

/// <summary>
/// One file of members. New ones are written in bulk, a few hundred at a time; what the file adds to the counts is
/// added once, at its end.
/// </summary>
internal sealed class MemberImportRun(
    PlenariaDb db,
    Bulk bulk,
    MemberStore members,
    MemberPublishing publishing,
    MemberRows reader,
    ImportContext context
) : IImportRun
{
    private readonly Dictionary<string, MemberCount> _counts = [];
    private readonly Dictionary<(int Year, string Country), long> _joined = [];

    public async Task<IReadOnlyList<RowOutcome>> TakeAsync(IReadOnlyList<ImportRow> rows, CancellationToken cancel)
    {
        var good = new List<MemberRow>(rows.Count);
        foreach (var row in rows)
            if (reader.Read(row) is { } read)
                if (context.IsFirst(read.Match))
                    good.Add(read);
                else
                    row.Refuse("name", "imports.twice");
        var known = await FindKnownAsync(good, cancel);
        var outcomes = new List<RowOutcome>(good.Count);
        foreach (var row in good)
        {
            var member = known.GetValueOrDefault(row.Match);
            var changes = member is null ? [] : Differences(row, member).ToList();
            var state =
                member is null ? RowState.New
                : member.Status == MemberStatus.Prospect || changes.Count > 0 ? RowState.Changed
                : RowState.Unchanged;
            outcomes.Add(new(row.Number, state, row.Name, row.Country, changes));
            if (state == RowState.Changed && !context.IsDryRun)
                await ChangeAsync(row, member!.Id, cancel);
        }
        var fresh = good.FindAll(r => !known.ContainsKey(r.Match));
        if (!context.IsDryRun && fresh.Count > 0)
            await WriteAsync(fresh, cancel);
        return outcomes;
    }

    public async Task CompleteAsync(CancellationToken cancel)
    {
        foreach (var count in _counts.Values.OrderBy(c => c.Key, StringComparer.Ordinal))
            await members.AddCount(count, cancel);
        foreach (var ((year, country), joined) in _joined.OrderBy(j => j.Key))
            await members.Flow(year, country, joined, 0, cancel);
    }

    private async Task<Dictionary<string, Member>> FindKnownAsync(List<MemberRow> rows, CancellationToken cancel)
    {
        var matches = rows.Select(r => r.Match).ToList();
        return (
            await db.Set<Member>()
                .AsNoTracking()
                .Where(m => matches.Contains(m.Match) && m.Status != MemberStatus.Merged)
                .ToListAsync(cancel)
        )
            .GroupBy(m => m.Match)
            .ToDictionary(g => g.Key, g => g.MinBy(m => m.Slug, StringComparer.Ordinal)!);
    }

    private async Task ChangeAsync(MemberRow row, MemberId id, CancellationToken cancel)
    {
        var stored = await members.Load(id, cancel, toEdit: true);
        await members.Change(
            stored,
            "members.member-imported",
            context.Acting,
            () =>
            {
                Apply(row, stored);
                if (stored.Status == MemberStatus.Prospect)
                    stored.Join(row.Class, row.Since, context.Acting.At);
            },
            cancel
        );
        db.ChangeTracker.Clear();
    }

    private async Task WriteAsync(List<MemberRow> rows, CancellationToken cancel)
    {
        var made = new List<Member>(rows.Count);
        foreach (var (row, slug) in rows.Zip(await members.NewSlugs([.. rows.Select(r => r.Name)], cancel)))
        {
            var member = new Member
            {
                Id = new(Guid.CreateVersion7(context.Acting.At)),
                Slug = slug,
                Kind = row.Kind,
            };
            member.Call(LocalizedText.Original(context.Language, row.Name));
            Apply(row, member);
            member.Join(row.Class, row.Since, context.Acting.At);
            made.Add(member);
            Count(member, row.Since);
        }
        await bulk.Insert(made, cancel);
        await bulk.Insert(made.SelectMany(m => m.Periods).ToList(), cancel);
        await publishing.PublishFirst(made, cancel);
        await Journal.AppendBulk(
            bulk,
            context.Acting,
            [.. made.Select(m => (m.Stream, "members.member-imported", MemberStore.Added(m)))],
            cancel
        );
    }

    private void Count(Member member, PartialDate? since)
    {
        var key = MemberCount.KeyOf(member);
        if (!_counts.TryGetValue(key, out var count))
            _counts[key] = count = new()
            {
                Key = key,
                Region = member.Region,
                Country = member.Country,
                Kind = member.Kind,
                Class = member.Class,
                Population = member.Population,
            };
        count.Count++;
        CollectionsMarshal.GetValueRefOrAddDefault(_joined, (since?.Year ?? 0, member.Country), out _)++;
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
            yield return new("kind", KeyOf("members.kind", member.Kind), KeyOf("members.kind", row.Kind), true);
        if (row.City is not null && row.City != member.City)
            yield return new("city", member.City, row.City);
        if (row.Population is { } population && population != member.Population)
            yield return new(
                "population",
                member.Population is { } before ? KeyOf("members.population", before) : null,
                KeyOf("members.population", population),
                true
            );
        if (row.Website is not null && row.Website != member.Website)
            yield return new("website", member.Website, row.Website);
    }

    private static string KeyOf<T>(string prefix, T value)
        where T : struct, Enum => $"{prefix}.{PageLocalizer.Kebab(value.ToString())}";
}
