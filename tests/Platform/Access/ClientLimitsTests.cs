using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Plenaria.Correspondence;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;

namespace Plenaria.Tests.Platform.Access;

/// <summary>What somebody who is not known may make the network do, and whom it must not lock out.</summary>
public class ClientLimitsTests(SharedHosts houses) : IClassFixture<SharedHosts>
{
    [Theory]
    [InlineData("192.0.2.7", "192.0.2.7")]
    [InlineData("::ffff:192.0.2.7", "192.0.2.7")]
    [InlineData("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64")]
    [InlineData("2001:db8:1:2:ffff::1", "2001:db8:1:2::/64")]
    public void A_network_is_an_IPv4_address_or_the_first_half_of_an_IPv6_one(string address, string network) =>
        Assert.Equal(network, ClientLimits.NetworkOf(IPAddress.Parse(address)));

    [Theory, BothDatabases]
    public async Task Whoever_asks_for_others_links_uses_up_their_own_turns_and_the_owner_is_told(Provider provider)
    {
        var house = await houses.On(provider);
        Task Ask(string email, string network) =>
            house.Within(s =>
                s.GetRequiredService<SignIns>().Ask(email, null, Language.English, house.Address, network, default)
            );
        foreach (var email in (string[])["auditor@example.org", "nobody-at-all@example.org"])
        {
            for (var i = 0; i < SignInRequest.MaxPerHour; i++)
                await Ask(email, "192.0.2.1");
            // Whether the address is known makes no difference.
            Assert.Equal(
                "access.asked-often",
                (await Assert.ThrowsAsync<RuleViolationException>(() => Ask(email, "192.0.2.1"))).Key
            );
            await Ask(email, "192.0.2.2");
        }
    }

    [Theory, BothDatabases]
    public async Task A_form_begun_by_a_stranger_writes_to_an_address_so_many_times_and_no_more(Provider provider)
    {
        await using var house = await TestHost.Open(provider);
        var stranger = house.Visit();
        var answers = new List<HttpStatusCode>();
        for (var i = 0; i < 8; i++)
            answers.Add(
                (await stranger.Submit("/en/forms/membership", "main form", ("Email", "victim@example.net"))).Status
            );
        Assert.Equal(6, answers.Count(a => a == HttpStatusCode.Redirect));
        Assert.Equal(2, answers.Count(a => a == HttpStatusCode.UnprocessableEntity));
        Assert.Equal(
            6,
            await house.Within(s =>
                s.GetRequiredService<PlenariaDb>().Set<OutboxMessage>().CountAsync(l => l.To == "victim@example.net")
            )
        );
    }

    [Fact]
    public async Task A_letter_to_a_superior_carries_a_name_and_no_words_of_a_stranger()
    {
        var house = await houses.On(Provider.Sqlite);
        var stranger = house.Visit();
        var begun = await stranger.Submit("/en/forms/membership", "main form", ("Email", "writer@example.net"));
        var form = await stranger.Get(begun.Location!);
        foreach (
            var name in (string[])
                ["Win at http://casino.example", "www.casino.example", "me@casino.example", "two\nlines"]
        )
            Assert.Equal(
                HttpStatusCode.UnprocessableEntity,
                (
                    await stranger.Submit(
                        form,
                        "form[action*=Superior]",
                        ("Asked.Name", name),
                        ("Asked.Email", "other@example.net")
                    )
                ).Status
            );
        Assert.Equal(
            0,
            await house.Within(s =>
                s.GetRequiredService<PlenariaDb>().Set<OutboxMessage>().CountAsync(l => l.To == "other@example.net")
            )
        );
    }

    [Fact]
    public async Task Strangers_fill_a_fifth_of_the_room_and_the_network_goes_on()
    {
        await using var house = await TestHost.Open(Provider.Sqlite);
        var limits = house.Services.GetRequiredService<Plenaria.Platform.Files.FileLimits>();
        Assert.Equal(limits.MaxAll / 5, limits.MaxByStrangers);
    }
}
