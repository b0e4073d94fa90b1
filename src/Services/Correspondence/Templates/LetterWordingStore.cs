using Microsoft.EntityFrameworkCore;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;
using Plenaria.Platform.Journal;
using Plenaria.Platform.Language;

namespace Plenaria.Correspondence;

/// <summary>A letter in one language as a form showed it.</summary>
/// <param name="Version">That of the stored words; 0 while there were none.</param>
internal sealed record SeenWording(LetterTemplate Template, Kernel.Language Language, int Version);

/// <summary>Reads and changes how the network words its letters, each change in the journal.</summary>
internal sealed class LetterWordingStore(PlenariaDb db, Journal journal, WordingOverrides wordings, Localizer texts)
{
    private const string Saved = "mail.template-saved",
        Reset = "mail.template-reset",
        Restored = "mail.template-restored";

    private static readonly Dictionary<string, string> AsShipped = [];

    /// <summary>All that are not as shipped.</summary>
    public async Task<IReadOnlyList<LetterWording>> ReadChangedAsync(CancellationToken cancel) =>
        (await db.Set<LetterWording>().AsNoTracking().ToListAsync(cancel)).FindAll(w => !w.IsAsShipped);

    /// <summary>Null while nobody has changed the letter in this language.</summary>
    public Task<LetterWording?> FindAsync(
        LetterTemplate template,
        Kernel.Language language,
        CancellationToken cancel
    ) =>
        db.Set<LetterWording>().SingleOrDefaultAsync(w => w.Template == template.Key && w.Language == language, cancel);

    /// <summary>Words the letter so from now on; texts that are as shipped are not kept.</summary>
    /// <param name="typed">All texts of the letter, without faults (<see cref="WordingRules"/>).</param>
    /// <exception cref="RuleViolationException">Somebody else changed it meanwhile.</exception>
    public async Task SaveAsync(
        SeenWording seen,
        IReadOnlyDictionary<string, string> typed,
        OperationContext acting,
        CancellationToken cancel
    )
    {
        var (template, language, version) = seen;
        var shipped = template.TextKeys.ToDictionary(k => k, k => texts.GetShipped(language, k));
        var changed = template.TextKeys.Where(k => typed[k] != shipped[k].Trim()).ToList();
        // Of two who are the first to change it, the second meets the row of the first: its key is unique.
        var wording = await FindAsync(template, language, cancel) ?? Add(template, language, acting);
        if (db.Entry(wording).State != EntityState.Added || version != 0)
            PlenariaDb.RequireVersion(wording, version);
        await ChangeAsync(
            wording,
            Saved,
            changed.ToDictionary(k => k, k => typed[k]),
            changed.ToDictionary(k => k, k => shipped[k]),
            acting,
            cancel
        );
    }

    private LetterWording Add(LetterTemplate template, Kernel.Language language, OperationContext acting)
    {
        var wording = new LetterWording
        {
            Id = Guid.CreateVersion7(acting.At),
            Template = template.Key,
            Language = language,
        };
        db.Add(wording);
        return wording;
    }

    /// <summary>The letter is worded as shipped again. What it said is in the journal, for the undo.</summary>
    /// <returns>The version that this left behind.</returns>
    /// <exception cref="RuleViolationException">Somebody else changed it meanwhile, or it is as shipped.</exception>
    public async Task<int> ResetAsync(SeenWording seen, OperationContext acting, CancellationToken cancel)
    {
        var wording =
            await FindAsync(seen.Template, seen.Language, cancel)
            ?? throw new RuleViolationException("mail.templates.is-shipped");
        PlenariaDb.RequireVersion(wording, seen.Version);
        if (wording.IsAsShipped)
            throw new RuleViolationException("mail.templates.is-shipped");
        await ChangeAsync(wording, Reset, AsShipped, AsShipped, acting, cancel);
        return wording.Version;
    }

    /// <summary>Undoes the last act, where that was <see cref="ResetAsync"/>.</summary>
    /// <exception cref="RuleViolationException">Something was done since.</exception>
    public async Task RestoreAsync(SeenWording seen, OperationContext acting, CancellationToken cancel)
    {
        var wording =
            await FindAsync(seen.Template, seen.Language, cancel)
            ?? throw new RuleViolationException("platform.changed-meanwhile");
        PlenariaDb.RequireVersion(wording, seen.Version);
        if (await journal.Read(wording.Stream, 1, cancel) is not [{ Act: Reset, What: { } what }])
            throw new RuleViolationException("platform.changed-meanwhile");
        IReadOnlyDictionary<string, string> Texts(string name) =>
            what.GetProperty(name).EnumerateObject().ToDictionary(t => t.Name, t => t.Value.GetString()!);
        await ChangeAsync(wording, Restored, Texts("before"), Texts("shipped"), acting, cancel);
    }

    private async Task ChangeAsync(
        LetterWording wording,
        string act,
        IReadOnlyDictionary<string, string> worded,
        IReadOnlyDictionary<string, string> shipped,
        OperationContext acting,
        CancellationToken cancel
    )
    {
        var what = new
        {
            template = wording.Template,
            language = wording.Language.Code,
            before = wording.Texts,
            shipped = wording.Shipped,
            after = worded,
        };
        // No page of the public shows the words of letters.
        journal.Append(acting, wording.Stream, act, null, what, marks: []);
        wording.Reword(worded, shipped);
        await db.SaveChangesAsync(cancel);
        wordings.Forget();
    }
}
