using System.IO.Compression;
using System.Reflection;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;

namespace Plenaria.Platform.Site;

/// <summary>
/// The stylesheet and the scripts that modules bring as embedded resources named <c>*.css</c> and <c>*.js</c>:
/// compressed once, each under an address that changes with its content, so that browsers keep it for good.
/// </summary>
public sealed class Assets
{
    private sealed record Asset(string ContentType, byte[] Plain, byte[] Brotli);

    private readonly Dictionary<string, string> _addresses = [];
    private readonly Dictionary<string, Asset> _assets = [];

    public Assets(IEnumerable<Assembly> assemblies)
    {
        foreach (var assembly in assemblies)
        foreach (
            var name in assembly
                .GetManifestResourceNames()
                .Where(n => n.EndsWith(".css", StringComparison.Ordinal) || n.EndsWith(".js", StringComparison.Ordinal))
        )
            using (var stream = assembly.GetManifestResourceStream(name)!)
                Add(name, stream);
    }

    /// <summary>The address of an asset, e.g. of <c>style.css</c>.</summary>
    public string this[string name] => _addresses[name];

    private void Add(string name, Stream stream)
    {
        using var all = new MemoryStream();
        stream.CopyTo(all);
        var plain = all.ToArray();
        using var packed = new MemoryStream();
        using (var brotli = new BrotliStream(packed, CompressionLevel.SmallestSize))
            brotli.Write(plain);
        var dot = name.LastIndexOf('.');
        var file = $"{name[..dot]}.{Convert.ToHexStringLower(SHA256.HashData(plain).AsSpan(0, 6))}{name[dot..]}";
        _addresses.Add(name, $"/assets/{file}");
        _assets.Add(
            file,
            new(
                name.EndsWith(".css", StringComparison.Ordinal)
                    ? "text/css; charset=utf-8"
                    : "text/javascript; charset=utf-8",
                plain,
                packed.ToArray()
            )
        );
    }

    public IResult Serve(string file, HttpContext context)
    {
        if (!_assets.TryGetValue(file, out var asset))
            return Results.NotFound();
        context.Response.Headers.CacheControl = "public, max-age=31536000, immutable";
        context.Response.Headers.Vary = "Accept-Encoding";
        if (!context.Request.Headers.AcceptEncoding.ToString().Contains("br", StringComparison.Ordinal))
            return Results.Bytes(asset.Plain, asset.ContentType);
        context.Response.Headers.ContentEncoding = "br";
        return Results.Bytes(asset.Brotli, asset.ContentType);
    }
}
