using Plenaria.Platform.Files;

namespace Plenaria.Forms;

/// <summary>Answers on a page, as far as a reader may read them.</summary>
/// <param name="Reader">As whom they are read: <see cref="AnswerVisibility.Staff"/> by the staff and by whoever gave
/// them.</param>
public sealed record AnswersView(
    FormDefinition Form,
    Answers Answers,
    IReadOnlyDictionary<string, FileReference> Files,
    AnswerVisibility Reader
)
{
    private IEnumerable<FormField> Answered =>
        Form.Asked(Answers).Where(f => f.Type != AnswerType.Heading && Answers.Of(f.Key).Count > 0);

    /// <summary>The questions whose answers are shown.</summary>
    public IEnumerable<FormField> Shown => Answered.Where(f => f.IsReadBy(Reader));

    /// <summary>Whether something was answered that this reader does not read.</summary>
    public bool IsPart => Answered.Any(f => !f.IsReadBy(Reader));
}
