using Microsoft.EntityFrameworkCore;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;
using Plenaria.Platform.Language;
using Plenaria.Platform.Tasks;

namespace Plenaria.Members.Offices;

/// <summary>
/// Last month's report, for whoever works for an office alone; reports to accept, for the Secretariat.
/// </summary>
internal sealed class OfficeTasks(PlenariaDb db, MemberStore members, Localizer texts) : ITaskSource
{
    public async Task<IReadOnlyList<Waiting>> For(CurrentUser visitor, Language language, CancellationToken cancel)
    {
        if (!visitor.May(MembersModule.Edit))
            return [];
        var offices = await db.Set<RegionalOffice>().AsNoTracking().OrderBy(o => o.Slug).ToListAsync(cancel);
        var accepts = visitor.May(MembersModule.ManageOffices);
        var month = PartialDate.Parse($"{members.Today.AddMonths(-1):yyyy-MM}");
        var tasks = new List<Waiting>();
        var reports = await db.Set<OfficeReport>()
            .AsNoTracking()
            .Where(r => r.State == OfficeReportState.Sent || r.Month == month)
            .ToListAsync(cancel);
        foreach (var office in offices)
            if (accepts)
                tasks.AddRange(
                    reports
                        .Where(r => r.Office == office.Id && r.State == OfficeReportState.Sent)
                        .Select(r => new Waiting(
                            texts.Get(
                                language,
                                "members.offices.month.task-accept",
                                ("office", office.Name),
                                ("month", r.Month)
                            ),
                            $"{office.Path}/months?month={r.Month}",
                            null
                        ))
                );
            else if (
                office.IsOpen
                && visitor.Who.Grants.Contains(new(Role.Regional, Scope.Of(office.Id)))
                && !reports.Exists(r =>
                    r.Office == office.Id && r.Month.Equals(month) && r.State != OfficeReportState.Draft
                )
            )
                tasks.Add(
                    new(
                        texts.Get(language, "members.offices.month.task", ("month", month)),
                        $"{office.Path}/months?month={month}",
                        PartialDate.On(month.Last.AddDays(10))
                    )
                );
        return tasks;
    }
}
