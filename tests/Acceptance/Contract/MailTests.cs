using System.Net;
using System.Text.RegularExpressions;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Plenaria.Correspondence;
using static Plenaria.Tests.Acceptance.Contract.Program;

namespace Plenaria.Tests.Acceptance.Contract;

/// <summary>What leaves the house by mail, as a mail server receives it.</summary>
public class MailTests
{
    private static async Task<string> HouseOf(DirectoryInfo data, params string[] people)
    {
        var database = await Databases.Lease(Provider.Sqlite);
        foreach (var person in people)
            Assert.Equal(
                0,
                (
                    await Run(
                        ["token", "create", "--email", person, "--role", "member", "--data", data.FullName],
                        database
                    )
                ).Code
            );
        return database;
    }

    private static async Task Ask(Server server, string email, string language = "fr") =>
        Assert.Equal(
            HttpStatusCode.Redirect,
            (
                await new Testing.Browser(server.Address).Submit($"/{language}/sign-in", "main form", ("Email", email))
            ).Status
        );

    [Fact]
    public async Task A_sign_in_link_arrives_with_its_headers_readable_and_signs_in()
    {
        var data = Databases.Folder();
        var database = await HouseOf(data, "awa@example.org");
        await using var mail = await MailServer.Start();
        await using var server = await Server.Start("serve", data, database, mail.Settings);
        await Ask(server, "awa@example.org");

        var (_, to, letter) = await mail.Next();
        Assert.Equal("awa@example.org", to);
        Assert.Equal("awa@example.org", Assert.Single(letter.To.Mailboxes).Address);
        Assert.Equal("network@example.org", Assert.Single(letter.From.Mailboxes).Address);
        Assert.StartsWith("Votre lien de connexion à ", letter.Subject, StringComparison.Ordinal);
        Assert.Equal("fr", letter.Body!.Headers["Content-Language"]);
        Assert.Equal("auto-generated", letter.Headers["Auto-Submitted"]);
        Assert.Matches("^[^@]+@[^@]+$", letter.MessageId);
        Assert.InRange(letter.Date, DateTimeOffset.UtcNow.AddMinutes(-1), DateTimeOffset.UtcNow.AddMinutes(1));
        Assert.Contains("a demandé à se connecter", letter.TextBody);
        Assert.Contains("où vous voulez travailler", letter.TextBody);
        var link = new Uri(Regex.Match(letter.TextBody!, @"^https?://\S+", RegexOptions.Multiline).Value);
        Assert.Equal(
            HttpStatusCode.Redirect,
            (await new Testing.Browser(server.Address).Submit(link.PathAndQuery, "main form")).Status
        );
    }

    [Fact]
    public async Task A_letter_refused_at_first_arrives_later_once_and_its_text_is_kept_no_longer()
    {
        var data = Databases.Folder();
        var database = await HouseOf(data, "awa@example.org", "bea@example.org");
        await using var mail = await MailServer.Start(refusals: 1);
        await using var server = await Server.Start("serve", data, database, mail.Settings);
        await Ask(server, "awa@example.org");
        var refused = await mail.Next();
        Assert.True(refused.Refused);
        await Until(database, "last_error LIKE '%Come back later%' AND sent_at IS NULL AND text <> ''");

        // It waits before it tries again; the test does not.
        await Execute(database, "UPDATE correspondence_letters SET due_at = created_at");
        var taken = await mail.Next();
        Assert.Equal(
            (false, refused.Message.MessageId, refused.Message.TextBody),
            (taken.Refused, taken.Message.MessageId, taken.Message.TextBody)
        );
        await Until(database, "sent_at IS NOT NULL AND text = '' AND last_error IS NULL AND attempts = 2");

        // Were the first to leave again it would do so before a younger one.
        await Execute(database, "UPDATE correspondence_letters SET due_at = created_at");
        await Ask(server, "bea@example.org");
        Assert.Equal("bea@example.org", (await mail.Next()).To);
    }

    /// <summary>
    /// Killed at a moment drawn from within the sending: nobody is left out, and what arrives twice is what was on its
    /// way, one letter a connection, as the same letter. The whole run takes one moment, the full one six.
    /// </summary>
    [Theory, BothDatabases]
    public async Task Kill_9_while_letters_leave_loses_nobody_and_repeats_one_a_connection_at_most(Provider provider)
    {
        const int letters = 400,
            connections = 4;
        for (var round = 0; round < (TestScope.IsFull ? 6 : 1); round++)
        {
            var (data, database) = (Databases.Folder(), await Databases.Lease(provider));
            await using var sink = new SmtpSink { Delay = TimeSpan.FromMilliseconds(10) };
            await using (var house = await TestHost.On(database, data, withSample: false))
                await house.Within(s =>
                    s.GetRequiredService<Outbox>()
                        .QueueManyAsync(
                            Enumerable
                                .Range(0, letters)
                                .Select(i => new LetterDraft($"r{i}@a{i % 5}.example", Language.English, "S", "T")),
                            default
                        )
                );
            (string, string)[] settings =
            [
                ("Mail__Server", "127.0.0.1"),
                ("Mail__Port", $"{sink.Port}"),
                ("Mail__Connections", $"{connections}"),
                ("Mail__LeaseSeconds", "3"),
            ];
            var moment = Random.Shared.Next(letters / 20, letters * 8 / 10);
            await using (var server = await Server.Start("serve", data, database, settings))
            {
                await SmtpSink.UntilAsync(() => sink.Taken.Count >= moment, $"{sink.Taken.Count} of {moment} left");
                server.Kill();
            }
            Assert.InRange(sink.Taken.Count, moment, letters - connections);
            await using (await Server.Start("serve", data, database, settings))
                await SmtpSink.UntilAsync(
                    () => sink.Addressees.Distinct().Count() == letters,
                    $"lost after a kill at {moment}"
                );
            Assert.InRange(sink.Taken.Count - letters, 0, connections);
            Assert.Equal(letters, sink.Taken.Select(l => l.Message.MessageId).Distinct().Count());
        }
    }

