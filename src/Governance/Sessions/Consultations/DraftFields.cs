using System.ComponentModel.DataAnnotations;

namespace Plenaria.Sessions.Consultations;

/// <summary>What members are asked about, and until when.</summary>
internal sealed class DraftFields
{
    [StringLength(Consultation.TitleMaxLength)]
    public string? Title { get; set; }

    [StringLength(Consultation.IntroductionMaxLength)]
    public string? Introduction { get; set; }
    public DateOnly? Until { get; set; }

    [StringLength(Consultation.TextMaxLength)]
    public string? Text { get; set; }
    public int Version { get; set; }

    public static DraftFields Of(Consultation c, Language reader) =>
        new()
        {
            Title = c.Title.For(reader),
            Introduction = c.Introduction.For(reader),
            Until = c.Until,
            Text = (c.Next ?? c.Current)?.Text.For(reader),
            Version = c.Version,
        };

    /// <summary>In the language of the page. After the opening only the text changes, as the next version.</summary>
    public void Apply(Consultation c, Language reader, DateTimeOffset at)
    {
        if (c.State == ConsultationState.Draft)
        {
            (c.Title, c.Introduction) = (
                c.Title.RewordedAsShown(reader, Title),
                c.Introduction.RewordedAsShown(reader, Introduction?.ReplaceLineEndings("\n"))
            );
            c.Until = Until ?? throw new RuleViolationException("consultations.day-missing");
        }
        var version = c.Begin(at);
        version.Text = version.Text.RewordedAsShown(reader, Text?.ReplaceLineEndings("\n"));
    }
}
