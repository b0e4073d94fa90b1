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

/// <summary>
/// A conversation: what it is about and for whom. What is said in it are the comments on it
/// (<see cref="ThreadDiscussions"/>).
/// </summary>
internal sealed class Thread : IVersioned
{
    public const int TitleMaxLength = 200,
        TopicMaxLength = 120;

    public required Guid Id { get; init; }
    public required int Number { get; init; }
    public required ThreadKind Kind { get; init; }

    /// <summary>Empty once what began it was withdrawn.</summary>
    public required string Title { get; set; }
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

    /// <summary>What began it was withdrawn or hidden: it is in no list any more.</summary>
    public bool Withdrawn { get; private set; }

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

    /// <summary>What began it is not shown: it leaves the lists, and where it was taken back its words go.</summary>
    public void TakeOut(bool erase)
    {
        Withdrawn = true;
        if (erase)
            Title = "";
    }

    /// <summary>What began it is shown again.</summary>
    public void PutBack() => Withdrawn = false;

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
