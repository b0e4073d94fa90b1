using System.CommandLine;
using System.Linq.Expressions;
using System.Reflection;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Plenaria.Platform.Access;
using Plenaria.Platform.Files;
using Plenaria.Platform.Subjects;
using Plenaria.Platform.Thesaurus;

namespace Plenaria.Platform.Modules;

/// <summary>
/// A part of the network's work that can be added or deleted with one line in Web. It declares; it edits no central
/// file.
/// </summary>
public interface IModule
{
    void Declare(ModuleBuilder module);
}

/// <summary>Collects what one module contributes, one call per concern.</summary>
public sealed class ModuleBuilder(string name, Assembly assembly, IServiceCollection services)
{
    internal List<Door> Doors { get; } = [];
    internal List<Door> Owned { get; } = [];
    internal List<Permission> Permissions { get; } = [];
    internal List<Action<IEndpointRouteBuilder>> Endpoints { get; } = [];
    internal List<Func<VerbHost, Command>> Verbs { get; } = [];
    internal List<SampleLoader> Samples { get; } = [];
    internal List<Check> Checks { get; } = [];
    internal List<Tool> Tools { get; } = [];
    internal List<Job> Jobs { get; } = [];
    internal List<SubjectColumn> Subjects { get; } = [];
    internal List<Func<IServiceProvider, CancellationToken, Task>> Upgrades { get; } = [];
    internal List<FileColumn> FileColumns { get; } = [];
    internal List<AuthorColumn> Authors { get; } = [];
    internal List<BroughtVocabularies> Brought { get; } = [];
    internal bool CanBeOff { get; private set; } = true;
    internal bool HoldsWording { get; private set; }

    /// <summary>What the module's own classes need from each other.</summary>
    public ModuleBuilder Services(Action<IServiceCollection> register)
    {
        register(services);
        return this;
    }

    /// <summary>
    /// An entry of the main navigation, shown to whoever holds <paramref name="permission"/> (to everyone when null).
    /// </summary>
    public ModuleBuilder Door(string textKey, string path, int order, string? permission = null)
    {
        Doors.Add(new(textKey, path, order, permission));
        return this;
    }

    /// <summary>
    /// A page of what belongs to the visitor alone, listed on the workspace of whoever holds
    /// <paramref name="permission"/> (of everybody when null).
    /// </summary>
    public ModuleBuilder Own(string textKey, string path, int order, string? permission = null)
    {
        Owned.Add(new(textKey, path, order, permission));
        return this;
    }

    /// <summary>
    /// Something whoever keeps the network running works with: a card of the staff area. <paramref name="forKey"/> is
    /// the text that says what it is for.
    /// </summary>
    public ModuleBuilder Tool(string textKey, string forKey, string path, int order, string permission)
    {
        Tools.Add(new(textKey, forKey, path, order, permission));
        return this;
    }

    /// <summary>Work to do every so often, on one node. It may run twice and must not mind.</summary>
    public ModuleBuilder Job(string name, TimeSpan every, Func<IServiceProvider, CancellationToken, Task> run)
    {
        Jobs.Add(new(name, every, run));
        return this;
    }

    /// <summary>
    /// Its texts are the record of what was decided, and hashes are kept of them: erasing a person leaves them as they
    /// are, but for what <see cref="Authored"/> names. In the texts of any other module the person's name is replaced.
    /// </summary>
    public ModuleBuilder KeepsWording()
    {
        HoldsWording = true;
        return this;
    }

    /// <summary>A part no network can do without. Any other can be switched off, and is then invisible.</summary>
    public ModuleBuilder AlwaysOn()
    {
        CanBeOff = false;
        return this;
    }

    /// <summary>A right and the roles that carry it.</summary>
    public ModuleBuilder Permission(string key, params IEnumerable<Role> roles)
    {
        Permissions.Add(new(key, [.. roles]));
        return this;
    }

    /// <summary>JSON, feeds and downloads. Each must say who may call it, as pages must.</summary>
    public ModuleBuilder Routes(Action<IEndpointRouteBuilder> map)
    {
        Endpoints.Add(map);
        return this;
    }

    /// <summary>A command of the program.</summary>
    public ModuleBuilder Verb(Func<VerbHost, Command> verb)
    {
        Verbs.Add(verb);
        return this;
    }

    /// <summary>
    /// Loads the module's part of a sample network. Runs once on an empty database, in the order of the modules.
    /// </summary>
    public ModuleBuilder Sample(Func<IServiceProvider, SampleFolder, CancellationToken, Task> load)
    {
        Samples.Add(new(name, load));
        return this;
    }

    /// <summary>
    /// Fills in, after migrations ran, what a migration cannot reckon. It may run twice and must not mind.
    /// </summary>
    public ModuleBuilder AfterUpgrade(Func<IServiceProvider, CancellationToken, Task> run)
    {
        Upgrades.Add(run);
        return this;
    }

