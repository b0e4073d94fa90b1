using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;

namespace Plenaria.Platform.Fetching;

/// <summary>
/// The one client for addresses that others gave. It asks public hosts alone, connects to the very address it has
/// checked, follows redirects itself, and reads a bounded answer in a bounded time. It has no cookies and no
/// credentials.
/// </summary>
public sealed class SafeHttpClient : IDisposable
{
    private const int MaxRedirects = 5,
        MaxHeaderKilobytes = 32;

    private readonly SafeHttpOptions _options;
    private readonly IHostResolver _resolver;
    private readonly TimeProvider _time;
    private readonly HttpMessageInvoker _transport;

    internal SafeHttpClient(
        SafeHttpOptions options,
        IHostResolver resolver,
        TimeProvider time,
        HttpMessageHandler? transport = null
    )
    {
        (_options, _resolver, _time) = (options, resolver, time);
        _transport = new(
            transport
                ?? new SocketsHttpHandler
                {
                    AllowAutoRedirect = false,
                    UseCookies = false,
                    Credentials = null,
                    PreAuthenticate = false,
                    UseProxy = options.Proxy is not null,
                    Proxy = options.Proxy is { } proxy ? new WebProxy(proxy) : null,
                    AutomaticDecompression = DecompressionMethods.None,
                    MaxResponseHeadersLength = MaxHeaderKilobytes,
                    MaxResponseDrainSize = 0,
                    ActivityHeadersPropagator = null,
                    // Short: a name is resolved anew, and checked, for nearly every request.
                    PooledConnectionIdleTimeout = TimeSpan.FromSeconds(5),
                    PooledConnectionLifetime = TimeSpan.FromMinutes(1),
                    ConnectCallback = ConnectAsync,
                }
        );
    }

    /// <exception cref="FetchException">It was not read.</exception>
    public Task<FetchResponse> GetAsync(Uri address, CancellationToken cancel) => SendAsync(new(address), cancel);

    /// <exception cref="FetchException">It was not read. Any status is an answer.</exception>
    public async Task<FetchResponse> SendAsync(FetchRequest request, CancellationToken cancel)
    {
        using var patience = new CancellationTokenSource(_options.Timeout, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, patience.Token);
        try
        {
            return await FollowAsync(request, either.Token);
        }
        catch (OperationCanceledException fault) when (patience.IsCancellationRequested)
        {
            cancel.ThrowIfCancellationRequested();
            throw new FetchException(FetchFailure.TimedOut, "The server took too long.", fault);
        }
        catch (Exception fault) when (fault is HttpRequestException or IOException or InvalidDataException)
        {
            cancel.ThrowIfCancellationRequested();
            throw RefusalIn(fault) ?? new FetchException(FetchFailure.Unreachable, fault.Message, fault);
        }
    }

    // What the callback of a connection throws arrives wrapped.
    private static FetchException? RefusalIn(Exception? fault)
    {
        for (; fault is not null; fault = fault.InnerException)
            if (fault is FetchException refusal)
                return refusal;
        return null;
    }

    private async Task<FetchResponse> FollowAsync(FetchRequest request, CancellationToken cancel)
    {
        var address = request.Address;
        for (var redirects = 0; ; redirects++)
        {
            Check(request, address);
            // The proxy connects: the name is checked here at least once.
            if (_options.Proxy is not null)
                await ResolveAsync(address.IdnHost, cancel);
            using var message = Write(request, address);
            using var answer = await _transport.SendAsync(message, cancel);
            if (request.Method != HttpMethod.Get || RedirectOf(answer, address) is not { } next)
                return await ReadAsync(request, address, answer, cancel);
            if (redirects == MaxRedirects)
                throw new FetchException(FetchFailure.TooManyRedirects, "The server redirects again and again.");
            address = next;
        }
    }

    private static void Check(FetchRequest request, Uri address)
    {
        if (
            !address.IsAbsoluteUri
            || address.Scheme is not ("http" or "https")
            || address.UserInfo.Length > 0
            || address.Host.Length == 0
            || request.IsAllowed?.Invoke(address) == false
        )
            throw new FetchException(FetchFailure.Address, "This address is not read.");
    }

