using System.CommandLine;
using Plenaria.Platform.Data;
using Plenaria.Platform.Language;
using Plenaria.Platform.Modules;

namespace Plenaria.Web;

/// <summary>
/// The program's commands. Exit codes: 0 done, 1 refused (the reason on standard error), 2 wrong usage.
/// </summary>
internal static class Verbs
{
    public static async Task<int> Run(string[] args)
    {
        Console.OutputEncoding = System.Text.Encoding.UTF8;
        var data = new Option<DirectoryInfo>("--data")
        {
            Description = "Where the embedded database and files are kept.",
            DefaultValueFactory = _ => new DirectoryInfo("data"),
        };
        var urls = new Option<string?>("--urls")
        {
            Description = "Addresses to listen on, e.g. http://127.0.0.1:5080.",
        };
        // The modules declare their commands without a database: `--help` and a dry run open none.
        var modules = ModuleCatalog.Declare(new ServiceCollection(), Modules.All);
        var texts = new Localizer(modules.All.Select(m => m.Assembly).Append(typeof(Verbs).Assembly));
        WebApplication? opened = null;
        var host = new CliHost(
            texts,
            modules,
            data,
            async (parsed, how, cancel) =>
            {
                DataFolder.MakePrivate(parsed.GetValue(data)!);
                opened = PlenariaHost.Build(new(parsed.GetValue(data)!) { Quiet = true });
                if (how == DatabaseState.Migrated)
                    await PlenariaHost.Migrate(opened.Services, cancel);
                else if (how == DatabaseState.Checked)
                    await PlenariaHost.DemandPresentModel(opened.Services, cancel);
                return opened.Services;
            }
        );

        var root = new RootCommand("Plenaria: the platform a network of cities runs on.") { data, urls };
        var serve = new Command("serve", "Serve the network (the default).") { data, urls };
        serve.SetAction(
            (parsed, cancel) => Serving.Serve(parsed.GetValue(data)!, parsed.GetValue(urls), isDemo: false, cancel)
        );
        root.SetAction(
            (parsed, cancel) => Serving.Serve(parsed.GetValue(data)!, parsed.GetValue(urls), isDemo: false, cancel)
        );
        var demo = new Command("demo", "Serve a sample network, loaded on the first start.") { data, urls };
        demo.SetAction(
            (parsed, cancel) => Serving.Serve(parsed.GetValue(data)!, parsed.GetValue(urls), isDemo: true, cancel)
        );
        var migrate = new Command("migrate", "Bring the database to this version's model.") { data };
        migrate.SetAction(
            async (parsed, cancel) =>
            {
                await host.Open(parsed, cancel);
                return 0;
            }
        );
        foreach (
            var command in (Command[])
                [
                    serve,
                    demo,
                    migrate,
                    Verification.Verb(host),
                    .. modules.Declared<CliCommand>().Select(c => c.Make(host)),
                ]
        )
            root.Add(command);

        var parse = root.Parse(args);
        if (parse.Errors.Count > 0)
        {
            foreach (var error in parse.Errors)
                await Console.Error.WriteLineAsync(error.Message);
            return 2;
        }
        try
        {
            return await parse.InvokeAsync(new() { EnableDefaultExceptionHandler = false });
        }
        catch (RuleViolationException broken)
        {
            await Console.Error.WriteLineAsync(texts.Get(Localizer.Operator, broken.Key, broken.Arguments));
            return 1;
        }
        catch (Exception fault)
            when (fault is not OperationCanceledException && CommandFaults.Of(fault) is var (key, arguments))
        {
            await Console.Error.WriteLineAsync(texts.Get(Localizer.Operator, key, arguments));
            return 1;
        }
        finally
        {
            if (opened is not null)
                await opened.DisposeAsync();
        }
    }
}
