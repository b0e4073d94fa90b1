using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;
using Plenaria.Platform.Language;
using Plenaria.Platform.Site;

namespace Plenaria.Web.Shell;

/// <summary><c>{lang:lang}</c>: one of the languages of the platform.</summary>
internal sealed class LanguageConstraint : IRouteConstraint
{
    public bool Match(
        HttpContext? context,
        IRouter? route,
        string routeKey,
        RouteValueDictionary values,
        RouteDirection direction
    ) => Kernel.Language.TryParse(values[routeKey] as string, out _);
}

/// <summary>
/// Decides in which language a request is answered: the address says it, else the browser's wish, else English.
/// </summary>
internal sealed class RequestLanguageMiddleware(RequestDelegate next)
{
    public Task Invoke(HttpContext context, PageLocalizer phrases)
    {
        phrases.Speak(Of(context));
        return next(context);
    }

    /// <summary>The language for an address that says none, of those that the network offers.</summary>
    public static Kernel.Language Offered(HttpContext context, NetworkProfile network) =>
        Wished(context, network.Languages) ?? network.DefaultLanguage;

    public static Kernel.Language Of(HttpContext context)
    {
        var segment = context.Request.Path.Value?.Split('/', 3) is [_, var first, ..] ? first : null;
        return Kernel.Language.TryParse(segment, out var language)
            ? language
            : Wished(context, Kernel.Language.All) ?? Kernel.Language.English;
    }

    private static Kernel.Language? Wished(HttpContext context, IReadOnlyList<Kernel.Language> offered)
    {
        foreach (var wish in context.Request.GetTypedHeaders().AcceptLanguage.OrderByDescending(l => l.Quality ?? 1))
            if (
                Kernel.Language.TryParse(wish.Value.Value?.Split('-')[0].ToLowerInvariant(), out var wished)
                && offered.Contains(wished)
            )
                return wished;
        return null;
    }
}

/// <summary>Nothing is loaded from elsewhere, nothing runs that stands in a page, nobody frames us.</summary>
internal sealed class SecurityHeaders(RequestDelegate next)
{
    private const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    public Task Invoke(HttpContext context)
    {
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = Policy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "same-origin";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        return next(context);
    }
}

/// <summary>
/// Says that the program is alive from its first moment; whoever wants more waits until the database is open.
/// </summary>
internal sealed class StartupGateMiddleware(RequestDelegate next, DatabaseStartup opening, SiteAddress site)
{
    public async Task Invoke(HttpContext context)
    {
        // No text holds it, and PostgreSQL refuses to be asked for it.
        if (
            context.Request.Path.Value!.Contains('\0')
            || context.Request.QueryString.Value!.Contains("%00", StringComparison.Ordinal)
            || IsInUnreadableScript(context.Request)
        )
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            return;
        }
        // Model binding reads a blank part of an address as nothing at all: no page has such an address.
        if (HasBlankSegment(context.Request.Path.Value!))
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }
        if (context.Request.Path == "/healthz/live")
        {
            await context.Response.WriteAsync("ok");
            return;
        }
        if (site.Url is { } url)
            (context.Request.Scheme, context.Request.Host) = (url.Scheme, new(url.Authority));
        await opening.Done;
        await next(context);
    }

    private static bool HasBlankSegment(string path) =>
        path.Any(char.IsWhiteSpace) && path.Split('/').Any(s => s.Length > 0 && string.IsNullOrWhiteSpace(s));

    // The reader of forms refuses it, being a way to hide markup.
    private static bool IsInUnreadableScript(HttpRequest request) =>
        Microsoft.Net.Http.Headers.MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
        && type.Charset.Value?.Contains("utf-7", StringComparison.OrdinalIgnoreCase) == true;
}

/// <summary>
/// Answers HEAD as GET without its body (RFC 9110, section 9.3.2) at every address: Kestrel leaves the body out by the
/// method it received. What streams without end stops once its headers are sent.
/// </summary>
internal sealed class HeadMiddleware(RequestDelegate next)
{
    public async Task Invoke(HttpContext context)
    {
        if (!HttpMethods.IsHead(context.Request.Method))
        {
            await next(context);
            return;
        }
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
        context.Request.Method = HttpMethods.Get;
        context.RequestAborted = enough.Token;
        context.Response.OnStarting(() =>
        {
            if (context.Response.ContentType?.StartsWith("text/event-stream", StringComparison.Ordinal) == true)
                enough.CancelAfter(TimeSpan.Zero);
            return Task.CompletedTask;
        });
        try
        {
            await next(context);
        }
        catch (OperationCanceledException) when (enough.IsCancellationRequested) { }
    }
}

/// <summary>
/// A form whose page can be shown again as the server holds it, with what was typed kept by the model binder.
/// </summary>
/// <remarks>Implemented by page models with a POST: the filter calls it before answering 422.</remarks>
internal static class FormRerendering
{
    public static async Task<IActionResult> Refuse(PageModel page, CancellationToken cancel)
    {
        if (page is IRerenderable again)
            await again.RerenderAsync(cancel);
        page.Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return page.Page();
    }
}

/// <summary>One answer to every refused form: the same page, 422, the reason in the reader's language.</summary>
internal sealed class InvalidFormFilter(Localizer texts, PageLocalizer phrases, PlenariaDb db) : IAsyncPageFilter
{
    public Task OnPageHandlerSelectionAsync(PageHandlerSelectedContext context) => Task.CompletedTask;

