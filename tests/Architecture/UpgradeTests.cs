using System.IO.Compression;
using System.Reflection;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Migrations.Internal;
using Microsoft.Extensions.DependencyInjection;
using Plenaria.Platform.Data;
using Plenaria.Platform.Modules;
using Plenaria.Web;

namespace Plenaria.Tests.Architecture;

/// <summary>
/// Archives in <c>tests/upgrade</c> are sample networks as earlier versions left them, without keys: four from before
/// the first release, named after what had come last. Each goes through all later migrations, with rows in every table
/// that had any.
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
    private const string Present = "Present";

    private static readonly (string Came, string[] Routes)[] Later =
    [
        (
            Present,
            [
                "/import/{kind}/{id}",
                "/plenaries/{reference}/convene",
                "/plenaries/{reference}/discard",
                "/plenaries/{reference}/cancel",
                "/plenaries/{reference}/vote/close",
                "/plenaries/{reference}/vote/void",
                "/consultations/{reference}/close",
                "/requests/{number}",
                "/requests/{number}/send",
                "/requests/{number}/edit",
                "/forms/{form}/build",
                "/forms/{form}/questions/{field}",
                "/forms/{form}/settings",
                "/forms/{form}/try",
                "/forms/{form}/answers",
                "/forms/{form}/answers/{id}",
                "/forms/{form}/answers/print",
                "/comments/{kind}/{id}",
                "/newsletter/{number}",
                "/newsletter/confirm/{token}",
                "/newsletter/unsubscribe/{token}",
                "/newsletter/preferences/{token}",
                "/newsletter/issues/{number}",
                "/newsletter/issues/{number}/send",
                "/newsletter/issues/{number}/answers",
            ]
        ),
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
                "/plenaries/{reference}/end",
                "/plenaries/{reference}/minutes/present",
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
        ("Mending", ["/comments/replies/{id}"]),
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
        await using (var house = PlenariaHost.Build(new(data) { ConnectionString = connectionString, Quiet = true }))
        await using (var scope = house.Services.CreateAsyncScope())
            await scope.ServiceProvider.GetRequiredService<Archive>().Read(archive, data, force: false, default);

        await using var present = await TestHost.On(connectionString, data);
        await present.Within(async services =>
        {
            Assert.Empty(await services.GetRequiredService<PlenariaDb>().Database.GetPendingMigrationsAsync());
            foreach (var check in services.GetRequiredService<ModuleCatalog>().Declared<Check>())
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
                (l.Came == Present || Array.IndexOf(Versions, version) < Array.IndexOf(Versions, l.Came))
                && l.Routes.Contains(visit.Route)
            )
                ? System.Net.HttpStatusCode.NotFound
                : System.Net.HttpStatusCode.OK;
            Assert.True(answer.Status == expected, $"{visit.Path}: {answer.Status}");
        }
    }

    /// <summary>This version's migrations, and one that comes after them.</summary>
#pragma warning disable EF1001 // The service has no other base.
    private sealed class WithLater(
        ICurrentDbContext current,
        IDbContextOptions options,
        IMigrationsIdGenerator ids,
        IDiagnosticsLogger<DbLoggerCategory.Migrations> logger
    ) : MigrationsAssembly(current, options, ids, logger)
    {
        public override IReadOnlyDictionary<string, TypeInfo> Migrations =>
            new SortedDictionary<string, TypeInfo>(base.Migrations.ToDictionary(m => m.Key, m => m.Value))
            {
                [LaterMigration.Id] = typeof(LaterMigration).GetTypeInfo(),
            };
    }