    private static HttpRequestMessage Write(FetchRequest request, Uri address)
    {
        var message = new HttpRequestMessage(request.Method, address);
        message.Headers.UserAgent.Add(new("Plenaria", null));
        message.Headers.AcceptEncoding.Add(new("gzip"));
        message.Headers.AcceptEncoding.Add(new("br"));
        if (Uri.Compare(address, request.Address, UriComponents.SchemeAndServer, UriFormat.Unescaped, Ordinal) == 0)
            foreach (var (name, value) in request.Headers)
                message.Headers.TryAddWithoutValidation(name, value);
        if (request.Content is { } content)
            message.Content = new ReadOnlyMemoryContent(content)
            {
                Headers = { ContentType = MediaTypeHeaderValue.Parse(request.ContentType) },
            };
        return message;
    }

    private const StringComparison Ordinal = StringComparison.OrdinalIgnoreCase;

    private static Uri? RedirectOf(HttpResponseMessage answer, Uri address) =>
        (int)answer.StatusCode is 301 or 302 or 303 or 307 or 308 && answer.Headers.Location is { } location
            ? Uri.TryCreate(address, location, out var next)
                ? next
                : throw new FetchException(FetchFailure.Address, "The server redirects to what is no address.")
            : null;

    private async Task<FetchResponse> ReadAsync(
        FetchRequest request,
        Uri address,
        HttpResponseMessage answer,
        CancellationToken cancel
    )
    {
        var most = Math.Min(request.MaxBytes ?? long.MaxValue, _options.MaxBytes);
        await using var sent = new BoundedStream(await answer.Content.ReadAsStreamAsync(cancel), most);
        await using var plain = Decompress(sent, answer.Content.Headers.ContentEncoding);
        await using var bounded = new BoundedStream(plain, most);
        using var content = new MemoryStream();
        await bounded.CopyToAsync(content, cancel);
        return new(
            answer.StatusCode,
            address,
            answer.Content.Headers.ContentType?.MediaType,
            content.ToArray(),
            answer.Headers.ETag?.ToString(),
            answer.Content.Headers.LastModified
        );
    }

    private static Stream Decompress(Stream sent, ICollection<string> encodings) =>
        string.Join(',', encodings).ToLowerInvariant() switch
        {
            "" or "identity" => sent,
            "gzip" or "x-gzip" => new GZipStream(sent, CompressionMode.Decompress, leaveOpen: true),
            "br" => new BrotliStream(sent, CompressionMode.Decompress, leaveOpen: true),
            var other => throw new FetchException(FetchFailure.Unreachable, $"The server sends {other}."),
        };

    // Resolved and checked here, and connected to what was checked: a name that resolves to another address a moment
    // later (DNS rebinding) is not asked again.
    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancel)
    {
        var (host, port) = (context.DnsEndPoint.Host, context.DnsEndPoint.Port);
        var isProxy = _options.Proxy is { } proxy && proxy.IdnHost == host && proxy.Port == port;
        var addresses = isProxy ? await _resolver.ResolveAsync(host, cancel) : await ResolveAsync(host, cancel);
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync([.. addresses], port, cancel);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    // All of them: a name that has public and private addresses is made to deceive.
    private async Task<IReadOnlyList<IPAddress>> ResolveAsync(string host, CancellationToken cancel)
    {
        IReadOnlyList<IPAddress> addresses;
        try
        {
            addresses = await _resolver.ResolveAsync(host.TrimEnd('.'), cancel);
        }
        catch (SocketException fault)
        {
            throw new FetchException(FetchFailure.Unreachable, fault.Message, fault);
        }
        if (addresses.Count == 0 || addresses.Any(a => !MayBeAsked(a)))
            throw new FetchException(FetchFailure.NotPublic, "This address is not in the public internet.");
        return addresses;
    }

    private bool MayBeAsked(IPAddress address) =>
        PublicAddresses.Contains(address) || _options.AllowedNetworks.Any(n => n.Contains(address));

    public void Dispose() => _transport.Dispose();
}