    public async Task OnPageHandlerExecutionAsync(
        PageHandlerExecutingContext context,
        PageHandlerExecutionDelegate next
    )
    {
        var isForm =
            !HttpMethods.IsGet(context.HttpContext.Request.Method)
            && !HttpMethods.IsHead(context.HttpContext.Request.Method);
        var page = (PageModel)context.HandlerInstance;
        var cancel = context.HttpContext.RequestAborted;
        foreach (
            var (field, value) in context
                .ModelState.Where(f => f.Value?.AttemptedValue?.Contains('\0') == true)
                .ToList()
        )
        {
            context.ModelState.SetModelValue(field, value!.RawValue, value.AttemptedValue!.Replace("\0", ""));
            context.ModelState.AddModelError(field, "site.not-usable");
        }
        if (isForm && !context.ModelState.IsValid)
        {
            Translate(context.ModelState);
            context.Result = await FormRerendering.Refuse(page, cancel);
            return;
        }
        if (isForm && context.HandlerMethod is null)
        {
            // Sent by none of the page's forms: there is nothing to do, and no page to show.
            context.Result = new BadRequestResult();
            return;
        }
        var executed = await next();
        var reason = executed.Exception switch
        {
            RuleViolationException broken => broken,
            DbUpdateConcurrencyException => new RuleViolationException("platform.changed-meanwhile"),
            // Two chose the same name, number or address at once: the second sees what the first did.
            DbUpdateException fault when PlenariaDb.IsUniqueViolation(fault) => new RuleViolationException(
                "platform.changed-meanwhile"
            ),
            _ => null,
        };
        if (!isForm || reason is null)
            return;
        executed.ExceptionHandled = true;
        db.ClearTracking();
        page.ModelState.AddModelError("", texts.Get(phrases.Language, reason.Key, reason.Arguments));
        executed.Result = await FormRerendering.Refuse(page, cancel);
        // A mistake in a field leaves the old version, so that a conflict behind it still comes to light.
        if (
            reason.Key == "platform.changed-meanwhile"
            && ((object?)reason.StoredVersion ?? (page as IRerenderable)?.Stored) is { } stored
        )
            foreach (var field in page.ModelState.Keys.Where(k => k is "Version" or "Input.Version").ToList())
                page.ModelState.SetModelValue(field, stored, $"{stored}");
    }

    // A text, or a text and the limit that it names.
    private string Say(string message) =>
        texts.Has(message) ? texts.Get(phrases.Language, message)
        : message.Split(':') is [var key, var limit] && texts.Has(key)
            ? texts.Get(
                phrases.Language,
                key,
                ("limit", phrases.Number(int.Parse(limit, CultureInfo.InvariantCulture)))
            )
        : message;

    /// <summary>Validation attributes name a text of the interface; see <see cref="FormMessages"/>.</summary>
    private void Translate(ModelStateDictionary state)
    {
        foreach (var field in state.Values.Where(f => f.Errors.Count > 0))
        {
            var said = field.Errors.Select(e => Say(e.ErrorMessage)).Distinct().ToList();
            field.Errors.Clear();
            foreach (var sentence in said)
                field.Errors.Add(sentence);
        }
    }
}

/// <summary>
/// Turns what the domain refuses into answers: problem details for programs, a page in the reader's language for
/// people.
/// </summary>
internal sealed class ExceptionMiddleware(RequestDelegate next, Localizer texts, ILogger<ExceptionMiddleware> log)
{
    public async Task Invoke(HttpContext context)
    {
        try
        {
            await next(context);
        }
        catch (RuleViolationException broken) when (!context.Response.HasStarted)
        {
            await Results
                .Problem(
                    texts.Get(RequestLanguageMiddleware.Of(context), broken.Key, broken.Arguments),
                    statusCode: 422,
                    type: $"urn:plenaria:{broken.Key}"
                )
                .ExecuteAsync(context);
        }
        catch (ForbiddenException) when (!context.Response.HasStarted)
        {
            context.Response.StatusCode = StatusCodes.Status403Forbidden;
        }
        catch (Exception fault) when (TooLarge(fault) && !context.Response.HasStarted)
        {
            context.Response.StatusCode = StatusCodes.Status413PayloadTooLarge;
        }
        catch (Exception fault) when (!context.Response.HasStarted && !context.RequestAborted.IsCancellationRequested)
        {
            log.LogError(fault, "{Method} {Path} failed", context.Request.Method, context.Request.Path);
            // What failed half way may have said already what it was going to be.
            context.Response.Clear();
            context.Response.StatusCode = StatusCodes.Status500InternalServerError;
        }
        // A form that is not read to its end has no token either, so that the guard of forms speaks first.
        if (
            context.Response is { StatusCode: StatusCodes.Status400BadRequest, HasStarted: false, ContentType: null }
            && context.Request is { HasFormContentType: true, ContentLength: > LargestText }
        )
            context.Response.StatusCode = StatusCodes.Status413PayloadTooLarge;
        if (context.Response is { StatusCode: >= 400, HasStarted: false, ContentLength: null, ContentType: null })
            await Explain(context);
    }

    /// <summary>Bytes of one field that forms take, unless their page says more: what ASP.NET Core sets.</summary>
    private const long LargestText = 4 << 20;

    /// <summary>The server's own limit, or that of forms, met while something inside was reading.</summary>
    private static bool TooLarge(Exception fault) =>
        fault is BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge }
        || fault.InnerException is { } inner && TooLarge(inner);

    private async Task Explain(HttpContext context)
    {
        var status = context.Response.StatusCode;
        if (context.Request.Path.StartsWithSegments("/api"))
        {
            await Results.Problem(statusCode: status).ExecuteAsync(context);
            return;
        }
        var original = context.Request.Path;
        context.Request.Path = $"/{RequestLanguageMiddleware.Of(context)}/error/{status}";
        context.Request.Method = HttpMethods.Get;
        context.SetEndpoint(null);
        context.Request.RouteValues.Clear();
        try
        {
            await next(context);
        }
        finally
        {
            context.Request.Path = original;
        }
    }
}
