using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;
using Plenaria.Platform.Places;
using Plenaria.Thesaurus;

namespace Plenaria.Newsletter.Subscribing;

/// <summary>How far somebody's consent has come.</summary>
internal enum SubscriberState
{
    Unconfirmed,
    Confirmed,
    Unsubscribed,
}

/// <summary>An address that asked for newsletters, with the proof of its owner's consent.</summary>
internal sealed class Subscriber : IVersioned
{
    public const int EmailMaxLength = 254,
        FromMaxLength = 64,
        WordingMaxLength = 2_000;

    public required Guid Id { get; init; }

    /// <summary>As <see cref="Accounts.Normal"/> writes it. Taken out when the person is erased.</summary>
    public required string Email { get; set; }

    /// <summary>One row per address: unlike the address, its hash may be unique where addresses are erased.</summary>
    public required byte[] EmailHash { get; init; }

    /// <summary>The account of this address, where there is one.</summary>
    public AccountId? Account { get; set; }
    public required Language Language { get; set; }

    /// <summary>
    /// The continent whose news come first, as a code of the UN standard M49 (<c>Regions.Continents</c>); null for
    /// none.
    /// </summary>
    public string? Region { get; set; }

    /// <summary>Codes of <see cref="ReaderThemes"/>; none when the reader cares about all.</summary>
    public List<string> Themes { get; private set; } = [];

    /// <summary>Lists that their owner left: nobody else enters them there again.</summary>
    public List<Guid> Left { get; private set; } = [];
    public SubscriberState State { get; private set; }

    /// <summary>The secret part of the links in letters to this address.</summary>
    public required string Token { get; init; }

    public DateTimeOffset AskedAt { get; private set; }

    /// <summary>The network address the request came from.</summary>
    public string AskedFrom { get; private set; } = "";

    /// <summary>What the page said that the request was sent from.</summary>
    public string Wording { get; private set; } = "";
    public DateTimeOffset? ConfirmedAt { get; private set; }
    public string? ConfirmedFrom { get; private set; }
    public DateTimeOffset? UnsubscribedAt { get; private set; }
    public int Version { get; set; }

    public List<Subscription> Subscriptions { get; } = [];

    /// <summary>How they want to read.</summary>
    public ReaderChoices Choices
    {
        get => new(Language, Region, Themes);
        set => (Language, Region, Themes) = (value.Language, value.Region, [.. value.Themes]);
    }

    public string Stream => $"subscriber:{Id:N}";

    public static byte[] HashOf(string email) => SHA256.HashData(Encoding.UTF8.GetBytes(Accounts.Normal(email)));

    /// <summary>Somebody asked for letters to this address; nothing is sent until its owner confirms.</summary>
    public void Ask(ReaderChoices choices, IEnumerable<Guid> lists, string from, string wording, DateTimeOffset at)
    {
        Choices = choices;
        (State, AskedAt, AskedFrom, Wording) = (SubscriberState.Unconfirmed, at, from, wording);
        (ConfirmedAt, ConfirmedFrom, UnsubscribedAt) = (null, null, null);
        ChooseOwn(lists);
    }

    /// <summary>Whoever reads the mail of this address agreed.</summary>
    /// <exception cref="RuleViolationException">It was unsubscribed since.</exception>
    public void Confirm(string from, DateTimeOffset at)
    {
        if (State == SubscriberState.Unsubscribed)
            throw new RuleViolationException("newsletter.unsubscribed-since");
        if (State == SubscriberState.Unconfirmed)
            (State, ConfirmedAt, ConfirmedFrom) = (SubscriberState.Confirmed, at, from);
    }

    public void Unsubscribe(DateTimeOffset at)
    {
        if (State != SubscriberState.Unsubscribed)
            (State, UnsubscribedAt) = (SubscriberState.Unsubscribed, at);
    }

