using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Plenaria.Platform.Data;

namespace Plenaria.Correspondence;

/// <summary>How a reader gets letters of a kind.</summary>
internal enum LetterRhythm
{
    AtOnce,
    Daily,
    Weekly,
    Never,
}

/// <summary>
/// What the owner of an address chose of the kinds of letters. Kept by address, since letters are; with the account
/// where there is one. Whoever never chose has none and gets all at once.
/// </summary>
internal sealed class ReaderPreferences : IVersioned
{
    public required Guid Id { get; init; }

    /// <summary>As accounts keep it: in lower case.</summary>
    public required string Address { get; init; }

    /// <summary>Null for somebody without an account, who used the link in a letter.</summary>
    public AccountId? Account { get; set; }

    /// <summary>By the key of the kind; kinds that are not named come at once.</summary>
    public Dictionary<string, LetterRhythm> Rhythms { get; set; } = [];

    /// <summary>
    /// Of kinds that were stopped by the link in a letter: how they came before, so that it can be taken back.
    /// </summary>
    public Dictionary<string, LetterRhythm> Stopped { get; set; } = [];
    public required DateTimeOffset At { get; set; }
    public int Version { get; set; }

    public string Stream => $"letter-choices:{Id:N}";

    /// <summary>What it says, in an export.</summary>
    public string Text => string.Join(", ", Rhythms.OrderBy(r => r.Key).Select(r => $"{r.Key}: {r.Value}"));

    public LetterRhythm RhythmOf(string kind) => Rhythms.GetValueOrDefault(kind);

    /// <summary>The kinds that are collected.</summary>
    public IEnumerable<string> Collected =>
        Rhythms.Where(r => r.Value is LetterRhythm.Daily or LetterRhythm.Weekly).Select(r => r.Key);

    public void Choose(string kind, LetterRhythm rhythm, DateTimeOffset at)
    {
        Stopped.Remove(kind);
        (Rhythms[kind], At) = (rhythm, at);
    }

    public void Stop(string kind, DateTimeOffset at)
    {
        var before = RhythmOf(kind);
        if (before == LetterRhythm.Never)
            return;
        (Stopped[kind], Rhythms[kind], At) = (before, LetterRhythm.Never, at);
    }

    /// <summary>As it came before a link stopped it; what its reader chose stays.</summary>
    public void Resume(string kind, DateTimeOffset at)
    {
        if (Stopped.TryGetValue(kind, out var before))
            Choose(kind, before, at);
    }

    internal sealed class Mapping : IEntityTypeConfiguration<ReaderPreferences>
    {
        public void Configure(EntityTypeBuilder<ReaderPreferences> preferences)
        {
            preferences.ToTable("correspondence_preferences");
            preferences.Property(p => p.Address).HasMaxLength(OutboxMessage.ToMaxLength);
            preferences.Property(p => p.Rhythms).HasJson();
            preferences.Property(p => p.Stopped).HasJson();
            preferences.HasIndex(p => p.Address).IsUnique();
            preferences.HasIndex(p => p.Account);
        }
    }
}
