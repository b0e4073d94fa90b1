using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Plenaria.Platform.Data;

namespace Plenaria.Exchange;

/// <summary>
/// What a conversation is: about a publication, with the whole network, with a regional office, between two members.
/// </summary>
internal enum ThreadKind
{
    Comment,
    Network,
    Office,
    Contact,
}

/// <summary>A conversation: a first message, what was answered to it, and whoever follows it.</summary>
internal sealed class Thread : IVersioned
{
    public const int TitleMaxLength = 200,
        TopicMaxLength = 120;

    public required Guid Id { get; init; }
    public required int Number { get; init; }
    public required ThreadKind Kind { get; init; }
    public required string Title { get; init; }
    public required Language Language { get; init; }

    /// <summary>The publication it is about.</summary>
    public Reference? About { get; init; }

    /// <summary>A term of the thesaurus.</summary>
    public string? Topic { get; init; }
    public OfficeId? Office { get; init; }

    /// <summary>The member in whose name it was begun.</summary>
    public MemberId? Member { get; init; }

    /// <summary>The member it was written to.</summary>
    public MemberId? Other { get; init; }
    public AccountId? By { get; init; }
    public required DateTimeOffset At { get; init; }
    public DateTimeOffset? ClosedAt { get; private set; }

    /// <summary>The answer of which the asker, or the Secretariat, said that it helped.</summary>
    public Guid? Helped { get; private set; }

    /// <summary>What began it was withdrawn: it is in no list any more.</summary>
    public bool Withdrawn { get; set; }

    /// <summary>Its permanent name, for a question that the register holds.</summary>
    public Reference? Reference { get; init; }
    public int Version { get; set; }

    public string Path => $"/exchange/{Number}";
    public string Stream => $"exchange:{Number}";
    public bool IsPublic => Kind is ThreadKind.Comment or ThreadKind.Network;
    public bool IsOpen => ClosedAt is null && !Withdrawn;

    /// <summary>Nothing more is asked, perhaps because this answer helped.</summary>
    public void Close(Guid? helped, DateTimeOffset at)
    {
        if (!IsOpen)
            throw new RuleViolationException("exchange.closed-already");
        (ClosedAt, Helped) = (at, helped);
    }

    public void Reopen() => (ClosedAt, Helped) = (null, null);

    /// <summary>The answer that helped is no longer there.</summary>
    public void Unmark() => Helped = null;

    internal sealed class Mapping : IEntityTypeConfiguration<Thread>
    {
        public void Configure(EntityTypeBuilder<Thread> thread)
        {
            thread.ToTable("exchange_threads");
            thread.Property(t => t.Title).HasMaxLength(TitleMaxLength);
            thread.Property(t => t.Topic).HasMaxLength(TopicMaxLength);
            thread.HasIndex(t => t.Number).IsUnique();
            thread.HasIndex(t => new { t.Kind, t.At });
            thread.HasIndex(t => t.About);
            thread.HasIndex(t => t.Reference);
            thread.HasIndex(t => t.Office);
        }
    }
}

/// <summary>What somebody wrote in a conversation.</summary>
internal sealed class Message
{
    public const int TextMaxLength = 10_000,
        NameMaxLength = 200,
        MessageIdMaxLength = 250;

    public required Guid Id { get; init; }
    public required Guid Thread { get; init; }
    public AccountId? By { get; init; }
    public required string ByName { get; init; }

    /// <summary>The institution it was written for, as it was called then.</summary>
    public required string Institution { get; init; }
    public MemberId? Member { get; init; }
    public required DateTimeOffset At { get; init; }
    public required Language Language { get; init; }

    /// <summary>Empty once it is withdrawn.</summary>
    public required string Text { get; set; }
    public DateTimeOffset? WithdrawnAt { get; set; }

    /// <summary>The mail it came by: the same one twice is taken once.</summary>
    public string? MessageId { get; init; }

    /// <summary>Whether it answers who asked: at an office, when the office wrote it.</summary>
    public bool IsAnswer { get; init; }

    public LocalizedText Said => LocalizedText.Original(Language, Text);

    internal sealed class Mapping : IEntityTypeConfiguration<Message>
    {
        public void Configure(EntityTypeBuilder<Message> message)
        {
            message.ToTable("exchange_messages");
            message.Property(m => m.ByName).HasMaxLength(NameMaxLength);
            message.Property(m => m.Institution).HasMaxLength(NameMaxLength);
            message.Property(m => m.Text).HasMaxLength(TextMaxLength);
            message.Property(m => m.MessageId).HasMaxLength(MessageIdMaxLength);
            message.HasIndex(m => new { m.Thread, m.At });
            message.HasIndex(m => new { m.Thread, m.MessageId }).IsUnique();
            message.HasIndex(m => new { m.By, m.At });
            message.HasOne<Thread>().WithMany().HasForeignKey(m => m.Thread).OnDelete(DeleteBehavior.Cascade);
        }
    }
}

/// <summary>
/// An answer by mail of which it is not certain what its sender wrote and what was quoted: nobody else sees it until
/// the sender has confirmed it.
/// </summary>
internal sealed class HeldReply : IVersioned
{
    /// <summary>Days after which one that nobody confirmed is deleted.</summary>
    public const int DaysKept = 30;

    public required Guid Id { get; init; }
    public required Guid Thread { get; init; }
    public required AccountId Account { get; init; }
    public required string Text { get; init; }
    public required string MessageId { get; init; }
    public required DateTimeOffset At { get; init; }
    public int Version { get; set; }

    public string Path => $"/exchange/replies/{Id}";

    internal sealed class Mapping : IEntityTypeConfiguration<HeldReply>
    {
        public void Configure(EntityTypeBuilder<HeldReply> reply)
        {
            reply.ToTable("exchange_held_replies");
            reply.Property(r => r.Text).HasMaxLength(Message.TextMaxLength);
            reply.Property(r => r.MessageId).HasMaxLength(Message.MessageIdMaxLength);
            reply.HasIndex(r => new { r.Thread, r.MessageId }).IsUnique();
            reply.HasIndex(r => r.Account);
            reply.HasOne<Thread>().WithMany().HasForeignKey(r => r.Thread).OnDelete(DeleteBehavior.Cascade);
        }
    }
}

/// <summary>Somebody who hears of what is written in a conversation, and whose answers by mail belong to it.</summary>
internal sealed class Follower
{
    public required Guid Thread { get; init; }
    public required AccountId Account { get; init; }
    public required string ReplyToken { get; init; }

    /// <summary>False for who stopped following: the token stays theirs, no letter goes out.</summary>
    public bool IsActive { get; set; } = true;

    internal sealed class Mapping : IEntityTypeConfiguration<Follower>
    {
        public void Configure(EntityTypeBuilder<Follower> follower)
        {
            follower.ToTable("exchange_followers");
            follower.HasKey(f => new { f.Thread, f.Account });
            follower.Property(f => f.ReplyToken).HasMaxLength(Correspondence.ReplyAddress.MaxToken);
            follower.HasIndex(f => f.ReplyToken).IsUnique();
            follower.HasIndex(f => f.Account);
            follower.HasOne<Thread>().WithMany().HasForeignKey(f => f.Thread).OnDelete(DeleteBehavior.Cascade);
        }
    }
}
