using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using MimeKit;

namespace Plenaria.Tests.Acceptance.Contract;

/// <summary>A mail server on a free port, and what it was handed.</summary>
internal sealed class MailServer : IAsyncDisposable
{
    public sealed record Letter(bool Refused, string To, MimeMessage Message);

    private readonly Process _process;
    private readonly int _port;

    private MailServer(Process process, int port) => (_process, _port) = (process, port);

    public static async Task<MailServer> Start(int refusals = 0)
    {
        // Debian's own Python: another one on the path would not have the package.
        var process = Process.Start(
            new ProcessStartInfo(
                "/usr/bin/python3",
                [Sources.Path("tests", "Acceptance", "Contract", "mail-server.py"), $"{refusals}"]
            )
            {
                RedirectStandardOutput = true,
            }
        )!;
        return new(process, int.Parse((await process.StandardOutput.ReadLineAsync())!, CultureInfo.InvariantCulture));
    }

    /// <summary>The settings that make the program send its mail here.</summary>
    public IReadOnlyList<(string Name, string Value)> Settings =>
        [("Mail__Server", "127.0.0.1"), ("Mail__Port", $"{_port}"), ("Mail__From", "Network <network@example.org>")];

    /// <summary>Waits for the next letter, taken or refused.</summary>
    public async Task<Letter> Next()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        var said = JsonDocument.Parse((await _process.StandardOutput.ReadLineAsync(patience.Token))!).RootElement;
        using var content = new MemoryStream(said.GetProperty("content").GetBytesFromBase64());
        return new(
            said.GetProperty("refused").GetBoolean(),
            said.GetProperty("to")[0].GetString()!,
            await MimeMessage.LoadAsync(content)
        );
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }
}
