using Microsoft.EntityFrameworkCore;
using Plenaria.Platform.Data;
using Plenaria.Platform.FirstSteps;

namespace Plenaria.Members.Import;

/// <summary>A new network brings its members.</summary>
internal sealed class MembersFirstStep(PlenariaDb db) : IFirstSteps
{
    public async Task<IReadOnlyList<FirstStep>> GetAsync(CancellationToken cancel) =>
        [
            new(
                "members.step",
                MemberImport.Kind.UploadPath,
                await db.Set<MemberCount>().AnyAsync(c => c.Count > 0, cancel),
                20
            ),
        ];
}
