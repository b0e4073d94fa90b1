using System.Net;
using AngleSharp;
using AngleSharp.Html.Dom;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Plenaria.Members;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;
using Plenaria.Platform.Modules;
using Plenaria.Platform.Site;
using Plenaria.Search;
using Plenaria.Sessions;
using Plenaria.Web;

namespace Plenaria.Testing;

/// <summary>The whole program on a database of its own, listening on a free port of this machine.</summary>
public sealed class TestHost : IAsyncDisposable
{
    // Made of what the program embeds, the same for every house, and compressed as far as it goes: a third of a start.
    private static Assets? _assets;

    private readonly WebApplication _app;

    private TestHost(WebApplication app, string connectionString, DirectoryInfo data)
    {
        (_app, ConnectionString, Data) = (app, connectionString, data);
        Address = new(
            app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First()
        );
    }

    public Uri Address { get; }
    public string ConnectionString { get; }
    public DirectoryInfo Data { get; }
    public IServiceProvider Services => _app.Services;

    public static async Task<TestHost> Open(
        Provider provider,
        bool withSample = true,
        Action<IServiceCollection>? replace = null,
        IReadOnlyList<IModule>? modules = null
    )
    {
        var data = Databases.Folder();
        return await On(
            withSample ? await Databases.LeaseSample(provider, data) : await Databases.Lease(provider),
            data,
            withSample,
            replace,
            modules
        );
    }

    /// <summary>On a database that is there and at the present model.</summary>
    public static async Task<TestHost> On(
        string connectionString,
        DirectoryInfo data,
        bool withSample = true,
        Action<IServiceCollection>? replace = null,
        IReadOnlyList<IModule>? modules = null
    )
    {
        TestCounts.Add("program starts");
        var app = PlenariaHost.Build(
            new(data)
            {
                ConnectionString = connectionString,
                Urls = "http://127.0.0.1:0",
                Quiet = true,
                IsDemo = withSample,
                Environment = "Development",
                Modules = modules ?? Modules.All,
                Replace = services =>
                {
                    if (_assets is { } made)
                        services.AddSingleton(made);
                    // What a test published it finds, however busy the machine.
                    services.AddSingleton(new SearchIndexOptions(TimeSpan.FromMinutes(1)));
                    replace?.Invoke(services);
                },
            }
        );
        _assets ??= app.Services.GetRequiredService<Assets>();
        if (withSample)
            await Serving.LoadSample(app.Services, default);
        await app.StartAsync();
        return new(app, connectionString, data);
    }

    /// <summary>A visitor of their own: cookies are kept, redirects are not followed.</summary>
    public Browser Visit() => new(Address);

    /// <summary>
    /// A visitor who has signed in by a mailed link, as a person of the sample network with this role.
    /// </summary>
    public async Task<Browser> Visit(Role role)
    {
        var links = await Within(services => services.GetRequiredService<FirstLinks>().PerRole(default));
        var browser = Visit();
        var answer = await browser.Submit(links.First(l => l.Role == role).Path, "main form");
        return answer.Status == HttpStatusCode.Redirect
            ? browser
            : throw new InvalidOperationException($"{role} could not sign in: {answer.Status}");
    }

    /// <summary>
    /// A person of the sample network acts for a member as well; a browser in which they are signed in.
    /// </summary>
    /// <param name="votes">Whether they are its delegate too.</param>
    public async Task<Browser> ActsFor(Role role, string member, bool votes = true)
    {
        // Links are found by somebody's first role: signed in before there is a second one.
        var browser = await Visit(role);
        await Within(async services =>
        {
            var (db, accounts) = (services.GetRequiredService<PlenariaDb>(), services.GetRequiredService<Accounts>());
            var line = await services.GetRequiredService<IMembers>().Find(member, default);
            var email = $"{role.ToString().ToLowerInvariant()}@example.org";
            var account = (await db.Set<Account>().SingleAsync(a => a.Email == email)).Id;
            await accounts.Grant(account, Role.Member, Scope.Of(line!.Id), member, Acting(), default);
            if (votes)
                await accounts.Grant(account, Role.Delegate, Scope.Of(line.Id), member, Acting(), default);
            await db.SaveChangesAsync();
        });
        return browser;
    }

