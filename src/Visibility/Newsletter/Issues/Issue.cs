using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Plenaria.Correspondence;
using Plenaria.Newsletter.Subscribing;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;

namespace Plenaria.Newsletter.Issues;

internal enum IssueState
{
    Draft,
    Sent,
    Paused,
    Cancelled,
}

/// <summary>One newsletter: what it says in each language, and the records of the register that it points to.</summary>
internal sealed class Issue : IVersioned
{
    public const int TitleMaxLength = 160,
        BodyMaxLength = 50_000,
        MostEntries = 40,
        MostTesters = 20;

    public required Guid Id { get; init; }

    /// <summary>The last part of its reference and of its address.</summary>
    public required int Number { get; init; }
    public required Reference Reference { get; init; }
    public required Guid List { get; init; }

    /// <summary>Who began it; of one that the program began, who changed it first.</summary>
    public required AccountId? Author { get; set; }

    /// <summary>The program began it, since its list has a rhythm.</summary>
    public bool IsAssembled { get; set; }
    public LocalizedText Title { get; set; } = LocalizedText.Empty;

    /// <summary>Markdown.</summary>
    public LocalizedText Body { get; set; } = LocalizedText.Empty;

    /// <summary>References of published records, in the order in which they stand below the text.</summary>
    public List<Reference> Entries { get; private set; } = [];

    /// <summary>Whoever changed it last: another person sends it.</summary>
    public AccountId? ChangedBy { get; set; }

    /// <summary>Whom among the readers of its list it is for.</summary>
    public IssueSegment Segment { get; set; } = IssueSegment.Everybody;

    /// <summary>
    /// Addresses, as <see cref="Accounts.Normal"/> writes them, to which its test letters go; to whoever asks for one
    /// where there are none.
    /// </summary>
    public List<string> Testers { get; private set; } = [];

    /// <summary>Those of its test list that were not erased.</summary>
    public IEnumerable<string> TestAddresses => Testers.Where(Accounts.IsAddress);

    /// <summary>From how many failures on its sending pauses by itself.</summary>
    public FailureLimit FailureLimit { get; set; } = new();

    /// <summary>Failures before this moment do not count: somebody resumed the sending in spite of them.</summary>
    public DateTimeOffset? FailuresSince { get; private set; }

    /// <summary>It was paused because too many letters failed, by nobody.</summary>
    public bool IsStopped { get; private set; }

    /// <summary>By which answers to its letters are known (<see cref="ReplyAddress"/>); null before it is sent.</summary>
    public string? ReplyToken { get; private set; }

    /// <summary>It leaves at this moment at the earliest.</summary>
    public DateTimeOffset? NotBefore { get; set; }
    public IssueState State { get; private set; }
    public AccountId? SentBy { get; private set; }
    public DateTimeOffset? SentAt { get; private set; }

    /// <summary>Since when the archive shows it: what is sent later stands there later.</summary>
    public DateTimeOffset? ArchivedAt { get; set; }

    /// <summary>To how many subscribers it was sent.</summary>
    public int Recipients { get; private set; }
    public int Version { get; set; }

    public string Path => $"/newsletter/{Number}";
    public string DeskPath => $"/newsletter/issues/{Number}";
    public string Stream => $"newsletter:{Number}";

    /// <summary>The languages in which both its title and its text can be read.</summary>
    public IEnumerable<Language> Complete =>
        Language.All.Where(l => Title.In(l) is not null && (Body.IsEmpty || Body.In(l) is not null));

    /// <exception cref="RuleViolationException">It has left already.</exception>
    public void RequireDraft()
    {
        if (State != IssueState.Draft)
            throw new RuleViolationException("newsletter.sent-already");
    }

    /// <summary>Adds those that it does not have yet, up to the limit.</summary>
    /// <exception cref="RuleViolationException">It has left already, or none of them can be added.</exception>
    public void Add(IEnumerable<Reference> entries)
    {
        RequireDraft();
        var before = Entries.Count;
        Entries = [.. Entries.Concat(entries).Distinct().Take(MostEntries)];
        if (Entries.Count == before)
            throw new RuleViolationException("newsletter.entries.full", ("count", MostEntries));
    }

