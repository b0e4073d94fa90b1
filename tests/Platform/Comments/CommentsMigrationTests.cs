using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.Extensions.DependencyInjection;
using Plenaria.Comments;
using Plenaria.Platform.Data;
using Plenaria.Sessions.Consultations;
using Plenaria.Web;

namespace Plenaria.Tests.Platform.Comments;

/// <summary>
/// What was said in conversations and consultations before comments were one piece stands in the new tables.
/// </summary>
public class CommentsMigrationTests
{
    private static readonly DateTimeOffset At = new(2026, 3, 4, 10, 0, 0, TimeSpan.Zero);

    private static readonly Guid Thread = Guid.CreateVersion7(),
        First = Guid.CreateVersion7(),
        Withdrawn = Guid.CreateVersion7(),
        Consultation = Guid.CreateVersion7(),
        Silent = Guid.CreateVersion7(),
        Answered = Guid.CreateVersion7(),
        Open = Guid.CreateVersion7(),
        Account = Guid.CreateVersion7(),
        Member = Guid.CreateVersion7(),
        Held = Guid.CreateVersion7();

    [Theory, BothDatabases]
    public async Task Nothing_that_was_said_is_lost(Provider provider)
    {
        await using var house = PlenariaHost.Build(
            new(Databases.Folder()) { ConnectionString = await Databases.LeaseEmpty(provider), Quiet = true }
        );
        await using var scope = house.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<PlenariaDb>();
        await db.GetService<IMigrator>().MigrateAsync(db.Database.GetMigrations().Single(m => m.EndsWith("_Forms")));
        await Converse(db, db.IsSqlite ? At.UtcTicks : At);
        await Consult(db, db.IsSqlite ? At.UtcTicks : At);
        await db.GetService<IMigrator>().MigrateAsync();

        var said = await db.Set<Comment>().AsNoTracking().ToDictionaryAsync(c => c.Id);
        Assert.Equal(4, said.Count);
        Assert.Equal(
            (Thread, LocalizedText.Original(Language.Catalan, "Qui ho ha fet \"abans\"?\n\nGràcies."), "Ada", "Ciutat"),
            (said[First].Discussion, said[First].Text, said[First].ByName, said[First].Institution)
        );
        Assert.Equal(
            (new AccountId(Account), new MemberId(Member), At, "one@example.org", true),
            (
                said[First].By!.Value,
                said[First].Member!.Value,
                said[First].At,
                said[First].MessageId,
                said[First].IsAnswer
            )
        );
        Assert.Equal((true, At), (said[Withdrawn].Text.IsEmpty, said[Withdrawn].WithdrawnAt!.Value));
        Assert.Equal(
            (Consultation, 2, 3, "Vila", new MemberId(Member), "For how long?"),
            (
                said[Answered].Discussion,
                said[Answered].TextVersion,
                said[Answered].Paragraph,
                said[Answered].Institution,
                said[Answered].Member!.Value,
                said[Answered].Text.For(Language.English)
            )
        );
        Assert.Equal("Per quant de temps?", said[Answered].Text.For(Language.Catalan));

        var answer = Assert.Single(await db.Set<CommentAnswer>().AsNoTracking().ToListAsync());
        Assert.Equal(
            (Answered, Consultation, Verdict.InPart, "A month.", At, 4),
            (answer.Comment, answer.Consultation, answer.Verdict, answer.Text.ToString(), answer.At, answer.Version)
        );
        Assert.Equal(
            [
                (Thread, "conversation", "exchange:7", false),
                (Consultation, "consultation", "consultation:NET-C-2026-01", true),
            ],
            (await db.Set<Discussion>().AsNoTracking().OrderBy(d => d.Stream).ToListAsync())
                .OrderBy(d => d.IsFormal)
                .Select(d => (d.Id, d.Kind, d.Stream, d.IsFormal))
        );
        var follower = Assert.Single(await db.Set<Follower>().AsNoTracking().ToListAsync());
        Assert.Equal((Thread, "token", false), (follower.Discussion, follower.ReplyToken, follower.IsActive));
        var held = Assert.Single(await db.Set<HeldReply>().AsNoTracking().ToListAsync());
        Assert.Equal((Held, Thread, "Held.", "two@example.org"), (held.Id, held.Discussion, held.Text, held.MessageId));
    }

    private static async Task Converse(PlenariaDb db, object at)
    {
        await db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO exchange_threads (id, number, kind, title, language, at, withdrawn, version)
            VALUES ({Thread}, 7, 'Network', 'A question', 'ca', {at}, {false}, 0)
            """
        );
        await db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO exchange_messages
              (id, thread, "by", by_name, institution, member, at, language, text, message_id, is_answer)
            VALUES ({First}, {Thread}, {Account}, 'Ada', 'Ciutat', {Member}, {at}, 'ca',
              {"Qui ho ha fet \"abans\"?\n\nGràcies."}, 'one@example.org', {true})
            """
        );
        await db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO exchange_messages (id, thread, by_name, institution, at, language, text, withdrawn_at, is_answer)
            VALUES ({Withdrawn}, {Thread}, 'Bo', 'Network', {at}, 'en', '', {at}, {false})
            """
        );
        await db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO exchange_followers (thread, account, reply_token, is_active)
            VALUES ({Thread}, {Account}, 'token', {false})
            """
        );
        await db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO exchange_held_replies (id, thread, account, text, message_id, at, version)
            VALUES ({Held}, {Thread}, {Account}, 'Held.', 'two@example.org', {at}, 0)
            """
        );
    }

    private static async Task Consult(PlenariaDb db, object at)
    {
        foreach (var (id, reference) in ((Guid, string)[])[(Consultation, "NET-C-2026-01"), (Silent, "NET-C-2026-02")])
            await db.Database.ExecuteSqlAsync(
                $"""
                INSERT INTO sessions_consultations (id, reference, title, introduction, state, until, asks_all, version)
                VALUES ({id}, {reference}, {"{\"en\":{\"t\":\"Draft\"}}"}, {"{}"}, 'Open', {new DateOnly(2026, 5, 1)},
                  {false}, 0)
                """
            );
        await db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO sessions_asked (consultation, member, name) VALUES ({Consultation}, {Member},
              {"{\"ca\":{\"t\":\"Vila\"},\"en\":{\"t\":\"Town\",\"s\":\"human\",\"h\":\"0\"}}"})
            """
        );
        await db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO sessions_comments
              (id, consultation, "of", paragraph, text, "by", at, verdict, answer, answered_at, version)
            VALUES ({Answered}, {Consultation}, 2, 3,
              {"{\"ca\":{\"t\":\"Per quant de temps?\"},\"en\":{\"t\":\"For how long?\",\"s\":\"human\",\"h\":\"0\"}}"},
              {Member}, {at}, 'InPart', {"{\"en\":{\"t\":\"A month.\"}}"}, {at}, 4)
            """
        );
        await db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO sessions_comments (id, consultation, "of", paragraph, text, "by", at, answer, version)
            VALUES ({Open}, {Consultation}, 2, 0, {"{\"en\":{\"t\":\"We agree.\"}}"}, {Member}, {at}, {"{}"}, 0)
            """
        );
    }
}
