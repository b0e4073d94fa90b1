using System.Data.Common;
using System.Net;
using System.Net.Http.Headers;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;
using Plenaria.Platform.Site;

namespace Plenaria.Tests.Platform.Site;

/// <summary>
/// What is kept of the public pages is never older than what was committed, and never somebody else's.
/// </summary>
public class PageCacheTests
{
    /// <summary>Counts what a house asks its database, and holds one reading of a table until it is let go.</summary>
    private sealed class Watch : DbCommandInterceptor
    {
        private int _commands;
        private TaskCompletionSource? _gate;
        private TaskCompletionSource _reached = new();

        public int Commands => _commands;
        public string? HoldsAt { get; set; }

        public (Task Reached, TaskCompletionSource Gate) Hold(string table)
        {
            (HoldsAt, _gate, _reached) = (table, new(), new());
            return (_reached.Task, _gate);
        }

        public override async ValueTask<DbDataReader> ReaderExecutedAsync(
            DbCommand command,
            CommandExecutedEventData eventData,
            DbDataReader result,
            CancellationToken cancellationToken = default
        )
        {
            Interlocked.Increment(ref _commands);
            if (
                HoldsAt is { } table
                && command.CommandText.Contains(table, StringComparison.Ordinal)
                && _gate is { } gate
            )
            {
                HoldsAt = null;
                _reached.SetResult();
                await gate.Task;
            }
            return result;
        }
    }

    private static async Task<(TestHost House, Watch Watch)> Open(Provider provider)
    {
        var watch = new Watch();
        return (
            await TestHost.Open(
                provider,
                replace: services => services.ConfigureDbContext<PlenariaDb>(options => options.AddInterceptors(watch))
            ),
            watch
        );
    }

    private static Task Rename(TestHost house, string name) =>
        house.Within(async services =>
        {
            var db = services.GetRequiredService<PlenariaDb>();
            (await db.Set<NetworkProfile>().SingleAsync()).Purpose = LocalizedText.Original(Language.English, name);
            services
                .GetRequiredService<Plenaria.Platform.Journal.Journal>()
                .Append(house.Acting(), "site", "site.purpose-changed", null, new { name });
            await db.SaveChangesAsync();
        });

    /// <summary>
    /// Visits a page until it is answered from the cache. Jobs that run when the program starts make a page that is
    /// being rendered meanwhile out of date; it is then shown and not stored.
    /// </summary>
    private static async Task<Answer> Stored(TestHost house, string path)
    {
        var answer = await house.Visit().Get(path);
        for (var times = 0; times < 20 && answer.Response.Headers.ETag is null; times++)
            answer = await house.Visit().Get(path);
        Assert.NotNull(answer.Response.Headers.ETag);
        return answer;
    }

    [Theory, BothDatabases]
    public async Task A_page_whose_rendering_began_before_a_change_is_not_shown_after_it(Provider provider)
    {
        var (house, watch) = await Open(provider);
        await using var _ = house;
        await Rename(house, "before");
        // SQLite readers do not wait for writers: the page is held between reading and answering on both.
        var (reached, gate) = watch.Hold("site_network");
        var slow = house.Visit().Get("/en");
        await reached;
        await Rename(house, "after");
        gate.SetResult();
        Assert.Contains("before", (await slow).Body);
        Assert.Contains("after", (await house.Visit().Get("/en")).Body);
        Assert.Contains("after", (await house.Visit().Get("/en")).Body);
    }

    [Theory, BothDatabases]
    public async Task The_second_visitor_is_answered_without_asking_the_database_more_than_whether_anything_changed(
        Provider provider
    )
    {
        var (house, watch) = await Open(provider);
        await using var _ = house;
        var first = await Stored(house, "/es/plans/2013");
        var before = watch.Commands;
        var second = await house.Visit().Get("/es/plans/2013");
        Assert.InRange(watch.Commands - before, 0, 1);
        Assert.Equal(first.Body, second.Body);
        await Rename(house, "another");
        before = watch.Commands;
        await house.Visit().Get("/es/plans/2013");
        Assert.True(watch.Commands - before > 1, "A change did not make the page be rendered again.");
    }

    [Fact]
    public async Task What_is_kept_is_compressed_and_confirmed_by_its_tag()
    {
        var (house, _) = await Open(Provider.Sqlite);
        await using var __ = house;
        var plain = (await Stored(house, "/en/plans/2013")).Body;
        foreach (var encoding in (string[])["br", "gzip"])
        {
            using var http = new HttpClient(
                new HttpClientHandler { AutomaticDecompression = DecompressionMethods.None }
            )
            {
                BaseAddress = house.Address,
            };
            http.DefaultRequestHeaders.AcceptEncoding.Add(new(encoding));
            var packed = await http.GetAsync("/en/plans/2013");
            Assert.Equal([encoding], packed.Content.Headers.ContentEncoding);
            using var unpacked = new HttpClient(
                new HttpClientHandler { AutomaticDecompression = DecompressionMethods.All }
            )
            {
                BaseAddress = house.Address,
            };
            Assert.Equal(plain, await unpacked.GetStringAsync("/en/plans/2013"));
            http.DefaultRequestHeaders.IfNoneMatch.Add(EntityTagHeaderValue.Parse(packed.Headers.ETag!.ToString()));
            var again = await http.GetAsync("/en/plans/2013");
            Assert.Equal(HttpStatusCode.NotModified, again.StatusCode);
            Assert.Empty(await again.Content.ReadAsByteArrayAsync());
        }
    }