    /// <summary>
    /// Its owner had it deleted. What stays is the hash of the address, by which nobody but its owner enters it again.
    /// </summary>
    public void Forget(DateTimeOffset at)
    {
        Unsubscribe(at);
        Choose([]);
        (Email, Account, Region, Themes, Left) = ("", null, null, [], []);
        (AskedFrom, Wording, ConfirmedFrom) = ("", "", null);
    }

    /// <summary>
    /// Subscribed to these lists and no others, at the owner's wish: nobody else enters them in those they left.
    /// </summary>
    public void ChooseOwn(IEnumerable<Guid> lists)
    {
        var (before, wanted) = (Subscriptions.ConvertAll(s => s.List), lists.ToList());
        Left = [.. Left.Union(before).Except(wanted)];
        Choose(wanted);
    }

    /// <summary>Subscribed to these lists and no others.</summary>
    public void Choose(IEnumerable<Guid> lists)
    {
        var wanted = lists.ToHashSet();
        Subscriptions.RemoveAll(s => !wanted.Contains(s.List));
        foreach (var list in wanted.Where(l => !Subscriptions.Exists(s => s.List == l)))
            Subscriptions.Add(new() { Subscriber = Id, List = list });
    }

    internal sealed class Mapping : IEntityTypeConfiguration<Subscriber>
    {
        public void Configure(EntityTypeBuilder<Subscriber> subscriber)
        {
            subscriber.ToTable("newsletter_subscribers");
            subscriber.Property(s => s.Email).HasMaxLength(EmailMaxLength);
            subscriber.Property(s => s.EmailHash).HasMaxLength(32);
            subscriber.Ignore(s => s.Choices);
            subscriber.Property(s => s.Token).HasMaxLength(64);
            subscriber.Property(s => s.Region).HasMaxLength(3);
            subscriber.Property(s => s.Themes).HasJson();
            subscriber.Property(s => s.Left).HasJson();
            subscriber.Property(s => s.AskedFrom).HasMaxLength(FromMaxLength);
            subscriber.Property(s => s.Wording).HasMaxLength(WordingMaxLength);
            subscriber.Property(s => s.ConfirmedFrom).HasMaxLength(FromMaxLength);
            subscriber.HasIndex(s => s.EmailHash).IsUnique();
            subscriber.HasIndex(s => s.Token).IsUnique();
            subscriber.HasIndex(s => s.Account);
            subscriber.HasIndex(s => new { s.State, s.AskedAt });
            subscriber
                .HasMany(s => s.Subscriptions)
                .WithOne()
                .HasForeignKey(s => s.Subscriber)
                .OnDelete(DeleteBehavior.Cascade);
        }
    }
}

/// <summary>How somebody wants to read newsletters.</summary>
/// <param name="Region">The continent whose news come first; null for none.</param>
/// <param name="Themes">Codes of <see cref="ReaderThemes"/>; none when they care about all.</param>
internal sealed record ReaderChoices(Language Language, string? Region, IReadOnlyList<string> Themes)
{
    /// <summary>
    /// What a form sent; null when its language is none. Regions and themes that are none are left out.
    /// </summary>
    public static ReaderChoices? Read(string? language, string? region, IEnumerable<string> themes, Vocabulary terms) =>
        Language.TryParse(language, out var chosen)
            ? new(chosen, Regions.Continents.Contains(region) ? region : null, ReaderThemes.Read(themes, terms))
            : null;
}

/// <summary>A subscriber receives the issues of a list.</summary>
internal sealed class Subscription
{
    public required Guid Subscriber { get; init; }
    public required Guid List { get; init; }

    internal sealed class Mapping : IEntityTypeConfiguration<Subscription>
    {
        public void Configure(EntityTypeBuilder<Subscription> subscription)
        {
            subscription.ToTable("newsletter_subscriptions");
            subscription.HasKey(s => new { s.Subscriber, s.List });
            subscription.HasIndex(s => s.List);
        }
    }
}
