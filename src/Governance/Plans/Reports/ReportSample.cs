using Microsoft.Extensions.DependencyInjection;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;

namespace Plenaria.Plans.Reports;

/// <summary>
/// Reads <c>reports.json</c> of a sample network and opens, fills and closes its reports as people do.
/// </summary>
internal static class ReportSample
{
    private sealed record SampleReport(
        Period Period,
        Language Language,
        string? Introduction,
        bool IsClosed,
        List<Judgement>? Assessments
    );

    private sealed record File(List<SampleReport> Reports);

    public static async Task Load(IServiceProvider services, SampleFolder folder, CancellationToken cancel)
    {
        if (!folder.Has("reports.json"))
            return;
        var reports = services.GetRequiredService<ReportStore>();
        var acting = services.GetRequiredService<SystemActor>().As("sample");
        foreach (var given in folder.Read<File>("reports.json").Reports)
        {
            var report = await reports.Open(
                given.Period,
                given.Language,
                title: null,
                given.Introduction,
                acting,
                cancel
            );
            if (given.Assessments is { } assessments)
                await reports.Edit(
                    report.Reference.ToString(),
                    report.Version,
                    report.Title.For(given.Language),
                    given.Introduction,
                    assessments,
                    acting,
                    cancel
                );
            if (given.IsClosed)
                await reports.Close(report.Reference.ToString(), report.Version, acting, cancel);
        }
    }
}
