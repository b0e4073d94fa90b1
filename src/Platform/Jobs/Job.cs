using Plenaria.Platform.Modules;

namespace Plenaria.Platform.Jobs;

/// <summary>Work that a module has done every so often. The name is kept with the time of its last run.</summary>
public sealed record Job(string Name, JobSchedule Schedule, Func<IServiceProvider, CancellationToken, Task> Run)
    : IUniqueDeclaration
{
    string IUniqueDeclaration.Key => Name;
}

public static class JobDeclarations
{
    /// <summary>
    /// Work to do every so often, on one node, while the module is switched on. It may run twice and must not mind.
    /// </summary>
    /// <param name="name">Its name among all modules; what staff read of it is the text <c>job.{name}</c>.</param>
    public static ModuleBuilder Job(
        this ModuleBuilder module,
        string name,
        JobSchedule schedule,
        Func<IServiceProvider, CancellationToken, Task> run
    ) => module.Add(new Job(name, schedule, run));
}
