using Microsoft.EntityFrameworkCore;
using Plenaria.Platform.Data;
using Plenaria.Platform.Documents;
using Plenaria.Platform.Files;
using Plenaria.Platform.Language;

namespace Plenaria.Forms;

/// <summary>What was sent of a form, for whoever reads it: a page at a time, in the order of sending.</summary>
internal sealed class ResponseReader(PlenariaDb db, FileStore files, Localizer texts)
{
    public const int PageSize = 50;

    private const int ExportSize = 200;

    /// <summary>The versions of the form that somebody answered, by hash, the newest last.</summary>
    public async Task<IReadOnlyDictionary<string, FormDefinition>> VersionsAsync(string form, CancellationToken cancel)
    {
        var used = await db.Set<FormResponse>()
            .Where(r => r.Form == form && r.SentAt != null)
            .GroupBy(r => r.Kept)
            .Select(g => new { Hash = g.Key, Last = g.Max(r => r.CreatedAt) })
            .ToListAsync(cancel);
        var hashes = used.ConvertAll(u => u.Hash);
        var definitions = await db.Set<FormVersion>()
            .AsNoTracking()
            .Where(v => hashes.Contains(v.Hash))
            .ToDictionaryAsync(v => v.Hash, v => v.Definition, cancel);
        return used.OrderBy(u => u.Last).ToDictionary(u => u.Hash, u => definitions[u.Hash]);
    }

    /// <summary>
    /// The questions of all versions, each once as it was asked last, those of the newest version first.
    /// </summary>
    public static IReadOnlyList<FormField> Questions(IReadOnlyList<FormDefinition> versions) =>
        [
            .. versions
                .Reverse()
                .SelectMany(v => v.Fields)
                .Where(f => f.Type != AnswerType.Heading)
                .DistinctBy(f => f.Key),
        ];

    public Task<int> CountAsync(string form, ResponseFilter filter, CancellationToken cancel) =>
        Sent(form, filter).CountAsync(cancel);

    /// <summary>The responses after these, the latest first.</summary>
    public Task<List<FormResponse>> ListAsync(string form, ResponseFilter filter, int skip, CancellationToken cancel) =>
        Sent(form, filter)
            .OrderByDescending(r => r.SentAt)
            .ThenBy(r => r.Id)
            .Skip(skip)
            .Take(PageSize)
            .ToListAsync(cancel);

    public Task<FormResponse?> FindAsync(string form, Guid id, CancellationToken cancel) =>
        db.Set<FormResponse>()
            .AsNoTracking()
            .SingleOrDefaultAsync(r => r.Id == id && r.Form == form && r.SentAt != null, cancel);

    /// <summary>All of them, read a page at a time by key while they are sent on.</summary>
    public async IAsyncEnumerable<IReadOnlyList<FormResponse>> PagesAsync(string form, ResponseFilter filter)
    {
        (DateTimeOffset? At, Guid Id) after = (DateTimeOffset.MinValue, Guid.Empty);
        List<FormResponse> page;
        do
        {
            page = await Sent(form, filter)
                .Where(r => r.SentAt > after.At || r.SentAt == after.At && r.Id > after.Id)
                .OrderBy(r => r.SentAt)
                .ThenBy(r => r.Id)
                .Take(ExportSize)
                .ToListAsync();
            yield return page;
            after = page.Count > 0 ? (page[^1].SentAt, page[^1].Id) : after;
        } while (page.Count == ExportSize);
    }

    /// <summary>
    /// What was sent as a table: a column for each question of every version, one row for each response. Rows are read
    /// while they are sent on.
    /// </summary>
    public async Task<(IReadOnlyList<string> Headings, IAsyncEnumerable<IEnumerable<TableCell[]>> Rows)> TableAsync(
        OpenForm open,
        ResponseFilter filter,
        Kernel.Language reader,
        CancellationToken cancel
    )
    {
        var versions = await VersionsAsync(open.Kind.Key, cancel);
        var questions = Questions([.. versions.Values, open.Definition]);
        return (AnswerText.Headings(questions, texts, reader), RowsAsync(open.Kind.Key, filter, questions, reader));
    }

    private async IAsyncEnumerable<IEnumerable<TableCell[]>> RowsAsync(
        string form,
        ResponseFilter filter,
        IReadOnlyList<FormField> questions,
        Kernel.Language reader
    )
    {
        await foreach (var page in PagesAsync(form, filter))
        {
            var named = await files.Describe(AnswerText.FilesOf(page, questions), CancellationToken.None);
            yield return page.Select(r => AnswerText.Line(r, questions, texts, reader, named).ToArray());
        }
    }

    private IQueryable<FormResponse> Sent(string form, ResponseFilter filter)
    {
        var sent = db.Set<FormResponse>().AsNoTracking().Where(r => r.Form == form && r.SentAt != null);
        foreach (var (field, value) in filter.Chosen)
            sent = sent.Where(r =>
                db.Set<ChosenAnswer>().Any(a => a.Response == r.Id && a.Field == field && a.Value == value)
            );
        return sent;
    }
}
