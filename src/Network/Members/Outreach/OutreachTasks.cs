using Microsoft.EntityFrameworkCore;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;
using Plenaria.Platform.Language;
using Plenaria.Platform.Tasks;

namespace Plenaria.Members.Outreach;

/// <summary>The next steps of somebody's prospects whose day has come.</summary>
internal sealed class OutreachTasks(PlenariaDb db, OutreachStore outreach, Localizer texts) : ITaskSource
{
    public async Task<IReadOnlyList<Waiting>> For(CurrentUser visitor, Language language, CancellationToken cancel)
    {
        if (visitor.Who.Id is not { } me || !visitor.May(MembersModule.Outreach))
            return [];
        var today = outreach.Today;
        var due = await (
            from prospect in db.Set<Prospect>().AsNoTracking()
            join member in db.Set<Member>().AsNoTracking() on prospect.Member equals member.Id
            where prospect.Owner == me && prospect.NextOn <= today
            select new
            {
                prospect.NextStep,
                prospect.NextOn,
                member.Name,
                member.Slug,
            }
        ).ToListAsync(cancel);
        return
        [
            .. due.Select(d => new Waiting(
                d.NextStep is { } step
                    ? texts.Get(language, "members.outreach.task", ("step", step), ("name", d.Name))
                    : texts.Get(language, "members.outreach.task.look", ("name", d.Name)),
                $"/outreach/{d.Slug}",
                PartialDate.On(d.NextOn!.Value)
            )),
        ];
    }
}
