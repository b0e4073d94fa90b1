using System.Net;
using System.Net.Http.Headers;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;

namespace Plenaria.Tests.Platform.Access;

public class SignInTests(SharedHosts houses) : IClassFixture<SharedHosts>
{
    private static async Task<(string CodePage, string Link, string Code)> Ask(
        TestHost house,
        Browser browser,
        string email,
        string returnTo = ""
    )
    {
        var asked = await browser.Submit(
            $"/en/sign-in?return={Uri.EscapeDataString(returnTo)}",
            "main form",
            ("Email", email)
        );
        var letter = (await house.Visit().Get("/en/outbox"))
            .Page.QuerySelectorAll(".letter")
            .First(l => l.TextContent.Contains(email, StringComparison.OrdinalIgnoreCase))
            .QuerySelector("pre")!
            .TextContent;
        return (
            asked.Location!,
            new Uri(Regex.Match(letter, @"http\S+").Value).PathAndQuery,
            Regex.Match(letter, @"\d{3} \d{3}").Value
        );
    }

    [Theory, BothDatabases]
    public async Task A_link_signs_in_once_by_its_button_and_leads_to_the_page_asked_for(Provider provider)
    {
        var house = await houses.On(provider);
        var browser = house.Visit();
        var (_, link, _) = await Ask(house, browser, "member@example.org", "/en/plans/2013?state=Complete");
        // A mail program that looks first uses nothing up.
        await house.Visit().Get(link);
        var used = await browser.Submit(link, "main form");
        Assert.Equal("/en/plans/2013?state=Complete", used.Location);
        Assert.Equal(HttpStatusCode.OK, (await browser.Get("/en/workspace")).Status);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await house.Visit().Submit(link, "main form")).Status);
    }

    [Theory, BothDatabases]
    public async Task The_code_of_the_same_mail_works_in_another_browser_and_only_five_tries_are_given(
        Provider provider
    )
    {
        var house = await houses.On(provider);
        var phone = house.Visit();
        var (page, link, code) = await Ask(house, phone, "JUROR@example.org");
        var entered = await phone.Submit(page, "main form", ("Code", code));
        Assert.Equal("/en/workspace", entered.Location);
        // The mail is one: its link is used up too.
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await house.Visit().Submit(link, "main form")).Status);

        var (second, _, right) = await Ask(house, phone, "juror@example.org");
        var wrong = right == "000 000" ? "111111" : "000000";
        for (var i = 0; i < 5; i++)
            Assert.Equal(
                HttpStatusCode.UnprocessableEntity,
                (await phone.Submit(second, "main form", ("Code", wrong))).Status
            );
        Assert.Equal(
            HttpStatusCode.UnprocessableEntity,
            (await phone.Submit(second, "main form", ("Code", right))).Status
        );
    }

    [Fact]
    public async Task An_unknown_address_gets_the_same_answer_and_no_mail()
    {
        var house = await houses.On(Provider.Sqlite);
        var asked = await house.Visit().Submit("/en/sign-in", "main form", ("Email", "nobody@example.org"));
        Assert.StartsWith("/en/sign-in/code?request=", asked.Location);
        Assert.DoesNotContain("nobody@example.org", (await house.Visit().Get("/en/outbox")).Body);
    }

    [Fact]
    public async Task What_is_typed_is_kept_and_explained_in_the_readers_language()
    {
        var house = await houses.On(Provider.Sqlite);
        var refused = await house.Visit().Submit("/es/sign-in", "main form", ("Email", "no es una dirección"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        Assert.Equal("no es una dirección", refused.Page.QuerySelector("#Email")!.GetAttribute("value"));
        Assert.Contains("no es una dirección de correo", refused.Text(".field-validation-error"));
    }

    [Theory, BothDatabases]
    public async Task A_character_that_no_text_holds_is_refused_beside_its_field(Provider provider)
    {
        var house = await houses.On(provider);
        var browser = house.Visit();
        var form = await browser.Get("/en/sign-in");
        using var content = new MultipartFormDataContent
        {
            { new StringContent("a\0@example.org"), "Email" },
            {
                new StringContent(
                    form.Page.QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!
                ),
                "__RequestVerificationToken"
            },
        };
        var refused = await Browser.Read(await browser.Http.PostAsync("/en/sign-in", content));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        Assert.NotEmpty(refused.Text(".field-validation-error"));
        Assert.Equal(HttpStatusCode.BadRequest, (await browser.Get("/en/members?q=a%00")).Status);
    }

    [Fact]
    public async Task A_return_to_another_site_is_ignored()
    {
        var house = await houses.On(Provider.Sqlite);
        var browser = house.Visit();
        var (_, link, _) = await Ask(house, browser, "editor@example.org", "https://elsewhere.example/");
        Assert.Equal("/en/workspace", (await browser.Submit(link, "main form")).Location);
    }

    [Fact]
    public async Task A_post_without_the_forms_token_is_refused()
    {
        var house = await houses.On(Provider.Sqlite);
        var answer = await house
            .Visit()
            .Http.PostAsync("/en/sign-in", new FormUrlEncodedContent([new("Email", "staff@example.org")]));
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Theory, BothDatabases]
    public async Task Two_who_use_one_link_at_once_do_not_both_come_in(Provider provider)
    {
        var house = await houses.On(provider);
        var (_, link, _) = await Ask(house, house.Visit(), "translator@example.org");
        var pages = await Task.WhenAll(
            Enumerable
                .Range(0, 4)
                .Select(async _ =>
                {
                    var b = house.Visit();
                    return (Browser: b, Page: await b.Get(link));
                })
        );
        var answers = await Task.WhenAll(pages.Select(p => p.Browser.Submit(p.Page, "main form")));
        Assert.Single(answers, a => a.Status == HttpStatusCode.Redirect);
    }

    [Fact]
    public async Task A_token_acts_in_its_role_and_an_unknown_one_is_told_so()
    {
        var house = await houses.On(Provider.Sqlite);
        var token = await house.Within(s =>
            s.GetRequiredService<Accounts>().CreateToken("robot@example.org", Role.Staff, house.Acting(), default)
        );
        var http = house.Visit().Http;
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        Assert.Equal(HttpStatusCode.OK, (await http.GetAsync("/en/workspace")).StatusCode);
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token + "x");
        Assert.Equal(HttpStatusCode.Unauthorized, (await http.GetAsync("/en/workspace")).StatusCode);
    }

    [Fact]
    public async Task Staff_of_a_real_house_need_a_second_step_and_a_recovery_code_counts_once()
    {
        await using var house = await TestHost.Open(
            Provider.Sqlite,
            replace: services => services.AddSingleton(new SignInOptions(SecondFactorForStaff: true))
        );
        var browser = await house.Visit(Role.Staff);
        Assert.Contains("/en/account/authenticator", (await browser.Get("/en/workspace")).Body);
        var page = await browser.Get("/en/account/authenticator");
        var totp = new OtpNet.Totp(
            OtpNet.Base32Encoding.ToBytes(page.Page.QuerySelector("#Secret")!.GetAttribute("value")!)
        );
        Assert.Equal(
            HttpStatusCode.UnprocessableEntity,
            (await browser.Submit(page, "main form", ("Code", "000000"))).Status
        );
        var done = await browser.Submit(page, "main form", ("Code", totp.ComputeTotp()));
        var recovery = done.Page.QuerySelectorAll(".codes code").Select(c => c.TextContent).ToList();
        Assert.Equal(8, recovery.Count);

        for (var i = 0; i < 2; i++)
        {
            var again = await house.Visit(Role.Staff);
            Assert.Equal(HttpStatusCode.Redirect, (await again.Get("/en/workspace")).Status);
            var stepped = await again.Submit("/en/sign-in/second", "main form", ("Code", recovery[0]));
            Assert.Equal(i == 0 ? HttpStatusCode.Redirect : HttpStatusCode.UnprocessableEntity, stepped.Status);
        }
    }

    [Theory, BothDatabases]
    public async Task Of_many_codes_tried_at_once_five_are_looked_at(Provider provider)
    {
        await using var house = await TestHost.Open(provider);
        var browser = house.Visit();
        var (page, _, right) = await Ask(house, browser, "member@example.org");
        var form = await browser.Get(page);
        await Task.WhenAll(
            Enumerable
                .Range(0, 12)
                .Select(i =>
                    browser.Submit(form, "main form", ("Code", right == $"00000{i % 10}" ? "999999" : $"00000{i % 10}"))
                )
        );
        var attempts = await house.Within(s =>
            s.GetRequiredService<PlenariaDb>()
                .Set<SignInRequest>()
                .Where(r => r.Attempts > 0)
                .Select(r => r.Attempts)
                .SingleAsync()
        );
        Assert.Equal(SignInRequest.MaxAttempts, attempts);
        Assert.Equal(
            HttpStatusCode.UnprocessableEntity,
            (await browser.Submit(form, "main form", ("Code", right))).Status
        );
    }

    [Theory, BothDatabases]
    public async Task The_second_step_takes_five_tries_and_then_none_for_a_while(Provider provider)
    {
        await using var house = await TestHost.Open(
            provider,
            replace: services => services.AddSingleton(new SignInOptions(SecondFactorForStaff: true))
        );
        var browser = await house.Visit(Role.Staff);
        var page = await browser.Get("/en/account/authenticator");
        var totp = new OtpNet.Totp(
            OtpNet.Base32Encoding.ToBytes(page.Page.QuerySelector("#Secret")!.GetAttribute("value")!)
        );
        var recovery = (await browser.Submit(page, "main form", ("Code", totp.ComputeTotp())))
            .Page.QuerySelectorAll(".codes code")
            .Select(c => c.TextContent)
            .ToList();
        var guest = await house.Visit(Role.Staff);
        for (var i = 0; i < 5; i++)
            Assert.Contains(
                "wrong",
                (await guest.Submit("/en/sign-in/second", "main form", ("Code", "no-such-code"))).Text("[role=alert]")
            );
        Assert.Contains(
            "Too many attempts",
            (await guest.Submit("/en/sign-in/second", "main form", ("Code", recovery[0]))).Text("[role=alert]")
        );
        // Another browser is no way round it.
        Assert.Equal(
            HttpStatusCode.UnprocessableEntity,
            (
                await (await house.Visit(Role.Staff)).Submit("/en/sign-in/second", "main form", ("Code", recovery[0]))
            ).Status
        );
    }

    [Fact]
    public async Task A_mailed_link_leads_to_the_house_whatever_address_the_request_claims()
    {
        await using var house = await TestHost.Open(
            Provider.Sqlite,
            replace: services =>
                services.AddSingleton(new Plenaria.Platform.Site.SiteAddress("https://network.example"))
        );
        var browser = house.Visit();
        browser.Http.DefaultRequestHeaders.Host = "elsewhere.example";
        var form = await browser.Get("/en/sign-in");
        // The cookie of a house served under https comes back over https only, which this visitor does not speak.
        using var request = new HttpRequestMessage(HttpMethod.Post, "/en/sign-in");
        request.Headers.Add(
            "Cookie",
            string.Join("; ", form.Response.Headers.GetValues("Set-Cookie").Select(c => c.Split(';')[0]))
        );
        Assert.Contains("secure", string.Join(' ', form.Response.Headers.GetValues("Set-Cookie")));
        request.Content = new FormUrlEncodedContent([
            new("Email", "member@example.org"),
            new(
                "__RequestVerificationToken",
                form.Page.QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!
            ),
        ]);
        using var http = new HttpClient(new HttpClientHandler { UseCookies = false, AllowAutoRedirect = false })
        {
            BaseAddress = house.Address,
        };
        http.DefaultRequestHeaders.Host = "elsewhere.example";
        Assert.Equal(HttpStatusCode.Redirect, (await http.SendAsync(request)).StatusCode);
        var letter = (await house.Visit().Get("/en/outbox")).Text(".letter pre");
        Assert.Contains("https://network.example/en/sign-in/link?token=", letter);
        Assert.DoesNotContain("elsewhere", letter);
    }

    [Theory, BothDatabases]
    public async Task A_token_widens_nobodys_roles_and_can_be_taken_back(Provider provider)
    {
        await using var house = await TestHost.Open(provider);
        Task<T> With<T>(Func<Accounts, Task<T>> work) => house.Within(s => work(s.GetRequiredService<Accounts>()));
        var refused = await Assert.ThrowsAsync<RuleViolationException>(() =>
            With(a => a.CreateToken("juror@example.org", Role.Staff, house.Acting(), default))
        );
        Assert.Equal("access.token.role-not-held", refused.Key);
        Task<int> Grants() =>
            house.Within(s =>
                s.GetRequiredService<PlenariaDb>()
                    .Set<Account>()
                    .Where(a => a.Email == "member@example.org")
                    .SelectMany(a => a.Grants)
                    .CountAsync()
            );
        var before = await Grants();
        var token = await With(a => a.CreateToken("member@example.org", Role.Member, house.Acting(), default));
        await With(a => a.CreateToken("member@example.org", Role.Member, house.Acting(), default));
        Assert.Equal(before, await Grants());
        var http = house.Visit().Http;
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        Assert.Equal(HttpStatusCode.OK, (await http.GetAsync("/en/workspace")).StatusCode);
        Assert.Equal(2, await With(a => a.RevokeTokens("member@example.org", null, house.Acting(), default)));
        Assert.Equal(HttpStatusCode.Unauthorized, (await http.GetAsync("/en/workspace")).StatusCode);
    }

    [Theory, BothDatabases]
    public async Task A_new_house_is_set_up_once_with_the_key_that_was_printed(Provider provider)
    {
        await using var house = await TestHost.Open(provider, withSample: false);
        var path =
            $"/en/set-up?token={house.Services.GetRequiredService<Plenaria.Platform.Site.SetUp.SetUpKey>().Value}";
        Assert.Equal(HttpStatusCode.NotFound, (await house.Visit().Get("/en/set-up?token=guess")).Status);
        var browser = house.Visit();
        var refused = await browser.Submit(
            path,
            "main form",
            ("Input.Name", "Network"),
            ("Input.ShortName", "N"),
            ("Input.Prefix", "no"),
            ("Input.Email", "first@example.org")
        );
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        var made = await browser.Submit(
            path,
            "main form",
            ("Input.Name", "Network of towns"),
            ("Input.ShortName", "Towns"),
            ("Input.Prefix", "TOWN"),
            ("Input.Email", "first@example.org")
        );
        Assert.Equal("/en/workspace", (await browser.Submit(made.Location!, "main form")).Location);
        Assert.Contains("Network of towns", (await browser.Get("/en")).Text("h1"));
        Assert.Equal(HttpStatusCode.NotFound, (await house.Visit().Get(path)).Status);
    }
}
