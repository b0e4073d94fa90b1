using Microsoft.EntityFrameworkCore;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;
using Plenaria.Platform.Modules;
using Plenaria.Platform.Site;

namespace Plenaria.Platform.FirstSteps;

/// <summary>Something that a new network does once, before it opens.</summary>
/// <param name="Path">Where it is done, without the language.</param>
public sealed record FirstStep(string TextKey, string Path, bool IsDone, int Order);

/// <summary>The first steps that a module asks of a new network.</summary>
public interface IFirstSteps
{
    Task<IReadOnlyList<FirstStep>> GetAsync(CancellationToken cancel);
}

public static class FirstStepsExtensions
{
    /// <summary>
    /// What stands on the workspace of whoever sets the network up, until all of it is done.
    /// </summary>
    public static ModuleBuilder FirstSteps<T>(this ModuleBuilder module)
        where T : class, IFirstSteps => module.Contribute<IFirstSteps, T>();
}

/// <summary>What the network is for, how it looks and who works on it.</summary>
internal sealed class SiteFirstSteps(PlenariaDb db, Network network) : IFirstSteps
{
    /// <summary>Whoever set the network up, and two more.</summary>
    private const int Colleagues = 3;

    public async Task<IReadOnlyList<FirstStep>> GetAsync(CancellationToken cancel)
    {
        var profile = await network.Profile(cancel);
        var people = await db.Set<Account>().CountAsync(a => !a.IsClosed, cancel);
        var isSeen = profile.IsSample || profile.Logo is not null || profile.Colour is not null;
        return
        [
            new("site.step.purpose", "/settings", !profile.Purpose.IsEmpty, 10),
            new("site.step.appearance", "/settings/appearance", isSeen, 20),
            new("site.step.people", "/people", people >= Colleagues, 50),
        ];
    }
}

/// <summary>The first steps of all modules in use.</summary>
internal sealed class FirstStepList(Contributions contributions)
{
    /// <summary>In their order; none once all of them are done.</summary>
    public async Task<IReadOnlyList<FirstStep>> GetAsync(CancellationToken cancel)
    {
        var steps = new List<FirstStep>();
        foreach (var source in await contributions.GetAsync<IFirstSteps>(cancel))
            steps.AddRange(await source.GetAsync(cancel));
        return steps.TrueForAll(s => s.IsDone) ? [] : [.. steps.OrderBy(s => s.Order)];
    }
}
