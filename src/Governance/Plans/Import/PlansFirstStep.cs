using Microsoft.EntityFrameworkCore;
using Plenaria.Platform.Data;
using Plenaria.Platform.FirstSteps;

namespace Plenaria.Plans.Import;

/// <summary>A new network brings the plan of the year.</summary>
internal sealed class PlansFirstStep(PlenariaDb db) : IFirstSteps
{
    public async Task<IReadOnlyList<FirstStep>> GetAsync(CancellationToken cancel) =>
        [new("plans.step", "/plans/import", await db.Set<WorkPlan>().AnyAsync(cancel), 30)];
}
