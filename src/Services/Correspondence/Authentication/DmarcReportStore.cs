using Microsoft.EntityFrameworkCore;
using MimeKit;
using Plenaria.Platform.Data;

namespace Plenaria.Correspondence;

/// <summary>What one source sent in the last days.</summary>
internal sealed record DmarcSourceView(string Domain, string Source, long Passed, long Failed, DateOnly LastDay);

/// <summary>Takes in what others report of mail in the network's name, and adds it up.</summary>
internal sealed class DmarcReportStore(PlenariaDb db, MailOptions options, TimeProvider time)
{
    public const int Days = 30,
        MostShown = 50;

    /// <summary>Whether the mail is addressed to where reports go. Each report counts once.</summary>
    /// <exception cref="RuleViolationException">There is no report in it.</exception>
    public async Task<bool> TryTakeAsync(MimeMessage message, CancellationToken cancel)
    {
        if (
            options.DmarcReportsTo is not { } to
            || !EnvelopeAddresses.Of(message).Contains(to, StringComparer.OrdinalIgnoreCase)
        )
            return false;
        var reports = message
            .BodyParts.OfType<MimePart>()
            .Where(p => p is not TextPart || p.IsAttachment)
            .Select(Read)
            .OfType<DmarcReport>()
            .ToList();
        if (reports.Count == 0)
            throw new RuleViolationException("mail.unreadable");
        // What lies ahead cannot have been reported; another day may have begun where the reporter is.
        var last = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime).AddDays(1);
        foreach (var report in reports.Where(r => IsOurs(r.Domain) && r.Day <= last))
            await StoreAsync(report, cancel);
        return true;
    }

    // A report is about the domain of a sender or the one above it, where the policy stands.
    private bool IsOurs(string domain)
    {
        var own = OutboxMessage.DomainOf(MailboxAddress.Parse(options.From).Address);
        return own == domain || own.EndsWith($".{domain}", StringComparison.Ordinal) && domain.Contains('.');
    }

    private static DmarcReport? Read(MimePart part)
    {
        if (part.Content is null)
            return null;
        using var bytes = new MemoryStream();
        part.Content.DecodeTo(bytes);
        return DmarcReport.Read(bytes.ToArray());
    }

    private async Task StoreAsync(DmarcReport report, CancellationToken cancel)
    {
        var id = TakenEvent.IdOf("dmarc", $"{report.Reporter}\n{report.Id}");
        if (await db.Set<TakenEvent>().AnyAsync(t => t.Id == id, cancel))
            return;
        await db.InTransactionAsync(
            async () =>
            {
                db.Add(new TakenEvent { Id = id, At = time.GetUtcNow() });
                foreach (var source in report.Rows.GroupBy(r => r.Source))
                    await AddAsync(
                        report,
                        source.Key,
                        source.Where(r => r.HasPassed).Sum(r => r.Count),
                        source.Where(r => !r.HasPassed).Sum(r => r.Count),
                        cancel
                    );
                await db.SaveChangesAsync(cancel);
            },
            cancel
        );
    }

    private async Task AddAsync(DmarcReport report, string source, long passed, long failed, CancellationToken cancel)
    {
        var stored = await db.UpdateRowsAsync(
            db.Set<DmarcResult>().Where(r => r.Domain == report.Domain && r.Day == report.Day && r.Source == source),
            r =>
                r.SetProperty(x => x.Passed, x => x.Passed + passed).SetProperty(x => x.Failed, x => x.Failed + failed),
            DmarcResult.Streams,
            cancel
        );
        if (stored == 0)
            db.Add(
                new DmarcResult
                {
                    Domain = report.Domain,
                    Day = report.Day,
                    Source = source,
                    Passed = passed,
                    Failed = failed,
                }
            );
    }

    /// <summary>The sources of the last days, those from which most failed first.</summary>
    public async Task<IReadOnlyList<DmarcSourceView>> ReadAsync(CancellationToken cancel)
    {
        var since = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime).AddDays(-Days);
        return await db.Set<DmarcResult>()
            .Where(r => r.Day >= since)
            .GroupBy(r => new { r.Domain, r.Source })
            .Select(g => new
            {
                g.Key.Domain,
                g.Key.Source,
                Passed = g.Sum(r => r.Passed),
                Failed = g.Sum(r => r.Failed),
                LastDay = g.Max(r => r.Day),
            })
            .OrderByDescending(s => s.Failed)
            .ThenByDescending(s => s.Passed)
            .ThenBy(s => s.Source)
            .Take(MostShown)
            .Select(s => new DmarcSourceView(s.Domain, s.Source, s.Passed, s.Failed, s.LastDay))
            .ToListAsync(cancel);
    }
}
