using System.Net;
using System.Net.Http.Headers;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;

namespace Plenaria.Tests.Platform.Access;

/// <summary>A way in ends on the server: by signing out, by its limit, and with the account.</summary>
public class SessionTests(SharedHosts houses) : IClassFixture<SharedHosts>
{
    private static async Task<HttpStatusCode> With(TestHost house, string cookie, string path = "/en/workspace")
    {
        using var http = new HttpClient(new HttpClientHandler { UseCookies = false, AllowAutoRedirect = false });
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(house.Address, path))
        {
            Headers = { { "Cookie", cookie } },
        };
        return (await http.SendAsync(request)).StatusCode;
    }

    private static string Copy(TestHost house, Browser browser) => browser.Cookies.GetCookieHeader(house.Address);

    private static async Task<HttpStatusCode> Call(TestHost house, string token, string path = "/en/workspace")
    {
        using var http = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false });
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(house.Address, path));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return (await http.SendAsync(request)).StatusCode;
    }

    [Theory, BothDatabases]
    public async Task Signing_out_ends_the_session_for_a_copy_of_its_cookie_too(Provider provider)
    {
        var house = await houses.On(provider);
        var browser = await house.Visit(Role.Auditor);
        var cookie = Copy(house, browser);
        Assert.Equal(HttpStatusCode.OK, await With(house, cookie));
        var left = await browser.Submit("/en/sign-out", "main form");
        Assert.Equal(HttpStatusCode.Redirect, left.Status);
        Assert.Contains("storage", left.Response.Headers.GetValues("Clear-Site-Data").Single());
        Assert.Equal(HttpStatusCode.Redirect, await With(house, cookie));
    }

    [Theory, BothDatabases]
    public async Task A_session_is_over_after_its_longest_time_however_it_was_used(Provider provider)
    {
        var house = await houses.On(provider);
        var browser = await house.Visit(Role.Translator);
        var cookie = Copy(house, browser);
        await house.Within(async services =>
        {
            var db = services.GetRequiredService<PlenariaDb>();
            var past = DateTimeOffset.UtcNow.AddSeconds(-1);
            var translator = await db.Set<Account>().SingleAsync(a => a.Email == "translator@example.org");
            Assert.InRange(
                (await db.Set<SignInSession>().Where(s => s.AccountId == translator.Id).MaxAsync(s => s.EndsAt))
                    - DateTimeOffset.UtcNow,
                TimeSpan.FromDays(29),
                TimeSpan.FromDays(31)
            );
            await db.Set<SignInSession>()
                .Where(s => s.AccountId == translator.Id)
                .ExecuteUpdateAsync(s => s.SetProperty(x => x.EndsAt, past));
        });
        Assert.Equal(HttpStatusCode.Redirect, await With(house, cookie));
    }

    [Theory, BothDatabases]
    public async Task One_ends_sessions_of_ones_own_and_nobody_elses(Provider provider)
    {
        var house = await houses.On(provider);
        var (desk, phone, other) = (
            await house.Visit(Role.Editor),
            await house.Visit(Role.Editor),
            await house.Visit(Role.Juror)
        );
        var page = await desk.Get("/en/account/sessions");
        Assert.True(page.Page.QuerySelectorAll("main li").Length >= 2);
        // A session of somebody else, named in the form, stays.
        var theirs = (await other.Get("/en/account/sessions")).Page.QuerySelectorAll("main li").Length;
        await house.Within(async services =>
        {
            var db = services.GetRequiredService<PlenariaDb>();
            var juror = await db.Set<Account>().SingleAsync(a => a.Email == "juror@example.org");
            var id = (
                await db.Set<SignInSession>()
                    .Where(s => s.AccountId == juror.Id && s.EndedAt == null)
                    .OrderByDescending(s => s.StartedAt)
                    .FirstAsync()
            ).Id;
            await desk.Submit(page, "form[action*=End]", ("session", id.ToString()));
        });
        Assert.Equal(theirs, (await other.Get("/en/account/sessions")).Page.QuerySelectorAll("main li").Length);
        await desk.Submit(await desk.Get("/en/account/sessions"), "form[action*=EndOthers]");
        Assert.Equal(HttpStatusCode.OK, (await desk.Get("/en/workspace")).Status);
        Assert.Equal(HttpStatusCode.Redirect, (await phone.Get("/en/workspace")).Status);
    }

    [Theory, BothDatabases]
    public async Task A_token_expires_is_listed_and_ends_with_the_sessions_of_its_account(Provider provider)
    {
        var house = await houses.On(provider);
        Task<string> Token(int days) =>
            house.Within(services =>
                services
                    .GetRequiredService<Accounts>()
                    .CreateToken("program@example.org", Role.Auditor, house.Acting(), default, days)
            );
        var (short_, long_) = (await Token(1), await Token(365));
        Assert.Equal(HttpStatusCode.OK, await Call(house, short_));
        await house.Within(async services =>
        {
            var db = services.GetRequiredService<PlenariaDb>();
            var account = await db.Set<Account>().SingleAsync(a => a.Email == "program@example.org");
            var past = DateTimeOffset.UtcNow.AddSeconds(-1);
            var soon = DateTimeOffset.UtcNow.AddDays(2);
            await db.Set<AccessToken>()
                .Where(t => t.AccountId == account.Id && t.ExpiresAt < soon)
                .ExecuteUpdateAsync(t => t.SetProperty(x => x.ExpiresAt, past));
            Assert.Single(
                await services.GetRequiredService<Accounts>().Tokens(account.Id, DateTimeOffset.UtcNow, default)
            );
        });
        Assert.Equal(HttpStatusCode.Unauthorized, await Call(house, short_));
        Assert.Equal(HttpStatusCode.OK, await Call(house, long_));
        var staff = await house.Visit(Role.Staff);
        var id = await house.Within(async services =>
            (
                await services
                    .GetRequiredService<PlenariaDb>()
                    .Set<Account>()
                    .SingleAsync(a => a.Email == "program@example.org")
            ).Id
        );
        var person = await staff.Get($"/en/people/{id}");
        Assert.Single(person.Page.QuerySelectorAll("form[action*=RevokeToken]"));
        await staff.Submit(person, "form[action*=EndSessions]");
        Assert.Equal(HttpStatusCode.Unauthorized, await Call(house, long_));
    }

    [Fact]
    public async Task Credentials_that_nobody_knows_are_refused_everywhere()
    {
        var house = await houses.On(Provider.Sqlite);
        foreach (var path in (string[])["/en", "/api/v1/members", "/en/workspace", "/feed.atom"])
            Assert.Equal(HttpStatusCode.Unauthorized, await Call(house, "plenaria_unknown", path));
    }
}
