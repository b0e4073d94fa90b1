using System.Net;

namespace Plenaria.Platform.Fetching;

/// <summary>What is asked of an address that somebody else gave.</summary>
public sealed record FetchRequest(Uri Address)
{
    public HttpMethod Method { get; init; } = HttpMethod.Get;

    /// <summary>Header fields, sent to the first host alone.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    /// <summary>A body, for <see cref="HttpMethod.Post"/>.</summary>
    public ReadOnlyMemory<byte>? Content { get; init; }

    /// <summary>The media type of <see cref="Content"/>.</summary>
    public string ContentType { get; init; } = "application/json";

    /// <summary>How much of an answer is read, in bytes; less than the client's own limit.</summary>
    public long? MaxBytes { get; init; }

    /// <summary>Which addresses may be asked, the first and each to which a server redirects; all when null.</summary>
    public Func<Uri, bool>? IsAllowed { get; init; }
}

/// <summary>What a server answered.</summary>
/// <param name="Address">Where the answer came from, after redirects.</param>
/// <param name="MediaType">As the server names it, without parameters.</param>
public sealed record FetchResponse(
    HttpStatusCode Status,
    Uri Address,
    string? MediaType,
    byte[] Content,
    string? EntityTag,
    DateTimeOffset? LastModified
)
{
    public bool IsSuccess => (int)Status is >= 200 and < 300;
}

/// <summary>Why an address was not read.</summary>
public enum FetchFailure
{
    /// <summary>It is no address of a web server, carries a password, or is not among those allowed.</summary>
    Address,

    /// <summary>Its host is this machine, or stands in a network that is not public.</summary>
    NotPublic,
    TooManyRedirects,
    TooLarge,
    TimedOut,

    /// <summary>No server answered, or it did not answer in HTTP.</summary>
    Unreachable,
}

/// <summary>An address was not read.</summary>
public sealed class FetchException(FetchFailure failure, string message, Exception? cause = null)
    : Exception(message, cause)
{
    public FetchFailure Failure => failure;
}
