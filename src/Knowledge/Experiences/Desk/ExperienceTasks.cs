using Microsoft.EntityFrameworkCore;
using Plenaria.Members;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;
using Plenaria.Platform.Language;
using Plenaria.Platform.Tasks;

namespace Plenaria.Experiences.Desk;

/// <summary>
/// Practices to read, for editors; those given back, and those nobody has confirmed for a year, for their authors.
/// </summary>
internal sealed class ExperienceTasks(PlenariaDb db, IMembers members, TimeProvider time, Localizer texts) : ITaskSource
{
    private const int Most = 20;

    public async Task<IReadOnlyList<Waiting>> For(CurrentUser visitor, Language language, CancellationToken cancel)
    {
        if (!visitor.May(ExperiencesModule.Write) || visitor.Who.Id is not { } me)
            return [];
        return
        [
            .. visitor.May(ExperiencesModule.Edit) ? await ToReadAsync(visitor, language, cancel) : [],
            .. await GivenBackAsync(me, language, cancel),
            .. await ToConfirmAsync(visitor, language, cancel),
        ];
    }

    private async Task<IEnumerable<Waiting>> ToReadAsync(
        CurrentUser visitor,
        Language language,
        CancellationToken cancel
    )
    {
        var submitted = await (await IndexModel.InTerritory(db, members, visitor.Acting(), cancel))
            .Where(e => e.State == EditorialState.Submitted)
            .OrderBy(e => e.SubmittedAt)
            .Take(Most)
            .ToListAsync(cancel);
        return submitted.Select(e => new Waiting(Say(language, "experiences.task.read", e), e.Path, null));
    }

    private async Task<IEnumerable<Waiting>> GivenBackAsync(AccountId me, Language language, CancellationToken cancel)
    {
        // By the keys of what they write: with its state as a condition, drafts would be read to find their authors.
        var written = await db.Set<Author>().Where(a => a.Account == me).Select(a => a.Experience).ToListAsync(cancel);
        if (written.Count == 0)
            return [];
        var remarked = await db.Set<Experience>()
            .AsNoTracking()
            .Where(e => written.Contains(e.Id) && e.Remark != null)
            .ToListAsync(cancel);
        return remarked
            .Where(e => e.State == EditorialState.Draft)
            .OrderBy(e => e.Number)
            .Take(Most)
            .Select(e => new Waiting(Say(language, "experiences.task.given-back", e), e.Path, null, e.Remark));
    }

    private async Task<IEnumerable<Waiting>> ToConfirmAsync(
        CurrentUser visitor,
        Language language,
        CancellationToken cancel
    )
    {
        var own = visitor.Who.Represents.Select(m => (MemberId?)m).ToList();
        if (own.Count == 0)
            return [];
        var yearAgo = time.GetUtcNow().AddYears(-1);
        var day = DateOnly.FromDateTime(yearAgo.UtcDateTime);
        var old = await db.Set<Experience>()
            .AsNoTracking()
            .Where(e =>
                e.State == EditorialState.Published
                && own.Contains(e.Owner)
                && e.ChangedAt < yearAgo
                && (e.ConfirmedOn == null || e.ConfirmedOn < day)
            )
            .OrderBy(e => e.ChangedAt)
            .Take(Most)
            .ToListAsync(cancel);
        return old.Select(e => new Waiting(Say(language, "experiences.task.confirm", e), e.Path, null));
    }

    private string Say(Language language, string key, Experience e) => texts.Get(language, key, ("title", e.Title));
}
