using Microsoft.EntityFrameworkCore;
using Plenaria.Correspondence;
using Plenaria.Members.People;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;
using Plenaria.Platform.Journal;

namespace Plenaria.Members.Outreach;

/// <summary>
/// Puts mail that was copied or forwarded to the house on the timelines of the institutions whose people it names. A
/// person of several is on each.
/// </summary>
internal sealed class OutreachMail(PlenariaDb db, Territory territory, Journal journal) : IMailReader
{
    public async Task<bool> Take(InboundMessage mail, OperationContext acting, CancellationToken cancel)
    {
        if (!acting.Can(MembersModule.Outreach))
            return false;
        var countries = await territory.Of(acting, cancel);
        var named = (
            await (
                from p in db.Set<Person>()
                join r in db.Set<Representation>() on p.Id equals r.Person
                join m in db.Set<Member>() on r.Member equals m.Id
                where p.Email != null && mail.Others.Contains(p.Email) && r.Until == null
                select new
                {
                    Person = p.Id,
                    m.Id,
                    m.Slug,
                    m.Country,
                }
            )
                .AsNoTracking()
                .ToListAsync(cancel)
        ).Where(n => countries?.Contains(n.Country) ?? true).DistinctBy(n => n.Id).ToList();
        var ids = named.Select(n => n.Id).ToList();
        var known = (
            await db.Set<Activity>()
                .Where(a => a.MessageId == mail.MessageId && ids.Contains(a.Member))
                .Select(a => a.Member)
                .ToListAsync(cancel)
        ).ToHashSet();
        var text = $"{mail.Subject}\n\n{mail.Text}".Trim();
        foreach (var about in named.Where(n => !known.Contains(n.Id)))
        {
            var activity = new Activity
            {
                Id = Guid.CreateVersion7(acting.At),
                Member = about.Id,
                Person = about.Person,
                Kind = ActivityKind.Mail,
                At = mail.At,
                By = acting.Actor.Id,
                ByName = acting.Actor.Name,
                Text = text.Length > Activity.TextMaxLength ? text[..Activity.TextMaxLength] : text,
                MessageId = mail.MessageId,
            };
            db.Add(activity);
            var what = new { kind = activity.Kind.ToString(), activity = activity.Id };
            journal.Append(acting, $"member:{about.Slug}", "members.outreach-logged", null, what);
        }
        await db.SaveChangesAsync(cancel);
        return named.Count > 0;
    }
}
