using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;
using Plenaria.Platform.Journal;
using Plenaria.Platform.Site;

namespace Plenaria.Experiences.Import;

/// <summary>
/// Rows are what the files hold; records are cases, each put together from the rows that bear its number. Each record
/// is taken, changed, unchanged or refused.
/// </summary>
internal sealed record SourceResult(
    int Rows,
    int Records,
    int Taken,
    int Unnamed,
    int Changed,
    int Unchanged,
    IReadOnlyList<ImportRefusal> Refused
);

/// <summary>
/// Cases of another collection, known again by their number there, so that the same files twice change nothing. All of
/// them are stored together, or none; new ones in bulk.
/// </summary>
internal sealed class ExperienceImport(
    PlenariaDb db,
    ExperienceBulk bulk,
    ExperienceStore experiences,
    Journal journal,
    Network network
)
{
    private const int Batch = 200;

    public async Task<SourceResult> Run(
        IReadOnlyList<(string Name, Func<Stream> Open)> files,
        bool dryRun,
        OperationContext acting,
        CancellationToken cancel
    )
    {
        acting.Require(ExperiencesModule.Edit, Scope.Everywhere);
        var (rows, hashes) = (new List<SourceRow>(), new Dictionary<string, string>());
        foreach (var (name, open) in files)
        {
            await using (var content = open())
                hashes[name] = Convert.ToHexStringLower(await SHA256.HashDataAsync(content, cancel));
            await using var again = open();
            rows.AddRange(Participedia.Read(again, name));
        }
        var refused = new List<ImportRefusal>();
        var (taken, unnamed, changed, unchanged) = (0, 0, 0, 0);
        var records = Records(rows, refused);
        var count = records.Count + refused.Count;
        await db.InTransactionAsync(
            async () =>
            {
                var prefix = (await network.Profile(cancel)).Prefix;
                var number = await experiences.NextNumber(cancel);
                foreach (var batch in records.Chunk(Batch))
                {
                    var keys = batch.Select(r => KeyOf(r.Key)).ToList();
                    var known = await db.Set<Experience>()
                        .Where(e => keys.Contains(e.SourceKey!))
                        .ToDictionaryAsync(e => e.SourceKey!, cancel);
                    var fresh = new List<(string Id, List<SourceRow> Rows, LocalizedText Title)>();
                    foreach (var (id, of) in batch)
                    {
                        if (known.TryGetValue(KeyOf(id), out var stored))
                        {
                            var before = ExperienceStore.Texts(stored);
                            if (ParticipediaCase.Read(of, null, out _) is { Count: > 0 } why)
                                refused.Add(why[0]);
                            // What people have taken in hand since is theirs.
                            else if (
                                stored.Owner is not null
                                || await IsEdited(stored, cancel)
                                || Same(of, stored, before)
                            )
                                unchanged++;
                            else
                            {
                                changed++;
                                if (!dryRun)
                                    await experiences.Change(
                                        stored,
                                        "experiences.imported",
                                        acting,
                                        () => Renew(of, stored, acting),
                                        cancel
                                    );
                            }
                        }
                        else if (ParticipediaCase.Read(of, null, out var title) is { Count: > 0 } why)
                            refused.Add(why[0]);
                        else
                            fresh.Add((id, of, title));
                    }
                    taken += fresh.Count;
                    unnamed += fresh.Count(f => !ParticipediaCase.IsNamed(f.Rows));
                    if (!dryRun)
                        number = await Write(fresh, number, prefix, acting, cancel);
                    db.ChangeTracker.Clear();
                }
                if (dryRun || taken + changed == 0)
                    return;
                journal.Append(
                    acting,
                    "experiences",
                    "experiences.import-done",
                    null,
                    new
                    {
                        files = hashes,
                        taken,
                        changed,
                        unchanged,
                        refused = refused.Count,
                    }
                );
                await db.SaveChangesAsync(cancel);
            },
            cancel
        );
        return new(
            rows.Count,
            count,
            taken,
            unnamed,
            changed,
            unchanged,
            [.. refused.OrderBy(r => r.File, StringComparer.Ordinal).ThenBy(r => r.Row)]
        );
    }

    private static void Renew(List<SourceRow> rows, Experience stored, OperationContext acting)
    {
        ParticipediaCase.Read(rows, stored, out _);
        if (stored.State == EditorialState.Draft && ParticipediaCase.IsNamed(rows))
            stored.Publish(acting.At);
    }

    // A map of old addresses names records; by itself it makes none.
    private static List<KeyValuePair<string, List<SourceRow>>> Records(
        List<SourceRow> rows,
        List<ImportRefusal> refused
    )
    {
        var (records, addresses) = (
            new Dictionary<string, List<SourceRow>>(),
            rows.Where(r => r.First("address") is not null && r.Fields.Count == 2).ToLookup(r => r.Id!)
        );
        foreach (var row in rows.Where(r => r.First("address") is null || r.Fields.Count != 2))
        {
            var kind = row.First("kind") ?? row.First("type");
            if (row.Id is not { Length: > 0 and <= 20 } id || !id.All(char.IsAsciiLetterOrDigit))
                refused.Add(
                    new(
                        row.File,
                        row.Number,
                        "id",
                        "experiences.import.no-id",
                        row.Id is { Length: > 80 } long_ ? long_[..80] : row.Id
                    )
                );
            else if (kind != "case" && !(kind is null && row.Fields.ContainsKey("country")))
                refused.Add(
                    new(
                        row.File,
                        row.Number,
                        row.Fields.ContainsKey("kind") ? "kind" : "type",
                        "experiences.import.not-a-case",
                        kind
                    )
                );
            else if (records.TryGetValue(id, out var known) && known.Exists(k => k.File == row.File))
                refused.Add(new(row.File, row.Number, "id", "experiences.import.twice", id));
            else if (known is not null)
                known.Add(row);
            else
                records[id] = [row];
        }
        foreach (var (id, of) in records)
            of.AddRange(addresses[id]);
        return [.. records.OrderBy(r => r.Key.Length).ThenBy(r => r.Key, StringComparer.Ordinal)];
    }

    private async Task<int> Write(
        List<(string Id, List<SourceRow> Rows, LocalizedText Title)> fresh,
        int number,
        string prefix,
        OperationContext acting,
        CancellationToken cancel
    )
    {
        var slugs = await experiences.Slugs([.. fresh.Select(f => f.Title)], cancel);
        var made = new List<Experience>(fresh.Count);
        foreach (var ((id, rows, _), slug) in fresh.Zip(slugs))
        {
            var experience = new Experience
            {
                Id = Guid.CreateVersion7(acting.At),
                Number = number,
                Slug = slug,
                Reference = ExperienceStore.ReferenceOf(prefix, number),
                CreatedAt = acting.At,
            };
            ParticipediaCase.Read(rows, experience, out _);
            (experience.SourceKey, experience.Origin, experience.ChangedAt) = (
                KeyOf(id),
                new(Participedia.Name, id, $"https://participedia.net/case/{id}", Participedia.Licence),
                acting.At
            );
            // What nobody has named waits for an editor.
            if (ParticipediaCase.IsNamed(rows))
                experience.Publish(acting.At);
            made.Add(experience);
            number++;
        }
        await bulk.InsertAsync(made, acting, cancel);
        return number;
    }

    private Task<bool> IsEdited(Experience stored, CancellationToken cancel) =>
        db.Set<ExperienceRevision>().AnyAsync(r => r.Experience == stored.Id && r.By != null, cancel);

    private bool Same(List<SourceRow> rows, Experience stored, Dictionary<string, string> before)
    {
        var (ongoing, latitude, longitude, writtenIn) = (
            stored.IsOngoing,
            stored.Latitude,
            stored.Longitude,
            stored.WrittenIn
        );
        ParticipediaCase.Read(rows, stored, out _);
        var after = ExperienceStore.Texts(stored);
        var same =
            after.Count == before.Count
            && after.All(a => before.TryGetValue(a.Key, out var was) && was == a.Value)
            && (ongoing, latitude, longitude, writtenIn)
                == (stored.IsOngoing, stored.Latitude, stored.Longitude, stored.WrittenIn);
        // Compared on a copy would be cleaner, and a copy has all that a mapping forgets.
        db.Entry(stored).State = same ? EntityState.Unchanged : EntityState.Modified;
        return same;
    }

    private static string KeyOf(string id) => $"participedia:{id}";
}
