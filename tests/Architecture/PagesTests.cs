using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Plenaria.Tests.Architecture;

public class PagesTests(Houses houses) : IClassFixture<Houses>
{
    [Fact]
    public async Task The_walks_visit_every_page()
    {
        var house = await houses.On(Provider.Sqlite);
        var pages = house
            .Services.GetRequiredService<EndpointDataSource>()
            .Endpoints.OfType<RouteEndpoint>()
            .Where(e => e.Metadata.GetMetadata<PageActionDescriptor>() is not null)
            .Select(e => Visits.Normal(e.RoutePattern.RawText!))
            .Where(r => !r.StartsWith("/error", StringComparison.Ordinal))
            .Distinct();
        Assert.Equal(pages.Order(), Visits.All.Select(v => v.Route).Order());
    }
}
