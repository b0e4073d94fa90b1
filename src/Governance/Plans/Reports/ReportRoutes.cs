using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Plenaria.Platform.Access;
using Plenaria.Platform.Documents;
using Plenaria.Platform.Language;
using Plenaria.Platform.Site;

namespace Plenaria.Plans.Reports;

/// <summary>Annual reports for programs and printers. The JSON of a closed report is its stored bytes: their SHA-256 is the report's hash.</summary>
internal static class ReportRoutes
{
    private const string Word = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/api/v1/reports", async (ReportStore reports, CancellationToken cancel) => TypedResults.Ok((await reports.All(withDrafts: false, cancel)).Select(r => new
        {
            reference = r.Reference.ToString(),
            title = ApiJson.Texts(r.Title),
            period = r.Period.ToString(),
            closedAt = r.ClosedAt,
            sha256 = Convert.ToHexStringLower(r.Hash!),
            href = $"/api/v1/reports/{r.Reference}",
        }))).AllowAnonymous().MayBeCached();
        app.MapGet("/api/v1/reports/{reference}", async (string reference, ReportStore reports, CancellationToken cancel) =>
            await reports.Find(reference, cancel) is { IsClosed: true, Content: { } content } ? Results.Bytes(content, "application/json") : Results.NotFound()).AllowAnonymous().MayBeCached();
        app.MapGet("/{lang:lang}/reports/{reference}.pdf", (string reference, HttpContext context, ReportStore reports, Visitor visitor, Phrases t, CancellationToken cancel) =>
            Print(reference, context, reports, visitor, t, document => Results.Bytes(Pdf.Write(document), "application/pdf"), cancel)).AllowAnonymous();
        app.MapGet("/{lang:lang}/reports/{reference}.docx", (string reference, HttpContext context, ReportStore reports, Visitor visitor, Phrases t, CancellationToken cancel) =>
            Print(reference, context, reports, visitor, t, document => Results.File(Docx.Write(document), Word, $"{reference}.{t.Language}.docx"), cancel)).AllowAnonymous();
    }

    private static async Task<IResult> Print(
        string reference, HttpContext context, ReportStore reports, Visitor visitor, Phrases t, Func<Document, IResult> write, CancellationToken cancel)
    {
        if (await reports.FindFor(visitor, reference, cancel) is not { } report)
            return Results.NotFound();
        var link = report.IsClosed ? $"{context.Request.Scheme}://{context.Request.Host}/r/{report.Reference}" : null;
        return write(ReportDocument.Of(await reports.ContentOf(report, cancel), report, t, link));
    }
}