    [Fact]
    public async Task Nobody_is_shown_what_was_made_for_somebody_else()
    {
        var (house, _) = await Open(Provider.Sqlite);
        await using var __ = house;
        var staff = await house.Visit(Role.Staff);
        Assert.Contains("sign-out", (await staff.Get("/en/plans")).Body);
        for (var i = 0; i < 2; i++)
        {
            var anyone = await house.Visit().Get("/en/plans");
            Assert.DoesNotContain("sign-out", anyone.Body);
            Assert.DoesNotContain("/plans/import", anyone.Body);
            Assert.Contains("sign-out", (await staff.Get("/en/plans")).Body);
        }
        // A form that posts carries a token of its visitor's own.
        string? Token(Answer page) =>
            page.Page.QuerySelector("input[name=__RequestVerificationToken]")?.GetAttribute("value");
        Assert.NotEqual(Token(await house.Visit().Get("/en/sign-in")), Token(await house.Visit().Get("/en/sign-in")));
        await house.Visit().Submit("/en/sign-in", "main form", ("Email", "staff@example.org"));
        Assert.Contains("staff@example.org", (await house.Visit().Get("/en/outbox")).Body);
    }

    [Fact]
    public async Task No_spelling_of_the_cookie_makes_a_private_page_public()
    {
        var (house, _) = await Open(Provider.Sqlite);
        await using var __ = house;
        var staff = await house.Visit(Role.Staff);
        var value = staff.Cookies.GetCookies(house.Address)[Authentication.CookieName]!.Value;
        var kept = Visits
            .All.Where(v => Visits.Who[v.Route] != "public" && v.Path.Length > 0)
            .Select(v => "/en" + v.Path)
            .Append("/en/plans")
            .ToList();
        Assert.InRange(kept.Count, 20, 1_000);
        string[] names = ["PLENARIA", "Plenaria", "pLeNaRiA"];
        // Each page with one of the spellings, which are told apart in one place; `./test full` tries each with all.
        foreach (var (path, i) in kept.Select((path, i) => (path, i)))
        foreach (var name in TestScope.IsFull ? names : [names[i % names.Length]])
        {
            using var someone = new HttpClient(new HttpClientHandler { UseCookies = false, AllowAutoRedirect = false })
            {
                BaseAddress = house.Address,
            };
            using var request = new HttpRequestMessage(HttpMethod.Get, path)
            {
                Headers = { { "Cookie", $"{name}={value}" } },
            };
            await someone.SendAsync(request);
            var anybody = await house.Visit().Get(path);
            Assert.True(
                anybody.Status != HttpStatusCode.OK || !anybody.Body.Contains("/sign-out", StringComparison.Ordinal),
                $"{path} was shown to anybody after a visit with {name}."
            );
        }
    }

    [Fact]
    public async Task A_request_with_any_cookie_or_credentials_is_neither_answered_from_the_cache_nor_stored()
    {
        var (house, watch) = await Open(Provider.Sqlite);
        await using var _ = house;
        await Stored(house, "/en/plans/2013");
        var before = watch.Commands;
        using var someone = new HttpClient(new HttpClientHandler { UseCookies = false })
        {
            BaseAddress = house.Address,
        };
        using var request = new HttpRequestMessage(HttpMethod.Get, "/en/plans/2013")
        {
            Headers = { { "Cookie", "colour=blue" } },
        };
        using var answer = await someone.SendAsync(request);
        Assert.True(watch.Commands - before > 1, "A request with a cookie was answered from the cache.");
        Assert.Contains("private", answer.Headers.CacheControl!.ToString());
        Assert.Contains("Cookie", answer.Headers.Vary);
        Assert.Contains("Authorization", answer.Headers.Vary);
    }

    [Fact]
    public async Task Names_that_a_page_does_not_read_make_no_page_of_their_own()
    {
        var (house, watch) = await Open(Provider.Sqlite);
        await using var _ = house;
        foreach (
            var (path, other) in ((string, string)[])
                [
                    ("/en/plans/2013", "?utm_source=x"),
                    ("/en/plans/2013?state=carried-out", "&fbclid=1"),
                    ("/en/search?q=plan", "&anything=2"),
                    ("/api/v1/members?country=es", "&x=1"),
                ]
        )
        {
            var first = await Stored(house, path);
            var before = watch.Commands;
            var second = await house.Visit().Get(path + other);
            Assert.InRange(watch.Commands - before, 0, 1);
            Assert.Equal(first.Body, second.Body);
            Assert.DoesNotContain(other.TrimStart('?', '&'), second.Body);
        }
    }

    [Fact]
    public async Task Only_what_says_so_is_stored()
    {
        var (house, watch) = await Open(Provider.Sqlite);
        await using var _ = house;
        foreach (var visit in Visits.All.Where(v => Visits.Who[v.Route] == "public"))
        {
            var path = "/en" + visit.Path;
            if ((await house.Visit().Get(path)).Status != HttpStatusCode.OK)
                continue;
            await house.Visit().Get(path);
            var before = watch.Commands;
            var again = await house.Visit().Get(path);
            var endpoint = house
                .Services.GetRequiredService<Microsoft.AspNetCore.Routing.EndpointDataSource>()
                .Endpoints.OfType<Microsoft.AspNetCore.Routing.RouteEndpoint>()
                .First(e => Visits.Normal(e.RoutePattern.RawText!) == visit.Route);
            if (endpoint.Metadata.GetMetadata<CacheableAttribute>() is null)
                Assert.Null(again.Response.Headers.ETag);
        }
    }
}
