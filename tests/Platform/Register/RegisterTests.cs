using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Plenaria.Platform.Data;
using Plenaria.Platform.Register;

namespace Plenaria.Tests.Platform.Register;

public class RegisterTests(SharedHosts houses) : IClassFixture<SharedHosts>
{
    private static Task Publish(TestHost house, string reference, string title, Audience audience) =>
        house.Within(async services =>
        {
            await services
                .GetRequiredService<Plenaria.Platform.Register.Register>()
                .Publish(
                    new(
                        Reference.Parse(reference),
                        "test",
                        $"/test/{reference}",
                        LocalizedText.Original(Language.English, title),
                        LocalizedText.Empty
                    ),
                    LocalizedText.Empty,
                    audience,
                    default
                );
            services
                .GetRequiredService<Plenaria.Platform.Journal.Journal>()
                .Append(house.Acting(), "test", "test.published", Reference.Parse(reference), new { title });
            await services.GetRequiredService<PlenariaDb>().SaveChangesAsync();
        });

    [Theory, BothDatabases]
    public async Task A_permanent_link_leads_to_the_page_in_the_readers_language(Provider provider)
    {
        var house = await houses.On(provider);
        await Publish(house, "TEST-LINK", "A thing", Audience.Public);
        var request = new HttpRequestMessage(HttpMethod.Get, "/r/TEST-LINK");
        request.Headers.AcceptLanguage.ParseAdd("nl, pt-BR;q=0.9, en;q=0.5");
        var answer = await house.Visit().Http.SendAsync(request);
        Assert.Equal("/pt/test/TEST-LINK", answer.Headers.Location?.OriginalString);
    }

    [Theory, BothDatabases]
    public async Task What_is_not_for_the_public_is_absent_to_it(Provider provider)
    {
        var house = await houses.On(provider);
        await Publish(house, "TEST-STAFF", "Internal", Audience.Staff);
        Assert.Equal(HttpStatusCode.NotFound, (await house.Visit().Get("/r/TEST-STAFF")).Status);
        var newest = await house.Within(s =>
            s.GetRequiredService<Plenaria.Platform.Register.Register>()
                .NewestBut(["plan-action"], Audience.Public, 100, default)
        );
        Assert.DoesNotContain(newest, e => e.Reference.ToString() == "TEST-STAFF");
    }

    [Theory, BothDatabases]
    public async Task Publishing_again_renews_the_entry_and_withdrawing_leaves_its_name(Provider provider)
    {
        var house = await houses.On(provider);
        await Publish(house, "TEST-AGAIN", "First", Audience.Public);
        await Publish(house, "TEST-AGAIN", "Second", Audience.Public);
        var newest = await house.Within(s =>
            s.GetRequiredService<Plenaria.Platform.Register.Register>()
                .NewestBut(["plan-action"], Audience.Public, 100, default)
        );
        Assert.Equal("Second", Assert.Single(newest, e => e.Reference.ToString() == "TEST-AGAIN").Title.ToString());
        await house.Within(async services =>
        {
            await services
                .GetRequiredService<Plenaria.Platform.Register.Register>()
                .Withdraw(Reference.Parse("TEST-AGAIN"), default);
            services
                .GetRequiredService<Plenaria.Platform.Journal.Journal>()
                .Append(house.Acting(), "test", "test.withdrawn", null, new { });
            await services.GetRequiredService<PlenariaDb>().SaveChangesAsync();
        });
        Assert.Equal(HttpStatusCode.Gone, (await house.Visit().Get("/r/TEST-AGAIN")).Status);
    }
}
