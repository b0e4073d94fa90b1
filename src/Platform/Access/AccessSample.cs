using Microsoft.Extensions.DependencyInjection;
using Plenaria.Platform.Data;

namespace Plenaria.Platform.Access;

/// <summary>Accounts of a sample network, named by their role at example.org.</summary>
internal static class AccessSample
{
    private sealed record Person(Guid Id, Role Role, string Email, string Name, Kernel.Language Language);

    public static async Task Load(IServiceProvider services, SampleFolder folder, CancellationToken cancel)
    {
        var accounts = services.GetRequiredService<Accounts>();
        var acting = services.GetRequiredService<SystemActor>().As("sample");
        foreach (var person in folder.Read<List<Person>>("accounts.json"))
        {
            var id = await accounts.Open(person.Email, person.Name, person.Language, acting, cancel, new(person.Id));
            await accounts.Grant(id, person.Role, Scope.Everywhere, null, acting, cancel);
        }
        await services.GetRequiredService<PlenariaDb>().SaveChangesAsync(cancel);
    }
}
