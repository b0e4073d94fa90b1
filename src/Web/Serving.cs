using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.EntityFrameworkCore;
using Plenaria.Correspondence;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;
using Plenaria.Platform.Language;
using Plenaria.Platform.Modules;
using Plenaria.Platform.Site;
using Plenaria.Platform.Site.SetUp;

namespace Plenaria.Web;

/// <summary><c>serve</c> and <c>demo</c>: the program as a server.</summary>
internal static class Serving
{
    public static async Task<int> Serve(DirectoryInfo data, string? urls, bool isDemo, CancellationToken cancel)
    {
        async Task Open(IServiceProvider services)
        {
            if (isDemo)
                await DemandSample(services, cancel);
            await PlenariaHost.Migrate(services, cancel);
            if (isDemo)
                await LoadSample(services, cancel, Console.WriteLine);
        }
        DemandAddresses(urls);
        DataFolder.MakePrivate(data);
        await using var app = PlenariaHost.Build(
            new(data)
            {
                Urls = urls,
                IsDemo = isDemo,
                Quiet = true,
                Open = Open,
            }
        );
        await app.StartAsync(cancel);
        var address = app
            .Services.GetRequiredService<IServer>()
            .Features.Get<IServerAddressesFeature>()!
            .Addresses.First();
        // A passkey and a cookie need a host name: the address is printed with one.
        var site = address.Replace("127.0.0.1", "localhost", StringComparison.Ordinal);
        Console.WriteLine($"Plenaria listens on {site}");
        if (
            !isDemo
            && app.Services.GetRequiredService<SiteAddress>().Url is null
            && app.Services.GetRequiredService<MailOptions>().Server is not null
        )
            await Console.Error.WriteLineAsync(
                "Site__Url is not set: links in mail follow whatever address a request names."
            );
        await app.Services.GetRequiredService<DatabaseStartup>().Done;
        await using (var scope = app.Services.CreateAsyncScope())
            if (isDemo)
                foreach (
                    var (role, path) in await scope.ServiceProvider.GetRequiredService<FirstLinks>().PerRole(cancel)
                )
                    Console.WriteLine($"Sign in as {role.Word}: {site}{path}");
            else if (
                !await scope.ServiceProvider.GetRequiredService<PlenariaDb>().Set<NetworkProfile>().AnyAsync(cancel)
            )
            {
                var key = app.Services.GetRequiredService<SetUpKey>().Value;
                Console.WriteLine($"Set up this network: {site}/{Localizer.Operator}/set-up?token={key}");
            }
        Console.WriteLine("Ready.");
        await app.WaitForShutdownAsync(cancel);
        return 0;
    }

    /// <summary>
    /// What follows the last colon is a port, or the server would take it for a part of the name and listen on port 80
    /// of every interface.
    /// </summary>
    private static void DemandAddresses(string? urls)
    {
        foreach (var url in urls?.Split(';', StringSplitOptions.RemoveEmptyEntries) ?? [])
        {
            var address = BindingAddress.Parse(url);
            var isName = address.IsUnixPipe || address.IsNamedPipe || address.Host.StartsWith('[');
            if (!isName && address.Host.Contains(':', StringComparison.Ordinal))
                throw new RuleViolationException("cli.address", ("reason", url));
        }
    }

    /// <summary>
    /// A demonstration shows all mail to everybody and asks for no second step: refused on any network that the sample
    /// did not make, before its database is touched.
    /// </summary>
    private static async Task DemandSample(IServiceProvider services, CancellationToken cancel)
    {
        await using var scope = services.CreateAsyncScope();
        if (!await SampleMark.IsSampleOrEmpty(scope.ServiceProvider.GetRequiredService<PlenariaDb>(), cancel))
            throw new RuleViolationException("site.demo.not-a-sample");
    }

    /// <summary>
    /// Fills an empty database from the sample folder beside the program. A second start finds it and does nothing.
    /// </summary>
    /// <param name="say">Told what takes a while.</param>
    public static async Task LoadSample(IServiceProvider services, CancellationToken cancel, Action<string>? say = null)
    {
        await using var scope = services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<PlenariaDb>();
        if (await db.Set<NetworkProfile>().AnyAsync(cancel))
            return;
        say?.Invoke("First start: loading the sample network.");
        var folder = new SampleFolder(Path.Combine(AppContext.BaseDirectory, "samples", "network"));
        var modules = services.GetRequiredService<ModuleCatalog>();
        await db.InTransactionAsync(
            async () =>
            {
                foreach (var sample in modules.Declared<SampleLoader>())
                {
                    await sample.Load(scope.ServiceProvider, folder, cancel);
                    // Each save looks at all entities that are tracked.
                    db.ChangeTracker.Clear();
                }
            },
            cancel
        );
    }
}
