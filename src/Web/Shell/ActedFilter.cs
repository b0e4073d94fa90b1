using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;
using Plenaria.Platform.Site;
using Plenaria.Platform.Tasks;

namespace Plenaria.Web.Shell;

/// <summary>The journal's word for what a form did, and what is offered beside it.</summary>
internal sealed record Acted(string Act, AfterAct After, AccountId? By);

/// <summary>
/// Lets the page after a form say what the form did: the first act that the request entered in the journal travels
/// with the redirect, in a sealed cookie that the next page reads and removes, and with it what the page offers
/// (<see cref="AfterAct"/>). The public's forms have pages of their own that say it.
/// </summary>
internal sealed class ActedFilter(
    PlenariaDb db,
    CurrentUser visitor,
    TaskCount tasks,
    IDataProtectionProvider protection
) : IAsyncPageFilter
{
    private const string Cookie = "plenaria-acted";

    private static readonly TimeSpan Validity = TimeSpan.FromMinutes(1);

    public Task OnPageHandlerSelectionAsync(PageHandlerSelectedContext context) => Task.CompletedTask;

    public async Task OnPageHandlerExecutionAsync(
        PageHandlerExecutingContext context,
        PageHandlerExecutionDelegate next
    )
    {
        var executed = await next();
        if (!visitor.IsSignedIn || db.FirstAct is not { } act)
            return;
        tasks.Forget();
        if (executed is { Result: RedirectResult })
            context.HttpContext.Response.Cookies.Append(
                Cookie,
                Seal(protection)
                    .Protect(
                        JsonSerializer.Serialize(
                            new Acted(
                                act,
                                executed.HandlerInstance is PageModel page ? AfterAct.Of(page) : new AfterAct(),
                                visitor.Who.Id
                            )
                        )
                    ),
                new()
                {
                    HttpOnly = true,
                    SameSite = SameSiteMode.Lax,
                    Secure = context.HttpContext.Request.IsHttps,
                    MaxAge = Validity,
                    IsEssential = true,
                }
            );
    }

    /// <summary>What the last form did; null when a page has said it, or when the cookie is none of ours.</summary>
    public static Acted? Take(HttpContext context)
    {
        if (context.Request.Cookies[Cookie] is not { Length: > 0 } cookie || context.Response.HasStarted)
            return null;
        context.Response.Cookies.Delete(Cookie);
        try
        {
            var seal = Seal(context.RequestServices.GetRequiredService<IDataProtectionProvider>());
            return JsonSerializer.Deserialize<Acted>(seal.Unprotect(cookie));
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    // Sealed: whoever could set a cookie would otherwise choose what the button "Undo" does.
    private static IDataProtector Seal(IDataProtectionProvider protection) =>
        protection.CreateProtector("what a form did");
}
