using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Plenaria.Platform.Access;
using Plenaria.Platform.Covers;
using Plenaria.Platform.Documents;
using Plenaria.Platform.Documents.Printing;
using Plenaria.Platform.Language;
using Plenaria.Platform.Site;

namespace Plenaria.Plans.Reports;

/// <summary>
/// Annual reports for programs and printers. The JSON of a closed report is its stored bytes: their SHA-256 is the
/// report's hash.
/// </summary>
internal static class ReportRoutes
{
    private const string Word = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet(
                "/api/v1/reports",
                async (ReportStore reports, CancellationToken cancel) =>
                    TypedResults.Ok(
                        (await reports.All(withDrafts: false, cancel)).Select(r => new
                        {
                            reference = r.Reference.ToString(),
                            title = ApiJson.Texts(r.Title),
                            period = r.Period.ToString(),
                            closedAt = r.ClosedAt,
                            sha256 = Convert.ToHexStringLower(r.Hash!),
                            href = $"/api/v1/reports/{r.Reference}",
                        })
                    )
            )
            .AllowAnonymous()
            .MayBeCached();
        app.MapGet(
                "/api/v1/reports/{reference}",
                async (string reference, ReportStore reports, CancellationToken cancel) =>
                    await reports.Find(reference, cancel) is { IsClosed: true, Content: { } content }
                        ? Results.Bytes(content, "application/json")
                        : Results.NotFound()
            )
            .AllowAnonymous()
            .MayBeCached();
        app.MapGet(
                "/{lang:lang}/reports/{reference}.pdf",
                async (string reference, [AsParameters] Printing printing, CancellationToken cancel) =>
                    await printing.Print(reference, "pdf", printing.Rendered.Print, cancel) is { } bytes
                        ? Results.Bytes(bytes, "application/pdf")
                        : Results.NotFound()
            )
            .AllowAnonymous();
        app.MapGet(
                "/{lang:lang}/reports/{reference}.docx",
                async (string reference, [AsParameters] Printing printing, CancellationToken cancel) =>
                    await printing.Print(reference, "docx", Docx.Write, cancel) is { } bytes
                        ? Results.File(bytes, Word, $"{reference}.{printing.T.Language}.docx")
                        : Results.NotFound()
            )
            .AllowAnonymous();
    }

    /// <summary>What printing a report needs of a request.</summary>
    internal readonly record struct Printing(
        HttpContext Context,
        ReportStore Reports,
        RenderedDocuments Rendered,
        CoverMaker Covers,
        CurrentUser Visitor,
        PageLocalizer T
    )
    {
        /// <summary>The report in one format; null when this visitor may not read it.</summary>
        public async Task<byte[]?> Print(
            string reference,
            string format,
            Func<Document, byte[]> write,
            CancellationToken cancel
        )
        {
            if (await Reports.FindFor(Visitor, reference, cancel) is not { } report)
                return null;
            var site = $"{Context.Request.Scheme}://{Context.Request.Host}";
            var link = report.IsClosed ? $"{site}/r/{report.Reference}" : null;
            var content = await Reports.ContentOf(report, cancel);
            var phrases = T;
            var (cover, made) = await Covers.MakeAsync(phrases.Language, [], cancel);
            var key = report.Hash is { } hash
                ? $"{Convert.ToHexStringLower(hash)} {report.Version} {phrases.Language} {format} {site} {made}"
                : null;
            return await Rendered.Make(
                key,
                () => write(ReportDocument.Of(content, report, phrases, link) with { Cover = cover }),
                cancel
            );
        }
    }
}
