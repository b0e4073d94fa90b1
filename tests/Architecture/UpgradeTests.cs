using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Plenaria.Platform.Data;
using Plenaria.Platform.Modules;
using Plenaria.Web;

namespace Plenaria.Tests.Architecture;

/// <summary>
/// Archives in <c>tests/upgrade</c> are sample networks as earlier versions left them, named after their last
/// migration,
/// without keys. Each goes through all later migrations, with rows in every table that had any.
/// </summary>
public class UpgradeTests
{
    public static TheoryData<Provider, string> Left
    {
        get
        {
            var data = new TheoryData<Provider, string>();
            foreach (var archive in Directory.EnumerateFiles(Sources.Path("tests", "upgrade"), "*.zip"))
            foreach (var provider in Enum.GetValues<Provider>())
                data.Add(provider, Path.GetFileNameWithoutExtension(archive));
            return data;
        }
    }

    /// <summary>
    /// Pages about one record that came into the sample with a version, and are absent from what earlier ones left.
    /// </summary>
    private static readonly (string Came, string[] Routes)[] Later =
    [
        (
            "Network",
            [
                "/answers/{token}",
                "/reviews/{token}",
                "/members/applications/{id}",
                "/members/people/{id}",
                "/outreach/{slug}",
            ]
        ),
        (
            "Knowledge",
            [
                "/experiences/{slug}",
                "/experiences/{slug}/edit",
                "/experiences/{slug}/history",
                "/experiences/{slug}/media",
                "/experiences/{slug}/authors",
                "/experiences/{slug}/adopt",
                "/exchange/about/{reference}",
                "/bookmarks/{reference}",
            ]
        ),
        (
            "Exchange",
            [
                "/{shelf}/{slug}",
                "/library/{slug}/edit",
                "/about/{slug}",
                "/site/page",
                "/translations/{reference}/{target}",
                "/exchange/{number}",
                "/exchange/drives/{number}",
                "/exchange/drives/{number}/edit",
                "/collections/{slug}",
                "/collections/{slug}/edit",
            ]
        ),
        (
            "Sessions",
            [
                "/plenaries/{reference}",
                "/plenaries/{reference}/edit",
                "/plenaries/{reference}/plan",
                "/plenaries/{reference}/motions/new",
                "/plenaries/{reference}/motions/{number}",
                "/plenaries/{reference}/desk",
                "/plenaries/{reference}/seat",
                "/plenaries/{reference}/screen",
            ]
        ),
        (
            "Minutes",
            [
                "/plenaries/{reference}/proxy",
                "/plenaries/{reference}/motions/{number}/amend",
                "/plenaries/{reference}/delegates",
                "/plenaries/{reference}/check-in/{code?}",
                "/plenaries/{reference}/documents",
                "/plenaries/{reference}/minutes",
                "/plenaries/{reference}/attendance",
            ]
        ),
        (
            "Consultations",
            [
                "/consultations/{reference}",
                "/consultations/{reference}/edit",
                "/consultations/{reference}/desk",
                "/consultations/{reference}/comment",
            ]
        ),
        ("Mending", ["/exchange/replies/{id}"]),
    ];

    private static readonly string[] Versions =
    [
        "Ground",
        "Directory",
        "Network",
        "Knowledge",
        "Exchange",
        "Sessions",
        "Minutes",
        "Consultations",
        "Mending",
    ];

    [Theory, MemberData(nameof(Left))]
    public async Task A_network_left_by_an_earlier_version_is_served_and_verified_by_this_one(
        Provider provider,
        string version
    )
    {
        var archive = new FileInfo(Sources.Path("tests", "upgrade", version + ".zip"));
        var connectionString = await Databases.LeaseEmpty(provider);
        var data = Databases.Folder();
        await using (var house = House.Build(new(data) { ConnectionString = connectionString, Quiet = true }))
        await using (var scope = house.Services.CreateAsyncScope())
            await scope.ServiceProvider.GetRequiredService<Archive>().Read(archive, data, force: false, default);

        await using var present = await TestHouse.On(connectionString, data);
        await present.Within(async services =>
        {
            Assert.Empty(await services.GetRequiredService<PlenariaDb>().Database.GetPendingMigrationsAsync());
            foreach (var check in services.GetRequiredService<ModuleCatalog>().All.SelectMany(m => m.Checks))
            await foreach (var fault in check.Faults(services, default))
                Assert.Fail($"{check.What}: {fault}");
        });
        // What the rows are made into is proven on both databases above; how pages show it, on one unless all is asked.
        if (provider != Provider.Sqlite && !TestScope.IsFull)
            return;
        var (anyone, staff, member) = (
            present.Visit(),
            await present.Visit(Plenaria.Platform.Access.Role.Staff),
            await present.Visit(Plenaria.Platform.Access.Role.Member)
        );
        foreach (var visit in Visits.All.Where(v => v.Route != "/set-up"))
        {
            var rule = Visits.Who[visit.Route];
            var answer = await (
                rule == "public" ? anyone
                : rule == "members.own" ? member
                : staff
            ).Get($"/en{visit.Path}");
            // What the sample of that version did not hold yet is said to be absent; everything else opens.
            var expected = Later.Any(l =>
                Array.IndexOf(Versions, version) < Array.IndexOf(Versions, l.Came) && l.Routes.Contains(visit.Route)
            )
                ? System.Net.HttpStatusCode.NotFound
                : System.Net.HttpStatusCode.OK;
            Assert.True(answer.Status == expected, $"{visit.Path}: {answer.Status}");
        }
    }

    [Fact]
    public async Task An_archive_of_an_earlier_version_goes_into_a_new_database_only()
    {
        await using var house = await TestHouse.Open(Provider.Sqlite);
        var refused = await Assert.ThrowsAsync<RuleBroken>(() =>
            house.Within(s =>
                s.GetRequiredService<Archive>()
                    .Read(new(Sources.Path("tests", "upgrade", "Ground.zip")), house.Data, force: true, default)
            )
        );
        Assert.Equal("platform.restore.other-version", refused.Key);
    }
}
