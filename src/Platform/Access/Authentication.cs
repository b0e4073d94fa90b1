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

/// <summary>
/// Wires who is asking into the pipeline: cookies for people, bearer tokens for programs, permissions as policies.
/// </summary>
public static class Authentication
{
    /// <summary>The cookie of whoever is signed in. What such a request is shown is kept for nobody else.</summary>
    public const string CookieName = "plenaria";

    private const string Either = "either",
        Bearer = "bearer";

    public static void Add(IServiceCollection services)
    {
        services
            .AddAuthentication(Either)
            .AddPolicyScheme(
                Either,
                null,
                options =>
                    options.ForwardDefaultSelector = context =>
                        context.Request.Headers.Authorization.Count > 0
                            ? Bearer
                            : CookieAuthenticationDefaults.AuthenticationScheme
            )
            .AddScheme<AuthenticationSchemeOptions, BearerHandler>(Bearer, null)
            .AddCookie(
                CookieAuthenticationDefaults.AuthenticationScheme,
                options =>
                {
                    Secure(options, CookieName, TimeSpan.FromDays(14));
                    options.Events.OnRedirectToLogin = context =>
                    {
                        var request = context.Request;
                        // A script that sends a form must not take the page of sign-in for its answer.
                        if (request.Path.StartsWithSegments("/api") || request.Headers.ContainsKey(Site.FormKey.Header))
                            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
                        else
                        {
                            var phrases = request.HttpContext.RequestServices.GetRequiredService<PageLocalizer>();
                            var from = UrlEncoder.Default.Encode(request.Path + request.QueryString);
                            context.Response.Redirect($"/{phrases.Language}/sign-in?return={from}");
                        }
                        return Task.CompletedTask;
                    };
                    options.Events.OnRedirectToAccessDenied = context =>
                    {
                        context.Response.StatusCode = StatusCodes.Status403Forbidden;
                        return Task.CompletedTask;
                    };
                }
            )
            .AddCookie(
                SignIns.PendingScheme,
                options =>
                {
                    Secure(options, "plenaria.pending", TimeSpan.FromMinutes(10));
                    options.SlidingExpiration = false;
                }
            );
        services.AddSingleton<IAuthorizationPolicyProvider, Permitting>();
        services.AddScoped<IAuthorizationHandler, PermittingHandler>();
        services.AddAuthorization();
        services.AddScoped<Accounts>();
        services.AddScoped<SignIns>();
        services.AddSingleton<ClientLimits>();
        services.AddScoped<Passkeys>();
        services.AddScoped(provider => new UserManager<Account>(
            new PasskeyStore(provider.GetRequiredService<PlenariaDb>()),
            null!,
            null!,
            [],
            [],
            null!,
            null!,
            provider,
            provider.GetRequiredService<ILogger<UserManager<Account>>>()
        ));
        services.AddScoped<IPasskeyHandler<Account>, PasskeyHandler<Account>>();
        services.Configure<IdentityPasskeyOptions>(options =>
            (options.UserVerificationRequirement, options.ResidentKeyRequirement) = ("required", "required")
        );
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

    /// <summary>
    /// Loads the visitor once per request, after the cookie or token was read. Credentials that nobody knows are
    /// refused (401) and never taken for nobody's: a program must learn that its token has ended.
    /// </summary>
    public static async Task Recognise(HttpContext context, Func<Task> next)
    {
        var isBearer = context.Request.Headers.Authorization.Count > 0;
        if (
            context.User.FindFirstValue(SignIns.AccountClaim) is { } claim
            && await Load(context, new(Guid.Parse(claim))) is var (who, mandate)
        )
        {
            var isRead = HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method);
            context.RequestServices.GetRequiredService<CurrentUser>().SignIn(who, mandate, mayChange: !isRead);
        }
        else if (isBearer)
        {
            await context.ChallengeAsync(Bearer);
            return;
        }
        else
            context.User = new ClaimsPrincipal(new ClaimsIdentity());
        await next();
    }

    private static async Task<(Actor Who, Mandate? For)?> Load(HttpContext context, AccountId id)
    {
        var (services, user, cancel) = (context.RequestServices, context.User, context.RequestAborted);
        var signIns = services.GetRequiredService<SignIns>();
        var role = user.FindFirstValue("role") is { } only ? Role.Parse(only) : (Role?)null;
        string Said(string type) => user.FindFirstValue(type) ?? "";
        if (role is null && !await signIns.Holds(id, Said(SignIns.StampClaim), Said(SignIns.SessionClaim), cancel))
            return null;
        var isStrong = role is not null || user.HasClaim(c => c.Type == SignIns.StrongClaim);
        var now = services.GetRequiredService<TimeProvider>().GetUtcNow();
        return await services
            .GetRequiredService<Accounts>()
            .Load(id, role, isStrong, signIns.SecondFactorRequired, now, cancel);
    }

    private sealed class BearerHandler(
        IOptionsMonitor<AuthenticationSchemeOptions> options,
        ILoggerFactory log,
        UrlEncoder encoder,
        PlenariaDb db,
        TimeProvider time
    ) : AuthenticationHandler<AuthenticationSchemeOptions>(options, log, encoder)
    {
        protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
        {
            var header = Request.Headers.Authorization.ToString();
            if (!header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase))
                return AuthenticateResult.NoResult();
            var hash = Accounts.Hash(header["Bearer ".Length..].Trim());
            var now = time.GetUtcNow();
            var token = await db.Set<AccessToken>()
                .AsNoTracking()
                .SingleOrDefaultAsync(
                    t => t.Hash == hash && t.RevokedAt == null && t.ExpiresAt > now,
                    Context.RequestAborted
                );
            return token is null
                ? AuthenticateResult.Fail("unknown token")
                : AuthenticateResult.Success(
                    new(
                        new(
                            new ClaimsIdentity(
                                [
                                    new(SignIns.AccountClaim, token.AccountId.ToString()),
                                    new("role", token.Role.ToString()),
                                ],
                                Scheme.Name
                            )
                        ),
                        Scheme.Name
                    )
                );
        }

        protected override Task HandleChallengeAsync(AuthenticationProperties properties)
        {
            Response.Headers.WWWAuthenticate = "Bearer";
            Response.StatusCode = StatusCodes.Status401Unauthorized;
            return Task.CompletedTask;
        }
    }

    private sealed record Permitted(string Permission) : IAuthorizationRequirement;

    private sealed class Permitting(IOptions<AuthorizationOptions> options)
        : DefaultAuthorizationPolicyProvider(options)
    {
        public override Task<AuthorizationPolicy?> GetPolicyAsync(string policyName) =>
            policyName.StartsWith(AllowAttribute.PolicyPrefix, StringComparison.Ordinal)
                ? Task.FromResult<AuthorizationPolicy?>(
                    new AuthorizationPolicyBuilder()
                        .RequireAuthenticatedUser()
                        .AddRequirements(new Permitted(policyName[AllowAttribute.PolicyPrefix.Length..]))
                        .Build()
                )
                : base.GetPolicyAsync(policyName);
    }

    private sealed class PermittingHandler(CurrentUser visitor) : AuthorizationHandler<Permitted>
    {
        protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, Permitted requirement)
        {
            if (visitor.May(requirement.Permission))
                context.Succeed(requirement);
            return Task.CompletedTask;
        }
    }
}