    public void Remove(Reference entry)
    {
        RequireDraft();
        Entries = [.. Entries.Where(e => e != entry)];
    }

    /// <summary>Why this person cannot send it now; null when nothing forbids it.</summary>
    public RuleViolationException? FindObstacle(AccountId? sender) =>
        State != IssueState.Draft ? new("newsletter.sent-already")
        : Title.IsEmpty || Body.IsEmpty && Entries.Count == 0 ? new("newsletter.empty")
        : ChangedBy is not null && ChangedBy == sender ? new("newsletter.author-sends")
        : null;

    /// <exception cref="RuleViolationException">It may not leave, or not by this person.</exception>
    public void Send(AccountId? sender, int recipients, DateTimeOffset at)
    {
        if (FindObstacle(sender) is { } obstacle)
            throw obstacle;
        (State, SentBy, SentAt, Recipients) = (IssueState.Sent, sender, at, recipients);
        ReplyToken ??= ReplyAddress.NewToken();
    }

    /// <exception cref="RuleViolationException">It is not being sent.</exception>
    public void Pause() => Turn(IssueState.Sent, IssueState.Paused);

    /// <summary>Too many of its letters failed.</summary>
    /// <exception cref="RuleViolationException">It is not being sent.</exception>
    public void Stop()
    {
        Pause();
        IsStopped = true;
    }

    /// <exception cref="RuleViolationException">It is not paused.</exception>
    public void Resume(DateTimeOffset at)
    {
        Turn(IssueState.Paused, IssueState.Sent);
        if (IsStopped)
            (IsStopped, FailuresSince) = (false, at);
    }

    /// <summary>What has not left does not leave any more.</summary>
    /// <exception cref="RuleViolationException">It is neither being sent nor paused.</exception>
    public void Cancel() =>
        Turn(State == IssueState.Paused ? IssueState.Paused : IssueState.Sent, IssueState.Cancelled);

    /// <summary>A draft again: sending was cancelled before any letter had left.</summary>
    public void TakeBack()
    {
        (State, SentBy, SentAt, Recipients, ArchivedAt) = (IssueState.Draft, null, null, 0, null);
        (IsStopped, FailuresSince) = (false, null);
    }

    /// <summary>Test letters go to these and no others.</summary>
    /// <exception cref="RuleViolationException">One is no address, or they are too many.</exception>
    public void ChooseTesters(IEnumerable<string> addresses)
    {
        var wanted = addresses.Select(Accounts.Normal).Where(a => a.Length > 0).Distinct().ToList();
        if (wanted.Find(a => !Accounts.IsAddress(a)) is { } wrong)
            throw new RuleViolationException("newsletter.testers.no-address", ("address", wrong));
        if (wanted.Count > MostTesters)
            throw new RuleViolationException("newsletter.testers.too-many", ("count", MostTesters));
        Testers = wanted;
    }

    private void Turn(IssueState from, IssueState to) =>
        State = State == from ? to : throw new RuleViolationException("platform.changed-meanwhile");

    internal sealed class Mapping : IEntityTypeConfiguration<Issue>
    {
        public void Configure(EntityTypeBuilder<Issue> issue)
        {
            issue.ToTable("newsletter_issues");
            issue.Property(i => i.Entries).HasJson();
            issue.Property(i => i.Segment).HasJson();
            issue.Property(i => i.FailureLimit).HasJson();
            issue.Ignore(i => i.TestAddresses);
            issue.Property(i => i.Testers).HasJson();
            issue.Property(i => i.ReplyToken).HasMaxLength(ReplyAddress.MaxToken);
            issue.HasIndex(i => i.Number).IsUnique();
            issue.HasIndex(i => i.ReplyToken).IsUnique();
            issue.HasIndex(i => new { i.List, i.SentAt });
            issue.HasIndex(i => i.ArchivedAt);
            issue.HasMany<IssueAnswer>().WithOne().HasForeignKey(a => a.Issue).OnDelete(DeleteBehavior.Cascade);
        }
    }
}
