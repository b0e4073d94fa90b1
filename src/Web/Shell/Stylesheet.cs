using System.IO.Compression;
using System.Security.Cryptography;

namespace Plenaria.Web.Shell;

/// <summary>The one stylesheet, compressed once, under an address that changes with its content.</summary>
internal sealed class Stylesheet
{
    private readonly byte[] _plain, _brotli;

    public Stylesheet()
    {
        using var stream = typeof(Stylesheet).Assembly.GetManifestResourceStream("style.css")!;
        using var all = new MemoryStream();
        stream.CopyTo(all);
        _plain = all.ToArray();
        using var packed = new MemoryStream();
        using (var brotli = new BrotliStream(packed, CompressionLevel.SmallestSize))
            brotli.Write(_plain);
        _brotli = packed.ToArray();
        Path = $"/style.{Convert.ToHexStringLower(SHA256.HashData(_plain).AsSpan(0, 6))}.css";
    }

    public string Path { get; }

    public IResult Serve(HttpContext context)
    {
        context.Response.Headers.CacheControl = "public, max-age=31536000, immutable";
        context.Response.Headers.Vary = "Accept-Encoding";
        if (!context.Request.Headers.AcceptEncoding.ToString().Contains("br", StringComparison.Ordinal))
            return Results.Bytes(_plain, "text/css; charset=utf-8");
        context.Response.Headers.ContentEncoding = "br";
        return Results.Bytes(_brotli, "text/css; charset=utf-8");
    }
}
