using System.CommandLine;
using Microsoft.Extensions.DependencyInjection;
using Plenaria.Platform.Modules;

namespace Plenaria.Platform.Access;

/// <summary><c>token create --email E --role R</c>: the token alone on the last line.</summary>
internal static class TokenVerb
{
    public static Command Make(CliHost host)
    {
        var email = new Option<string>("--email")
        {
            Description = "The address of the account the token acts for; opened when there is none.",
            Required = true,
        };
        var role = new Option<string>("--role") { Description = "The one role the token carries.", Required = true };
        string[] roles = [.. host.Modules.Declared<RoleDeclaration>().Select(r => r.Role.Word)];
        role.AcceptOnlyFromAmong(roles);
        var days = new Option<int>("--days")
        {
            Description = $"For how many days it holds, at most {AccessToken.MaxDays}.",
            DefaultValueFactory = _ => AccessToken.DefaultDays,
        };
        days.Validators.Add(given =>
        {
            if (given.GetValueOrDefault<int>() is < 1 or > AccessToken.MaxDays)
                given.AddError($"--days is a number from 1 to {AccessToken.MaxDays}.");
        });
        var create = new Command("create", "Create a bearer token for a program and print it, once.")
        {
            email,
            role,
            days,
            host.Data,
        };
        create.SetAction(
            async (parsed, cancel) =>
            {
                await using var scope = (await host.Open(parsed, cancel)).CreateAsyncScope();
                var acting = scope.ServiceProvider.GetRequiredService<SystemActor>().As("token create");
                Console.WriteLine(
                    await scope
                        .ServiceProvider.GetRequiredService<Accounts>()
                        .CreateToken(
                            parsed.GetRequiredValue(email),
                            Role.Parse(parsed.GetRequiredValue(role)),
                            acting,
                            cancel,
                            parsed.GetValue(days)
                        )
                );
                return 0;
            }
        );
        var whose = new Option<string>("--email") { Description = "The address of the account.", Required = true };
        var which = new Option<string?>("--role") { Description = "Only the tokens of this role; all when left out." };
        which.AcceptOnlyFromAmong(roles);
        var revoke = new Command("revoke", "Take an account's tokens back; print how many.")
        {
            whose,
            which,
            host.Data,
        };
        revoke.SetAction(
            async (parsed, cancel) =>
            {
                await using var scope = (await host.Open(parsed, cancel)).CreateAsyncScope();
                var acting = scope.ServiceProvider.GetRequiredService<SystemActor>().As("token revoke");
                Console.WriteLine(
                    await scope
                        .ServiceProvider.GetRequiredService<Accounts>()
                        .RevokeTokens(
                            parsed.GetRequiredValue(whose),
                            parsed.GetValue(which) is { } only ? Role.Parse(only) : null,
                            acting,
                            cancel
                        )
                );
                return 0;
            }
        );
        var list = new Command("list", "List the tokens that hold: address, role, day of creation, last day.")
        {
            host.Data,
        };
        list.SetAction(
            async (parsed, cancel) =>
            {
                await using var scope = (await host.Open(parsed, cancel)).CreateAsyncScope();
                var now = scope.ServiceProvider.GetRequiredService<TimeProvider>().GetUtcNow();
                foreach (
                    var (token, owner) in await scope
                        .ServiceProvider.GetRequiredService<Accounts>()
                        .Tokens(null, now, cancel)
                )
                    Console.WriteLine(
                        $"{owner}\t{token.Role.Word}\t{token.CreatedAt:yyyy-MM-dd}\t{token.ExpiresAt:yyyy-MM-dd}"
                    );
                return 0;
            }
        );
        return new Command("token", "Keys for programs.") { create, list, revoke };
    }
}
