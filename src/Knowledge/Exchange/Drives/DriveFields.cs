using System.ComponentModel.DataAnnotations;

namespace Plenaria.Exchange.Drives;

/// <summary>What a drive is about and by when.</summary>
internal sealed class DriveFields
{
    [Required(ErrorMessage = "exchange.title-missing"), StringLength(Drive.TitleMaxLength)]
    public string? Title { get; set; }

    [StringLength(Drive.TextMaxLength)]
    public string? Text { get; set; }

    [StringLength(Thread.TopicMaxLength)]
    public string? Topic { get; set; }
    public List<string> Kinds { get; set; } = [];

    [Required(ErrorMessage = "exchange.drive.due-missing")]
    public DateOnly? Due { get; set; }
    public int Version { get; set; }

    public static DriveFields Of(Drive drive, Language reader) =>
        new()
        {
            Title = drive.Title.For(reader),
            Text = drive.Text.For(reader),
            Topic = drive.Topic,
            Kinds = drive.Kinds,
            Due = drive.Due,
            Version = drive.Version,
        };

    public void Apply(
        Drive drive,
        IReadOnlyCollection<string> topics,
        IReadOnlyCollection<string> kinds,
        Language reader
    )
    {
        drive.Title = drive.Title.RewordedAsShown(reader, Title);
        drive.Text = drive.Text.RewordedAsShown(reader, Text?.ReplaceLineEndings("\n"));
        drive.Topic = topics.Contains(Topic) ? Topic : null;
        drive.Kinds = [.. Kinds.Where(kinds.Contains).Distinct()];
        drive.Due = Due!.Value;
    }
}
