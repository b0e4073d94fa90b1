using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Plenaria.Platform.Access;
using Plenaria.Platform.Bodies;
using Plenaria.Platform.Jobs;
using Plenaria.Platform.Modules;
using Plenaria.Platform.Register;

namespace Plenaria.Tests.Platform.Modules;

public class ModuleCatalogTests
{
    public static TheoryData<Action<ModuleBuilder>, string> Declarations { get; } =
        new()
        {
            { m => m.References("Q", "question"), "'Q'" },
            { m => m.Permission("things.edit", Role.Staff), "'things.edit'" },
            { m => m.Role(new("Judge")), "'Judge'" },
            { m => m.Publishes("thing"), "'thing'" },
            { m => m.Body<NoBodies>("Jury", "things.jury"), "'Jury'" },
            { m => m.Job("things-sweep", TimeSpan.FromDays(1), (_, _) => Task.CompletedTask), "'things-sweep'" },
        };

    [Theory, MemberData(nameof(Declarations), DisableDiscoveryEnumeration = true)]
    public void Two_modules_with_one_key_fail_with_both_names(Action<ModuleBuilder> declare, string key)
    {
        var fault = Assert.Throws<InvalidOperationException>(() => new ModuleCatalog([Made("One"), Made("Two")]));
        Assert.Contains("One", fault.Message, StringComparison.Ordinal);
        Assert.Contains("Two", fault.Message, StringComparison.Ordinal);
        Assert.Contains(key, fault.Message, StringComparison.Ordinal);

        DeclaredModule Made(string name)
        {
            var builder = new ModuleBuilder(name, Assembly.GetExecutingAssembly(), new ServiceCollection());
            declare(builder);
            return builder.Build();
        }
    }

    private sealed class NoBodies : IBodies
    {
        public Task<IReadOnlyList<Body>> ListAsync(BodyKind kind, CancellationToken cancel) =>
            Task.FromResult<IReadOnlyList<Body>>([]);

        public Task<Body?> FindAsync(BodyKey key, CancellationToken cancel) => Task.FromResult<Body?>(null);

        public Task<IReadOnlyCollection<MemberId>> MembersAsync(BodyKey key, CancellationToken cancel) =>
            Task.FromResult<IReadOnlyCollection<MemberId>>([]);
    }
}
