using System.Diagnostics.CodeAnalysis;

namespace Plenaria.Kernel;

/// <summary>A typed key: a UUIDv7, so that keys sort by the time they were made on every database.</summary>
public interface IId<TSelf> : IParsable<TSelf>
    where TSelf : struct, IId<TSelf>
{
    Guid Value { get; }
    static abstract TSelf From(Guid value);

    static bool IParsable<TSelf>.TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out TSelf result)
    {
        var read = Guid.TryParse(s, out var value);
        result = TSelf.From(value);
        return read;
    }

    static TSelf IParsable<TSelf>.Parse(string s, IFormatProvider? provider) => TSelf.From(Guid.Parse(s));
}

/// <summary>A sign-in: one person's way into this installation.</summary>
public readonly record struct AccountId(Guid Value) : IId<AccountId>
{
    public static AccountId From(Guid value) => new(value);

    public override string ToString() => Value.ToString();
}

/// <summary>An institution that belongs to the network. Members act and vote; people do so on their behalf.</summary>
public readonly record struct MemberId(Guid Value) : IId<MemberId>
{
    public static MemberId From(Guid value) => new(value);

    public override string ToString() => Value.ToString();
}

/// <summary>
/// Somebody the network knows: who acts for a member, or whom it writes to. Not everybody has a sign-in.
/// </summary>
public readonly record struct PersonId(Guid Value) : IId<PersonId>
{
    public static PersonId From(Guid value) => new(value);

    public override string ToString() => Value.ToString();
}

/// <summary>A regional office of the Secretariat, whose staff's rights end at its territory.</summary>
public readonly record struct OfficeId(Guid Value) : IId<OfficeId>
{
    public static OfficeId From(Guid value) => new(value);

    public override string ToString() => Value.ToString();
}
