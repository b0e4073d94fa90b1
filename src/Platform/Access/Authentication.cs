using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Plenaria.Platform.Data;
using Plenaria.Platform.Language;

namespace Plenaria.Platform.Access;

/// <summary>Wires who is asking into the pipeline: cookies for people, bearer tokens for programs, permissions as policies.</summary>
public static class Authentication
{
    /// <summary>The cookie of whoever is signed in. What such a request is shown is kept for nobody else.</summary>
    public const string CookieName = "plenaria";

    private const string Either = "either", Bearer = "bearer";

    public static void Add(IServiceCollection services)
    {
        services.AddAuthentication(Either)
            .AddPolicyScheme(Either, null, options => options.ForwardDefaultSelector = context =>
                context.Request.Headers.Authorization.Count > 0 ? Bearer : CookieAuthenticationDefaults.AuthenticationScheme)
            .AddScheme<AuthenticationSchemeOptions, BearerHandler>(Bearer, null)
            .AddCookie(CookieAuthenticationDefaults.AuthenticationScheme, options =>
            {
                Secure(options, CookieName, TimeSpan.FromDays(14));
                options.Events.OnRedirectToLogin = context =>
                {
                    var request = context.Request;
                    if (request.Path.StartsWithSegments("/api"))
                        context.Response.StatusCode = StatusCodes.Status401Unauthorized;
                    else
                        context.Response.Redirect($"/{request.HttpContext.RequestServices.GetRequiredService<Phrases>().Language}/sign-in?return={UrlEncoder.Default.Encode(request.Path + request.QueryString)}");
                    return Task.CompletedTask;
                };
                options.Events.OnRedirectToAccessDenied = context =>
                {
                    context.Response.StatusCode = StatusCodes.Status403Forbidden;
                    return Task.CompletedTask;
                };
            })
            .AddCookie(SignIns.PendingScheme, options =>
            {
                Secure(options, "plenaria.pending", TimeSpan.FromMinutes(10));
                options.SlidingExpiration = false;
            });
        services.AddSingleton<IAuthorizationPolicyProvider, Permitting>();
        services.AddScoped<IAuthorizationHandler, PermittingHandler>();
        services.AddAuthorization();
        services.AddScoped<Accounts>();
        services.AddScoped<SignIns>();
        services.AddSingleton<ClientLimits>();
        services.AddScoped<Passkeys>();
        services.AddScoped(provider => new UserManager<Account>(new PasskeyStore(provider.GetRequiredService<PlenariaDb>()), null!, null!, [], [], null!, null!, provider, provider.GetRequiredService<ILogger<UserManager<Account>>>()));
        services.AddScoped<IPasskeyHandler<Account>, PasskeyHandler<Account>>();
        services.Configure<IdentityPasskeyOptions>(options => (options.UserVerificationRequirement, options.ResidentKeyRequirement) = ("required", "required"));
    }

    private static void Secure(CookieAuthenticationOptions options, string name, TimeSpan validity)
    {
        options.Cookie.Name = name;
        options.Cookie.HttpOnly = true;
        options.Cookie.SameSite = SameSiteMode.Lax;
        options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        options.ExpireTimeSpan = validity;
        options.SlidingExpiration = true;
    }

    /// <summary>Loads the visitor once per request, after the cookie or token was read.</summary>
    public static async Task Recognise(HttpContext context, Func<Task> next)
    {
        if (context.User.FindFirstValue(SignIns.AccountClaim) is { } claim)
        {
            var services = context.RequestServices;
            var (signIns, id) = (services.GetRequiredService<SignIns>(), new AccountId(Guid.Parse(claim)));
            var role = context.User.FindFirstValue("role") is { } only ? Enum.Parse<Role>(only) : (Role?)null;
            var holds = role is not null || await signIns.Holds(id, context.User.FindFirstValue(SignIns.StampClaim) ?? "", context.RequestAborted);
            if (holds && await services.GetRequiredService<Accounts>().Load(id, role, role is not null || context.User.HasClaim(c => c.Type == SignIns.StrongClaim), signIns.SecondFactorRequired, services.GetRequiredService<TimeProvider>().GetUtcNow(), context.RequestAborted) is var (who, mandate))
                services.GetRequiredService<Visitor>().SignIn(who, mandate, mayChange: !HttpMethods.IsGet(context.Request.Method) && !HttpMethods.IsHead(context.Request.Method));
            else
                context.User = new ClaimsPrincipal(new ClaimsIdentity());
        }
        await next();
    }

    private sealed class BearerHandler(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory log, UrlEncoder encoder, PlenariaDb db) : AuthenticationHandler<AuthenticationSchemeOptions>(options, log, encoder)
    {
        protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
        {
            var header = Request.Headers.Authorization.ToString();
            if (!header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase))
                return AuthenticateResult.NoResult();
            var hash = Accounts.Hash(header["Bearer ".Length..].Trim());
            var token = await db.Set<AccessToken>().AsNoTracking().SingleOrDefaultAsync(t => t.Hash == hash && t.RevokedAt == null, Context.RequestAborted);
            return token is null
                ? AuthenticateResult.Fail("unknown token")
                : AuthenticateResult.Success(new(new(new ClaimsIdentity([new(SignIns.AccountClaim, token.AccountId.ToString()), new("role", token.Role.ToString())], Scheme.Name)), Scheme.Name));
        }

        protected override Task HandleChallengeAsync(AuthenticationProperties properties)
        {
            Response.Headers.WWWAuthenticate = "Bearer";
            Response.StatusCode = StatusCodes.Status401Unauthorized;
            return Task.CompletedTask;
        }
    }

    private sealed record Permitted(string Permission) : IAuthorizationRequirement;

    private sealed class Permitting(IOptions<AuthorizationOptions> options) : DefaultAuthorizationPolicyProvider(options)
    {
        public override Task<AuthorizationPolicy?> GetPolicyAsync(string policyName) => policyName.StartsWith(AllowAttribute.PolicyPrefix, StringComparison.Ordinal)
            ? Task.FromResult<AuthorizationPolicy?>(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().AddRequirements(new Permitted(policyName[AllowAttribute.PolicyPrefix.Length..])).Build())
            : base.GetPolicyAsync(policyName);
    }

    private sealed class PermittingHandler(Visitor visitor) : AuthorizationHandler<Permitted>
    {
        protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, Permitted requirement)
        {
            if (visitor.May(requirement.Permission))
                context.Succeed(requirement);
            return Task.CompletedTask;
        }
    }
}
