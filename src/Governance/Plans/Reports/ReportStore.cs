using Microsoft.EntityFrameworkCore;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;
using Plenaria.Platform.Journal;
using Plenaria.Platform.Language;
using Plenaria.Platform.Register;
using Plenaria.Platform.Site;

namespace Plenaria.Plans.Reports;

/// <summary>A report as a list shows it.</summary>
internal sealed record ReportHead(
    Reference Reference,
    Period Period,
    LocalizedText Title,
    bool IsClosed,
    DateTimeOffset? ClosedAt,
    byte[]? Hash
);

/// <summary>What the Secretariat says of one action in a report.</summary>
internal sealed record Judgement(Reference Action, Achievement Achievement, ActionOutcome Fate, string? Note);

/// <summary>Opens, edits, closes and corrects annual reports.</summary>
internal sealed class ReportStore(
    PlenariaDb db,
    Journal journal,
    Register register,
    ReportBuilder reckoning,
    Network network,
    Localizer texts
)
{
    public const string Kind = "annual-report",
        ClosedAct = "plans.report-closed";

    /// <summary>The newest period first.</summary>
    public async Task<IReadOnlyList<ReportHead>> All(bool withDrafts, CancellationToken cancel)
    {
        var heads = await db.Set<AnnualReport>()
            .AsNoTracking()
            .Where(r => withDrafts || r.IsClosed)
            .Select(r => new ReportHead(r.Reference, r.Period, r.Title, r.IsClosed, r.ClosedAt, r.Hash))
            .ToListAsync(cancel);
        return
        [
            .. heads
                .OrderByDescending(r => r.Period.Last)
                .ThenByDescending(r => r.Reference.ToString(), StringComparer.Ordinal),
        ];
    }

    public async Task<AnnualReport?> Find(string reference, CancellationToken cancel, bool toEdit = false)
    {
        if (!Reference.TryParse(reference, null, out var known))
            return null;
        var reports = toEdit ? db.Set<AnnualReport>() : db.Set<AnnualReport>().AsNoTracking();
        var report = await reports
            .Include(r => r.Assessments)
            .Include(r => r.Errata)
            .SingleOrDefaultAsync(r => r.Reference == known, cancel);
        report?.Errata.Sort((a, b) => a.Number.CompareTo(b.Number));
        return report;
    }

    /// <summary>The report for a reader: a draft is absent for whoever may not edit it.</summary>
    public async Task<AnnualReport?> FindFor(CurrentUser reader, string reference, CancellationToken cancel) =>
        await Find(reference, cancel) is { } report && (report.IsClosed || reader.May(PlansModule.Edit))
            ? report
            : null;

    /// <summary>What the report says: a closed one its stored bytes, an open one the records as they are now.</summary>
    public async Task<ReportContent> ContentOf(AnnualReport report, CancellationToken cancel) =>
        report.Content is { } bytes ? ReportContent.Read(bytes) : await reckoning.Of(report, null, cancel);

    public async Task<IReadOnlyList<ActionDifference>> Since(
        AnnualReport report,
        ReportContent closed,
        CancellationToken cancel
    ) => ActionDifference.Between(closed, await reckoning.Of(report, null, cancel));

    /// <summary>
    /// The fates that people chose in a report, by the action's reference: without those that follow from an action's
    /// state.
    /// </summary>
    public async Task<IReadOnlyDictionary<string, ActionOutcome>> ChosenFates(
        AnnualReport report,
        CancellationToken cancel
    )
    {
        var chosen = report
            .Assessments.Where(a => a.Fate != ActionOutcome.None)
            .ToDictionary(a => a.ActionId, a => a.Fate);
        var ids = chosen.Keys.ToList();
        var names = await db.Set<PlanAction>()
            .Where(a => ids.Contains(a.Id))
            .Select(a => new { a.Id, a.Reference })
            .ToListAsync(cancel);
        return names.ToDictionary(a => a.Reference.ToString(), a => chosen[a.Id]);
    }

    /// <exception cref="RuleViolationException">The period has an open end or lies outside the years of
    /// plans.</exception>
    public async Task<AnnualReport> Open(
        Period period,
        Language language,
        string? title,
        string? introduction,
        OperationContext acting,
        CancellationToken cancel
    )
    {
        acting.Require(PlansModule.Edit);
        if (period is not { From: { Year: >= WorkPlan.FirstYear }, To: { Year: <= WorkPlan.LastYear } to })
            throw new RuleViolationException("plans.report.needs-both-ends");
        var prefix = (await network.Profile(cancel)).Prefix;
        var report = new AnnualReport
        {
            Id = Guid.CreateVersion7(acting.At),
            Reference = await db.Set<AnnualReport>()
                .Select(r => r.Reference)
                .NextAsync(number => Reference.Of(prefix, to.Year, $"B{number:00}"), cancel),
            Period = period,
            Language = language,
            Title = string.IsNullOrWhiteSpace(title)
                ? NamedAfter(period, language)
                : LocalizedText.Original(language, title.Trim()),
            Introduction = LocalizedText.Original(language, introduction?.Trim() ?? ""),
            ChangedAt = acting.At,
        };
        db.Add(report);
        journal.Append(
            acting,
            report.Stream,
            "plans.report-opened",
            report.Reference,
            new { period = period.ToString(), title = report.Title.ToString() }
        );
        try
        {
            await db.SaveChangesAsync(cancel);
        }
        catch (DbUpdateException) when (!cancel.IsCancellationRequested)
        {
            // Somebody else opened a report of that name between our look and our save.
            db.ClearTracking();
            if (await db.Set<AnnualReport>().AnyAsync(r => r.Reference == report.Reference, cancel))
                throw new RuleViolationException("platform.changed-meanwhile");
            throw;
        }
        return report;
    }

    /// <summary>
    /// Changes what people write in an open report. Judgements of actions that are no longer in its period are left
    /// out.
    /// </summary>
    public async Task Edit(
        string reference,
        int version,
        string title,
        string? introduction,
        IReadOnlyList<Judgement> judgements,
        OperationContext acting,
        CancellationToken cancel
    )
    {
        acting.Require(PlansModule.Edit);
        var report = await Demand(reference, cancel);
        report.DemandOpen();
        PlenariaDb.RequireVersion(report, version);
        var (was, wasIntroduction) = (report.Title.ToString(), report.Introduction.ToString());
        report.Title = Rewritten(report.Title, report.Language, title);
        report.Introduction = Rewritten(report.Introduction, report.Language, introduction);

        var inPeriod = (await reckoning.Of(report, null, cancel)).Actions.Select(a => a.Reference).ToHashSet();
        var references = judgements.Select(j => j.Action).Where(inPeriod.Contains).ToList();
        var ids = await db.Set<PlanAction>()
            .Where(a => references.Contains(a.Reference))
            .Select(a => new { a.Reference, a.Id })
            .ToDictionaryAsync(a => a.Reference, a => a.Id, cancel);
        var changed = judgements
            .Where(j => ids.ContainsKey(j.Action) && Judge(report, ids[j.Action], j, acting.At))
            .ToList();
        if (changed.Count == 0 && report.Title.ToString() == was && report.Introduction.ToString() == wasIntroduction)
            return;
        report.ChangedAt = acting.At;
        // Also where the clock did not move: whoever edits the same state must be told.
        db.Entry(report).Property(r => r.ChangedAt).IsModified = true;
        journal.Append(
            acting,
            report.Stream,
            "plans.report-edited",
            report.Reference,
            new
            {
                title = new { before = was, after = report.Title.ToString() },
                introduction = new { before = wasIntroduction, after = report.Introduction.ToString() },
                assessments = changed.Select(j => new
                {
                    action = j.Action.ToString(),
                    achievement = j.Achievement.ToString(),
                    fate = j.Fate.ToString(),
                    note = j.Note,
                }),
            }
        );
        await db.SaveChangesAsync(cancel);
    }

    /// <summary>Freezes the report as it reads now, enters its hash in the journal and publishes it.</summary>
    /// <param name="seen">The fingerprint of the report that was read; null where nobody read it.</param>
    /// <exception cref="RuleViolationException">It is closed already, no action falls into its period, or somebody
    /// changed it since <paramref name="version"/>, or what it reports since it was seen.</exception>
    public async Task<AnnualReport> Close(
        string reference,
        int version,
        OperationContext acting,
        CancellationToken cancel,
        string? seen = null
    )
    {
        acting.Require(PlansModule.Edit);
        AnnualReport report = null!;
        try
        {
            // From one snapshot: a change between two of its queries would be frozen half.
            await db.InTransactionAsync(
                async () =>
                {
                    report = await Demand(reference, cancel);
                    report.DemandOpen();
                    PlenariaDb.RequireVersion(report, version);
                    var content = await reckoning.Of(report, acting.At, cancel);
                    if (seen is not null && seen != content.Fingerprint)
                        throw new RuleViolationException("platform.changed-meanwhile");
                    report.Close(content, acting.At);
                    await register.Publish(
                        new(report.Reference, Kind, report.Path, report.Title, LocalizedText.Empty)
                        {
                            Date = report.Period.To,
                        },
                        report.Introduction,
                        Audience.Public,
                        cancel
                    );
                    journal.Append(
                        acting,
                        report.Stream,
                        ClosedAct,
                        report.Reference,
                        new { sha256 = Convert.ToHexStringLower(report.Hash!), bytes = report.Content!.Length }
                    );
                    await db.SaveChangesAsync(cancel);
                },
                cancel,
                oneSnapshot: true
            );
        }
        catch (Exception fault) when (PlenariaDb.IsConcurrencyConflict(fault) && !cancel.IsCancellationRequested)
        {
            // Somebody else closed it between our look and our save.
            db.ClearTracking();
            (await Demand(reference, cancel)).DemandOpen();
            throw new RuleViolationException("platform.changed-meanwhile");
        }
        return report;
    }

    /// <summary>Keeps by which decision the members accepted the report. Saved by the caller.</summary>
    public async Task Accept(
        Reference reference,
        Reference resolution,
        OperationContext acting,
        CancellationToken cancel
    )
    {
        var report = await Demand(reference.ToString(), cancel);
        report.Accept(resolution, acting.At);
        journal.Append(
            acting,
            report.Stream,
            "plans.report-accepted",
            report.Reference,
            new { by = resolution.ToString(), sha256 = Convert.ToHexStringLower(report.Hash!) }
        );
    }

    /// <exception cref="RuleViolationException">The report is not closed yet: an open one is edited.</exception>
    public async Task<Erratum> Correct(string reference, string text, OperationContext acting, CancellationToken cancel)
    {
        acting.Require(PlansModule.Edit);
        var report = await Demand(reference, cancel);
        var erratum = report.Correct(text, acting);
        journal.Append(
            acting,
            report.Stream,
            "plans.report-erratum",
            report.Reference,
            new { number = erratum.Number, text = erratum.Text.ToString() }
        );
        await db.SaveChangesAsync(cancel);
        return erratum;
    }

    private async Task<AnnualReport> Demand(string reference, CancellationToken cancel) =>
        await Find(reference, cancel, toEdit: true)
        ?? throw new RuleViolationException("plans.report.absent", ("reference", reference));

    private static bool Judge(AnnualReport report, Guid action, Judgement judgement, DateTimeOffset when)
    {
        var assessment = report.Assessments.Find(a => a.ActionId == action);
        var note = Rewritten(assessment?.Note ?? LocalizedText.Empty, report.Language, judgement.Note);
        if (
            (assessment?.Achievement ?? Achievement.NotAssessed, assessment?.Fate ?? ActionOutcome.None)
                == (judgement.Achievement, judgement.Fate)
            && note.Equals(assessment?.Note ?? LocalizedText.Empty)
        )
            return false;
        if (assessment is null)
        {
            assessment = new()
            {
                Id = Guid.CreateVersion7(when),
                ReportId = report.Id,
                ActionId = action,
            };
            report.Assessments.Add(assessment);
        }
        (assessment.Achievement, assessment.Fate, assessment.Note) = (judgement.Achievement, judgement.Fate, note);
        return true;
    }

    private static LocalizedText Rewritten(LocalizedText text, Language language, string? words)
    {
        var given = (words ?? "").Trim().ReplaceLineEndings("\n");
        // Translations of what it said before would be frozen with it as if they said the same.
        return text.In(language)?.Text == given ? text : LocalizedText.Original(language, given);
    }

    private LocalizedText NamedAfter(Period period, Language language) =>
        LocalizedText.InEvery(language, reader => texts.Get(reader, "plans.report.title-of", ("period", period)));
}
