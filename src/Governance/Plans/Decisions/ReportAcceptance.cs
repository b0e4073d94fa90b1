using Microsoft.EntityFrameworkCore;
using Plenaria.Plans.Reports;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;
using Plenaria.Platform.Decisions;

namespace Plenaria.Plans.Decisions;

/// <summary>A report is accepted as it was closed.</summary>
internal sealed class ReportAcceptance(PlenariaDb db, ReportStore reports) : IDecidable
{
    public const string Key = "AcceptReport";

    public async Task<IReadOnlyList<DecidableRecord>> ListAsync(CancellationToken cancel) =>
        [
            .. (
                await db.Set<AnnualReport>()
                    .AsNoTracking()
                    .Where(r => r.IsClosed && r.AcceptedBy == null)
                    .ToListAsync(cancel)
            )
                .OrderBy(r => r.Reference.ToString(), StringComparer.Ordinal)
                .Select(r => new DecidableRecord(r.Reference, r.Title, r.Path)),
        ];

    public async Task<string?> FreezeAsync(
        Reference about,
        PartialDate on,
        OperationContext acting,
        CancellationToken cancel
    )
    {
        var report =
            await reports.Find(about.ToString(), cancel)
            ?? throw new RuleViolationException("plans.report.absent", ("reference", about));
        return report.Hash is not { } hash ? throw new RuleViolationException("plans.report.not-closed")
            : report.AcceptedBy is not null ? throw new RuleViolationException("plans.decided-already")
            : Convert.ToHexStringLower(hash);
    }

    public Task AdoptAsync(AdoptedDecision adopted, OperationContext acting, CancellationToken cancel) =>
        reports.Accept(adopted.About, adopted.Resolution, acting, cancel);
}
