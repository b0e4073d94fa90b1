using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Plenaria.Exchange;
using Plenaria.Members;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;
using Plenaria.Platform.Journal;

namespace Plenaria.Tests.Knowledge.Exchange;

/// <summary>The yearly invitation reads the members that it writes to, and no others.</summary>
public class NudgeQueryTests
{
    /// <summary>Members of long standing that nobody acts for.</summary>
    private static Task Add(TestHost house, int many) =>
        house.Within(async services =>
        {
            var (db, acting) = (services.GetRequiredService<PlenariaDb>(), house.Acting());
            foreach (var number in Enumerable.Range(1, many))
            {
                var member = new Member
                {
                    Id = new(Guid.CreateVersion7()),
                    Slug = $"silent-{number:0000}",
                    Kind = MemberKind.University,
                };
                member.Call(LocalizedText.Original(Language.English, $"Silent {number:0000}"));
                member.Settle("JP");
                member.Join(MemberClass.Associate, new(2015), acting.At);
                db.Add(member);
                services
                    .GetRequiredService<Journal>()
                    .Append(acting, member.Stream, "members.member-added", null, new { many });
            }
            await db.SaveChangesAsync();
        });

    /// <summary>Nothing that members published is younger than a year.</summary>
    private static Task Age(TestHost house) =>
        house.Within(services =>
        {
            var db = services.GetRequiredService<PlenariaDb>();
            var at = DateTimeOffset.UtcNow.AddYears(-2);
            return db.Database.ExecuteSqlRawAsync(
                "UPDATE register_entries SET published_at = {0}",
                db.IsSqlite ? at.UtcTicks : at
            );
        });

    private static Task<int> Invited(TestHost house, string who) =>
        house.Within(services =>
            services
                .GetRequiredService<PlenariaDb>()
                .Set<Plenaria.Correspondence.OutboxMessage>()
                .CountAsync(l => l.To == who && l.Text.Contains("/exchange/nudges/"))
        );

    private static Task Run(TestHost house) =>
        house.Within(services => services.GetRequiredService<ContributionReminderJob>().Run(default));

    [Theory, BothDatabases]
    public async Task Invitations_read_the_members_that_are_due_and_no_others(Provider provider)
    {
        var (house, counter) = await QueryCounter.Open(provider);
        await using var closing = house;
        await house.ActsFor(Role.Juror, "ajuntament-de-barcelona");
        await house.ActsFor(Role.Translator, "intendencia-de-montevideo");
        await Add(house, 300);
        await Age(house);
        var queries = await counter.During("", () => Run(house));
        Assert.Equal(1, await Invited(house, "juror@example.org"));
        Assert.Equal(1, await Invited(house, "translator@example.org"));
        IReadOnlyList<CountedQuery> Of(string table) =>
            [.. queries.Where(q => q.Sql.Contains(table, StringComparison.Ordinal))];
        // Those due, and their names: the row after the last is read too.
        Assert.InRange(Of("members_members").Sum(q => q.Reads), 4, 20);
        Assert.Equal(2, Of("members_members").Count);
        // Which of all members somebody acts for, who they are, and who of them refuses mail.
        Assert.InRange(Of("access_accounts").Count, 1, 2);
        Assert.Single(Of("members_people"));
        Assert.DoesNotContain(await counter.During("members_members", () => Run(house)), q => q.Reads > 1);
    }
}
