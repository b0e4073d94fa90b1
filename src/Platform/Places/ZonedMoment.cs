namespace Plenaria.Platform.Places;

/// <summary>
/// A moment as the clocks of a zone show it, and the zone: what a reader elsewhere needs to know both of.
/// </summary>
/// <param name="Zone">IANA name.</param>
public readonly record struct ZonedMoment(DateTimeOffset At, string Zone)
{
    /// <summary>"17 May 2030, 23:59 (Europe/Madrid)".</summary>
    public string For(Kernel.Language language)
    {
        var there = PlaceTime.In(Zone, At);
        var day = PartialDate.On(DateOnly.FromDateTime(there.DateTime)).For(language);
        return $"{day}, {there.ToString("t", language.Culture)} ({Zone.Replace('_', ' ')})";
    }
}
