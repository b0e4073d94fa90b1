using System.Diagnostics.CodeAnalysis;
using Plenaria.Platform.Access;

namespace Plenaria.Platform.Bodies;

/// <summary>Names a body that meets: its kind, and which one of that kind.</summary>
/// <param name="Kind">The key of a declared <see cref="BodyKind"/>.</param>
/// <param name="Id">Empty where the network has one body of this kind.</param>
public readonly record struct BodyKey(string Kind, Guid Id = default) : IParsable<BodyKey>
{
    /// <summary>Whether it is a body of the network itself, such as its plenary.</summary>
    public bool IsOfNetwork => Id == Guid.Empty;

    /// <summary>To plan and conduct its sessions; asked where its <see cref="Owner"/> is.</summary>
    public string Permission => $"bodies.{Kind.ToLowerInvariant()}";

    /// <summary>
    /// Whose it is: of whoever holds a role in this scope. A module that gives roles for its records gives them here.
    /// </summary>
    public Scope Owner => IsOfNetwork ? Scope.Everywhere : new(Kind.ToLowerInvariant(), Id);

    /// <summary>As it stands in forms and addresses: <c>Plenary</c>, <c>Office:0192…</c>.</summary>
    public override string ToString() => IsOfNetwork ? Kind : $"{Kind}:{Id}";

    public static BodyKey Parse(string s, IFormatProvider? provider = null) =>
        TryParse(s, provider, out var key) ? key : throw new FormatException($"'{s}' names no body.");

    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out BodyKey result)
    {
        result = default;
        var parts = (s ?? "").Split(':');
        if (parts is not [{ Length: > 0 and <= BodyKind.KeyMaxLength } kind, ..] || parts.Length > 2)
            return false;
        var id = Guid.Empty;
        if (parts.Length == 2 && !Guid.TryParse(parts[1], out id))
            return false;
        result = new(kind, id);
        return true;
    }
}

/// <summary>A body that meets: the plenary, a committee, an office, a jury.</summary>
/// <param name="Name">Empty where it is called as its kind is.</param>
public sealed record Body(BodyKey Key, LocalizedText Name)
{
    /// <summary>
    /// Whether what it decides binds the whole network: every member is called, with the notice and the quorum of a
    /// plenary.
    /// </summary>
    public bool DecidesForNetwork { get; init; }

    /// <summary>Its own page, without the language.</summary>
    public string? Path { get; init; }
}

/// <summary>
/// The bodies that a module owns. Declared with <see cref="BodyExtensions.Body{T}"/>; whoever holds sessions knows no
/// more of them.
/// </summary>
public interface IBodies
{
    /// <summary>Those of a kind that can be called together now.</summary>
    Task<IReadOnlyList<Body>> ListAsync(BodyKind kind, CancellationToken cancel);

    /// <summary>One of them, also when it no longer meets; null when there is none.</summary>
    Task<Body?> FindAsync(BodyKey key, CancellationToken cancel);

    /// <summary>The members that have a seat unless others are named; none where all are named by hand.</summary>
    Task<IReadOnlyCollection<MemberId>> MembersAsync(BodyKey key, CancellationToken cancel);
}
