using System.CommandLine;
using Plenaria.Platform.Language;

namespace Plenaria.Platform.Modules;

/// <summary>
/// What a command asks of the database before it begins: to be brought to the present model, to be at it already,
/// nothing.
/// </summary>
public enum DatabaseState
{
    Migrated,
    Checked,
    Unmigrated,
}

/// <summary>
/// What a command of the program may use. Exit codes: 0 done, 1 refused with the reason on standard error, 2 wrong
/// usage.
/// </summary>
public sealed class CliHost(
    Localizer texts,
    ModuleCatalog modules,
    Option<DirectoryInfo> data,
    Func<ParseResult, DatabaseState, CancellationToken, Task<IServiceProvider>> open
)
{
    /// <summary>Texts in the operator's language.</summary>
    public Localizer Texts { get; } = texts;

    /// <summary>The modules of this installation, which are known without a database.</summary>
    public ModuleCatalog Modules { get; } = modules;

    /// <summary>The shared option <c>--data DIR</c>: add it to every command that opens a database.</summary>
    public Option<DirectoryInfo> Data { get; } = data;

    /// <summary>
    /// Opens the database named by the command line and environment, migrated; the services live until the program
    /// ends.
    /// </summary>
    public Task<IServiceProvider> Open(ParseResult parsed, CancellationToken cancel) =>
        open(parsed, DatabaseState.Migrated, cancel);

    /// <summary>Opens the database as it stands, for commands that only read it.</summary>
    /// <exception cref="RuleViolationException">It is not at this version's model.</exception>
    public Task<IServiceProvider> OpenAsItIs(ParseResult parsed, CancellationToken cancel) =>
        open(parsed, DatabaseState.Checked, cancel);

    /// <summary>Opens whatever is there, for the one command that brings its own version along.</summary>
    internal Task<IServiceProvider> OpenUnmigrated(ParseResult parsed, CancellationToken cancel) =>
        open(parsed, DatabaseState.Unmigrated, cancel);
}