    /// <summary>
    /// An account of a test's own that acts for a member and is its delegate; its address, and a link that signs it in.
    /// </summary>
    public Task<(string Email, string Link)> OpenDelegate(string member) =>
        Within(async services =>
        {
            var accounts = services.GetRequiredService<Accounts>();
            var line = await services.GetRequiredService<IMembers>().Find(member, default);
            // Of another domain than the people of the sample network, who are found by theirs.
            var email = $"{Guid.NewGuid():N}@delegates.example";
            var account = await accounts.Open(email, "Delegate", Kernel.Language.English, Acting(), default);
            foreach (var role in (Role[])[Role.Member, Role.Delegate])
                await accounts.Grant(account, role, Scope.Of(line!.Id), member, Acting(), default);
            await services.GetRequiredService<PlenariaDb>().SaveChangesAsync();
            return (
                email,
                await services.GetRequiredService<FirstLinks>().ForNewHouse(account, Kernel.Language.English, default)
            );
        });

    /// <summary>An account of a test's own in the Secretariat; its address, and a link that signs it in.</summary>
    public Task<(string Email, string Link)> OpenStaff() =>
        Within(async services =>
        {
            var accounts = services.GetRequiredService<Accounts>();
            var email = $"{Guid.NewGuid():N}@secretariat.example";
            var account = await accounts.Open(email, "Secretariat", Kernel.Language.English, Acting(), default);
            await accounts.Grant(account, Role.Staff, Scope.Everywhere, null, Acting(), default);
            await services.GetRequiredService<PlenariaDb>().SaveChangesAsync();
            return (
                email,
                await services.GetRequiredService<FirstLinks>().ForNewHouse(account, Kernel.Language.English, default)
            );
        });

    /// <summary>
    /// Ends what this person is signed in with, as the server does after a while or when the Secretariat asks.
    /// </summary>
    public Task EndSignIns(string email) =>
        Within(async services =>
        {
            var db = services.GetRequiredService<PlenariaDb>();
            var account = (await db.Set<Account>().SingleAsync(a => a.Email == email)).Id;
            var ended = await db.Set<SignInSession>()
                .Where(s => s.AccountId == account && s.EndedAt == null)
                .ExecuteUpdateAsync(s => s.SetProperty(x => x.EndedAt, DateTimeOffset.UtcNow));
            if (ended == 0)
                throw new InvalidOperationException($"{email} is not signed in.");
        });

    /// <summary>Moves a session to the day on which the test runs; its rules let it be called again at once.</summary>
    public Task ReachDay(string reference) =>
        Within(async services =>
        {
            var db = services.GetRequiredService<PlenariaDb>();
            var session = (await services.GetRequiredService<SessionStore>().Find(reference, default))!;
            var now = services.GetRequiredService<TimeProvider>().GetUtcNow();
            var rules = session.Rules with { Wait = 0 };
            await db.Set<Session>()
                .Where(s => s.Id == session.Id)
                .ExecuteUpdateAsync(s =>
                    s.SetProperty(x => x.StartsAt, now)
                        .SetProperty(x => x.EndsAt, now.AddHours(4))
                        .SetProperty(x => x.Rules, rules)
                        .SetProperty(x => x.Version, x => x.Version + 1)
                );
        });

    /// <summary>Works on the house's own services, as a request would.</summary>
    public async Task<T> Within<T>(Func<IServiceProvider, Task<T>> work)
    {
        await using var scope = Services.CreateAsyncScope();
        return await work(scope.ServiceProvider);
    }

    public Task Within(Func<IServiceProvider, Task> work) =>
        Within(async services =>
        {
            await work(services);
            return true;
        });

    public OperationContext Acting(string name = "test") => Services.GetRequiredService<SystemActor>().As(name);

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }
}

/// <summary>One house per database for the tests of a class, opened when the first test asks for it.</summary>
public sealed class SharedHosts : IAsyncDisposable
{
    private readonly Dictionary<Provider, Lazy<Task<TestHost>>> _houses = Enum.GetValues<Provider>()
        .ToDictionary(p => p, p => new Lazy<Task<TestHost>>(() => TestHost.Open(p)));

    public Task<TestHost> On(Provider provider) => _houses[provider].Value;

    public async ValueTask DisposeAsync()
    {
        foreach (var house in _houses.Values.Where(h => h.IsValueCreated))
            await (await house.Value).DisposeAsync();
    }
}

/// <summary>What a page answered, parsed.</summary>
public sealed record Answer(HttpStatusCode Status, string Body, HttpResponseMessage Response)
{
    private IHtmlDocument? _page;

