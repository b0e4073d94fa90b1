using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;

namespace Plenaria.Tests.Platform.Correspondence;

/// <summary>
/// A mailbox that is served over IMAP (RFC 3501, with the moves of RFC 6851): as much of it as a client needs to read
/// and tidy it.
/// </summary>
internal sealed partial class ImapMailbox : IAsyncDisposable
{
    public sealed class Mail(int uid, byte[] content)
    {
        public int Uid => uid;
        public byte[] Content => content;
        public string Folder { get; set; } = "INBOX";
        public bool IsFlagged { get; set; }
    }

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly Task _accepting;
    private readonly ConcurrentDictionary<string, bool> _folders = new() { ["INBOX"] = true };

    public ImapMailbox()
    {
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;
    public ConcurrentQueue<Mail> Mails { get; } = [];

    public void Add(string content) =>
        Mails.Enqueue(new(Mails.Count + 1, Encoding.UTF8.GetBytes(content.ReplaceLineEndings("\r\n"))));

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
                _ = TalkAsync(await _listener.AcceptTcpClientAsync());
        }
        catch (Exception fault) when (fault is SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task TalkAsync(TcpClient client)
    {
        using (client)
            try
            {
                await using var stream = client.GetStream();
                using var reader = new StreamReader(stream, Encoding.Latin1);
                Task Say(string line) => stream.WriteAsync(Encoding.Latin1.GetBytes(line + "\r\n")).AsTask();
                await Say("* OK [CAPABILITY IMAP4rev1 UIDPLUS MOVE NAMESPACE] ready");
                var folder = "INBOX";
                while (await reader.ReadLineAsync() is { } line)
                {
                    var (tag, rest) = (line.Split(' ', 2)[0], line.Split(' ', 2)[1]);
                    var (untagged, result) = Answer(rest, ref folder);
                    foreach (var (text, literal) in untagged)
                    {
                        await Say(text);
                        if (literal is not null)
                        {
                            await stream.WriteAsync(literal);
                            await Say(")");
                        }
                    }
                    await Say($"{tag} {result}");
                    if (rest.StartsWith("LOGOUT", StringComparison.Ordinal))
                        return;
                }
            }
            catch (IOException)
            {
                // The client is gone.
            }
    }

    private (List<(string Line, byte[]? Literal)> Untagged, string Result) Answer(string command, ref string folder)
    {
        var said = new List<(string, byte[]?)>();
        void Say(string line, byte[]? literal = null) => said.Add((line, literal));
        var name = command.Split(' ')[command.StartsWith("UID", StringComparison.Ordinal) ? 1 : 0];
        var last = Quoted(command);
        var here = folder;
        var inFolder = Mails.Where(m => m.Folder == here).ToList();
        switch (name)
        {
            case "CAPABILITY":
                Say("* CAPABILITY IMAP4rev1 UIDPLUS MOVE NAMESPACE");
                break;
            case "LOGIN" when !command.EndsWith("secret", StringComparison.Ordinal) && last != "secret":
                return (said, "NO [AUTHENTICATIONFAILED] no");
            case "NAMESPACE":
                Say("* NAMESPACE ((\"\" \"/\")) NIL NIL");
                break;
            case "LIST":
                foreach (var known in _folders.Keys.Where(f => last.Length == 0 || f == last))
                    Say($"* LIST () \"/\" {known}");
                break;
            case "CREATE":
                _folders[last] = true;
                break;
            case "SELECT":
                folder = last;
                Say($"* {Mails.Count(m => m.Folder == last)} EXISTS");
                Say("* FLAGS (\\Flagged \\Seen \\Deleted)");
                Say("* OK [UIDVALIDITY 1] ok");
                Say("* OK [PERMANENTFLAGS (\\Flagged \\Seen \\Deleted)] ok");
                return (said, "OK [READ-WRITE] done");
            case "SEARCH":
                Say($"* SEARCH {string.Join(' ', inFolder.Where(m => !m.IsFlagged).Select(m => m.Uid))}");
                break;
            case "FETCH":
                foreach (var mail in inFolder.Where(m => Within(command, m.Uid)))
                    if (command.Contains("BODY", StringComparison.Ordinal))
                        Say(
                            $"* {inFolder.IndexOf(mail) + 1} FETCH (UID {mail.Uid} BODY[] {{{mail.Content.Length}}}",
                            mail.Content
                        );
                    else
                        Say($"* {inFolder.IndexOf(mail) + 1} FETCH (UID {mail.Uid} RFC822.SIZE {mail.Content.Length})");
                break;
            case "STORE":
                foreach (var mail in inFolder.Where(m => Within(command, m.Uid)))
                    mail.IsFlagged = command.Contains("\\Flagged", StringComparison.Ordinal);
                break;
            case "MOVE":
                foreach (var mail in inFolder.Where(m => Within(command, m.Uid)))
                {
                    Say($"* {Mails.Where(m => m.Folder == here).ToList().IndexOf(mail) + 1} EXPUNGE");
                    mail.Folder = last;
                }
                break;
        }
        return (said, "OK done");
    }

    // The last argument, quoted or not.
    private static string Quoted(string command) => LastArgument().Match(command).Groups[1].Value.Trim('"');

    private static bool Within(string command, int uid) =>
        command
            .Split(' ')[2]
            .Split(',')
            .Select(r => r.Split(':').Select(n => int.Parse(n, CultureInfo.InvariantCulture)).ToArray())
            .Any(r => uid >= r.Min() && uid <= r.Max());

    [GeneratedRegex("(\"[^\"]*\"|[^ \"]+)$")]
    private static partial Regex LastArgument();

    public async ValueTask DisposeAsync()
    {
        _listener.Stop();
        await _accepting;
    }
}
