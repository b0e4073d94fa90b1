using System.CommandLine;
using Plenaria.Platform.Language;

namespace Plenaria.Platform.Modules;

/// <summary>
/// What a command of the program may use. Exit codes: 0 done, 1 refused with the reason on standard error, 2 wrong usage.
/// </summary>
public sealed class VerbHost(Texts texts, Option<DirectoryInfo> data, Func<ParseResult, CancellationToken, Task<IServiceProvider>> open)
{
    /// <summary>Texts in the operator's language.</summary>
    public Texts Texts { get; } = texts;

    /// <summary>The shared option <c>--data DIR</c>: add it to every command that opens a database.</summary>
    public Option<DirectoryInfo> Data { get; } = data;

    /// <summary>Opens the database named by the command line and environment, migrated; the services live until the program ends.</summary>
    public Task<IServiceProvider> Open(ParseResult parsed, CancellationToken cancel) => open(parsed, cancel);
}
