namespace Plenaria.Tests.Architecture;

public class PagesTests(SharedHosts houses) : IClassFixture<SharedHosts>
{
    [Fact]
    public async Task The_walks_visit_every_page()
    {
        var house = await houses.On(Provider.Sqlite);
        Assert.Equal(Visits.Announced(house.Services).Keys.Order(), Visits.All.Select(v => v.Route).Order());
    }
}
