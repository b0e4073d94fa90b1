using Microsoft.EntityFrameworkCore;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;
using Plenaria.Platform.Journal;
using Plenaria.Platform.Language;
using Plenaria.Platform.Register;
using Plenaria.Platform.Site;
using Plenaria.Platform.Tasks;

namespace Plenaria.Translation;

/// <summary>
/// What a record lacks in a language: all of it, part of it or the newest changes, or a human reader's eye.
/// </summary>
internal enum TranslationGap
{
    Missing,
    Behind,
    Machine,
}

/// <summary>The translation of published records: what is missing, who does what, texts in and out.</summary>
internal sealed class Translations(
    PlenariaDb db,
    Contributions contributions,
    IMachineTranslation machine,
    Journal journal,
    TranslationLetters letters
)
{
    public const string Assign = "translation.assign",
        Translate = "translation.translate";

    /// <summary>Which module a record that was read belongs to.</summary>
    private readonly Dictionary<Reference, ITranslatables> _owners = [];

    public async Task<IReadOnlyList<string>> KindsAsync(CancellationToken cancel) =>
        [.. (await contributions.GetAsync<ITranslatables>(cancel)).SelectMany(s => s.Kinds)];

    /// <summary>Published records that lack something in a language, the newest first.</summary>
    public async Task<IReadOnlyList<PublishedEntry>> Lacking(
        Kernel.Language target,
        TranslationGap lack,
        string? kind,
        int skip,
        int take,
        CancellationToken cancel
    )
    {
        var kinds = (await KindsAsync(cancel)).Where(k => kind is null || k == kind).ToList();
        var state = lack == TranslationGap.Behind ? WordingState.Stale : WordingState.Machine;
        var entries = db.Set<RegisterEntry>()
            .AsNoTracking()
            .Include(e => e.Texts)
            .Where(e => !e.Withdrawn && kinds.Contains(e.Kind));
        entries =
            lack == TranslationGap.Missing
                ? entries.Where(e => !e.Texts.Any(t => t.Language == target))
                : entries.Where(e => e.Texts.Any(t => t.Language == target && t.State == state));
        return
        [
            .. (
                await entries
                    .OrderByDescending(e => e.ChangedAt)
                    .ThenBy(e => e.Reference)
                    .Skip(skip)
                    .Take(take)
                    .ToListAsync(cancel)
            ).Select(Register.Describe),
        ];
    }

    public async Task<Translatable?> Read(
        Reference reference,
        OperationContext acting,
        Kernel.Language reader,
        CancellationToken cancel
    )
    {
        foreach (var source in await contributions.GetAsync<ITranslatables>(cancel))
            if (await source.Read(reference, acting, reader, cancel) is { } found)
            {
                _owners[reference] = source;
                return found;
            }
        return null;
    }

    public async Task<TranslationTask?> TaskOf(Reference reference, Kernel.Language target, CancellationToken cancel) =>
        await db.Set<TranslationTask>()
            .SingleOrDefaultAsync(t => t.Reference == reference && t.Target == target, cancel);

    /// <summary>
    /// The record for whoever may put it into this language: those who may change it, and the translator it was given
    /// to while the task is open.
    /// </summary>
    /// <exception cref="ForbiddenException">Neither of them asked.</exception>
    public async Task<(Translatable Record, TranslationTask? Task)?> Open(
        Reference reference,
        Kernel.Language target,
        OperationContext acting,
        Kernel.Language reader,
        CancellationToken cancel
    )
    {
        if (await Read(reference, acting, reader, cancel) is not { } record)
            return null;
        var task = await TaskOf(reference, target, cancel);
        return MayPut(record, task, acting) ? (record, task) : throw new ForbiddenException(Translate);
    }

    /// <summary>Whether a page may offer whoever reads it to put its record into this language.</summary>
    public async Task<bool> MayOfferAsync(
        Reference reference,
        Kernel.Language target,
        CurrentUser visitor,
        CancellationToken cancel
    ) =>
        visitor.May(Translate)
        && await Read(reference, visitor.Acting(), target, cancel) is { } record
        && MayPut(record, await TaskOf(reference, target, cancel), visitor.Acting());

    private static bool MayPut(Translatable record, TranslationTask? task, OperationContext acting) =>
        record.MayChange || task is { IsOpen: true } && task.Assignee == acting.Actor.Id;

    /// <summary>
    /// Gives records to a translator, with one letter for all of them. What somebody else had is theirs from now on.
    /// </summary>
    /// <exception cref="ForbiddenException">One of them is not this person's to give away.</exception>
    public async Task Give(
        IReadOnlyCollection<Reference> references,
        Kernel.Language target,
        AccountId assignee,
        DateOnly? due,
        string? note,
        Uri site,
        OperationContext acting,
        CancellationToken cancel
    )
    {
        var lines = new List<string>();
        var to = await letters.FindAsync(assignee, cancel);
        foreach (var reference in references)
        {
            var record =
                await Read(reference, acting, to.Language, cancel)
                ?? throw new RuleViolationException("translation.unknown", ("reference", reference));
            if (!record.MayChange)
                throw new ForbiddenException(Assign);
            if (record.Title.Source == target)
                throw new RuleViolationException(
                    "translation.is-original",
                    ("title", record.Title.For(to.Language)),
                    ("language", target.OwnName)
                );
            var task = await TaskOf(reference, target, cancel);
            if (task is null)
                db.Add(
                    task = new()
                    {
                        Id = Guid.CreateVersion7(acting.At),
                        Reference = reference,
                        Target = target,
                        Assignee = assignee,
                        AssignedAt = acting.At,
                        AssignedBy = acting.Actor.Id,
                    }
                );
            (task.Assignee, task.AssignedAt, task.AssignedBy, task.Due, task.Note, task.DoneAt) = (
                assignee,
                acting.At,
                acting.Actor.Id,
                due,
                note,
                null
            );
            journal.Append(acting, task.Stream, "translation.given", reference, new { target = target.Code, due });
            lines.Add($"{record.Title.For(to.Language)}\n{new Uri(site, $"/{to.Language}{task.Path}")}");
        }
        await letters.WriteAsync(to, lines, target, due, note, site, cancel);
        await db.SaveChangesAsync(cancel);
    }

    /// <summary>
    /// Stores what came in for one record. Returns how many of its texts changed; names that the record does not have
    /// are named.
    /// </summary>
    /// <param name="shown">The target texts the translator saw, by name: one that somebody else changed since is not
    /// written over.</param>
    /// <exception cref="RuleViolationException">Somebody else changed one meanwhile.</exception>
    public async Task<(int Changed, IReadOnlyList<string> Unknown)> Store(
        Translatable record,
        Kernel.Language target,
        IReadOnlyCollection<Translated> incoming,
        IReadOnlyDictionary<string, string>? shown,
        OperationContext acting,
        CancellationToken cancel
    )
    {
        var unknown = incoming.Select(t => t.Name).Except(record.Texts.Select(t => t.Name)).ToList();
        var changed = 0;
        if (incoming.Count == unknown.Count)
            return (0, unknown);
        await _owners[record.Reference]
            .Write(
                record.Reference,
                (name, text) =>
                {
                    if (
                        incoming.FirstOrDefault(t => t.Name == name) is not { } said
                        || text.Source is not { } original
                        || original == target
                    )
                        return text;
                    var now = text.In(target);
                    var words = said.Text.ReplaceLineEndings("\n").Trim();
                    if (
                        shown is not null
                        && shown.TryGetValue(name, out var was)
                        && was != LocalizedText.HashOf(now?.Text ?? "")
                        && words != now?.Text
                    )
                        throw new RuleViolationException("translation.changed-meanwhile");
                    // The same words confirm a machine's translation or a stale one, unless they come from an old file.
                    if (
                        words == (now?.Text ?? "")
                        && (
                            now is null
                            || now.State == WordingState.Human
                            || said.SourceHash is not null
                            || said.ByMachine
                        )
                    )
                        return text;
                    changed++;
                    return text.WithTranslation(target, words, said.ByMachine, said.SourceHash);
                },
                acting,
                cancel
            );
        return (changed, unknown);
    }

    /// <summary>
    /// Fills what is missing in a language by machine; what people wrote stays. Returns how many texts.
    /// </summary>
    public async Task<int> ByMachine(
        Translatable record,
        Kernel.Language target,
        OperationContext acting,
        CancellationToken cancel
    )
    {
        var missing = record
            .Texts.Where(t => t.Text.Source is { } source && source != target && t.Text.In(target) is null)
            .ToList();
        if (missing.Count == 0)
            return 0;
        var said = new List<Translated>();
        foreach (var group in missing.GroupBy(t => t.Text.Source!.Value))
        {
            var words = await machine.Translate(
                [.. group.Select(t => t.Text.In(group.Key)!.Text)],
                group.Key,
                target,
                cancel
            );
            said.AddRange(group.Zip(words, (t, w) => new Translated(t.Name, w, ByMachine: true)));
        }
        return (await Store(record, target, said, null, acting, cancel)).Changed;
    }

    public async Task Finish(TranslationTask task, OperationContext acting, CancellationToken cancel)
    {
        task.DoneAt = acting.At;
        journal.Append(acting, task.Stream, "translation.done", task.Reference, new { target = task.Target.Code });
        await db.SaveChangesAsync(cancel);
    }
}

/// <summary>What a translator has been given, with its due date.</summary>
internal sealed class TranslationTasks(PlenariaDb db, Register register, Localizer texts) : ITaskSource
{
    public async Task<IReadOnlyList<Waiting>> For(
        CurrentUser visitor,
        Kernel.Language language,
        CancellationToken cancel
    )
    {
        if (visitor.Who.Id is not { } me || !visitor.May(Translations.Translate))
            return [];
        var open = await db.Set<TranslationTask>()
            .AsNoTracking()
            .Where(t => t.Assignee == me && t.DoneAt == null)
            .OrderBy(t => t.Due == null)
            .ThenBy(t => t.Due)
            .Take(50)
            .ToListAsync(cancel);
        var records = await register.Read([.. open.Select(t => t.Reference)], Audience.Staff, cancel);
        return
        [
            .. open.Where(t => records.ContainsKey(t.Reference))
                .Select(t => new Waiting(
                    texts.Get(
                        language,
                        "translation.task",
                        ("title", records[t.Reference].Title.For(language)),
                        ("language", t.Target.OwnName)
                    ),
                    t.Path,
                    t.Due is { } due ? PartialDate.On(due) : null,
                    t.Note
                )),
        ];
    }
}
