using System.Text.Encodings.Web;
using System.Text.Unicode;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.AspNetCore.Mvc.ApplicationParts;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.ResponseCompression;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using Microsoft.Extensions.WebEncoders;
using Plenaria.Correspondence;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;
using Plenaria.Platform.Files;
using Plenaria.Platform.Journal;
using Plenaria.Platform.Language;
using Plenaria.Platform.Modules;
using Plenaria.Platform.Site;
using Plenaria.Platform.Site.Requests;
using Plenaria.Platform.Site.SetUp;
using Plenaria.Web.Shell;

namespace Plenaria.Web;

/// <summary>How one process is set up. An empty URL list means the framework's default.</summary>
public sealed record HostSettings(DirectoryInfo Data)
{
    public string? ConnectionString { get; init; }
    public string? Urls { get; init; }
    public bool IsDemo { get; init; }
    public bool Quiet { get; init; }
    public string? Environment { get; init; }

    /// <summary>What the database needs before the first request, done while the pages are mapped.</summary>
    public Func<IServiceProvider, Task>? Open { get; init; }

    /// <summary>The parts of this program; those that <c>Modules.cs</c> names unless a test adds one.</summary>
    public IReadOnlyList<IModule> Modules { get; init; } = Web.Modules.All;

    /// <summary>Lets a test replace what the outside world provides: the clock, the mail carrier.</summary>
    public Action<IServiceCollection>? Replace { get; init; }
}

