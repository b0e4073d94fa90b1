using System.CommandLine;
using Microsoft.Extensions.DependencyInjection;
using Plenaria.Platform.Modules;

namespace Plenaria.Platform.Access;

/// <summary><c>token create --email E --role R</c>: the token alone on the last line.</summary>
internal static class TokenVerb
{
    public static Command Make(VerbHost host)
    {
        var email = new Option<string>("--email") { Description = "The address of the account the token acts for; opened when there is none.", Required = true };
        var role = new Option<string>("--role") { Description = "The one role the token carries.", Required = true };
        role.AcceptOnlyFromAmong([.. Enum.GetNames<Role>().Select(n => n.ToLowerInvariant())]);
        var create = new Command("create", "Create a bearer token for a program and print it, once.") { email, role, host.Data };
        create.SetAction(async (parsed, cancel) =>
        {
            await using var scope = (await host.Open(parsed, cancel)).CreateAsyncScope();
            var acting = scope.ServiceProvider.GetRequiredService<HouseActing>().As("token create");
            Console.WriteLine(await scope.ServiceProvider.GetRequiredService<Accounts>().CreateToken(parsed.GetRequiredValue(email), Enum.Parse<Role>(parsed.GetRequiredValue(role), ignoreCase: true), acting, cancel));
            return 0;
        });
        return new Command("token", "Keys for programs.") { create };
    }
}