    [Fact]
    public async Task An_invitation_arrives_as_another_reading_of_its_letter_and_names_its_method()
    {
        var data = Databases.Folder();
        var database = await HouseOf(data, "awa@example.org");
        await using var mail = await MailServer.Start();
        await using var server = await Server.Start("serve", data, database, mail.Settings);
        await Ask(server, "awa@example.org");
        await mail.Next();
        await Until(database, "sent_at IS NOT NULL AND text = ''");
        foreach (var method in new[] { "REQUEST", "CANCEL" })
        {
            await Execute(
                database,
                $"UPDATE correspondence_letters SET sent_at = NULL, due_at = created_at, text = 'Vous êtes invités.', calendar = 'BEGIN:VCALENDAR\r\nVERSION:2.0\r\nMETHOD:{method}\r\nEND:VCALENDAR\r\n'"
            );
            var body = Assert.IsType<MimeKit.MultipartAlternative>((await mail.Next()).Message.Body);
            Assert.Equal("Vous êtes invités.", body.GetTextBody(MimeKit.Text.TextFormat.Plain)!.Trim());
            var invitation = Assert.IsType<MimeKit.TextPart>(body[^1]);
            Assert.Equal(
                ("text/calendar", method, "utf-8"),
                (
                    invitation.ContentType.MimeType,
                    invitation.ContentType.Parameters["method"],
                    invitation.ContentType.Charset
                )
            );
            Assert.Contains($"METHOD:{method}\r\n", invitation.Text.ReplaceLineEndings("\r\n"));
            await Until(database, "sent_at IS NOT NULL AND calendar IS NULL");
        }
    }

    [Fact]
    public async Task The_seal_of_the_hour_is_mailed_and_shows_later_what_was_changed_before_it()
    {
        var data = Databases.Folder();
        var database = await HouseOf(data, "awa@example.org");
        await using var mail = await MailServer.Start();
        // Its hour is over.
        var earlier = DateTimeOffset.UtcNow.AddHours(-2).UtcTicks;
        await Execute(
            database,
            "INSERT INTO jobs_runs (name, started_at, finished_at, was_interrupted) "
                + $"VALUES ('journal-seal', {earlier}, {earlier}, 0)"
        );
        MailServer.Letter seal;
        await using (
            await Server.Start("serve", data, database, [.. mail.Settings, ("Seals__MailTo", "archive@example.org")])
        )
            seal = await mail.Next();
        Assert.Equal("archive@example.org", seal.To);
        var root = Regex.Match(seal.Message.TextBody!, "[0-9a-f]{64}").Value;

        var whole = await Run(["verify", "--root", root, "--data", data.FullName], database);
        Assert.Equal((0, ""), (whole.Code, whole.Errors));
        var unknown = await Run(["verify", "--root", new string('0', 64), "--data", data.FullName], database);
        Assert.Equal((1, $"seals: no seal has the root {new string('0', 64)}"), (unknown.Code, unknown.Errors.Trim()));

        // Whoever changes the last entry of a stream with its hash leaves a chain that fits.
        await Execute(
            database,
            "UPDATE journal_entries SET hash = zeroblob(32) WHERE sequence = (SELECT max(sequence) FROM journal_entries e WHERE e.stream = journal_entries.stream)"
        );
        var stream = await Scalar(
            database,
            "SELECT stream || ' ' || max(sequence) FROM journal_entries GROUP BY stream LIMIT 1"
        );
        var changed = await Run(["verify", "--root", root, "--data", data.FullName], database);
        Assert.Equal(1, changed.Code);
        Assert.Contains(
            $"seals: seal 1 holds another entry {stream.Split(' ')[1]} of {stream.Split(' ')[0]}",
            changed.Errors
        );

        // A journal sealed anew after it was changed holds, but for the root that was kept.
        await Execute(database, "DELETE FROM journal_seals");
        Assert.Contains(
            $"seals: no seal has the root {root}",
            (await Run(["verify", "--root", root, "--data", data.FullName], database)).Errors
        );
    }

    /// <summary>Waits until the only letter is as said.</summary>
    private static async Task Until(string database, string condition)
    {
        var since = System.Diagnostics.Stopwatch.StartNew();
        while (await Scalar(database, $"SELECT count(*) FROM correspondence_letters WHERE {condition}") != "1")
        {
            Assert.True(since.Elapsed < TimeSpan.FromSeconds(20), $"No letter: {condition}");
            await Task.Delay(50);
        }
    }

    private static async Task Execute(string database, string sql) => await Scalar(database, sql);

    private static async Task<string> Scalar(string database, string sql)
    {
        await using var connection = new SqliteConnection(database + ";Pooling=False");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        return $"{await command.ExecuteScalarAsync()}";
    }
}
