using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Plenaria.Experiences.Figures;
using Plenaria.Platform.Access;

namespace Plenaria.Tests.Knowledge.Experiences;

public class FiguresTests(SharedHosts houses) : IClassFixture<SharedHosts>
{
    [Theory, BothDatabases]
    public async Task Each_figure_of_the_plan_leads_to_a_list_of_the_same_length(Provider provider)
    {
        var house = await houses.On(provider);
        var today = DateOnly.FromDateTime(DateTime.UtcNow);
        foreach (var (region, atLeast) in ((string, int)[])[(Counting.World, 4), ("150", 2), ("002", 1)])
        {
            var figures = await house.Within(s =>
                s.GetRequiredService<ExperienceInstruments>()
                    .Measure(region, new(PartialDate.On(today.AddDays(-1)), PartialDate.On(today.AddDays(1))), default)
            );
            Assert.Equal(3, figures.Count);
            Assert.True(figures[0].Value >= atLeast);
            foreach (var figure in figures)
                Assert.Equal(
                    figure.Value,
                    (await house.Visit().Get("/en" + figure.RecordsPath))
                        .Page.QuerySelectorAll("ol.actions > li")
                        .Length
                );
        }
        Assert.All(
            await house.Within(s =>
                s.GetRequiredService<ExperienceInstruments>()
                    .Measure(
                        Counting.World,
                        new(
                            PartialDate.Parse("1999", CultureInfo.InvariantCulture),
                            PartialDate.Parse("2000", CultureInfo.InvariantCulture)
                        ),
                        default
                    )
            ),
            f => Assert.Equal(0, f.Value)
        );
        // A member that told of nothing sees it as something it may do for the network.
        Assert.Contains(
            "practice of your own",
            (await (await house.Visit(Role.Member)).Get("/en/members/ville-de-dakar/part")).Text("#pending + ul")
        );
    }
}
