using Plenaria.Imports;
using Plenaria.Platform.Data;
using Plenaria.Platform.Site;

namespace Plenaria.Experiences.Import;

/// <summary>
/// Practices from a table. A row is known again by its title and country, so that the same file twice changes nothing.
/// </summary>
internal sealed class PracticeImport(
    PlenariaDb db,
    ExperienceStore experiences,
    ExperienceBulk bulk,
    PracticeRows reader,
    Network network
) : IImport
{
    public static readonly ImportKind Kind = new(
        "experiences",
        ExperiencesModule.Edit,
        "experiences.import",
        "experiences.import.text",
        "experiences.import-done",
        "/experiences"
    );

    public IReadOnlyList<ImportColumn> Columns => PracticeRows.Columns;

    public IImportRun Begin(ImportContext context) =>
        new PracticeImportRun(db, experiences, bulk, reader, network, context);
}
