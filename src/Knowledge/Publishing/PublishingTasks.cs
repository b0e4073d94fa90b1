using Microsoft.EntityFrameworkCore;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;
using Plenaria.Platform.Language;
using Plenaria.Platform.Tasks;
using Plenaria.Publishing.Contact;
using Plenaria.Publishing.Content;

namespace Plenaria.Publishing;

/// <summary>
/// Items to read before they appear, those given back to their authors, and messages of the public to answer.
/// </summary>
internal sealed class PublishingTasks(PlenariaDb db, ItemStore items, Localizer texts) : ITaskSource
{
    private const int Most = 20;

    public async Task<IReadOnlyList<Waiting>> For(CurrentUser visitor, Language language, CancellationToken cancel)
    {
        var tasks = new List<Waiting>();
        string Say(string key, string title) => texts.Get(language, key, ("title", title));
        if (visitor.May(PublishingModule.Publish))
            tasks.AddRange(
                (
                    await (await items.InTerritory(visitor.Acting(), cancel))
                        .Where(i => i.State == ItemState.Submitted)
                        .OrderBy(i => i.SubmittedAt)
                        .Take(Most)
                        .ToListAsync(cancel)
                ).Select(i => new Waiting(Say("publishing.task.read", i.Title.For(language)), i.Path, null))
            );
        if (visitor.May(PublishingModule.Write) && visitor.Who.Id is { } me)
            tasks.AddRange(
                (
                    await db.Set<Item>()
                        .AsNoTracking()
                        .Where(i => i.State == ItemState.Draft && i.Remark != null && i.Author == me)
                        .Take(Most)
                        .ToListAsync(cancel)
                ).Select(i => new Waiting(
                    Say("publishing.task.given-back", i.Title.For(language)),
                    i.Path,
                    null,
                    i.Remark
                ))
            );
        if (visitor.May(PublishingModule.Contact))
            tasks.AddRange(
                (
                    await db.Set<ContactMessage>()
                        .AsNoTracking()
                        .Where(m => m.DoneAt == null)
                        .OrderBy(m => m.At)
                        .Take(Most)
                        .ToListAsync(cancel)
                ).Select(m => new Waiting(Say("publishing.task.answer", m.Subject), "/contact/received", null, m.Name))
            );
        return tasks;
    }
}