    /// <summary>
    /// Something <c>verify</c> recomputes. Returns one sentence per fault, in English, for the operator.
    /// </summary>
    public ModuleBuilder Check(string what, Func<IServiceProvider, CancellationToken, IAsyncEnumerable<string>> check)
    {
        Checks.Add(new(what, check));
        return this;
    }

    /// <summary>
    /// A column that points at an institution or a person. It follows when two records of one subject are merged,
    /// unless <paramref name="follows"/> is false: what is written there stays as it was.
    /// </summary>
    /// <param name="only">SQL that narrows to the rows in which the column means such a subject.</param>
    public ModuleBuilder Subject<TEntity>(
        Expression<Func<TEntity, object?>> column,
        SubjectKind kind,
        bool follows = true,
        string? only = null
    )
    {
        var named = column.Body is UnaryExpression { Operand: MemberExpression inner }
            ? inner
            : (MemberExpression)column.Body;
        Subjects.Add(new(typeof(TEntity), named.Member.Name, kind, follows, only));
        return this;
    }

    /// <summary>
    /// A column that names stored files by their hashes, alone or within JSON, and who may open one that is not public:
    /// whoever may read the record.
    /// </summary>
    public ModuleBuilder Files<TEntity>(
        Expression<Func<TEntity, object?>> column,
        Func<TEntity, IServiceProvider, CancellationToken, Task<bool>> mayRead
    )
        where TEntity : class
    {
        FileColumns.Add(FileColumn<TEntity>.Of(column, mayRead));
        return this;
    }

    /// <summary>
    /// Columns that keep an author's account and, beside it, the name shown then: erasing the person takes the name
    /// out.
    /// </summary>
    public ModuleBuilder Authored<TEntity>(
        Expression<Func<TEntity, object?>> account,
        Expression<Func<TEntity, string>> name
    )
    {
        var by = account.Body is UnaryExpression { Operand: MemberExpression inner }
            ? inner
            : (MemberExpression)account.Body;
        Authors.Add(new(typeof(TEntity), by.Member.Name, ((MemberExpression)name.Body).Member.Name));
        return this;
    }

    /// <summary>
    /// The vocabularies its records are described with, embedded as <c>*.vocabulary.json</c>. A new network's thesaurus
    /// begins with them.
    /// </summary>
    public ModuleBuilder Vocabularies()
    {
        Brought.Add(new(assembly));
        return this;
    }

    internal ModuleInfo Build() =>
        new(
            name,
            assembly,
            Doors,
            Owned,
            Permissions,
            Endpoints,
            Verbs,
            Samples,
            Checks,
            Tools,
            Jobs,
            Subjects,
            FileColumns,
            Authors,
            Upgrades,
            Brought,
            CanBeOff,
            HoldsWording
        );
}

/// <summary>An entry of the navigation: at most five are shown to one role.</summary>
public sealed record Door(string TextKey, string Path, int Order, string? Permission);

/// <summary>A card of the staff area.</summary>
public sealed record Tool(string TextKey, string ForKey, string Path, int Order, string Permission);

public sealed record Job(string Name, TimeSpan Every, Func<IServiceProvider, CancellationToken, Task> Run);

public sealed record Permission(string Key, IReadOnlyList<Role> Roles);

public sealed record SampleLoader(string Module, Func<IServiceProvider, SampleFolder, CancellationToken, Task> Load);

public sealed record Check(string What, Func<IServiceProvider, CancellationToken, IAsyncEnumerable<string>> Faults);

public sealed record ModuleInfo(
    string Name,
    Assembly Assembly,
    IReadOnlyList<Door> Doors,
    IReadOnlyList<Door> Owned,
    IReadOnlyList<Permission> Permissions,
    IReadOnlyList<Action<IEndpointRouteBuilder>> Endpoints,
    IReadOnlyList<Func<VerbHost, Command>> Verbs,
    IReadOnlyList<SampleLoader> Samples,
    IReadOnlyList<Check> Checks,
    IReadOnlyList<Tool> Tools,
    IReadOnlyList<Job> Jobs,
    IReadOnlyList<SubjectColumn> Subjects,
    IReadOnlyList<FileColumn> FileColumns,
    IReadOnlyList<AuthorColumn> Authors,
    IReadOnlyList<Func<IServiceProvider, CancellationToken, Task>> Upgrades,
    IReadOnlyList<BroughtVocabularies> Vocabularies,
    bool CanBeOff,
    bool HoldsWording
);

/// <summary>Every module of this installation, in the order in which Web names them.</summary>
public sealed class ModuleCatalog(IReadOnlyList<ModuleInfo> modules)
{
    public IReadOnlyList<ModuleInfo> All { get; } = modules;

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

    /// <summary>The roles that carry each permission; a permission that nobody declared is a bug and throws.</summary>
    public IReadOnlyList<Role> RolesWith(string permission) =>
        _roles.TryGetValue(permission, out var roles)
            ? roles
            : throw new InvalidOperationException($"No module declares the permission '{permission}'.");

    private readonly Dictionary<string, IReadOnlyList<Role>> _roles = modules
        .SelectMany(m => m.Permissions)
        .ToDictionary(p => p.Key, p => p.Roles);
}
