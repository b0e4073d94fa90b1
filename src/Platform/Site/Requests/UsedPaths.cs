using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Template;
using Plenaria.Platform.Access;

namespace Plenaria.Platform.Site.Requests;

/// <summary>Which module an endpoint belongs to.</summary>
public sealed record ModuleMetadata(string Module)
{
    /// <summary>A page belongs to the module its file lies in: <c>/Plans/Tracker/Index.cshtml</c>.</summary>
    public static void AddToPage(EndpointBuilder endpoint)
    {
        if (endpoint.Metadata.OfType<PageActionDescriptor>().FirstOrDefault() is { } page)
            endpoint.Metadata.Add(new ModuleMetadata(page.RelativePath.Split('/', 3)[1]));
    }
}

/// <summary>Whether an address of this site leads anywhere, or into a module that the network does not use.</summary>
public sealed class UsedPaths(
    Network network,
    EndpointDataSource endpoints,
    Register.Register register,
    CurrentUser visitor
)
{
    private IReadOnlyList<TemplateMatcher>? _unused;

    /// <summary>
    /// False for a path that an endpoint of an unused module answers, and for a permanent link to one of its records.
    /// Asks nothing of the database while every module is in use.
    /// </summary>
    /// <param name="address">A path with its language, with or without a query. A whole address is always
    /// true.</param>
    public async Task<bool> ContainsAsync(string address, CancellationToken cancel)
    {
        var profile = await network.Profile(cancel);
        if (profile.Off.Count == 0 || !address.StartsWith('/'))
            return true;
        var path = address.Split('?', '#')[0];
        if (path.StartsWith("/r/", StringComparison.Ordinal))
            return Reference.TryParse(path[3..], null, out var reference)
                && await register.Find(reference, visitor.Reads, cancel) is not null;
        _unused ??=
        [
            .. endpoints
                .Endpoints.OfType<RouteEndpoint>()
                .Where(e => e.Metadata.GetMetadata<ModuleMetadata>() is { } of && !profile.Has(of.Module))
                .Select(e => new TemplateMatcher(TemplateParser.Parse(e.RoutePattern.RawText!), [])),
        ];
        return !_unused.Any(m => m.TryMatch(path, []));
    }
}