#pragma warning restore EF1001

    [DbContext(typeof(PlenariaDb)), Migration(Id)]
    private sealed class LaterMigration : Migration
    {
        public const string Id = "99991231235959_Later";

        protected override void Up(MigrationBuilder migrationBuilder) =>
            migrationBuilder.Sql("ALTER TABLE members_members ADD COLUMN came_later integer NOT NULL DEFAULT 7");
    }

    private static Task<int> MembersOf(PlenariaDb db) =>
        db.Database.SqlQuery<Guid>($"SELECT id AS \"Value\" FROM members_members").CountAsync();

    private static WebApplication WithLaterMigration(string connectionString) =>
        PlenariaHost.Build(
            new(Databases.Folder())
            {
                ConnectionString = connectionString,
                Quiet = true,
                Replace = services =>
                    services.ConfigureDbContext<PlenariaDb>(o => o.ReplaceService<IMigrationsAssembly, WithLater>()),
            }
        );

    [Theory, BothDatabases]
    public async Task An_archive_of_an_earlier_version_is_filled_in_at_that_version_and_then_upgraded(Provider provider)
    {
        await using var house = WithLaterMigration(await Databases.LeaseEmpty(provider));
        await using var scope = house.Services.CreateAsyncScope();
        var archive = scope.ServiceProvider.GetRequiredService<Archive>();
        var file = new FileInfo(Sources.Path("tests", "upgrade", "Knowledge.zip"));
        await archive.Read(file, Databases.Folder(), force: false, default);
        var db = scope.ServiceProvider.GetRequiredService<PlenariaDb>();
        Assert.Equal(LaterMigration.Id, (await db.Database.GetAppliedMigrationsAsync()).Last());
        var members = await MembersOf(db);
        Assert.NotEqual(0, members);
        Assert.Equal(
            members,
            await db
                .Database.SqlQuery<int>(
                    $"SELECT CAST(COUNT(*) AS integer) AS \"Value\" FROM members_members WHERE came_later = 7"
                )
                .SingleAsync()
        );
        // Into a database that is not new it does not go, whatever is asked.
        var refused = await Assert.ThrowsAsync<RuleViolationException>(() =>
            archive.Read(file, Databases.Folder(), force: true, default)
        );
        Assert.Equal("platform.restore.other-version", refused.Key);
    }

    [Theory]
    [InlineData("\"migration\":\"", "\"migration\":\"Unknown", "platform.restore.other-version")]
    [InlineData("\"name\":\"access_accounts\"", "\"name\":\"a\\\";drop\"", "platform.restore.no-archive")]
    [InlineData("\"name\":\"access_accounts\"", "\"name\":\"other_accounts\"", "platform.restore.damaged")]
    [InlineData("\"name\":\"email\"", "\"name\":\"no_such_column\"", "platform.restore.damaged")]
    [InlineData("\"kind\":\"instant\"", "\"kind\":\"sometime\"", "platform.restore.no-archive")]
    public async Task An_archive_whose_manifest_was_changed_is_refused_and_changes_nothing(
        string was,
        string became,
        string key
    )
    {
        await using var house = await TestHost.Open(Provider.Sqlite);
        var changed = new FileInfo(Path.Combine(Databases.Folder().FullName, "changed.zip"));
        await house.Within(s => s.GetRequiredService<Archive>().Write(changed, house.Data, default));
        await using (var zip = await ZipFile.OpenAsync(changed.FullName, ZipArchiveMode.Update))
        {
            var entry = zip.GetEntry("manifest.json")!;
            string text;
            using (var reader = new StreamReader(await entry.OpenAsync()))
                text = await reader.ReadToEndAsync();
            Assert.Contains(was, text);
            entry.Delete();
            await using var writer = new StreamWriter(await zip.CreateEntry("manifest.json").OpenAsync());
            await writer.WriteAsync(text.Replace(was, became, StringComparison.Ordinal));
        }
        Task<int> Members() => house.Within(s => MembersOf(s.GetRequiredService<PlenariaDb>()));
        var before = await Members();
        var refused = await Assert.ThrowsAsync<RuleViolationException>(() =>
            house.Within(s => s.GetRequiredService<Archive>().Read(changed, house.Data, force: true, default))
        );
        Assert.Equal((key, before), (refused.Key, await Members()));
    }
}
