using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using MailKit.Net.Smtp;
using MailKit.Security;
using Microsoft.Data.Sqlite;
using MimeKit;
using MimeKit.Cryptography;

namespace Plenaria.Bench;

/// <summary>
/// An issue of 8 KB a letter to very many readers, taken in by Debian's <c>smtp-sink</c>: letters a second beside
/// <c>smtp-source</c> over as many connections in the same run; signed ones beside a bare loop that signs and sends
/// with MailKit. PLENARIA_BENCH_LETTERS says how many; 100,000 when it says nothing.
/// </summary>
internal static class LetterSizes
{
    private const string Unsigned = "letters-to-source",
        Signed = "letters-signed-to-loop",
        Memory = "letters-memory-mb",
        Status = "letters-status-p95-ms",
        Code = "letters-code-s";
    private const int Size = 8_192,
        Connections = 20;

    public static readonly IReadOnlyList<string> Figures = [Unsigned, Signed, Memory, Status, Code];

    private static int Letters =>
        int.TryParse(
            Environment.GetEnvironmentVariable("PLENARIA_BENCH_LETTERS"),
            CultureInfo.InvariantCulture,
            out var count
        )
            ? count
            : 100_000;

    public static async Task Measure(string program, Dictionary<string, double> found)
    {
        var data = Directory.CreateTempSubdirectory("plenaria-bench").FullName;
        var port = FreePort();
        using var sink = Process.Start(
            new ProcessStartInfo("smtp-sink", ["-u", "nobody", $"127.0.0.1:{port}", "1000"])
        )!;
        try
        {
            using (var sample = Serve(program, data))
                sample.WaitFor("Ready.");
            var sent = await SendAsync(program, data, port, dkim: null, found);
            found[Unsigned] = sent / Source(port);
            var key = Path.Combine(data, "dkim.pem");
            using (var rsa = RSA.Create(2048))
                await File.WriteAllTextAsync(key, rsa.ExportRSAPrivateKeyPem());
            var signed = await SendAsync(program, data, port, key, []);
            var loop = await LoopAsync(port, key);
            found[Signed] = signed / loop;
            Console.WriteLine(
                $"letters a second: {sent:0} unsigned, {signed:0} signed, {loop:0} by the bare loop that signs"
            );
        }
        finally
        {
            sink.Kill();
            await sink.WaitForExitAsync();
            Directory.Delete(data, recursive: true);
        }
    }

    private static Served Serve(string program, string data) =>
        Served.Start(program, "demo", "--data", data, "--urls", "http://127.0.0.1:0");

    /// <returns>Letters a second, between the first that left and the last.</returns>
    private static async Task<double> SendAsync(
        string program,
        string data,
        int port,
        string? dkim,
        Dictionary<string, double> found
    )
    {
        var file = Path.Combine(data, "plenaria.db");
        var batch = Guid.CreateVersion7();
        Fill(file, batch);
        using var house = Serve(
            program,
            data,
            ("Server", "127.0.0.1"),
            ("Port", port.ToString(CultureInfo.InvariantCulture)),
            ("Connections", Connections.ToString(CultureInfo.InvariantCulture)),
            ("Dkim__KeyFile", dkim),
            ("Dkim__Domain", dkim is null ? null : "example.org")
        );
        using var staff = new Person(() => house.Address);
        await staff.SignIn(Served.LinksOf("staff", house.WaitFor("Ready."))[0]);
        var (waiting, times) = (int.MaxValue, new List<double>());
        while (waiting > 0)
        {
            var since = Stopwatch.StartNew();
            await staff.Get("/en/administration/mail");
            times.Add(since.Elapsed.TotalMilliseconds);
            if (times.Count == 5)
                await AskForCode(house);
            await Task.Delay(100);
            waiting = (int)Ask(file, $"SELECT count(*) {OfBatch(batch)} AND sent_at IS NULL");
        }
        times.Sort();
        found[Status] = times[(int)(times.Count * 0.95) - 1];
        found[Memory] = house.PeakMegabytes();
        found[Code] =
            Ask(file, "SELECT max(sent_at - created_at) FROM correspondence_letters WHERE kind = 'sign-in'")
            / (double)TimeSpan.TicksPerSecond;
        var ticks = Ask(file, $"SELECT max(sent_at) - min(sent_at) {OfBatch(batch)}");
        return Letters / TimeSpan.FromTicks(ticks).TotalSeconds;
    }

    private static Served Serve(string program, string data, params (string Name, string? Value)[] mail)
    {
        // Programs that are started take over the environment of this one.
        foreach (var (name, value) in mail)
            Environment.SetEnvironmentVariable($"Mail__{name}", value);
        try
        {
            return Serve(program, data);
        }
        finally
        {
            foreach (var (name, _) in mail)
                Environment.SetEnvironmentVariable($"Mail__{name}", null);
        }
    }

    private static async Task AskForCode(Served house)
    {
        using var somebody = new Person(() => house.Address);
        await somebody.Get("/en/sign-in");
        await somebody.Post("/en/sign-in", ("Email", "editor@example.org"));
    }

    private static string OfBatch(Guid batch) =>
        $"FROM correspondence_letters WHERE batch = '{batch.ToString().ToUpperInvariant()}'";

