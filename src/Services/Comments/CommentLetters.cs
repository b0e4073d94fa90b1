using Plenaria.Correspondence;
using Plenaria.Platform.Access;
using Plenaria.Platform.Language;
using Plenaria.Platform.Site;

namespace Plenaria.Comments;

/// <summary>Letters about comments: in their reader's language.</summary>
public sealed class CommentLetters(Outbox outbox, Localizer texts, Network network, LetterLinks links)
{
    /// <summary>The kind of letters of a discussion that names none of its own.</summary>
    public const string Kind = "comments";

    /// <summary>
    /// Tells somebody who follows what was written; an answer to the letter belongs to the discussion.
    /// </summary>
    public async Task SendAsync(
        AccountAddress to,
        string token,
        CommentedRecord record,
        PostedComment comment,
        CancellationToken cancel
    )
    {
        // What is said of a paragraph names it, and leads there.
        var paragraph = record.Paragraph(comment.Paragraph);
        var title = record.Title.For(to.Language);
        var link = links.Write(to.Language, record.PathOf(paragraph));
        var (subject, text) = await WriteAsync(
            to.Language,
            "message",
            [
                ("who", record.IsFormal ? comment.Institution : $"{comment.ByName} ({comment.Institution})"),
                ("title", paragraph is null ? title : $"{paragraph.Title.For(to.Language)} · {title}"),
                ("text", comment.Text.For(to.Language)),
                ("link", link),
                ("stop", links.Write(to.Language, record.DiscussionPath) + "#follow"),
            ],
            cancel
        );
        // The line above which an answer is written: programs quote it, and what is below it is never taken for the
        // answer.
        var above = texts.Get(to.Language, "comments.mail.reply-above");
        text = $"{ReplyParser.Marker} {above} {ReplyParser.Marker}\n\n{text}";
        await outbox.QueueUnlessRefused(
            new(to.Email, to.Language, subject, text)
            {
                Kind = record.LetterKind,
                ReplyToken = token,
                Excerpt = new(comment.Text.For(to.Language), link),
            },
            cancel
        );
    }

    /// <summary>Asks somebody to confirm an answer by mail.</summary>
    public async Task SendHeldAsync(AccountAddress to, CommentedRecord record, string path, CancellationToken cancel)
    {
        var (subject, text) = await WriteAsync(
            to.Language,
            "held",
            [("title", record.Title.For(to.Language)), ("link", links.Write(to.Language, path))],
            cancel
        );
        outbox.QueueRequested(to.Email, to.Language, subject, text);
    }

    /// <summary>Tells an author that their comment was hidden, and why.</summary>
    public async Task SendHiddenAsync(
        AccountAddress to,
        CommentedRecord record,
        LocalizedText comment,
        string reason,
        CancellationToken cancel
    )
    {
        var (subject, text) = await WriteAsync(
            to.Language,
            "hidden",
            [
                ("title", record.Title.For(to.Language)),
                ("reason", reason),
                ("text", comment.For(to.Language)),
                ("link", links.Write(to.Language, record.DiscussionPath)),
            ],
            cancel
        );
        outbox.QueueRequested(to.Email, to.Language, subject, text);
    }

    private async Task<(string Subject, string Text)> WriteAsync(
        Language language,
        string what,
        IEnumerable<(string Name, object? Value)> values,
        CancellationToken cancel
    )
    {
        (string, object?)[] all = [("network", (await network.Profile(cancel)).Name.For(language)), .. values];
        return (
            texts.Get(language, $"comments.mail.{what}.subject", all),
            texts.Get(language, $"comments.mail.{what}.text", all)
        );
    }
}
