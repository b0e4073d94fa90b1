using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Plenaria.Platform.Fetching;

namespace Plenaria.Correspondence;

/// <summary>
/// Where providers say what became of letters. Only what they signed is taken; an address whose provider is not set is
/// not there.
/// </summary>
internal static class WebhookRoutes
{
    private const int MaxBytes = 2 << 20;

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapPost("/api/v1/mail/ses", TakeSesAsync).AllowAnonymous();
        app.MapPost("/api/v1/mail/sendgrid", TakeSendGridAsync).AllowAnonymous();
    }

    private static async Task<IResult> TakeSesAsync(
        HttpContext context,
        MailOptions options,
        SnsSignatureVerifier signature,
        ProviderEventHandler events,
        SafeHttpClient http,
        CancellationToken cancel
    )
    {
        if (options.SesTopic is not { } topic)
            return Results.NotFound();
        if (await ReadAsync(context, cancel) is not { } body)
            return Results.StatusCode(StatusCodes.Status413PayloadTooLarge);
        if (SnsMessage.Parse(body) is not { } message)
            return Results.BadRequest();
        try
        {
            // Of another topic nothing is fetched, whoever asks.
            if (message.TopicArn != topic || !await signature.IsValidAsync(message, cancel))
                return Results.StatusCode(StatusCodes.Status403Forbidden);
            if (message.Type == SnsMessage.Notification)
                await events.TakeAsync(SesNotification.Read(message.Message ?? "", message.MessageId ?? ""), cancel);
            else if (message.Type == SnsMessage.Confirmation && message.OnHost(message.SubscribeURL) is { } confirm)
                await http.SendAsync(new(confirm) { IsAllowed = message.IsOnHost }, cancel);
        }
        catch (FetchException)
        {
            // It is told again.
            return Results.StatusCode(StatusCodes.Status503ServiceUnavailable);
        }
        return Results.NoContent();
    }

    private static async Task<IResult> TakeSendGridAsync(
        HttpContext context,
        MailOptions options,
        ProviderEventHandler events,
        CancellationToken cancel
    )
    {
        if (options.SendGridKey is not { } key)
            return Results.NotFound();
        if (await ReadAsync(context, cancel) is not { } body)
            return Results.StatusCode(StatusCodes.Status413PayloadTooLarge);
        var headers = context.Request.Headers;
        if (
            !SendGridEvents.IsSigned(
                key,
                headers[SendGridEvents.TimestampHeader],
                headers[SendGridEvents.SignatureHeader],
                body
            )
        )
            return Results.StatusCode(StatusCodes.Status403Forbidden);
        await events.TakeAsync(SendGridEvents.Read(body), cancel);
        return Results.NoContent();
    }

    // What is signed are the bytes as they came.
    private static async Task<byte[]?> ReadAsync(HttpContext context, CancellationToken cancel)
    {
        using var body = new MemoryStream();
        try
        {
            await using var bounded = new BoundedStream(context.Request.Body, MaxBytes);
            await bounded.CopyToAsync(body, cancel);
        }
        catch (FetchException)
        {
            return null;
        }
        return body.ToArray();
    }
}
