using Microsoft.Extensions.DependencyInjection;
using Plenaria.Members;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;
using Plenaria.Sessions;

namespace Plenaria.Tests.Governance.Sessions;

/// <summary>Letters to many members ask at once who does not want them.</summary>
public class LetterQueryTests
{
    [Theory, BothDatabases]
    public async Task Letters_to_several_members_ask_once_who_refuses_mail(Provider provider)
    {
        var (house, counter) = await QueryCounter.Open(provider);
        await using var closing = house;
        foreach (
            var (role, member) in (IEnumerable<(Role, string)>)
                [(Role.Juror, "ajuntament-de-barcelona"), (Role.Translator, "intendencia-de-montevideo")]
        )
            await house.ActsFor(role, member);
        LettersResult? result = null;
        var queries = await counter.During(
            "members_people",
            () =>
                house.Within(async services =>
                {
                    var all = await services.GetRequiredService<IMembers>().Present(null, default);
                    result = await services
                        .GetRequiredService<MemberLetters>()
                        .Write(
                            all.Select(m => (m.Id, m.Name)),
                            "consultations.mail.asked",
                            _ => [("title", "Counted"), ("until", null), ("version", 1), ("link", "/")],
                            house.Acting(),
                            default
                        );
                    await services.GetRequiredService<PlenariaDb>().SaveChangesAsync();
                })
        );
        Assert.True(result!.Written > 2);
        Assert.NotEmpty(result.Unreached);
        Assert.Single(queries);
    }
}
