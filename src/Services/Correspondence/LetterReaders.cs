using Plenaria.Platform.Access;

namespace Plenaria.Correspondence;

/// <summary>
/// How letters of one kind reach these addresses, as it was when it was asked: found for many at once, before the
/// transaction in which they are written to.
/// </summary>
public sealed class LetterReaders
{
    private readonly HashSet<string> _asked = [],
        _refusing = [];
    private readonly Dictionary<string, ReaderPreferences> _chosen = [];

    internal LetterReaders(LetterKind kind) => Kind = kind;

    internal LetterKind Kind { get; }

    /// <summary>Whether somebody of this address gets the letter, at once or collected.</summary>
    /// <exception cref="ArgumentException">It was not among the addresses that were asked about.</exception>
    public bool Reaches(string address) => RhythmOf(address) != LetterRhythm.Never;

    internal void Add(
        IEnumerable<string> asked,
        IEnumerable<string> refusing,
        IEnumerable<ReaderPreferences> preferences
    )
    {
        _asked.UnionWith(asked);
        _refusing.UnionWith(refusing);
        foreach (var chosen in preferences)
            _chosen[chosen.Address] = chosen;
    }

    internal LetterRhythm RhythmOf(string address)
    {
        var normal = Accounts.Normal(address);
        if (!_asked.Contains(normal))
            throw new ArgumentException("Nobody asked how letters reach this address.", nameof(address));
        if (_refusing.Contains(normal))
            return LetterRhythm.Never;
        var chosen = _chosen.GetValueOrDefault(normal)?.RhythmOf(Kind.Key) ?? LetterRhythm.AtOnce;
        // What a kind does not permit any more is no choice.
        return Kind.Rhythms.Contains(chosen) ? chosen : LetterRhythm.AtOnce;
    }

    /// <summary>For whom a letter is collected; null for somebody without an account, for whom none is.</summary>
    internal AccountId? AccountOf(string address) => _chosen.GetValueOrDefault(Accounts.Normal(address))?.Account;
}
