using System.Diagnostics.CodeAnalysis;

namespace Plenaria.Kernel;

/// <summary>
/// A stretch of time whose ends may be known only in part; both ends belong to it; a missing end is open.
/// </summary>
public sealed record Period
{
    public Period(PartialDate? from, PartialDate? to)
    {
        if (from is null && to is null)
            throw new ArgumentException("A period has at least one end.", nameof(from));
        if (from is { } start && to is { } end && end.Last < start.First)
            throw new RuleViolationException("kernel.period-ends-before-it-starts", ("from", start), ("to", end));
        (From, To) = (from, to);
    }

    public PartialDate? From { get; }
    public PartialDate? To { get; }

    public static Period Of(PartialDate date) => new(date, date);

    public DateOnly First => From?.First ?? DateOnly.MinValue;
    public DateOnly Last => To?.Last ?? DateOnly.MaxValue;

    public bool Contains(DateOnly day) => First <= day && day <= Last;

    public bool Overlaps(Period other) => First <= other.Last && other.First <= Last;

    /// <summary>As a reader of this language writes it: one date, or both ends with an en dash.</summary>
    public string For(Language reader) =>
        From == To ? From!.Value.For(reader) : $"{From?.For(reader)} – {To?.For(reader)}".Trim();

    /// <summary>ISO 8601 interval with <c>..</c> for an open end, e.g. <c>2030-05-03/2030-05-05</c>.</summary>
    public override string ToString() => $"{From?.ToString() ?? ".."}/{To?.ToString() ?? ".."}";

    public static Period Parse(string text) =>
        TryParse(text, out var period)
            ? period
            : throw new FormatException($"'{text}' is not a period such as 2012, 2012-06/2012-07 or 2012-06-11/...");

    /// <summary>
    /// Reads one partial date, or two joined by a slash; <c>..</c> or nothing is an open end. Ends in the wrong order
    /// are no period.
    /// </summary>
    public static bool TryParse([NotNullWhen(true)] string? text, [NotNullWhen(true)] out Period? period)
    {
        period = null;
        if (text?.Split('/') is not { Length: 1 or 2 } ends)
            return false;
        var read = new PartialDate?[2];
        for (var i = 0; i < 2; i++)
        {
            var end = ends[ends.Length == 1 ? 0 : i].Trim();
            if (ends.Length == 2 && end is ".." or "")
                continue;
            if (!PartialDate.TryParse(end, out var date))
                return false;
            read[i] = date;
        }
        if (read is [null, null] || read is [{ } from, { } to] && to.Last < from.First)
            return false;
        period = new(read[0], read[1]);
        return true;
    }
}
