using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Plenaria.Members;
using Plenaria.Platform.Data;

namespace Plenaria.Tests.Network.Members;

public class MemberPublishingTests(SharedHosts houses) : IClassFixture<SharedHosts>
{
    [Theory, BothDatabases]
    public async Task Members_of_any_alphabet_are_entered_and_found_and_those_that_left_are_not(Provider provider)
    {
        var house = await houses.On(provider);
        string[] names =
        [
            "Miasto Łódź pod Wałbrzychem",
            "Kommune Øst",
            "a --- ß --- b",
            "北京市",
            "City " + string.Concat(Enumerable.Repeat("of a very long name ", 9)).Trim(),
        ];
        var result = await house.Import("name,country\n" + string.Join('\n', names.Select(n => $"{n},PL")));
        Assert.Equal((names.Length, 0), (result.Taken, result.Refused.Count));
        async Task<string> Found(string words) =>
            (await house.Visit().Get($"/api/v1/search?kind=member&without=*&q={Uri.EscapeDataString(words)}")).Body;
        foreach (var name in names)
            Assert.Contains(
                name,
                JsonDocument
                    .Parse(await Found(name))
                    .RootElement.GetProperty("results")
                    .EnumerateArray()
                    .Select(r => r.GetProperty("title").GetProperty("en").GetString())
            );
        // An address of an earlier version, with two hyphens in a row.
        await house.Within(async s =>
        {
            var members = s.GetRequiredService<MemberStore>();
            var old = new Member
            {
                Id = new(Guid.CreateVersion7()),
                Slug = "kommune--st",
                Kind = MemberKind.LocalGovernment,
            };
            await members.Change(
                old,
                "members.member-added",
                house.Acting(),
                () =>
                {
                    old.Settle("DK");
                    old.Call(LocalizedText.Original(Language.English, "Kommune Ærø"));
                    old.Join(MemberClass.Associate, null, DateTimeOffset.UtcNow);
                },
                default
            );
        });
        Assert.Contains("Kommune Ærø", await Found("Ærø"));
        await house.Within(async s =>
        {
            var (db, members) = (s.GetRequiredService<PlenariaDb>(), s.GetRequiredService<MemberStore>());
            var left = await members.Load(
                (await db.Set<Member>().SingleAsync(m => m.Slug == "kommune--st")).Id,
                default,
                toEdit: true
            );
            await members.Change(
                left,
                "members.member-left",
                house.Acting(),
                () => left.Leave(PartialDate.Parse("2020"), null, members.Today),
                default
            );
        });
        Assert.DoesNotContain("Kommune Ærø", await Found("Ærø"));
    }
}
