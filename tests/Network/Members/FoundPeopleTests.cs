using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Plenaria.Members;
using Plenaria.Members.People;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;

namespace Plenaria.Tests.Network.Members;

public class FoundPeopleTests
{
    [Theory, BothDatabases]
    public async Task Who_agreed_to_be_shown_is_found_at_their_member_until_they_change_their_mind_or_leave(
        Provider provider
    )
    {
        await using var house = await TestHost.Open(provider);
        var (anybody, staff) = (house.Visit(), await house.Visit(Role.Staff));
        async Task<Person> Appoint(string name, string email, bool isShown) =>
            await house.Within(async s =>
            {
                var dakar = (await s.GetRequiredService<IMembers>().Find("ville-de-dakar", default))!;
                return await s.GetRequiredService<PeopleStore>()
                    .Appoint(
                        await s.GetRequiredService<MemberStore>().Load(dakar.Id, default, toEdit: true),
                        new(name, email, Language.French, RepresentationRole.Contact) { ShowsName = isShown },
                        house.Acting(),
                        default
                    );
            });
        var (shown, hidden) = (
            await Appoint("Quercetana Vox", "vox@example.net", isShown: true),
            await Appoint("Zephyrina Umbra", "umbra@example.net", isShown: false)
        );
        async Task<string> Found(string words) =>
            (await anybody.Get("/en/search?q=" + Uri.EscapeDataString(words))).Text(".results");
        Assert.Contains("Dakar", await Found("Quercetana"));
        Assert.Equal("", await Found("Zephyrina"));
        // They change their minds.
        Assert.Equal(
            HttpStatusCode.Redirect,
            (await staff.Submit($"/en{hidden.Path}", "main form", ("Input.ShowsName", "true"))).Status
        );
        Assert.Equal(
            HttpStatusCode.Redirect,
            (await staff.Submit($"/en{shown.Path}", "main form", ("Input.ShowsName", "false"))).Status
        );
        Assert.Contains("Dakar", await Found("Zephyrina"));
        Assert.Equal("", await Found("Quercetana"));
        // Erased, nothing of the name is left in what is published.
        await house.Within(async s =>
            await s.GetRequiredService<Privacy>()
                .Erase(
                    await s.GetRequiredService<PlenariaDb>()
                        .Set<Person>()
                        .Include(p => p.Represents)
                        .SingleAsync(p => p.Id == hidden.Id),
                    house.Acting(),
                    default
                )
        );
        Assert.Equal("", await Found("Zephyrina"));
        Assert.DoesNotContain("Zephyrina", (await anybody.Get("/oai?verb=ListRecords&metadataPrefix=oai_dc")).Body);
    }
}
