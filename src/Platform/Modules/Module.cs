using System.CommandLine;
using System.Reflection;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Plenaria.Platform.Data;

namespace Plenaria.Platform.Modules;

/// <summary>
/// A part of the network's work that can be added or deleted with one line in Web. It declares; it edits no central
/// file.
/// </summary>
public interface IModule
{
    void Declare(ModuleBuilder module);
}

/// <summary>
/// Collects what one module declares, one call per concern. What needs more than a name and a delegate is an extension
/// method beside the type it declares: <c>Permission</c> in Access, <c>Panels</c> in Panels, <c>Files</c> in Files.
/// </summary>
public sealed class ModuleBuilder(string name, Assembly assembly, IServiceCollection services)
{
    private readonly List<object> _declarations = [];
    private bool _canBeOff = true;

    /// <summary>
    /// The last part of the assembly's name. A network's profile lists the modules it does not use by it.
    /// </summary>
    public string Name { get; } = name;

    public Assembly Assembly { get; } = assembly;

    /// <summary>What the module's own classes need from each other.</summary>
    public ModuleBuilder Services(Action<IServiceCollection> register)
    {
        register(services);
        return this;
    }

    /// <summary>
    /// Records a declaration for <see cref="ModuleCatalog.Declared{T}"/>. Two modules that declare an
    /// <see cref="IUniqueDeclaration"/> of one type and key stop the program at its start.
    /// </summary>
    public ModuleBuilder Add<T>(T declaration)
        where T : notnull
    {
        _declarations.Add(declaration);
        return this;
    }

    /// <summary>
    /// Implements a seam: the implementation is a scoped service, and <c>Contributions</c> asks it while the
    /// module is switched on.
    /// </summary>
    public ModuleBuilder Contribute<TSeam, TImplementation>()
        where TSeam : class
        where TImplementation : class, TSeam
    {
        services.TryAddScoped<TImplementation>();
        return Add(new SeamImplementation(typeof(TSeam), typeof(TImplementation)));
    }

    /// <summary>
    /// A page of what belongs to the visitor alone, listed on the workspace of whoever holds
    /// <paramref name="permission"/> (of everybody when null).
    /// </summary>
    public ModuleBuilder WorkspacePage(string textKey, string path, int order, string? permission = null) =>
        Add(new WorkspacePage(textKey, path, order, permission));

    /// <summary>
    /// Something whoever keeps the network running works with: a card of the staff area. <paramref name="forKey"/> is
    /// the text that says what it is for.
    /// </summary>
    public ModuleBuilder StaffTool(
        StaffToolGroup group,
        string textKey,
        string forKey,
        string path,
        int order,
        string permission
    ) => Add(new StaffTool(group, textKey, forKey, path, order, permission));

    /// <summary>A part no network can do without. Any other can be switched off, and is then invisible.</summary>
    public ModuleBuilder AlwaysOn()
    {
        _canBeOff = false;
        return this;
    }

    /// <summary>JSON, feeds and downloads. Each must say who may call it, as pages must.</summary>
    public ModuleBuilder Routes(Action<IEndpointRouteBuilder> map) => Add(new Routes(map));

    /// <summary>A command of the program.</summary>
    public ModuleBuilder CliCommand(Func<CliHost, Command> make) => Add(new CliCommand(make));

    /// <summary>
    /// Loads the module's part of a sample network. Runs once on an empty database, in the order of the modules.
    /// </summary>
    public ModuleBuilder Sample(Func<IServiceProvider, SampleFolder, CancellationToken, Task> load) =>
        Add(new SampleLoader(Name, load));

    /// <summary>
    /// Fills in, after migrations ran, what a migration cannot compute. It may run twice and must not mind.
    /// </summary>
    public ModuleBuilder AfterUpgrade(Func<IServiceProvider, CancellationToken, Task> run) => Add(new Upgrade(run));

    /// <summary>
    /// Something <c>verify</c> recomputes. Returns one sentence per fault, in English, for the operator.
    /// </summary>
    public ModuleBuilder Check(
        string what,
        Func<IServiceProvider, CancellationToken, IAsyncEnumerable<string>> check
    ) => Add(new Check(what, check));

    internal DeclaredModule Build() => new(Name, Assembly, _canBeOff, _declarations);
}