    private static long Ask(string file, string sql)
    {
        using var database = Open(file);
        using var command = database.CreateCommand();
        command.CommandText = sql;
        return (long)command.ExecuteScalar()!;
    }

    private static SqliteConnection Open(string file)
    {
        var database = new SqliteConnection($"Data Source={file};Pooling=False");
        database.Open();
        return database;
    }

    private static void Fill(string file, Guid batch)
    {
        using var database = Open(file);
        using var all = database.BeginTransaction();
        using var insert = database.CreateCommand();
        insert.CommandText = $"""
            INSERT INTO correspondence_letters
                (id, "to", domain, language, kind, priority, subject, text, html, batch, created_at, due_at, attempts,
                is_cancelled)
            VALUES ($id, $to, 'example.net', 'en', 'newsletter', $priority, $subject, $text, $html,
                '{batch.ToString().ToUpperInvariant()}', {DateTimeOffset.UtcNow.UtcTicks},
                {DateTimeOffset.UtcNow.UtcTicks}, 0, 0)
            """;
        foreach (var name in (string[])["$id", "$to", "$subject", "$text", "$html"])
            insert.Parameters.AddWithValue(name, "");
        // LetterPriority.Bulk: everything else overtakes it.
        insert.Parameters.AddWithValue("$priority", 20);
        for (var i = 0; i < Letters; i++)
        {
            var (to, text, html) = Letter(i);
            insert.Parameters["$id"].Value = Guid.CreateVersion7().ToString().ToUpperInvariant();
            insert.Parameters["$to"].Value = to;
            insert.Parameters["$subject"].Value = "News of the network";
            insert.Parameters["$text"].Value = text;
            insert.Parameters["$html"].Value = html;
            insert.ExecuteNonQuery();
        }
        all.Commit();
    }

    private static (string To, string Text, string Html) Letter(int i)
    {
        var line = string.Create(CultureInfo.InvariantCulture, $"Reader {i}, this is what the cities did.\r\n");
        string Lines(int size) => string.Concat(Enumerable.Repeat(line, size / line.Length));
        return (
            string.Create(CultureInfo.InvariantCulture, $"reader{i}@example.net"),
            Lines(Size / 4),
            $"<p>{Lines(Size - Size / 4 - 800)}</p>"
        );
    }

    /// <returns>Letters a second.</returns>
    private static double Source(int port)
    {
        var since = Stopwatch.StartNew();
        using var source = Process.Start(
            new ProcessStartInfo(
                "smtp-source",
                [
                    "-d",
                    "-s",
                    Connections.ToString(CultureInfo.InvariantCulture),
                    "-m",
                    Letters.ToString(CultureInfo.InvariantCulture),
                    "-l",
                    Size.ToString(CultureInfo.InvariantCulture),
                    "-f",
                    "plenaria@example.org",
                    "-t",
                    "reader@example.net",
                    $"127.0.0.1:{port}",
                ]
            )
        )!;
        source.WaitForExit();
        if (source.ExitCode != 0)
            throw new InvalidOperationException("smtp-source failed.");
        var perSecond = Letters / since.Elapsed.TotalSeconds;
        Console.WriteLine($"letters a second: {perSecond:0} by smtp-source");
        return perSecond;
    }

    /// <summary>Signs the same letters and sends them over as many connections, and does nothing else.</summary>
    /// <returns>Letters a second.</returns>
    private static async Task<double> LoopAsync(int port, string key)
    {
        var signer = new DkimSigner(key, "example.org", "plenaria")
        {
            HeaderCanonicalizationAlgorithm = DkimCanonicalizationAlgorithm.Relaxed,
            BodyCanonicalizationAlgorithm = DkimCanonicalizationAlgorithm.Relaxed,
        };
        var (next, signing) = (-1, 0L);
        var since = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, Connections).Select(_ => Task.Run(SendSome)));
        Console.WriteLine($"ms to sign a letter: {TimeSpan.FromTicks(signing / Letters).TotalMilliseconds:0.00}");
        return Letters / since.Elapsed.TotalSeconds;

        async Task SendSome()
        {
            using var client = new SmtpClient();
            await client.ConnectAsync("127.0.0.1", port, SecureSocketOptions.None);
            for (var i = Interlocked.Increment(ref next); i < Letters; i = Interlocked.Increment(ref next))
            {
                var (to, text, html) = Letter(i);
                using var message = new MimeMessage
                {
                    Subject = "News of the network",
                    Body = new MultipartAlternative(
                        new TextPart("plain") { Text = text },
                        new TextPart("html") { Text = html }
                    ),
                };
                message.From.Add(new MailboxAddress("", "plenaria@example.org"));
                message.To.Add(new MailboxAddress("", to));
                var begun = Stopwatch.GetTimestamp();
                message.Prepare(EncodingConstraint.SevenBit);
                signer.Sign(message, [HeaderId.From, HeaderId.To, HeaderId.Subject, HeaderId.Date, HeaderId.MessageId]);
                Interlocked.Add(ref signing, Stopwatch.GetElapsedTime(begun).Ticks);
                await client.SendAsync(message);
            }
            await client.DisconnectAsync(true);
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
