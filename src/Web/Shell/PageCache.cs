using System.Collections.Concurrent;
using System.IO.Compression;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Http.Features;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;
using Plenaria.Platform.Site;

namespace Plenaria.Web.Shell;

/// <summary>
/// Stores what anonymous visitors were shown by endpoints marked as cacheable, compressed, and answers with it. A page
/// is shown only while nothing changed since its rendering began, or nothing of what it said to show
/// (<see cref="CacheTags"/>), so a change that was committed is seen by the next request. A request with a cookie or
/// credentials is neither answered from here nor stored; an answer that sets a cookie (as a page with a form that posts
/// does) or says <c>no-store</c> is not stored.
/// </summary>
internal sealed class PageCache(CacheInvalidation freshness)
{
    private const int LargestPage = 1 << 20,
        LargestKey = 400;
    private const long Most = 48L << 20;
    private static readonly string[] Kept =
    [
        "text/html",
        "application/json",
        "application/atom+xml",
        "text/csv",
        "image/svg+xml",
    ];

    private ConcurrentDictionary<string, Page> _pages = new(StringComparer.Ordinal);
    private long _bytes;

    private sealed record Page(
        long Generation,
        CacheTags? Shown,
        string ContentType,
        string? Disposition,
        string Tag,
        byte[] Plain,
        byte[] Gzip,
        byte[] Brotli
    )
    {
        public int Size => Plain.Length + Gzip.Length + Brotli.Length;
    }

    /// <summary>
    /// Answers an anonymous request from what is stored, or marks it so that <see cref="Keep"/> stores its answer. Runs
    /// after routing, since only an endpoint that says so may be stored (<see cref="CacheableAttribute"/>), and ahead
    /// of authentication, since a request without a cookie and without credentials is nobody's.
    /// </summary>
    public async Task Answer(HttpContext context, RequestDelegate next)
    {
        context.Response.OnStarting(() =>
        {
            SayForWhom(context.Response.Headers);
            return Task.CompletedTask;
        });
        if (!TrySimplify(context) || !await freshness.Confirm(context.RequestAborted))
        {
            await next(context);
            return;
        }
        var (key, generation) = (KeyOf(context.Request), freshness.Generation);
        if (_pages.TryGetValue(key, out var page))
        {
            if (freshness.IsStill(page.Generation, page.Shown))
            {
                // Nobody need look again at what has passed it by.
                if (page.Generation < generation)
                    _pages.TryUpdate(key, page with { Generation = generation }, page);
                await Show(context, page);
                return;
            }
            Forget(key, page);
        }
        context.Features.Set(new Wanted(key, generation));
        await next(context);
    }

    /// <summary>Copies the answer on its way out; runs inside compression, so what it sees is plain.</summary>
    public async Task Keep(HttpContext context, RequestDelegate next)
    {
        if (context.Features.Get<Wanted>() is not { } wanted)
        {
            await next(context);
            return;
        }
        var body = context.Features.GetRequiredFeature<IHttpResponseBodyFeature>();
        using var copy = new CopyingStream(body.Stream, LargestPage);
        context.Features.Set<IHttpResponseBodyFeature>(new StreamResponseBodyFeature(copy, body));
        try
        {
            await next(context);
            await context.Response.BodyWriter.FlushAsync(context.RequestAborted);
        }
        finally
        {
            context.Features.Set(body);
        }
        if (IsForAnybody(context) && IsKept(context.Response) && copy.Copied is { } bytes)
            Store(
                wanted,
                context.Features.Get<CacheTags>(),
                context.Response.ContentType!,
                context.Response.Headers.ContentDisposition,
                bytes
            );
    }

    /// <summary>
    /// Whether the answer may come from what is stored. If so, the query string is reduced to the names that the
    /// endpoint reads, in one order, so that neither a tracking parameter nor an invented one makes another page.
    /// </summary>
    private static bool TrySimplify(HttpContext context)
    {
        var request = context.Request;
        if (
            !HttpMethods.IsGet(request.Method)
            || request.Headers.Authorization.Count > 0
            || request.Headers.Cookie.Count > 0
        )
            return false;
        if (Cacheable.QueryOf(context.GetEndpoint()) is not { } known)
            return false;
        if (request.QueryString.HasValue)
            request.QueryString = QueryString.Create(
                request.Query.Where(q => known.Contains(q.Key)).OrderBy(q => q.Key, StringComparer.OrdinalIgnoreCase)
            );
        return request.Path.Value!.Length + (request.QueryString.Value?.Length ?? 0) < LargestKey;
    }

    /// <summary>Decided after authentication, by who the request turned out to be from.</summary>
    private static bool IsForAnybody(HttpContext context) =>
        context.User.Identity?.IsAuthenticated != true
        && !context.RequestServices.GetRequiredService<CurrentUser>().IsSignedIn;

