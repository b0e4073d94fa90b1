using Microsoft.EntityFrameworkCore;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;
using Plenaria.Platform.Journal;
using Plenaria.Platform.Language;

namespace Plenaria.Correspondence;

/// <summary>Reads and changes how the network words its letters, each change in the journal.</summary>
internal sealed class LetterWordingStore(PlenariaDb db, Journal journal, LetterWordings wordings, Localizer texts)
{
    private const string Saved = "mail.template-saved",
        Reset = "mail.template-reset",
        Restored = "mail.template-restored";

    // No page of the public shows the words of letters.
    private static readonly string[] OnNoPage = [];

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
    /// <param name="version">That of the row when the form began; 0 while there was none.</param>
    /// <param name="typed">All texts of the letter, without faults (<see cref="WordingRules"/>).</param>
    /// <exception cref="RuleViolationException">Somebody else changed it meanwhile.</exception>
    public async Task SaveAsync(
        LetterTemplate template,
        Kernel.Language language,
        int version,
        IReadOnlyDictionary<string, string> typed,
        OperationContext acting,
        CancellationToken cancel
    )
    {
        var shipped = template.TextKeys.ToDictionary(k => k, k => texts.GetShipped(language, k));
        var changed = template.TextKeys.Where(k => typed[k] != shipped[k].Trim()).ToList();
        var wording = await FindAsync(template, language, cancel);
        if (wording is null)
        {
            if (version != 0)
                throw new RuleViolationException("platform.changed-meanwhile") { StoredVersion = 0 };
            db.Add(
                wording = new()
                {
                    Id = Guid.CreateVersion7(acting.At),
                    Template = template.Key,
                    Language = language,
                }
            );
        }
        else
            PlenariaDb.RequireVersion(wording, version);
        var before = wording.Texts;
        wording.Reword(changed.ToDictionary(k => k, k => typed[k]), changed.ToDictionary(k => k, k => shipped[k]));
        journal.Append(
            acting,
            wording.Stream,
            Saved,
            null,
            new
            {
                template = template.Key,
                language = language.Code,
                before,
                after = wording.Texts,
            },
            OnNoPage
        );
        await StoreAsync(cancel);
    }

    /// <summary>The letter is worded as shipped again. What it said is in the journal, for the undo.</summary>
    /// <returns>The version that this left behind.</returns>
    /// <exception cref="RuleViolationException">Somebody else changed it meanwhile, or it is as shipped.</exception>
    public async Task<int> ResetAsync(
        LetterTemplate template,
        Kernel.Language language,
        int version,
        OperationContext acting,
        CancellationToken cancel
    )
    {
        var wording =
            await FindAsync(template, language, cancel)
            ?? throw new RuleViolationException("mail.templates.is-shipped");
        PlenariaDb.RequireVersion(wording, version);
        if (wording.IsAsShipped)
            throw new RuleViolationException("mail.templates.is-shipped");
        journal.Append(
            acting,
            wording.Stream,
            Reset,
            null,
            new
            {
                template = template.Key,
                language = language.Code,
                before = wording.Texts,
                shipped = wording.Shipped,
            },
            OnNoPage
        );
        wording.Reword(new Dictionary<string, string>(), new Dictionary<string, string>());
        await StoreAsync(cancel);
        return wording.Version;
    }

    /// <summary>Undoes the last act, where that was <see cref="ResetAsync"/>.</summary>
    /// <exception cref="RuleViolationException">Something was done since.</exception>
    public async Task RestoreAsync(
        LetterTemplate template,
        Kernel.Language language,
        int version,
        OperationContext acting,
        CancellationToken cancel
    )
    {
        var wording =
            await FindAsync(template, language, cancel)
            ?? throw new RuleViolationException("platform.changed-meanwhile");
        PlenariaDb.RequireVersion(wording, version);
        if (await journal.Read(wording.Stream, 1, cancel) is not [{ Act: Reset, What: { } what }])
            throw new RuleViolationException("platform.changed-meanwhile");
        IReadOnlyDictionary<string, string> Texts(string name) =>
            what.GetProperty(name).EnumerateObject().ToDictionary(t => t.Name, t => t.Value.GetString()!);
        wording.Reword(Texts("before"), Texts("shipped"));
        journal.Append(
            acting,
            wording.Stream,
            Restored,
            null,
            new
            {
                template = template.Key,
                language = language.Code,
                after = wording.Texts,
            },
            OnNoPage
        );
        await StoreAsync(cancel);
    }

    private async Task StoreAsync(CancellationToken cancel)
    {
        await db.SaveChangesAsync(cancel);
        wordings.Forget();
    }
}
