using System.ComponentModel.DataAnnotations;

namespace Plenaria.Sessions.Planning;

internal sealed class MotionFields
{
    [Required(ErrorMessage = "sessions.motion-title-missing"), StringLength(Motion.TitleMaxLength)]
    public string? Title { get; set; }

    [StringLength(Motion.TextMaxLength)]
    public string? Text { get; set; }

    [StringLength(Motion.TextMaxLength)]
    public string? Reason { get; set; }
    public string? Decision { get; set; }
    public Guid? Item { get; set; }
    public int Version { get; set; }

    public static MotionFields Of(Motion m, Language reader) =>
        new()
        {
            Title = m.Title.For(reader),
            Text = m.Text.For(reader),
            Reason = m.Reason.For(reader),
            Decision = m.Decision,
            Item = m.Item,
            Version = m.Version,
        };

    public void Apply(Session s, Motion m, Language reader)
    {
        (m.Title, m.Text, m.Reason) = (
            m.Title.RewordedAsShown(reader, Title),
            m.Text.RewordedAsShown(reader, Text?.ReplaceLineEndings("\n")),
            m.Reason.RewordedAsShown(reader, Reason?.ReplaceLineEndings("\n"))
        );
        if (Decision is { } decision && s.Rules.Decisions.ContainsKey(decision))
            m.Decision = decision;
        m.Item = s.Agenda.Find(i => i.Id == Item)?.Id;
    }
}

/// <summary>What the form of a motion needs from its page.</summary>
internal interface IMotionForm
{
    Session Session { get; }
    MotionFields Input { get; }
    IReadOnlyList<(string Key, string Name)> Decisions { get; }
}