    /// <summary>A cache between us and the reader stores no answer for somebody else.</summary>
    private static void SayForWhom(IHeaderDictionary headers)
    {
        if (headers.CacheControl.Count == 0)
            headers.CacheControl = "private, no-cache";
        if (headers.CacheControl.ToString().Contains("public", StringComparison.Ordinal))
            return;
        var varies = headers.Vary.ToString();
        foreach (var name in (string[])["Cookie", "Authorization"])
            if (!varies.Contains(name, StringComparison.OrdinalIgnoreCase))
                varies = varies.Length == 0 ? name : $"{varies}, {name}";
        headers.Vary = varies;
    }

    private static string KeyOf(HttpRequest request) =>
        string.Concat(request.Scheme, "://", request.Host.Value, request.Path.Value + request.QueryString.Value);

    private static bool IsKept(HttpResponse response) =>
        response is { StatusCode: StatusCodes.Status200OK, ContentType: { } type }
        && Kept.Any(k => type.StartsWith(k, StringComparison.Ordinal))
        && response.Headers.SetCookie.Count == 0
        && !response.Headers.CacheControl.ToString().Contains("no-store", StringComparison.Ordinal);

    private void Store(Wanted wanted, CacheTags? shown, string contentType, string? disposition, byte[] plain)
    {
        var page = new Page(
            wanted.Generation,
            shown,
            contentType,
            disposition,
            $"W/\"{Convert.ToHexStringLower(SHA256.HashData(plain).AsSpan(0, 8))}\"",
            plain,
            Gzip(plain),
            Brotli(plain)
        );
        lock (this)
        {
            // Whoever began rendering before a change it shows comes too late.
            if (!freshness.IsStill(wanted.Generation, shown))
                return;
            if (_bytes > Most)
                (_pages, _bytes) = (new(StringComparer.Ordinal), 0);
            if (_pages.TryAdd(wanted.Key, page))
                _bytes += page.Size;
        }
    }

    private void Forget(string key, Page page)
    {
        lock (this)
            if (_pages.TryRemove(new(key, page)))
                _bytes -= page.Size;
    }

    private static async Task Show(HttpContext context, Page page)
    {
        var (request, response) = (context.Request, context.Response);
        var headers = response.Headers;
        headers.Vary = "Accept-Encoding";
        headers.ETag = page.Tag;
        headers.CacheControl = "no-cache";
        if (request.Headers.IfNoneMatch.ToString().Contains(page.Tag, StringComparison.Ordinal))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }
        response.ContentType = page.ContentType;
        if (page.Disposition is not null)
            headers.ContentDisposition = page.Disposition;
        var accepted = request.Headers.AcceptEncoding.ToString();
        var bytes = page.Plain;
        if (accepted.Contains("br", StringComparison.Ordinal))
            (bytes, headers.ContentEncoding) = (page.Brotli, "br");
        else if (accepted.Contains("gzip", StringComparison.Ordinal))
            (bytes, headers.ContentEncoding) = (page.Gzip, "gzip");
        response.ContentLength = bytes.Length;
        await response.BodyWriter.WriteAsync(bytes, context.RequestAborted);
    }

    private static byte[] Brotli(byte[] plain)
    {
        var packed = new byte[BrotliEncoder.GetMaxCompressedLength(plain.Length)];
        return BrotliEncoder.TryCompress(plain, packed, out var written, quality: 6, window: 22)
            ? packed[..written]
            : throw new InvalidOperationException("A page could not be compressed.");
    }

    private static byte[] Gzip(byte[] plain)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal))
            gzip.Write(plain);
        return packed.ToArray();
    }

    private sealed record Wanted(string Key, long Generation);

    /// <summary>
    /// Passes on what is written and copies it, up to a limit: what streams on and on is not held in memory.
    /// </summary>
    private sealed class CopyingStream(Stream inner, int most) : Stream
    {
        private MemoryStream? _copy = new();

        public byte[]? Copied => _copy?.ToArray();

        public override async ValueTask WriteAsync(
            ReadOnlyMemory<byte> buffer,
            CancellationToken cancellationToken = default
        )
        {
            if (_copy is not null && _copy.Length + buffer.Length > most)
                _copy = null;
            _copy?.Write(buffer.Span);
            await inner.WriteAsync(buffer, cancellationToken);
        }

        public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
            WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

        public override Task FlushAsync(CancellationToken cancellationToken) => inner.FlushAsync(cancellationToken);

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override void Flush() => throw new NotSupportedException();

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override bool CanRead => false;
        public override bool CanSeek => false;
        public override bool CanWrite => true;
        public override long Length => throw new NotSupportedException();
        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }
    }
}