/// <summary>The composition root: every part in one program.</summary>
public static class PlenariaHost
{
    public static WebApplication Build(HostSettings settings)
    {
        var builder = WebApplication.CreateBuilder(
            new WebApplicationOptions
            {
                ApplicationName = typeof(PlenariaHost).Assembly.GetName().Name,
                ContentRootPath = AppContext.BaseDirectory,
                EnvironmentName = settings.Environment,
            }
        );
        if (settings.Urls is not null)
            builder.WebHost.UseUrls(settings.Urls);
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
        if (settings.Quiet)
            builder.Logging.SetMinimumLevel(LogLevel.Warning);
        // What fails in the database comes up as an exception; logging it there too would call a lost race an error.
        builder.Logging.AddFilter("Microsoft.EntityFrameworkCore", LogLevel.Critical);
        // What keeps the server from starting is told in a sentence by the command; a service that ends is still an
        // error.
        builder.Logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.Critical);
        // The keys lie in the data directory, readable by its owner only; encrypting them there would need a key beside
        // them.
        builder.Logging.AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error);

        var services = builder.Services;
        services.AddSingleton(settings);
        services.AddSingleton(TimeProvider.System);
        var modules = ModuleCatalog.Declare(services, settings.Modules);
        services.AddSingleton(modules);
        services.AddSingleton(provider => new Localizer(
            modules.All.Select(m => m.Assembly).Append(typeof(PlenariaHost).Assembly),
            provider.GetService<ITextOverrides>()
        ));
        DatabaseChoice.Configure(
            services,
            DatabaseChoice.Of(
                settings.ConnectionString ?? builder.Configuration.GetConnectionString("Plenaria"),
                settings.Data
            )
        );
        AddSite(services, settings, modules);
        settings.Replace?.Invoke(services);

        var app = builder.Build();
        if (settings.Open is { } open)
            app.Services.GetRequiredService<DatabaseStartup>().Begin(() => open(app.Services));
        UseSite(app, modules);
        return app;
    }

    private static void AddSite(IServiceCollection services, HostSettings settings, ModuleCatalog modules)
    {
        // By default every letter outside ASCII is written as an entity: "España" in 3.5 times the bytes for Greek or
        // Arabic.
        services.Configure<WebEncoderOptions>(options =>
            options.TextEncoderSettings = new TextEncoderSettings(UnicodeRanges.All)
        );
        services.Configure<RouteOptions>(options => options.ConstraintMap["lang"] = typeof(LanguageConstraint));
        services
            .AddRazorPages(options => options.RootDirectory = "/")
            // The pages of a module that this program does not reference itself.
            .ConfigureApplicationPartManager(parts =>
            {
                var known = parts.ApplicationParts.Select(p => p.Name).ToHashSet();
                foreach (var assembly in modules.All.Select(m => m.Assembly).Distinct())
                    if (!known.Contains(assembly.GetName().Name!))
                        foreach (
                            var part in ApplicationPartFactory
                                .GetApplicationPartFactory(assembly)
                                .GetApplicationParts(assembly)
                        )
                            parts.ApplicationParts.Add(part);
            })
            // Nothing in the browser reads the attributes of client validation.
            .AddViewOptions(options => options.HtmlHelperOptions.ClientValidationEnabled = false)
            .AddMvcOptions(options =>
            {
                options.Filters.Add<InvalidFormFilter>();
                options.Filters.Add<ActedFilter>(order: 2);
                // Names of fields in another library's syntax: nothing here is named so, and a half-open bracket is a
                // fault of theirs.
                options.ValueProviderFactories.RemoveType<JQueryFormValueProviderFactory>();
                options.ValueProviderFactories.RemoveType<JQueryQueryStringValueProviderFactory>();
                FormMessages.Use(options);
            });
        Authentication.Add(services);
        services.AddSingleton(new SignInOptions(SecondFactorForStaff: !settings.IsDemo));
        services.AddSingleton(provider => new HostingMode(
            settings.IsDemo,
            provider.GetRequiredService<IWebHostEnvironment>().IsDevelopment()
        ));
        services.AddSingleton(provider => new SiteAddress(provider.GetRequiredService<IConfiguration>()["Site:Url"]));
        services.AddSingleton<SetUpKey>();
        services.AddSingleton(provider => new SealOptions(
            provider.GetRequiredService<IConfiguration>()["Seals:MailTo"]
        ));
        services.AddSingleton(provider =>
            MailOptions.Read(provider.GetRequiredService<IConfiguration>().GetSection("Mail"))
        );
        services.AddSingleton(provider => new FileLimits(
            new(Path.Combine(settings.Data.FullName, "files")),
            MaxAll: provider.GetRequiredService<IConfiguration>().GetValue("Files:MaxMegabytes", 20_000L) << 20
        ));
        services.AddSingleton(new DataFolder(settings.Data));
        services.AddAntiforgery(options => options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest);
        services.AddProblemDetails();
        services.AddOpenApi();
        services
            .AddDataProtection()
            .SetApplicationName("Plenaria")
            .PersistKeysToFileSystem(settings.Data.CreateSubdirectory("keys"));
        services.AddSingleton(provider => new Assets(
            provider
                .GetRequiredService<ModuleCatalog>()
                .All.Select(m => m.Assembly)
                .Append(typeof(PlenariaHost).Assembly)
        ));
        services.AddSingleton<PageCache>();
        services.AddResponseCompression(options =>
        {
            options.EnableForHttps = true;
            options.MimeTypes = [.. ResponseCompressionDefaults.MimeTypes, "image/svg+xml"];
        });
    }

    private static void UseSite(WebApplication app, ModuleCatalog modules)
    {
        var cache = app.Services.GetRequiredService<PageCache>();
        // A proxy on this machine says who asked it; nobody else is believed.
        app.UseForwardedHeaders(new() { ForwardedHeaders = ForwardedHeaders.XForwardedFor });
        app.UseMiddleware<SecurityHeaders>();
        app.UseMiddleware<StartupGateMiddleware>();
        app.UseMiddleware<HeadMiddleware>();
        // Matched here for the cache, and once more for the page of an error, whose address is another.
        app.UseRouting();
        app.Use(cache.Answer);
        app.UseResponseCompression();
        app.Use(cache.Keep);
        app.UseMiddleware<ExceptionMiddleware>();
        app.UseRouting();
        app.UseMiddleware<RequestLanguageMiddleware>();
        app.UseAuthentication();
        app.Use(Authentication.Recognise);
        app.UseAuthorization();
        app.Use(ModuleSwitchMiddleware.InvokeAsync);
        app.MapRazorPages().Add(ModuleMetadata.AddToPage);
        FrontEndpoints.Map(app);
        app.MapOpenApi("/openapi/{documentName}.json").AllowAnonymous();
        foreach (var module in modules.All)
        foreach (var routes in module.Declared<Routes>())
            routes.Map(app.MapGroup("").WithMetadata(new ModuleMetadata(module.Name)));
        EndpointAuthorizationCheck.RequireRules(app);
    }

    /// <exception cref="RuleViolationException">The database is of another version, or there is none.</exception>
    public static async Task DemandPresentModel(IServiceProvider services, CancellationToken cancel)
    {
        await using var scope = services.CreateAsyncScope();
        if (!await DatabaseChoice.IsPresent(scope.ServiceProvider.GetRequiredService<PlenariaDb>(), cancel))
            throw new RuleViolationException("platform.pending-migrations");
    }

    /// <summary>The database of this process, brought to the present model.</summary>
    public static async Task Migrate(IServiceProvider services, CancellationToken cancel)
    {
        await using var scope = services.CreateAsyncScope();
        await services.GetRequiredService<DatabaseChoice>().Upgrade(scope.ServiceProvider, cancel);
    }
}

/// <summary>
/// For the tool that writes migrations: <c>dotnet ef migrations add NAME --project src/Migrations/Sqlite -- sqlite</c>.
/// </summary>
internal sealed class DesignTimeDb : IDesignTimeDbContextFactory<PlenariaDb>
{
    public PlenariaDb CreateDbContext(string[] args)
    {
        var services = new ServiceCollection().AddSingleton(TimeProvider.System);
        services.AddSingleton(ModuleCatalog.Declare(services, Modules.All));
        DatabaseChoice.Configure(services, new(args.Contains("postgres") ? "Host=/nowhere" : "Data Source=nothing.db"));
        return services.BuildServiceProvider().CreateScope().ServiceProvider.GetRequiredService<PlenariaDb>();
    }
}
