using Plenaria.Platform.Files;

namespace Plenaria.Forms;

/// <summary>A page on which a form is filled in: what was answered so far.</summary>
internal interface IAnswering
{
    FormDefinition Form { get; }
    IReadOnlyDictionary<string, List<string>> Given { get; }
    IReadOnlyDictionary<string, FileReference> Files { get; }

    /// <summary>Whether files are taken: not on a practice run.</summary>
    bool TakesFiles => true;

    /// <summary>Whether the answer must be there for the form to be sent now.</summary>
    bool Requires(FormField field) => field.IsRequired;
}
