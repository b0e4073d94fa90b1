using System.Diagnostics;
using System.Reflection;
using Microsoft.Data.Sqlite;
using Npgsql;
using Plenaria.Web;
using Xunit;
using Xunit.Sdk;
using Xunit.v3;

namespace Plenaria.Testing;

public enum Provider
{
    Sqlite,
    Postgres,
}

/// <summary>Runs a test once on each database: the test takes a <see cref="Provider"/>.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class BothDatabasesAttribute : DataAttribute
{
    public override ValueTask<IReadOnlyCollection<ITheoryDataRow>> GetData(
        MethodInfo testMethod,
        DisposalTracker disposalTracker
    ) => new([new TheoryDataRow<Provider>(Provider.Sqlite), new TheoryDataRow<Provider>(Provider.Postgres)]);

    public override bool SupportsDiscoveryEnumeration() => true;
}

/// <summary>
/// Hands out migrated databases: copies of one template per provider and run. The run's folder and cluster come from
/// <c>./test</c> (PLENARIA_TEST_RUN); a test project started by hand makes its own and takes them down when it ends.
/// </summary>
public static class Databases
{
    private static readonly Lazy<string> Run = new(OpenRun);
    private static int _count;

    /// <summary>A connection string to a database of one's own, with the present schema and nothing in it.</summary>
    public static async Task<string> Lease(Provider provider)
    {
        return await Copy(provider, await Migrated(provider));
    }

    /// <summary>
    /// The same with the sample network in it, and what lies beside its database in <paramref name="data"/>. The sample
    /// is loaded once per provider and run.
    /// </summary>
    public static async Task<string> LeaseSample(Provider provider, DirectoryInfo data)
    {
        var (migrated, beside) = (await Migrated(provider), Path.Combine(Run.Value, $"beside-sample.{provider}"));
        var sample = await Template(
            provider,
            "sample",
            async template =>
            {
                var connectionString = provider == Provider.Sqlite ? $"Data Source={template}" : Server(template);
                if (provider == Provider.Sqlite)
                    File.Copy(migrated, template);
                else
                    await Postgres($"CREATE DATABASE {template} TEMPLATE {migrated}");
                await using var house = PlenariaHost.Build(
                    new(Directory.CreateDirectory(beside))
                    {
                        ConnectionString = connectionString + ";Pooling=False",
                        Quiet = true,
                        IsDemo = true,
                        Environment = "Development",
                    }
                );
                await Serving.LoadSample(house.Services, default);
            }
        );
        foreach (var file in Directory.EnumerateFiles(beside, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(data.FullName, Path.GetRelativePath(beside, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy, overwrite: true);
        }
        return await Copy(provider, sample);
    }

    private static Task<string> Migrated(Provider provider) =>
        Template(
            provider,
            "template",
            async template =>
            {
                if (provider == Provider.Postgres)
                    await Postgres($"CREATE DATABASE {template}");
                await Migrate(
                    (provider == Provider.Sqlite ? $"Data Source={template}" : Server(template)) + ";Pooling=False"
                );
            }
        );

    private static async Task<string> Copy(Provider provider, string template)
    {
        var name = $"t{Environment.ProcessId}_{Interlocked.Increment(ref _count)}";
        if (provider == Provider.Postgres)
        {
            await Postgres($"CREATE DATABASE {name} TEMPLATE {template}");
            return Server(name);
        }
        var copy = Path.Combine(Run.Value, name + ".db");
        File.Copy(template, copy);
        return $"Data Source={copy}";
    }

    /// <summary>An empty database, not even migrated.</summary>
    public static async Task<string> LeaseEmpty(Provider provider)
    {
        var name = $"e{Environment.ProcessId}_{Interlocked.Increment(ref _count)}";
        if (provider == Provider.Sqlite)
            return $"Data Source={Path.Combine(Run.Value, name + ".db")}";
        await Postgres($"CREATE DATABASE {name}");
        return Server(name);
    }

    /// <summary>A fresh folder of this run, removed with it.</summary>
    public static DirectoryInfo Folder() =>
        Directory.CreateDirectory(
            Path.Combine(Run.Value, $"d{Environment.ProcessId}_{Interlocked.Increment(ref _count)}")
        );

    private static string Server(string database) =>
        $"Host={Path.Combine(Run.Value, "pg")};Username=postgres;Database={database};Maximum Pool Size=20;Include Error Detail=true";

    /// <summary>
    /// The file or the database of this name, made by whoever asks first: test projects run side by side, and the
    /// others wait.
    /// </summary>
    private static async Task<string> Template(Provider provider, string name, Func<string, Task> make)
    {
        var made = Path.Combine(Run.Value, $"{name}.{provider}");
        var template = provider == Provider.Sqlite ? made + ".db" : $"plenaria_{name}";
        await using var turn = await Turn(Path.Combine(Run.Value, $"{provider}.lock"));
        if (File.Exists(made))
            return template;
        await make(template);
        if (provider == Provider.Sqlite)
            SqliteConnection.ClearAllPools();
        await File.WriteAllTextAsync(made, "made");
        return template;
    }

    private static async Task<FileStream> Turn(string path)
    {
        while (true)
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException)
            {
                await Task.Delay(50);
            }
    }

    private static async Task Migrate(string connectionString)
    {
        await using var house = PlenariaHost.Build(new(Folder()) { ConnectionString = connectionString, Quiet = true });
        await PlenariaHost.Migrate(house.Services, default);
    }

    private static async Task Postgres(string sql)
    {
        await using var connection = new NpgsqlConnection(Server("postgres"));
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    private static string OpenRun()
    {
        if (Environment.GetEnvironmentVariable("PLENARIA_TEST_RUN") is { Length: > 0 } given)
            return given;
        var run = Sources.Run("tests/run", "open").Trim();
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Sources.Run("tests/run", "close", run);
        return run;
    }
}

/// <summary>The repository this test was built from.</summary>
public static class Sources
{
    public static string Root { get; } = Find();

    public static string Path(params ReadOnlySpan<string> parts) => System.IO.Path.Combine([Root, .. parts]);

    /// <summary>Runs a script of the repository and returns what it printed.</summary>
    public static string Run(string script, params IEnumerable<string> arguments)
    {
        using var process = Process.Start(
            new ProcessStartInfo("bash", [Path(script), .. arguments])
            {
                RedirectStandardOutput = true,
                WorkingDirectory = Root,
            }
        )!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0
            ? output
            : throw new InvalidOperationException($"{script} ended with {process.ExitCode}.");
    }

    /// <summary>
    /// Runs a program of others, gives it what it reads, and returns what it printed. It must end well.
    /// </summary>
    public static async Task<string> Outside(string program, string[] arguments, byte[]? input = null)
    {
        using var process = Process.Start(
            new ProcessStartInfo(program, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true }
        )!;
        await process.StandardInput.BaseStream.WriteAsync(input ?? []);
        process.StandardInput.Close();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0
            ? output
            : throw new InvalidOperationException($"{program} ended with {process.ExitCode}.");
    }

    private static string Find()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(System.IO.Path.Combine(folder.FullName, "Plenaria.slnx")))
            folder = folder.Parent;
        return folder?.FullName
            ?? throw new InvalidOperationException("The tests must run from a build inside the repository.");
    }
}
