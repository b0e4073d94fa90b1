namespace Plenaria.Platform.Data;

/// <summary>
/// The work between the start of the program and the moment from which its database is at the present model. The server
/// listens meanwhile; requests and workers that need the database await <see cref="Done"/>, which throws when the
/// opening failed. Where nobody began one, it is over.
/// </summary>
public sealed class DatabaseStartup
{
    public Task Done { get; private set; } = Task.CompletedTask;

    /// <summary>Waits for the opening; false when it failed, which whoever began it reports.</summary>
    public async Task<bool> Succeeds()
    {
        try
        {
            await Done;
            return true;
        }
        catch (Exception fault) when (fault is not OutOfMemoryException)
        {
            return false;
        }
    }

    /// <summary>Begins on a thread of its own, beside whatever else the start has to do.</summary>
    public void Begin(Func<Task> work) => Done = Task.Run(work);
}
