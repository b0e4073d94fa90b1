using Plenaria.Imports;
using Plenaria.Platform.Data;

namespace Plenaria.Members.Import;

/// <summary>
/// Members from a table. A row is known again by its name and country (<see cref="Member.Match"/>), so that the same
/// file twice changes nothing; it is also how a prospect becomes a member by a file.
/// </summary>
internal sealed class MemberImport(
    PlenariaDb db,
    Bulk bulk,
    MemberStore members,
    MemberPublishing publishing,
    MemberRows reader
) : IImport
{
    public static readonly ImportKind Kind = new(
        "members",
        MembersModule.Edit,
        "members.import",
        "members.import.text",
        "members.imported",
        "/members"
    );

    public IReadOnlyList<ImportColumn> Columns => MemberRows.Columns;

    public IImportRun Begin(ImportContext context) =>
        new MemberImportRun(db, bulk, members, publishing, reader, context);
}
