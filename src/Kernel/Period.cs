namespace Plenaria.Kernel;

/// <summary>A stretch of time whose ends may be known only in part; both ends belong to it; a missing end is open.</summary>
public sealed record Period
{
    public Period(PartialDate? from, PartialDate? to)
    {
        if (from is null && to is null)
            throw new ArgumentException("A period has at least one end.", nameof(from));
        if (from is { } start && to is { } end && end.Last < start.First)
            throw new RuleBroken("kernel.period-ends-before-it-starts", ("from", start), ("to", end));
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

    public static Period Parse(string text)
    {
        var ends = text.Split('/');
        static PartialDate? End(string end) => end is ".." or "" ? null : PartialDate.Parse(end);
        return ends.Length == 1 ? Of(PartialDate.Parse(text)) : new(End(ends[0]), End(ends[1]));
    }
}