/// <summary>A declaration of which two modules may not make the same.</summary>
public interface IUniqueDeclaration
{
    /// <summary>Unique among the declarations of the same type.</summary>
    string Key { get; }
}

/// <summary>A module's implementation of a seam.</summary>
internal sealed record SeamImplementation(Type Seam, Type Implementation);

/// <summary>A page of what belongs to the visitor alone.</summary>
public sealed record WorkspacePage(string TextKey, string Path, int Order, string? Permission);

/// <summary>What a card of the staff area is about, in the order of the page.</summary>
public enum StaffToolGroup
{
    /// <summary>Members, the people who act for them, offices.</summary>
    Members,

    /// <summary>Sessions, decisions, plans.</summary>
    Decisions,

    /// <summary>What the network publishes and says, and in which languages.</summary>
    Content,

    /// <summary>What is sent to people, and what they are asked.</summary>
    Letters,

    /// <summary>How the site is set up and runs.</summary>
    Network,
}

/// <summary>A card of the staff area.</summary>
public sealed record StaffTool(
    StaffToolGroup Group,
    string TextKey,
    string ForKey,
    string Path,
    int Order,
    string Permission
);

public sealed record Routes(Action<IEndpointRouteBuilder> Map);

public sealed record CliCommand(Func<CliHost, Command> Make);

public sealed record SampleLoader(string Module, Func<IServiceProvider, SampleFolder, CancellationToken, Task> Load);

public sealed record Upgrade(Func<IServiceProvider, CancellationToken, Task> Run);

public sealed record Check(string What, Func<IServiceProvider, CancellationToken, IAsyncEnumerable<string>> Faults);

/// <summary>One module and everything it declared.</summary>
public sealed class DeclaredModule(string name, Assembly assembly, bool canBeOff, IReadOnlyList<object> declarations)
{
    public string Name { get; } = name;
    public Assembly Assembly { get; } = assembly;

    /// <summary>Whether a network can do without it.</summary>
    public bool CanBeOff { get; } = canBeOff;

    /// <summary>Its declarations of one type, in the order in which it made them.</summary>
    public IEnumerable<T> Declared<T>() => declarations.OfType<T>();
}

/// <summary>Every module of this installation, in the order in which Web names them.</summary>
public sealed class ModuleCatalog
{
    /// <exception cref="InvalidOperationException">
    /// Two modules claim the same key: which, and both their names.
    /// </exception>
    public ModuleCatalog(IReadOnlyList<DeclaredModule> modules)
    {
        RequireUnique(modules);
        All = modules;
    }

    public IReadOnlyList<DeclaredModule> All { get; }

    public static ModuleCatalog Declare(IServiceCollection services, params IEnumerable<IModule> modules) =>
        new([
            .. modules.Select(module =>
            {
                var assembly = module.GetType().Assembly;
                var builder = new ModuleBuilder(assembly.GetName().Name!.Split('.')[^1], assembly, services);
                module.Declare(builder);
                return builder.Build();
            }),
        ]);

    /// <summary>
    /// The modules whose code uses this one, and those that use them: they are switched off before it.
    /// </summary>
    public IReadOnlyList<DeclaredModule> StandingOn(DeclaredModule module)
    {
        var direct = All.Where(m =>
            m.Assembly.GetReferencedAssemblies().Any(a => a.Name == module.Assembly.GetName().Name)
        );
        return [.. direct.SelectMany(m => StandingOn(m).Prepend(m)).Distinct()];
    }

    /// <summary>What all modules declared of one type, switched off or not.</summary>
    public IEnumerable<T> Declared<T>() => All.SelectMany(m => m.Declared<T>());

    private static void RequireUnique(IReadOnlyList<DeclaredModule> modules)
    {
        var owners = new Dictionary<(Type, string), string>();
        foreach (var module in modules)
        foreach (var declaration in module.Declared<IUniqueDeclaration>())
        {
            var type = declaration.GetType();
            if (!owners.TryAdd((type, declaration.Key), module.Name))
                throw new InvalidOperationException(
                    $"{owners[(type, declaration.Key)]} and {module.Name} both declare the {type.Name} "
                        + $"'{declaration.Key}'."
                );
        }
    }
}
