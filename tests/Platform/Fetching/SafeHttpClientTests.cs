using System.IO.Compression;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Plenaria.Platform.Fetching;

namespace Plenaria.Tests.Platform.Fetching;

/// <summary>Addresses that others gave lead to public hosts alone, and to no answer without end.</summary>
public class SafeHttpClientTests
{
    /// <summary>Says of a name what the test says; each time the next.</summary>
    private sealed class FakeResolver(params string[][] answers) : IHostResolver
    {
        private int _asked;

        public Task<IReadOnlyList<IPAddress>> ResolveAsync(string host, CancellationToken cancel) =>
            Task.FromResult<IReadOnlyList<IPAddress>>([
                .. answers[Math.Min(_asked++, answers.Length - 1)].Select(IPAddress.Parse),
            ]);
    }

    /// <summary>A web server that answers each request with what the test wrote, byte by byte.</summary>
    private sealed class RawServer : IAsyncDisposable
    {
        private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
        private readonly Func<string, Stream, Task> _answer;
        private readonly Task _accepting;

        public RawServer(Func<string, Stream, Task> answer)
        {
            _answer = answer;
            _listener.Start();
            _accepting = AcceptAsync();
        }

        public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;
        public System.Collections.Concurrent.ConcurrentQueue<string> Asked { get; } = [];

        private async Task AcceptAsync()
        {
            try
            {
                while (true)
                    _ = AnswerAsync(await _listener.AcceptTcpClientAsync());
            }
            catch (Exception fault) when (fault is SocketException or ObjectDisposedException)
            {
                // The test is over.
            }
        }

        private async Task AnswerAsync(TcpClient client)
        {
            using (client)
                try
                {
                    var stream = client.GetStream();
                    using var reader = new StreamReader(stream, Encoding.Latin1, leaveOpen: true);
                    var head = new StringBuilder();
                    while (await reader.ReadLineAsync() is { Length: > 0 } line)
                        head.AppendLine(line);
                    Asked.Enqueue(head.ToString());
                    await _answer(head.ToString(), stream);
                }
                catch (IOException)
                {
                    // The client read enough.
                }
        }

        public async ValueTask DisposeAsync()
        {
            _listener.Stop();
            await _accepting;
        }
    }

    private static Task Write(Stream stream, string text) => stream.WriteAsync(Encoding.Latin1.GetBytes(text)).AsTask();

    private static SafeHttpClient Client(IHostResolver? resolver = null, SafeHttpOptions? options = null) =>
        new(options ?? new(), resolver ?? new SystemHostResolver(), TimeProvider.System);

    // As if this machine stood in the public internet.
    private static SafeHttpOptions Local => new() { AllowedNetworks = [IPNetwork.Parse("127.0.0.1/32")] };

    private static async Task<FetchFailure> Refused(SafeHttpClient client, string address) =>
        (
            await Assert.ThrowsAsync<FetchException>(() =>
                client.GetAsync(new(address), TestContext.Current.CancellationToken)
            )
        ).Failure;

    [Fact]
    public async Task No_spelling_of_a_private_address_is_asked()
    {
        await using var server = new RawServer((_, s) => Write(s, "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"));
        using var client = Client();
        string[] hosts =
        [
            "127.0.0.1",
            "127.1",
            "2130706433",
            "0x7f000001",
            "0x7f.1",
            "0177.0.0.1",
            "127.0.0.1.",
            "localhost",
            "localhost.",
            "LOCALHOST",
            "①②⑦.⓪.⓪.①",
            "127。0。0。1",
            "0",
            "0.0.0.0",
            "[::]",
            "[::1]",
            "[::127.0.0.1]",
            "[::ffff:127.0.0.1]",
            "[::ffff:7f00:1]",
            "[64:ff9b::7f00:1]",
            "[64:ff9b::169.254.169.254]",
            "[64:ff9b:1::7f00:1]",
            "[2002:7f00:1::]",
            "[2002:a00:1::1]",
            "[2001:0:7f00:1::]",
            "[fc00::1]",
            "[fd00:ec2::254]",
            "[fe80::1]",
            "[fec0::1]",
            "[ff02::1]",
            "[2001:db8::1]",
            "10.0.0.1",
            "100.64.0.1",
            "100.100.100.200",
            "169.254.169.254",
            "168.63.129.16",
            "172.16.0.1",
            "172.31.255.255",
            "192.0.0.1",
            "192.168.1.1",
            "198.18.0.1",
            "224.0.0.1",
            "240.0.0.1",
            "255.255.255.255",
        ];
        var asked = new List<string>();
        foreach (var host in hosts)
            if (await Refused(client, $"http://{host}:{server.Port}/") is not FetchFailure.NotPublic)
                asked.Add(host);
        Assert.Equal([], asked);
        Assert.Empty(server.Asked);
        Assert.All(
            ["8.8.8.8", "172.32.0.1", "100.128.0.1", "2606:4700::1111", "64:ff9b::808:808", "2002:808:808::1"],
            a => Assert.True(PublicAddresses.Contains(IPAddress.Parse(a)), a)
        );
    }

