using System.ComponentModel.DataAnnotations;
using Plenaria.Platform.Bodies;
using Plenaria.Platform.Places;

namespace Plenaria.Sessions.Planning;

/// <summary>What a session is, when and where.</summary>
internal sealed class SessionFields
{
    [Required(ErrorMessage = "sessions.title-missing"), StringLength(Session.TitleMaxLength)]
    public string? Title { get; set; }

    [StringLength(Session.TextMaxLength)]
    public string? Text { get; set; }

    /// <summary>A <see cref="BodyKey"/>.</summary>
    [StringLength(Session.BodyMaxLength)]
    public string? Body { get; set; }

    [StringLength(Session.PlaceMaxLength)]
    public string? Place { get; set; }

    [Required(ErrorMessage = "sessions.time-missing")]
    public string? Starts { get; set; }

    [Required(ErrorMessage = "sessions.time-missing")]
    public string? Ends { get; set; }

    /// <summary>Never guessed: by other clocks the whole session would be at another hour.</summary>
    [Required(ErrorMessage = "sessions.zone-missing"), StringLength(Session.ZoneMaxLength)]
    public string? Zone { get; set; }
    public Preset Preset { get; set; }

    [Range(0, 365)]
    public int NoticeDays { get; set; } = Presets.PlenaryNotice;

    [Range(0, Session.MostSpeechMinutes)]
    public int SpeechMinutes { get; set; }
    public int Version { get; set; }

    public static SessionFields Of(Session s, Language reader) =>
        new()
        {
            Title = s.Title.For(reader),
            Text = s.Text.For(reader),
            Body = s.Body.ToString(),
            Place = s.Place,
            Zone = s.Zone,
            Preset = s.Preset,
            NoticeDays = s.NoticeDays,
            SpeechMinutes = s.SpeechMinutes,
            Version = s.Version,
            Starts = PlaceTime.Typed(s.Zone, s.StartsAt),
            Ends = PlaceTime.Typed(s.Zone, s.EndsAt),
        };

    /// <summary>From when to when, by the clocks of the place.</summary>
    /// <exception cref="RuleViolationException">A time that cannot be read, a zone nobody knows, an end before the
    /// start.</exception>
    public (string Zone, DateTimeOffset Starts, DateTimeOffset Ends) Times()
    {
        var zone = Zone!.Trim();
        if (!TimeZoneInfo.TryFindSystemTimeZoneById(zone, out _))
            throw new RuleViolationException("sessions.zone-unknown", ("zone", zone));
        DateTimeOffset At(string? typed) =>
            PlaceTime.Read(zone, typed) ?? throw new RuleViolationException("sessions.time-form", ("typed", typed));
        var (starts, ends) = (At(Starts), At(Ends));
        return ends > starts ? (zone, starts, ends) : throw new RuleViolationException("sessions.end-before-start");
    }

    public void Apply(Session s, Language reader)
    {
        (s.Zone, s.StartsAt, s.EndsAt) = Times();
        (s.Title, s.Text) = (
            s.Title.RewordedAsShown(reader, Title),
            s.Text.RewordedAsShown(reader, Text?.ReplaceLineEndings("\n"))
        );
        (s.Place, s.Preset, s.NoticeDays, s.SpeechMinutes) = (
            string.IsNullOrWhiteSpace(Place) ? null : Place.Trim(),
            Preset,
            NoticeDays,
            SpeechMinutes
        );
    }
}
