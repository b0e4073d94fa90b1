using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Plenaria.Platform.Access;

namespace Plenaria.Tests.Platform.Access;

/// <summary>
/// Every address as every role: what the committed table says is what the code declares and what the server does.
/// </summary>
public class PermissionWalkTests(SharedHosts houses) : IClassFixture<SharedHosts>
{
    private static IReadOnlyDictionary<string, string> Who => Visits.Who;

    [Fact]
    public async Task The_table_and_the_code_say_the_same_of_every_address()
    {
        var house = await houses.On(Provider.Sqlite);
        var declared = house
            .Services.GetRequiredService<EndpointDataSource>()
            .Endpoints.OfType<RouteEndpoint>()
            .Select(e =>
                (
                    Route: Visits
                        .Normal(e.RoutePattern.RawText!)
                        .Replace("{*path:nonfile}", "{**path}", StringComparison.Ordinal),
                    Rule: Rule(e)
                )
            )
            .Distinct()
            .ToDictionary(e => e.Route, e => e.Rule);
        Assert.Equal(
            Who.OrderBy(w => w.Key, StringComparer.Ordinal),
            declared.OrderBy(d => d.Key, StringComparer.Ordinal)
        );
    }

    [Fact]
    public async Task Every_page_answers_each_role_as_the_table_says()
    {
        var house = await houses.On(Provider.Sqlite);
        var catalog = house.Services.GetRequiredService<PermissionCatalog>();
        var visitors = new Dictionary<string, Browser> { ["public"] = house.Visit() };
        foreach (var role in catalog.Roles)
            visitors[role.ToString()] = await house.Visit(role);
        var wrong = new ConcurrentQueue<string>();
        var (let, kept) = (new ConcurrentDictionary<string, bool>(), new ConcurrentDictionary<string, bool>());
        async Task Walk(string name, Browser visitor, Visit visit)
        {
            var rule = Who[visit.Route];
            var isSignedIn = name != "public";
            var expected = rule switch
            {
                "public" => HttpStatusCode.OK,
                "signed in" => isSignedIn ? HttpStatusCode.OK : HttpStatusCode.Redirect,
                _ when !isSignedIn => HttpStatusCode.Redirect,
                _ => catalog.RolesWith(rule).Contains(Role.Parse(name)) ? HttpStatusCode.OK : HttpStatusCode.Forbidden,
            };
            // The set-up page is gone once the network has a name.
            if (visit.Route == "/set-up")
                expected = HttpStatusCode.NotFound;
            var answer = await visitor.Get("/en" + visit.Path);
            if (Visits.ByRecord.Contains(visit.Route) && expected == HttpStatusCode.OK)
            {
                // Of those who may do such a thing at all, some may do it to this record.
                (answer.Status == HttpStatusCode.OK ? let : kept)[visit.Route] = true;
                if (answer.Status is HttpStatusCode.NotFound or HttpStatusCode.Forbidden)
                    return;
            }
            if (answer.Status != expected)
                wrong.Enqueue($"{visit.Path} as {name}: {answer.Status}, not {expected}");
            if (
                answer.Status == HttpStatusCode.Redirect
                && answer.Location?.StartsWith("/en/sign-in?return=", StringComparison.Ordinal) != true
            )
                wrong.Enqueue($"{visit.Path} as {name} leads to {answer.Location}");
        }
        // All roles at once, each from page to page.
        await Task.WhenAll(
            visitors.Select(async v =>
            {
                foreach (var visit in Visits.All)
                    await Walk(v.Key, v.Value, visit);
            })
        );
        Assert.True(wrong.IsEmpty, string.Join('\n', wrong));
        // Where it depends on the record, one was let in and one kept out.
        Assert.NotEmpty(Visits.ByRecord);
        Assert.Equal(Visits.ByRecord.Order(), let.Keys.Order());
        Assert.Equal(Visits.ByRecord.Order(), kept.Keys.Order());
    }

    private static string Rule(RouteEndpoint endpoint) =>
        endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null ? "public"
        : endpoint
            .Metadata.GetOrderedMetadata<IAuthorizeData>()
            .Select(a => a.Policy)
            .FirstOrDefault(p => p is not null)
            is { } policy
            ? policy["may:".Length..]
        : endpoint.Metadata.GetMetadata<IAuthorizeData>() is not null ? "signed in"
        : "nobody";
}
