using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;
using Plenaria.Platform.Tasks;

namespace Plenaria.Web.Shell;

/// <summary>
/// Lets the page after a form say what the form did: the first act that the request entered in the journal travels
/// with the redirect, in a cookie that the next page reads and removes. A page that knows what is done next says so in
/// <c>ViewData["NextStep"]</c>, as <c>(text's key, path without the language)</c>. The public's forms have pages of
/// their own that say it.
/// </summary>
internal sealed class ActedFilter(PlenariaDb db, CurrentUser visitor, TaskCount tasks) : IAsyncPageFilter
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
                executed.HandlerInstance is PageModel { ViewData: var data }
                && data["NextStep"] is (string text, string path)
                    ? $"{act} {text} {path}"
                    : act,
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

    /// <summary>
    /// The journal's word for what the last form did and, each after a space, the text and the path of the next step;
    /// null when a page has said it.
    /// </summary>
    public static string? Take(HttpContext context)
    {
        if (context.Request.Cookies[Cookie] is not { Length: > 0 } act || context.Response.HasStarted)
            return null;
        context.Response.Cookies.Delete(Cookie);
        return act;
    }
}
