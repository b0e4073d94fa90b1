using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Plenaria.Ballots.Rules;

/// <summary>What is counted, in voices: one for a member of weight one.</summary>
public enum Figure
{
    Yes,
    No,
    Abstentions,

    /// <summary>For and against.</summary>
    YesNo,

    /// <summary>For, against and abstentions; blank votes too, unless the decision's rule calls them invalid.</summary>
    Valid,

    /// <summary>All that were cast, invalid ones included.</summary>
    Cast,

    /// <summary>Who is there, with those represented by proxy where the demand says so.</summary>
    Present,

    /// <summary>All on the roll.</summary>
    Entitled,
}

/// <summary>
/// How a share of a number is made a whole one, where the statutes say so. By default nothing is rounded: fractions are
/// compared exactly.
/// </summary>
public enum Rounding
{
    Exact,
    Down,
    Up,
    Nearest,
}

/// <summary>An exact fraction between nothing and the whole, written <c>2/3</c>.</summary>
[JsonConverter(typeof(Converter))]
public readonly record struct Share(int Over, int Under)
{
    public static bool TryParse(string? s, out Share share)
    {
        share = default;
        if (
            s?.Split('/') is not [var over, var under]
            || !int.TryParse(over, NumberStyles.None, CultureInfo.InvariantCulture, out var o)
            || !int.TryParse(under, NumberStyles.None, CultureInfo.InvariantCulture, out var u)
            || u is 0 or > 1_000_000
            || o > u
        )
            return false;
        share = new(o, u);
        return true;
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Over}/{Under}");

    private sealed class Converter : JsonConverter<Share>
    {
        public override Share Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) =>
            reader.TokenType == JsonTokenType.String && TryParse(reader.GetString(), out var share)
                ? share
                : throw new JsonException();

        public override void Write(Utf8JsonWriter writer, Share value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.ToString());
    }
}

/// <summary>
/// One condition of a quorum or a majority: the figure it <see cref="Counts"/> must reach a <see cref="Share"/> of
/// another, a fixed number, or both. Several conditions of one decision must all hold.
/// </summary>
public sealed record Demand
{
    /// <summary>The figure that must be large enough.</summary>
    [JsonRequired]
    public Figure Counts { get; init; }

    /// <summary>The figure of which a share is asked; with <see cref="Share"/>.</summary>
    public Figure? Of { get; init; }
    public Share? Share { get; init; }

    /// <summary>More than the share; otherwise the share itself is enough.</summary>
    public bool Over { get; init; }
    public Rounding Rounding { get; init; }

    /// <summary>Voices beyond the share, as in "half plus one".</summary>
    public int Plus { get; init; }

    /// <summary>Never fewer than this many voices.</summary>
    public long AtLeast { get; init; }

    /// <summary>Counted among the members of this class alone; null is all of them.</summary>
    public string? Class { get; init; }

    /// <summary>Whether members represented by proxy count as present.</summary>
    public bool WithProxies { get; init; } = true;

    /// <summary>The least whole number of voices that is enough, given the number of which a share is asked.</summary>
    public long Needed(long of)
    {
        if (Share is not { } share)
            return AtLeast;
        // 128 bits: a roll of 2^53 voices times a denominator of a million does not fit 64.
        var (whole, rest) = Int128.DivRem((Int128)of * share.Over, share.Under);
        var threshold =
            (long)whole
            + (
                Rounding switch
                {
                    Rounding.Down => 0,
                    Rounding.Nearest => rest * 2 >= share.Under ? 1 : 0,
                    Rounding.Up => rest > 0 ? 1 : 0,
                    // More than 7 of 15/2 is 8, as is at least 8 of it: the least whole number above, or at, the exact
                    // fraction.
                    _ => !Over && rest > 0 ? 1 : 0,
                }
            );
        return Math.Max(AtLeast, threshold + (Over ? 1 : 0) + Plus);
    }
}