    [Theory]
    [InlineData("ftp://example.org/")]
    [InlineData("file:///etc/passwd")]
    [InlineData("gopher://example.org/")]
    [InlineData("http://user:secret@example.org/")]
    [InlineData("http://example.org@127.0.0.1/")]
    public async Task What_is_no_plain_address_of_a_web_server_is_not_asked(string address)
    {
        using var client = Client(new FakeResolver(["127.0.0.1"]));
        Assert.Equal(FetchFailure.Address, await Refused(client, address));
    }

    [Fact]
    public async Task A_name_is_connected_to_the_address_that_was_checked()
    {
        await using var server = new RawServer((_, s) => Write(s, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"));
        var address = $"http://rebinding.example:{server.Port}/";
        // Public when somebody would look first, this machine a moment later.
        using var later = Client(new FakeResolver(["127.0.0.1"], ["127.0.0.2"]), Local);
        var answer = await later.GetAsync(new(address), TestContext.Current.CancellationToken);
        Assert.Equal("ok", Encoding.UTF8.GetString(answer.Content));
        // The next connection is checked for itself: the server closed the first.
        Assert.Equal(FetchFailure.NotPublic, await Refused(later, address.Replace("rebinding", "other")));
        using var mixed = Client(new FakeResolver(["8.8.8.8", "10.0.0.1"]));
        Assert.Equal(FetchFailure.NotPublic, await Refused(mixed, address));
        Assert.Single(server.Asked);
    }

    [Fact]
    public async Task Each_redirect_is_checked_and_none_carries_what_was_for_another_host()
    {
        await using var server = new RawServer(
            (head, s) =>
            {
                var path = head.Split(' ')[1];
                var to = path switch
                {
                    "/loopback" => "http://127.0.0.2/",
                    "/file" => "file:///etc/passwd",
                    "/nothing" => "//:80",
                    "/other" => $"http://other.example:{head.Split(':')[2].Split('\r', '\n')[0]}/end",
                    "/end" => null,
                    _ => path + "x",
                };
                return Write(
                    s,
                    to is null
                        ? "HTTP/1.1 200 OK\r\nContent-Length: 3\r\nSet-Cookie: a=b\r\nConnection: close\r\n\r\nend"
                        : $"HTTP/1.1 302 Found\r\nLocation: {to}\r\nContent-Length: 0\r\nSet-Cookie: a=b\r\n"
                            + "Connection: close\r\n\r\n"
                );
            }
        );
        using var client = Client(options: Local);
        var root = $"http://127.0.0.1:{server.Port}";
        Assert.Equal(FetchFailure.NotPublic, await Refused(client, root + "/loopback"));
        Assert.Equal(FetchFailure.Address, await Refused(client, root + "/file"));
        Assert.Equal(FetchFailure.Address, await Refused(client, root + "/nothing"));
        server.Asked.Clear();
        Assert.Equal(FetchFailure.TooManyRedirects, await Refused(client, root + "/round"));
        Assert.Equal(6, server.Asked.Count);
        server.Asked.Clear();
        using var named = Client(new FakeResolver(["127.0.0.1"]), Local);
        var answer = await named.SendAsync(
            new(new Uri($"http://one.example:{server.Port}/other"))
            {
                Headers = new Dictionary<string, string> { ["Authorization"] = "Bearer secret" },
            },
            TestContext.Current.CancellationToken
        );
        Assert.Equal(("other.example", "end"), (answer.Address.Host, Encoding.UTF8.GetString(answer.Content)));
        Assert.Contains("secret", server.Asked.First());
        Assert.DoesNotContain("secret", server.Asked.Last());
        Assert.DoesNotContain("a=b", server.Asked.Last());
        Assert.Equal(
            FetchFailure.Address,
            (
                await Assert.ThrowsAsync<FetchException>(() =>
                    named.SendAsync(
                        new(new Uri($"http://one.example:{server.Port}/other"))
                        {
                            IsAllowed = a => a.Host == "one.example",
                        },
                        TestContext.Current.CancellationToken
                    )
                )
            ).Failure
        );
    }

    [Fact]
    public async Task An_answer_ends_at_the_limits_of_size_and_time()
    {
        var bomb = new MemoryStream();
        using (var gzip = new GZipStream(bomb, CompressionLevel.SmallestSize, leaveOpen: true))
            gzip.Write(new byte[4 << 20]);
        await using var server = new RawServer(
            async (head, s) =>
            {
                switch (head.Split(' ')[1])
                {
                    case "/endless":
                        await Write(s, "HTTP/1.1 200 OK\r\n\r\n");
                        while (true)
                            await s.WriteAsync(new byte[64 << 10]);
                    case "/slow":
                        await Write(s, "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n");
                        while (true)
                        {
                            await Write(s, "a");
                            await Task.Delay(50);
                        }
                    case "/silent":
                        await Task.Delay(TimeSpan.FromSeconds(30));
                        break;
                    case "/head":
                        await Write(s, "HTTP/1.1 200 OK\r\n");
                        while (true)
                            await Write(s, $"X-More: {new string('a', 1000)}\r\n");
                    case "/twice":
                        await Write(s, "HTTP/1.1 200 OK\r\nContent-Encoding: gzip, gzip\r\n\r\n");
                        break;
                    default:
                        await Write(
                            s,
                            $"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: {bomb.Length}\r\n\r\n"
                        );
                        await s.WriteAsync(bomb.ToArray());
                        break;
                }
            }
        );
        using var client = Client(options: Local with { MaxBytes = 1 << 20, Timeout = TimeSpan.FromSeconds(5) });
        var root = $"http://127.0.0.1:{server.Port}";
        Assert.Equal(FetchFailure.TooLarge, await Refused(client, root + "/endless"));
        Assert.True(bomb.Length < 1 << 20);
        Assert.Equal(FetchFailure.TooLarge, await Refused(client, root + "/bomb"));
        Assert.Equal(FetchFailure.Unreachable, await Refused(client, root + "/head"));
        Assert.Equal(FetchFailure.Unreachable, await Refused(client, root + "/twice"));
        using var hasty = Client(options: Local with { Timeout = TimeSpan.FromMilliseconds(300) });
        Assert.Equal(FetchFailure.TimedOut, await Refused(hasty, root + "/slow"));
        Assert.Equal(FetchFailure.TimedOut, await Refused(hasty, root + "/silent"));
    }

    [Fact]
    public async Task A_proxy_of_the_environment_is_not_used_and_one_that_is_set_is_told_public_names_alone()
    {
        await using var server = new RawServer((_, s) => Write(s, "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nproxy"));
        using var client = Client(
            new FakeResolver(["8.8.8.8"], ["127.0.0.1"], ["10.0.0.1"]),
            new() { Proxy = new($"http://127.0.0.1:{server.Port}") }
        );
        var answer = await client.GetAsync(new("http://public.example/"), TestContext.Current.CancellationToken);
        Assert.Equal("proxy", Encoding.UTF8.GetString(answer.Content));
        Assert.StartsWith("GET http://public.example/", server.Asked.Single());
        Assert.Equal(FetchFailure.NotPublic, await Refused(client, "http://private.example/"));
    }
}
