namespace Plenaria.Bench;

/// <summary>
/// The framework's own new program with one address that gives the same bytes every time: what the house is measured
/// against.
/// </summary>
internal static class Bare
{
    public static int Serve(string file)
    {
        var builder = WebApplication.CreateBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        var app = builder.Build();
        var bytes = File.ReadAllBytes(file);
        app.MapGet(
            "/",
            async (HttpContext context) =>
            {
                context.Response.ContentType = "text/html; charset=utf-8";
                context.Response.ContentLength = bytes.Length;
                context.Response.Headers.ContentEncoding = "br";
                await context.Response.BodyWriter.WriteAsync(bytes);
            }
        );
        app.Start();
        Console.WriteLine($"Bare listens on {app.Urls.First()}");
        app.WaitForShutdown();
        return 0;
    }
}
