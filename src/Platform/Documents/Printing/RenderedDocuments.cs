using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Logging;

namespace Plenaria.Platform.Documents.Printing;

/// <summary>
/// Bytes of documents made from records: one is made at a time, and those of a closed document, which never change, are
/// kept in memory, so that asking for them again costs nothing.
/// </summary>
public sealed class RenderedDocuments(FontFolders fonts, ILogger<RenderedDocuments> log) : IDisposable
{
    private const long MaxKept = 24 << 20;
    private static readonly TimeSpan KeptFor = TimeSpan.FromHours(6);

    private readonly MemoryCache _kept = new(new MemoryCacheOptions { SizeLimit = MaxKept });
    private readonly SemaphoreSlim _turn = new(1, 1);

    /// <param name="key">Names the content (its hash), language and format; null for a document that may still
    /// change.</param>
    public async Task<byte[]> Make(string? key, Func<byte[]> make, CancellationToken cancel)
    {
        if (key is not null && _kept.TryGetValue<byte[]>(key, out var kept))
            return kept!;
        await _turn.WaitAsync(cancel);
        try
        {
            if (key is not null && _kept.TryGetValue(key, out kept))
                return kept!;
            var made = make();
            if (key is not null)
                _kept.Set(key, made, new MemoryCacheEntryOptions { Size = made.Length, SlidingExpiration = KeptFor });
            return made;
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>A PDF with the fonts of the data folder and of the machine; who keeps the server learns from the log
    /// which characters no font has.</summary>
    public byte[] Print(Document document)
    {
        var (bytes, missing) = Pdf.Write(document, fonts);
        if (missing.Count > 0)
            log.LogWarning(
                "No font has {Characters} of the document {Document}: put one that has them into {Folder}.",
                string.Join(' ', missing.Select(c => $"{c} (U+{c.Value:X4})")),
                document.Title,
                fonts.First
            );
        return bytes;
    }

    public void Dispose()
    {
        _kept.Dispose();
        _turn.Dispose();
    }
}
