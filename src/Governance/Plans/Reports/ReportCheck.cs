using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Plenaria.Platform.Data;
using Plenaria.Platform.Files;
using Plenaria.Platform.Journal;

namespace Plenaria.Plans.Reports;

/// <summary>
/// Whether every closed report still is what was closed: its bytes, its hash and the journal's word on it.
/// </summary>
internal static class ReportCheck
{
    public static async IAsyncEnumerable<string> Faults(
        IServiceProvider services,
        [EnumeratorCancellation] CancellationToken cancel
    )
    {
        var db = services.GetRequiredService<PlenariaDb>();
        var (journal, files) = (services.GetRequiredService<Journal>(), services.GetRequiredService<FileStore>());
        var reports = await db.Set<AnnualReport>().AsNoTracking().ToListAsync(cancel);
        var closings = await db.Set<JournalEntry>()
            .AsNoTracking()
            .Where(e => e.Act == ReportStore.ClosedAct)
            .Select(e => e.Subject)
            .ToListAsync(cancel);
        foreach (var lost in closings.Except(reports.Select(r => r.Reference.ToString())).Order(StringComparer.Ordinal))
            yield return $"{lost}: the journal says that it was closed, but there is no such report";
        foreach (var report in reports.OrderBy(r => r.Reference.ToString(), StringComparer.Ordinal))
            if (
                await Fault(report, closings.Contains(report.Reference.ToString()), journal, files, cancel) is { } fault
            )
                yield return $"{report.Reference}: {fault}";
    }

    private static async Task<string?> Fault(
        AnnualReport report,
        bool wasClosed,
        Journal journal,
        FileStore files,
        CancellationToken cancel
    )
    {
        if (!report.IsClosed)
            return wasClosed ? "the journal says that it was closed, but it is open" : null;
        if (report is not { Content: { } content, Hash: { } hash })
            return "it is closed, but its content or its hash is missing";
        if (!SHA256.HashData(content).AsSpan().SequenceEqual(hash))
            return "its content was changed after it was closed: the hash of the stored bytes is another";
        if (!wasClosed)
            return "it is closed, but the journal does not say so";
        var entry = (await journal.Read(report.Stream, int.MaxValue, cancel)).Last(l => l.Act == ReportStore.ClosedAct);
        if (entry.What is not { } what || !what.TryGetProperty("sha256", out var said))
            return "the journal no longer holds the hash it was closed with";
        if (said.GetString() != Convert.ToHexStringLower(hash))
            return "its hash is not the one the journal holds";
        foreach (
            var file in ReportContent
                .Read(content)
                .Actions.SelectMany(a => a.Evidence)
                .Where(e => e.Kind == EvidenceKind.File)
                .Select(e => e.Target)
        )
            if (!await files.Holds(file!, cancel))
                return $"the file {file} that it cites is no longer kept";
        return null;
    }
}
