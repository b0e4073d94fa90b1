using Microsoft.EntityFrameworkCore;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;
using Plenaria.Platform.Journal;
using Plenaria.Platform.Language;
using Plenaria.Platform.Site;

namespace Plenaria.Forms;

/// <summary>A form in the list of staff.</summary>
/// <param name="IsOfModule">Whether a module brings it: it can be changed, not closed or deleted.</param>
internal sealed record FormLine(string Key, LocalizedText Title, StoredForm? Stored, bool IsOfModule, int Sent);

/// <summary>Forms that staff build: begun, copied, changed, published, closed.</summary>
internal sealed class FormStore(
    PlenariaDb db,
    Journal journal,
    FormService forms,
    Contributions contributions,
    Localizer texts
)
{
    /// <summary>The act of changing what a form asks.</summary>
    public const string Changed = "forms.design-changed";

    public async Task<IReadOnlyList<FormLine>> ListAsync(CancellationToken cancel)
    {
        var stored = await db.Set<StoredForm>().AsNoTracking().OrderByDescending(f => f.ChangedAt).ToListAsync(cancel);
        var kinds = await contributions.GetAsync<IFormKind>(cancel);
        var sent = await db.Set<FormResponse>()
            .Where(r => r.SentAt != null)
            .GroupBy(r => r.Form)
            .Select(g => new { Form = g.Key, Count = g.Count() })
            .ToDictionaryAsync(g => g.Form, g => g.Count, cancel);
        return
        [
            .. stored.Select(f => new FormLine(
                f.Key,
                f.Draft.Title,
                f,
                kinds.Any(k => k.Key == f.Key),
                sent.GetValueOrDefault(f.Key)
            )),
            .. kinds
                .Where(k => !stored.Exists(f => f.Key == k.Key))
                .Select(k => new FormLine(k.Key, k.Define(texts).Title, null, true, sent.GetValueOrDefault(k.Key))),
        ];
    }

    public Task<StoredForm?> FindAsync(string key, CancellationToken cancel) =>
        db.Set<StoredForm>().SingleOrDefaultAsync(f => f.Key == key, cancel);

    /// <summary>The questions a module reads; none for a form that staff built.</summary>
    public async Task<IReadOnlyCollection<string>> NeededAsync(string key, CancellationToken cancel) =>
        (await contributions.GetAsync<IFormKind>(cancel)).FirstOrDefault(k => k.Key == key)?.Needed ?? [];

    /// <summary>The form as its module ships it; null for a form that staff built, and for none.</summary>
    public async Task<FormDefinition?> ShippedAsync(string key, CancellationToken cancel) =>
        (await contributions.GetAsync<IFormKind>(cancel)).FirstOrDefault(k => k.Key == key)?.Define(texts);

    /// <summary>Begins a form with nothing in it, or with what another one asks.</summary>
    public async Task<StoredForm> CreateAsync(
        LocalizedText title,
        string? copyOf,
        OperationContext acting,
        CancellationToken cancel
    )
    {
        var (source, stored) =
            copyOf is null ? (null, null)
            : await forms.FindAsync(copyOf, cancel) is { } open ? (open, open.Stored)
            : throw new RuleViolationException("forms.build.unknown", ("form", copyOf));
        var key = await NewKeyAsync(title.ToString(), cancel);
        var draft = (stored?.Draft ?? source?.Definition) is { } copied
            ? copied with
            {
                Key = key,
                Title = title,
            }
            : new(key, title, LocalizedText.Empty, []);
        var form = StoredForm.Begin(draft, acting);
        (form.Zone, form.Access) = (stored?.Zone ?? form.Zone, stored?.Access ?? form.Access);
        db.Add(form);
        journal.Append(acting, form.Stream, "forms.design-begun", null, new { key, copyOf });
        await db.SaveChangesAsync(cancel);
        return form;
    }

    /// <summary>The form to change: that of a module becomes one of staff with its first change.</summary>
    public async Task<StoredForm?> TakeOverAsync(string key, OperationContext acting, CancellationToken cancel)
    {
        if (await FindAsync(key, cancel) is { } known)
            return known;
        var kind = (await contributions.GetAsync<IFormKind>(cancel)).FirstOrDefault(k => k.Key == key);
        if (kind is null)
            return null;
        var form = StoredForm.Begin(kind.Define(texts), acting);
        form.Publish((await forms.Keep(form.Draft, cancel)).Hash, acting.At);
        await forms.BeginCountAsync(key, cancel);
        db.Add(form);
        journal.Append(acting, form.Stream, "forms.design-begun", null, new { key });
        await db.SaveChangesAsync(cancel);
        return form;
    }

    /// <summary>Stores a change of the form, and says in the journal what it was.</summary>
    public async Task ChangeAsync(
        StoredForm form,
        string act,
        OperationContext acting,
        Action change,
        CancellationToken cancel
    )
    {
        if (act == Changed)
            (form.ChangedAt, form.BeforeRemoval) = (acting.At, null);
        change();
        journal.Append(acting, form.Stream, act, null, new { form.Key });
        await db.SaveChangesAsync(cancel);
        // A module's form was taken over first: that is not what was done.
        db.FirstAct = act;
    }

    /// <summary>From now on the form is asked as it is being built; what was begun before goes on as it was.</summary>
    public async Task PublishAsync(StoredForm form, OperationContext acting, CancellationToken cancel)
    {
        if (FormDesign.Faults(form.Draft, form.Phases).Count > 0)
            throw new RuleViolationException("forms.build.has-faults");
        var version = await forms.Keep(form.Draft, cancel);
        await forms.BeginCountAsync(form.Key, cancel);
        await ChangeAsync(form, "forms.design-published", acting, () => form.Publish(version.Hash, acting.At), cancel);
    }

    private async Task<string> NewKeyAsync(string title, CancellationToken cancel)
    {
        string[] reserved = ["new", .. (await contributions.GetAsync<IFormKind>(cancel)).Select(k => k.Key)];
        var stem = Folding.Slug(title, StoredForm.KeyMaxLength - 8) is { Length: > 0 } slug ? slug : "form";
        var taken = await db.Set<StoredForm>()
            .Where(f => f.Key.StartsWith(stem))
            .Select(f => f.Key)
            .ToListAsync(cancel);
        return Folding.Free(stem, taken.Concat(reserved).ToHashSet());
    }
}
