using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.EntityFrameworkCore;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;

namespace Plenaria.Platform.Site.Requests;

/// <summary>
/// Answers a form that was sent twice as it answered the first, and tells a script which form it answers: an answer
/// that does not name the form (a page of sign-in, of a proxy) is none, and the script keeps what was typed.
/// </summary>
internal sealed class RepeatedFormFilter(
    PlenariaDb db,
    CurrentUser visitor,
    IDataProtectionProvider protection,
    TimeProvider time
) : IAsyncPageFilter
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5),
        Pause = TimeSpan.FromMilliseconds(50);

    private IDataProtector Seal => protection.CreateProtector("submitted forms");

    // Said before the form is looked at, so that a refusal bears it as well.
    public Task OnPageHandlerSelectionAsync(PageHandlerSelectedContext context)
    {
        var request = context.HttpContext.Request;
        // The page of an error is made by a GET of its own: it answers no form.
        if (
            HttpMethods.IsPost(request.Method)
            && request.Headers.ContainsKey(FormKey.Header)
            && FormKey.Of(request) is { } key
        )
            context.HttpContext.Response.Headers[FormKey.Header] = key;
        return Task.CompletedTask;
    }

    public async Task OnPageHandlerExecutionAsync(
        PageHandlerExecutingContext context,
        PageHandlerExecutionDelegate next
    )
    {
        var request = context.HttpContext.Request;
        if (!HttpMethods.IsPost(request.Method) || FormKey.Of(request) is not { } key)
        {
            await next();
            return;
        }
        var isScript = request.Headers.ContainsKey(FormKey.Header);
        var identity = FormKey.IdentityOf(request, visitor.Who.Id);
        if (await IsKnown(identity))
        {
            context.Result = Acknowledge(await Answered(identity, request), isScript, key);
            return;
        }
        db.Submitting = new SubmittedForm { Identity = identity, At = time.GetUtcNow() };
        var executed = await next();
        if (executed is { Exception: { } fault, ExceptionHandled: false })
        {
            // What the first of two did may be found by the second in any way: a row that is taken, a version that
            // moved, a rule.
            var isTold =
                PlenariaDb.IsConcurrencyConflict(fault) || fault is RuleViolationException or DbUpdateException;
            if (!isTold || db.HasSubmitted)
                return;
            db.ClearTracking();
            if (!await IsKnown(identity))
                return;
            // The same form, sent at the same moment: the first did the work.
            executed.Exception = null;
            executed.Result = Acknowledge(await Answered(identity, request), isScript, key);
            return;
        }
        if (executed is not { Result: RedirectResult redirect })
        {
            // A page that is shown and not led to (recovery codes, a preview) is made anew when it is asked for again.
            if (db.HasSubmitted)
                await db.InTransactionAsync(() => Row(identity).ExecuteDeleteAsync(), CancellationToken.None);
            return;
        }
        if (db.HasSubmitted)
        {
            var location = Seal.Protect(redirect.Url);
            await db.InTransactionAsync(
                () => Row(identity).ExecuteUpdateAsync(f => f.SetProperty(x => x.Location, location)),
                CancellationToken.None
            );
        }
        executed.Result = Acknowledge(redirect, isScript, key);
    }

    private static IActionResult Acknowledge(RedirectResult redirect, bool isScript, string key) =>
        isScript ? new JsonResult(new { acknowledges = key, location = redirect.Url }) : redirect;

    private IQueryable<SubmittedForm> Row(string identity) =>
        db.Set<SubmittedForm>().Where(f => f.Identity == identity);

    private Task<bool> IsKnown(string identity) => Row(identity).AnyAsync();

    // The first may still be at work: its answer is waited for, and otherwise the page it came from is the best there
    // is.
    private async Task<RedirectResult> Answered(string identity, HttpRequest request)
    {
        using var tick = new PeriodicTimer(Pause, time);
        var until = time.GetUtcNow() + Patience;
        do
        {
            if (await Row(identity).AsNoTracking().SingleOrDefaultAsync() is { Location: { } location })
                return new(Seal.Unprotect(location));
        } while (time.GetUtcNow() < until && await tick.WaitForNextTickAsync());
        return new(request.Path);
    }
}
