using Microsoft.EntityFrameworkCore;
using Plenaria.Platform.Data;
using Plenaria.Platform.FirstSteps;

namespace Plenaria.Experiences.Writing;

/// <summary>A new network publishes a first practice.</summary>
internal sealed class ExperiencesFirstStep(PlenariaDb db) : IFirstSteps
{
    public async Task<IReadOnlyList<FirstStep>> GetAsync(CancellationToken cancel) =>
        [
            new(
                "experiences.step",
                "/experiences/new",
                await db.Set<Experience>().AnyAsync(e => e.State == EditorialState.Published, cancel),
                40
            ),
        ];
}
