using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.RazorPages.Infrastructure;
using Microsoft.AspNetCore.Routing;

namespace Plenaria.Platform.Site;

/// <summary>
/// Marks a public page or endpoint whose answer to somebody who is not signed in depends on its address and the
/// database alone, so that it may be stored and shown to the next visitor. What is not marked is never stored.
/// </summary>
/// <param name="query">
/// Names of the query string that the answer depends on, beside those that the page binds. Any other name is taken out
/// of the address of an anonymous request: it makes no page of its own. </param>
[AttributeUsage(AttributeTargets.Class)]
public class CacheableAttribute(params string[] query) : Attribute
{
    internal IReadOnlyList<string> Query => query;
}

/// <summary>Which names of a query string an endpoint that may be cached depends on.</summary>
public static class Cacheable
{
    private static readonly ConditionalWeakTable<Endpoint, HashSet<string>> Known = [];

    /// <summary>As <see cref="CacheableAttribute"/>, for an endpoint that is no page.</summary>
    public static TBuilder MayBeCached<TBuilder>(this TBuilder endpoint, params string[] query)
        where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(new CacheableAttribute(query));

    /// <summary>The names that the endpoint reads of a query string; null when its answer may not be stored.</summary>
    public static IReadOnlySet<string>? QueryOf(Endpoint? endpoint) =>
        endpoint?.Metadata.GetMetadata<CacheableAttribute>() is { } marked
            ? Known.GetValue(endpoint, e => Find(e, marked))
            : null;

    private static HashSet<string> Find(Endpoint endpoint, CacheableAttribute marked)
    {
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        if (endpoint.Metadata.GetMetadata<CompiledPageActionDescriptor>() is { } page)
            names.UnionWith(BoundBy(page));
        // Those that a page binds from its path.
        if (endpoint is RouteEndpoint route)
            names.ExceptWith(route.RoutePattern.Parameters.Select(p => p.Name));
        names.UnionWith(marked.Query);
        return names;
    }

    private static IEnumerable<string> BoundBy(CompiledPageActionDescriptor page)
    {
        foreach (var property in page.BoundProperties.OfType<PageBoundPropertyDescriptor>())
            if (property.BindingInfo?.RequestPredicate is not null)
                yield return property.BindingInfo.BinderModelName ?? property.Property.Name;
        foreach (var handler in page.HandlerMethods.Where(h => HttpMethods.IsGet(h.HttpMethod)))
        {
            if (handler.Name is not null)
                yield return "handler";
            foreach (var parameter in handler.Parameters)
                if (
                    parameter.ParameterType != typeof(CancellationToken)
                    && parameter.BindingInfo?.BindingSource?.IsFromRequest != false
                )
                    yield return parameter.BindingInfo?.BinderModelName ?? parameter.Name;
        }
    }
}
