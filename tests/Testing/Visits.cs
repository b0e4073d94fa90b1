using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Plenaria.Testing;

/// <summary>
/// A page of the sample network to look at: its route and one address that fills it, without the language.
/// </summary>
public sealed record Visit(string Route, string Path);

/// <summary>
/// Where the walks go: <c>samples/network/visits.json</c> gives each announced page an address in the sample network.
/// </summary>
public static class Visits
{
    public static IReadOnlyList<Visit> All { get; } =
    [
        .. JsonSerializer
            .Deserialize<Dictionary<string, string>>(
                File.ReadAllText(Sources.Path("samples", "network", "visits.json"))
            )!
            .Select(v => new Visit(v.Key, v.Value)),
    ];

    private const string OfSome = ", by record";

    private static readonly Dictionary<string, string> Table = JsonSerializer.Deserialize<Dictionary<string, string>>(
        File.ReadAllText(Sources.Path("tests", "who.json"))
    )!;

    /// <summary>Who may open each address: <c>public</c>, <c>signed in</c>, or a permission.</summary>
    public static IReadOnlyDictionary<string, string> Who { get; } =
        Table.ToDictionary(w => w.Key, w => w.Value.Replace(OfSome, "", StringComparison.Ordinal));

    /// <summary>The addresses that those who may open such a page open for some records only.</summary>
    public static IReadOnlySet<string> ByRecord { get; } =
        Table.Where(w => w.Value.EndsWith(OfSome, StringComparison.Ordinal)).Select(w => w.Key).ToHashSet();

    /// <summary>
    /// The pages that the program announces, each under the module whose folder holds it. Pages of errors are reached
    /// by a fault only.
    /// </summary>
    public static IReadOnlyDictionary<string, string> Announced(IServiceProvider services) =>
        services
            .GetRequiredService<EndpointDataSource>()
            .Endpoints.OfType<RouteEndpoint>()
            .Where(e => e.Metadata.GetMetadata<PageActionDescriptor>() is not null)
            .Select(e =>
                (
                    Route: Normal(e.RoutePattern.RawText!),
                    Module: e.Metadata.GetMetadata<PageActionDescriptor>()!.RelativePath.Split('/', 3)[1]
                )
            )
            .Where(e => !e.Route.StartsWith("/error", StringComparison.Ordinal))
            .DistinctBy(e => e.Route)
            .ToDictionary(e => e.Route, e => e.Module);

    /// <summary>A route as the list writes it: without the language and without constraints.</summary>
    public static string Normal(string route) =>
        Regex.Replace("/" + route.TrimStart('/'), @"^/\{lang:lang\}|(?<=\{\w+):[^}]*(?=\})", "");
}
