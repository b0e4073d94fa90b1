using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Plenaria.Platform.Data;
using Plenaria.Platform.Journal;

namespace Plenaria.Correspondence;

/// <summary>A letter that waits to leave, or has left. Stored in the transaction that gave reason to it.</summary>
internal sealed class OutboxMessage : INotJournaled
{
    public const int ToMaxLength = 254,
        SubjectMaxLength = 300,
        ErrorMaxLength = 500;

    /// <summary>After as many attempts a letter that was refused for the time being has failed.</summary>
    public const int MaxAttempts = 16;

    /// <summary>Of statements that change letters.</summary>
    public static StatementStreams Streams => StatementStreams.None("letters are bookkeeping");

    public required Guid Id { get; init; }
    public required string To { get; init; }

    /// <summary>What stands after the @ of <see cref="To"/>, in lower case: limits and holds are per domain.</summary>
    public required string Domain { get; init; }
    public required Kernel.Language Language { get; init; }
    public required string Kind { get; init; }
    public required LetterPriority Priority { get; init; }
    public required string Subject { get; init; }

    /// <summary>Emptied once it has left: it may hold a link that signs somebody in.</summary>
    public required string Text { get; set; }

    /// <summary>Emptied with the text.</summary>
    public string? Html { get; set; }

    /// <summary>What an answer to it belongs to, when answers are taken in.</summary>
    public string? ReplyToken { get; init; }

    /// <summary>An invitation for the reader's calendar (iCalendar with its METHOD), emptied with the text.</summary>
    public string? Calendar { get; set; }

    /// <summary>Emptied with the text: the files are then nobody's, unless a record names them.</summary>
    public IReadOnlyList<LetterAttachment>? Attachments { get; set; }
    public IReadOnlyDictionary<string, string>? Headers { get; init; }

    /// <summary>What it has in common with the letters that were written with it.</summary>
    public Guid? Batch { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it may leave; while a process has claimed it, when its lease ends.</summary>
    public required DateTimeOffset DueAt { get; set; }

    /// <summary>The process that is sending it.</summary>
    public Guid? ClaimedBy { get; set; }
    public int Attempts { get; set; }
    public DateTimeOffset? SentAt { get; set; }

    /// <summary>It does not leave any more, whatever became of it: its batch was cancelled.</summary>
    public bool IsCancelled { get; set; }

    /// <summary>When it was refused for good, or too often; <see cref="LastError"/> says why.</summary>
    public DateTimeOffset? FailedAt { get; set; }
    public string? LastError { get; set; }

    /// <exception cref="ArgumentException">A header field that is none.</exception>
    public static OutboxMessage Create(LetterDraft draft, LetterPriority priority, DateTimeOffset now)
    {
        foreach (var (name, value) in draft.Headers)
            if (!FieldName.IsMatch(name) || value.Any(char.IsControl))
                throw new ArgumentException($"{name} is no header field.", nameof(draft));
        return new()
        {
            Id = Guid.CreateVersion7(now),
            To = draft.To,
            Domain = DomainOf(draft.To),
            Language = draft.Language,
            Kind = draft.Kind,
            Priority = priority,
            Subject = Folding.Cut(draft.Subject.ReplaceLineEndings(" "), SubjectMaxLength),
            Text = draft.Text,
            Html = draft.Html,
            ReplyToken = draft.ReplyToken,
            Calendar = draft.Calendar,
            Attachments = draft.Attachments.Count > 0 ? draft.Attachments : null,
            Headers = draft.Headers.Count > 0 ? draft.Headers : null,
            Batch = draft.Batch,
            CreatedAt = now,
            DueAt = draft.NotBefore is { } embargo && embargo > now ? embargo.ToUniversalTime() : now,
        };
    }

    public static string DomainOf(string address) =>
        address[(address.LastIndexOf('@') + 1)..].Trim().ToLowerInvariant();

    // RFC 5322, section 3.6.8.
    private static readonly Regex FieldName = new(@"^[!-9;-~]{1,76}$", RegexOptions.NonBacktracking);

    internal sealed class Mapping : IEntityTypeConfiguration<OutboxMessage>
    {
        private const string Waiting = "sent_at IS NULL AND failed_at IS NULL";

        public void Configure(EntityTypeBuilder<OutboxMessage> letter)
        {
            letter.ToTable("correspondence_letters");
            letter.Property(l => l.To).HasMaxLength(ToMaxLength);
            letter.Property(l => l.Domain).HasMaxLength(ToMaxLength);
            letter.Property(l => l.Kind).HasMaxLength(LetterKind.KeyMaxLength);
            // As a number: letters are sorted by it.
            letter.Property(l => l.Priority).HasConversion<int>();
            letter.Property(l => l.Subject).HasMaxLength(SubjectMaxLength);
            letter.Property(l => l.LastError).HasMaxLength(ErrorMaxLength);
            letter.Property(l => l.ReplyToken).HasMaxLength(ReplyAddress.MaxToken);
            letter.Property(l => l.Attachments).HasJson();
            letter.Property(l => l.Headers).HasJson();
            letter.HasIndex(l => new { l.Priority, l.DueAt }).HasFilter(Waiting);
            letter.HasIndex(l => l.SentAt);
            letter.HasIndex(l => l.FailedAt);
            letter.HasIndex(l => l.To);
            letter.HasIndex(l => l.Batch);
        }
    }
}
