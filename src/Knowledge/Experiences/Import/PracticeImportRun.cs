using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Plenaria.Imports;
using Plenaria.Platform.Data;
using Plenaria.Platform.Site;

namespace Plenaria.Experiences.Import;

/// <summary>
/// One table of practices. New ones are written in bulk. One that says what it is, in short and where, is published;
/// another waits for an editor.
/// </summary>
internal sealed class PracticeImportRun(
    PlenariaDb db,
    ExperienceStore experiences,
    ExperienceBulk bulk,
    PracticeRows reader,
    Network network,
    ImportContext context
) : IImportRun
{
    public async Task<IReadOnlyList<RowOutcome>> TakeAsync(IReadOnlyList<ImportRow> rows, CancellationToken cancel)
    {
        var good = new List<PracticeRow>(rows.Count);
        foreach (var row in rows)
            if (await reader.ReadAsync(row, context.Language, cancel) is { } read)
                if (context.IsFirst(read.Match))
                    good.Add(read);
                else
                    row.Refuse("title", "imports.twice");
        var known = await FindKnownAsync(good, cancel);
        var (outcomes, fresh) = (new List<RowOutcome>(good.Count), new List<PracticeRow>());
        foreach (var row in good)
        {
            var stored = known.GetValueOrDefault(row.Match);
            var changes = stored is null ? [] : Differences(row, stored).ToList();
            var state =
                stored is null ? RowState.New
                : changes.Count > 0 ? RowState.Changed
                : RowState.Unchanged;
            outcomes.Add(new(row.Number, state, row.Title, row.Country, changes));
            if (stored is null)
                fresh.Add(row);
            else if (changes.Count > 0 && !context.IsDryRun)
                await experiences.Change(
                    stored,
                    "experiences.imported",
                    context.Acting,
                    () => Apply(row, stored),
                    cancel
                );
        }
        if (!context.IsDryRun && fresh.Count > 0)
            await WriteAsync(fresh, cancel);
        db.ChangeTracker.Clear();
        return outcomes;
    }

    public Task CompleteAsync(CancellationToken cancel) => Task.CompletedTask;

    // An address is made of the first title, and has a number at its end where another practice had it first.
    private async Task<Dictionary<string, Experience>> FindKnownAsync(List<PracticeRow> rows, CancellationToken cancel)
    {
        var keys = rows.Select(r => KeyOf(r.Match)).ToList();
        var slugs = rows.Select(r => ExperienceStore.SlugOf(r.Title)).ToList();
        var found = await db.Set<Experience>()
            .Include(e => e.Authors)
            .Where(e => keys.Contains(e.SourceKey!) || slugs.Contains(e.Slug))
            .OrderBy(e => e.Number)
            .ToListAsync(cancel);
        var known = new Dictionary<string, Experience>();
        foreach (var row in rows)
            if (
                (
                    found.Find(e => e.SourceKey == KeyOf(row.Match))
                    ?? found.Find(e => e.Title.Wordings.Any(w => IsCalled(row, w.Value.Text, e.Country)))
                ) is
                { } stored
            )
                known[row.Match] = stored;
        return known;
    }

    private static bool IsCalled(PracticeRow row, string title, string? country) =>
        PracticeRow.MatchOf(title, country) == row.Match;

    private async Task WriteAsync(List<PracticeRow> rows, CancellationToken cancel)
    {
        var prefix = (await network.Profile(cancel)).Prefix;
        var number = await experiences.NextNumber(cancel);
        var slugs = await experiences.Slugs([.. rows.Select(r => LocalizedText.Original(r.Language, r.Title))], cancel);
        var made = new List<Experience>(rows.Count);
        foreach (var (row, slug) in rows.Zip(slugs))
        {
            var practice = new Experience
            {
                Id = Guid.CreateVersion7(context.Acting.At),
                Number = number,
                Slug = slug,
                Reference = ExperienceStore.ReferenceOf(prefix, number),
                Title = LocalizedText.Original(row.Language, row.Title),
                SourceKey = KeyOf(row.Match),
                CreatedAt = context.Acting.At,
                ChangedAt = context.Acting.At,
            };
            Apply(row, practice);
            if (!practice.Summary.IsEmpty && practice.Country is not null)
                practice.Publish(context.Acting.At);
            made.Add(practice);
            number++;
        }
        await bulk.InsertAsync(made, context.Acting, cancel);
    }

    // What the file does not say stays as it is, and so do the other languages of a text.
    private static void Apply(PracticeRow row, Experience practice)
    {
        if (row.Summary is { } summary)
            practice.Summary = practice.Summary.Reworded(row.Language, summary);
        practice.Owner = row.Member?.Id ?? practice.Owner;
        practice.City = row.City ?? practice.City;
        practice.Country = row.Country ?? practice.Country;
        practice.Start = row.Year ?? practice.Start;
        practice.Terms = [.. practice.Terms.Union(row.Terms)];
        if (row.Link is { } link && !HasLink(practice, link))
            practice.Media =
            [
                .. practice.Media,
                new(null, link, new Uri(link).Host, null, LocalizedText.Empty, null, null),
            ];
    }

    private static IEnumerable<ChangedValue> Differences(PracticeRow row, Experience practice)
    {
        var summary = practice.Summary.In(row.Language)?.Text;
        if (row.Summary is not null && row.Summary != summary)
            yield return new("summary", summary, row.Summary);
        if (row.Member is { } member && member.Id != practice.Owner)
            yield return new("member", null, member.Name.For(row.Language));
        if (row.City is not null && row.City != practice.City)
            yield return new("city", practice.City, row.City);
        if (row.Year is not null && row.Year != practice.Start)
            yield return new("year", practice.Start?.ToString(), row.Year.ToString());
        if (row.Terms.Except(practice.Terms).ToList() is { Count: > 0 } terms)
            yield return new("topics", null, string.Join("; ", terms));
        if (row.Link is { } link && !HasLink(practice, link))
            yield return new("link", null, link);
    }

    private static bool HasLink(Experience practice, string link) => practice.Media.Exists(m => m.Url == link);

    private static string KeyOf(string match) =>
        $"table:{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(match)).AsSpan(0, 16))}";
}
