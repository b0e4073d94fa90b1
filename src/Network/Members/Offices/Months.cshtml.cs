using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;
using Plenaria.Platform.Journal;
using Plenaria.Platform.Language;
using Plenaria.Platform.Site;

namespace Plenaria.Members.Offices;

/// <summary>
/// What an office did in a month, in three boxes; sent to the Secretariat, which accepts it or gives it back with an
/// answer.
/// </summary>
[Allow(MembersModule.Edit)]
internal sealed class MonthsModel(
    PlenariaDb db,
    MemberStore members,
    Journal journal,
    CurrentUser visitor,
    PageLocalizer phrases
) : PageModel, IRerenderable
{
    public RegionalOffice Office { get; private set; } = null!;
    public OfficeReport? Report { get; private set; }
    public PartialDate Shown { get; private set; }
    public bool MayAccept { get; private set; }
    public object? Stored => Report?.Version ?? 0;

    [BindProperty(SupportsGet = true), PartialDateField]
    public string? Month { get; set; }
    public Fields Input { get; private set; } = new();

    public async Task<IActionResult> OnGetAsync(string slug, CancellationToken cancel)
    {
        if (!ModelState.IsValid || !await Load(slug, cancel))
            return NotFound();
        if (Report is { } report)
            Input = new()
            {
                Version = report.Version,
                Done = report.Done,
                Next = report.Next,
                Needs = report.Needs,
                Answer = report.Answer,
            };
        return Page();
    }

    public async Task RerenderAsync(CancellationToken cancel)
    {
        if (!await Load((string)RouteData.Values["slug"]!, cancel))
            throw new RuleViolationException("platform.changed-meanwhile");
    }

    public Task<IActionResult> OnPostSaveAsync(
        string slug,
        [FromForm(Name = nameof(Input))] Fields input,
        CancellationToken cancel
    ) => Write(slug, input, OfficeReportState.Draft, "members.office-month-saved", cancel);

    public Task<IActionResult> OnPostSendAsync(
        string slug,
        [FromForm(Name = nameof(Input))] Fields input,
        CancellationToken cancel
    ) => Write(slug, input, OfficeReportState.Sent, "members.office-month-sent", cancel);

    public Task<IActionResult> OnPostAcceptAsync(
        string slug,
        [FromForm(Name = nameof(Input))] Fields input,
        CancellationToken cancel
    ) => Answer(slug, input, OfficeReportState.Accepted, "members.office-month-accepted", cancel);

    public Task<IActionResult> OnPostGiveBackAsync(
        string slug,
        [FromForm(Name = nameof(Input))] Fields input,
        CancellationToken cancel
    ) => Answer(slug, input, OfficeReportState.Draft, "members.office-month-given-back", cancel);

    private async Task<IActionResult> Write(
        string slug,
        Fields input,
        OfficeReportState state,
        string act,
        CancellationToken cancel
    )
    {
        Input = input;
        if (!await Load(slug, cancel))
            return NotFound();
        if (state == OfficeReportState.Sent && string.IsNullOrWhiteSpace(input.Done))
            throw new RuleViolationException("members.offices.month.empty");
        if (Report is null)
            db.Add(
                Report = new()
                {
                    Id = Guid.CreateVersion7(visitor.Acting().At),
                    Office = Office.Id,
                    Month = Shown,
                }
            );
        else
            PlenariaDb.RequireVersion(Report, input.Version);
        if (Report.State != OfficeReportState.Draft)
            throw new RuleViolationException("members.offices.month.sent");
        (Report.Done, Report.Next, Report.Needs, Report.State) = (
            input.Done?.Trim() ?? "",
            input.Next?.Trim() ?? "",
            input.Needs?.Trim() ?? "",
            state
        );
        return await Save(act, cancel);
    }

    private async Task<IActionResult> Answer(
        string slug,
        Fields input,
        OfficeReportState state,
        string act,
        CancellationToken cancel
    )
    {
        Input = input;
        if (!await Load(slug, cancel) || Report is null)
            return NotFound();
        if (!MayAccept)
            throw new ForbiddenException(MembersModule.ManageOffices);
        PlenariaDb.RequireVersion(Report, input.Version);
        if (Report.State != OfficeReportState.Sent)
            throw new RuleViolationException("members.offices.month.not-sent");
        (Report.State, Report.Answer) = (state, string.IsNullOrWhiteSpace(input.Answer) ? null : input.Answer.Trim());
        return await Save(act, cancel);
    }

    private async Task<IActionResult> Save(string act, CancellationToken cancel)
    {
        journal.Append(
            visitor.Acting(),
            Office.Stream,
            act,
            null,
            new { month = Report!.Month.ToString(), Report.Answer }
        );
        await db.SaveChangesAsync(cancel);
        return Redirect($"/{phrases.Language}{Office.Path}/months?month={Shown}");
    }

    private async Task<bool> Load(string slug, CancellationToken cancel)
    {
        if (
            await db.Set<RegionalOffice>().AsNoTracking().SingleOrDefaultAsync(o => o.Slug == slug, cancel)
            is not { } office
        )
            return false;
        visitor.Acting().Require(MembersModule.Edit, Scope.Of(office.Id));
        var last = members.Today.AddMonths(-1);
        Office = office;
        Shown =
            string.IsNullOrEmpty(Month) ? PartialDate.Parse($"{last:yyyy-MM}")
            : PartialDate.Parse(Month) is { Month: not null, Day: null } month ? month
            : throw new RuleViolationException("members.offices.month.form");
        MayAccept = visitor.May(MembersModule.ManageOffices);
        Report = (await db.Set<OfficeReport>().Where(r => r.Office == office.Id).ToListAsync(cancel)).Find(r =>
            r.Month.Equals(Shown)
        );
        return true;
    }

    internal sealed class Fields
    {
        public int Version { get; set; }

        [StringLength(OfficeReport.TextMaxLength)]
        public string? Done { get; set; }

        [StringLength(OfficeReport.TextMaxLength)]
        public string? Next { get; set; }

        [StringLength(OfficeReport.TextMaxLength)]
        public string? Needs { get; set; }

        [StringLength(OfficeReport.TextMaxLength)]
        public string? Answer { get; set; }
    }
}