    public IHtmlDocument Page =>
        _page ??= (IHtmlDocument)
            BrowsingContext
                .New()
                .OpenAsync(r => r.Content(Body).Address(Response.RequestMessage!.RequestUri!.ToString()))
                .GetAwaiter()
                .GetResult();
    public string? Location => Response.Headers.Location?.OriginalString;

    public string Text(string selector) =>
        string.Join(' ', Page.QuerySelectorAll(selector).Select(e => e.TextContent.Trim()));
}

/// <summary>A browser without a screen: sends forms as their page gives them, antiforgery included.</summary>
public sealed class Browser(Uri address)
{
    private readonly CookieContainer _cookies = new();
    private HttpClient? _http;

    public HttpClient Http =>
        _http ??= new(new HttpClientHandler { AllowAutoRedirect = false, CookieContainer = _cookies })
        {
            BaseAddress = address,
        };

    public CookieContainer Cookies => _cookies;

    public async Task<Answer> Get(string path) => await Read(await Http.GetAsync(path));

    /// <summary>
    /// Opens a page, fills its form and sends it. Fields that are not named keep what the page gave them.
    /// </summary>
    public async Task<Answer> Submit(
        string path,
        string form,
        params IEnumerable<(string Name, string Value)> fields
    ) => await Submit(await Get(path), form, fields);

    public Task<Answer> Submit(Answer page, string form, params IEnumerable<(string Name, string Value)> fields) =>
        Press(page, form, null, fields);

    /// <summary>Sends the form by one of its buttons, named by the handler it calls.</summary>
    public async Task<Answer> Press(
        Answer page,
        string form,
        string? button,
        params IEnumerable<(string Name, string Value)> fields
    )
    {
        var (element, values) = Fill(page, form, fields);
        var pressed = button is null
            ? null
            : element
                .QuerySelectorAll("button")
                .First(b =>
                    b.GetAttribute("formaction")?.Contains($"handler={button}", StringComparison.Ordinal) == true
                )
                .GetAttribute("formaction");
        return await Read(
            await Http.PostAsync(
                pressed ?? AddressOf(page, element),
                new FormUrlEncodedContent(values.Select(v => KeyValuePair.Create(v.Name, v.Value)))
            )
        );
    }

    /// <summary>Sends the form with a file in one of its fields.</summary>
    public async Task<Answer> Upload(
        Answer page,
        string form,
        (string Field, string Name, byte[] Content) file,
        params IEnumerable<(string Name, string Value)> fields
    )
    {
        var (element, values) = Fill(page, form, fields);
        using var content = new MultipartFormDataContent();
        foreach (var (name, value) in values)
            content.Add(new StringContent(value), name);
        content.Add(new ByteArrayContent(file.Content), file.Field, file.Name);
        return await Read(await Http.PostAsync(AddressOf(page, element), content));
    }

    private static string AddressOf(Answer page, IHtmlFormElement form) =>
        form.GetAttribute("action") is { Length: > 0 } action
            ? action
            : page.Response.RequestMessage!.RequestUri!.ToString();

    private static (IHtmlFormElement Form, List<(string Name, string Value)> Values) Fill(
        Answer page,
        string form,
        IEnumerable<(string Name, string Value)> fields
    )
    {
        var element =
            page.Page.QuerySelector(form) as IHtmlFormElement
            ?? throw new InvalidOperationException(
                $"No form {form} on {page.Response.RequestMessage!.RequestUri} ({page.Status})."
            );
        var values = new List<(string Name, string Value)>();
        foreach (
            var control in element
                .Elements.OfType<IHtmlElement>()
                .Where(e => !string.IsNullOrEmpty(e.GetAttribute("name")) && !e.HasAttribute("disabled"))
        )
            switch (control)
            {
                case IHtmlInputElement { Type: "checkbox" or "radio" } box:
                    if (box.IsChecked)
                        values.Add((box.Name!, box.Value));
                    break;
                case IHtmlInputElement { Type: "file" or "submit" }:
                    break;
                case IHtmlInputElement input:
                    values.Add((input.Name!, input.Value));
                    break;
                case IHtmlSelectElement select:
                    values.Add((select.Name!, select.Value ?? ""));
                    break;
                case IHtmlTextAreaElement area:
                    values.Add((area.Name!, area.Value));
                    break;
            }
        var given = fields.ToList();
        values.RemoveAll(v => given.Exists(g => g.Name == v.Name));
        values.AddRange(given);
        return (element, values);
    }

    public static async Task<Answer> Read(HttpResponseMessage response) =>
        new(response.StatusCode, await response.Content.ReadAsStringAsync(), response);
}
