using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Plenaria.Exchange;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;
using Plenaria.Platform.Register;

namespace Plenaria.Tests.Knowledge.Exchange;

public class DriveTests
{
    private static async Task<string> Begin(Browser who, string title, int days)
    {
        var begun = await who.Submit(
            "/en/exchange/drives/new",
            "main form",
            ("Input.Title", title),
            ("Input.Text", "Tell us."),
            (
                "Input.Due",
                DateOnly
                    .FromDateTime(DateTime.UtcNow)
                    .AddDays(days)
                    .ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture)
            )
        );
        Assert.Equal(HttpStatusCode.Redirect, begun.Status);
        return begun.Location!;
    }

    private static Task<Answer> Press(
        Browser who,
        string path,
        string form,
        string button,
        params (string, string)[] fields
    ) => Task.Run(async () => await who.Press(await who.Get(path), form, button, fields));

    [Theory, BothDatabases]
    public async Task A_drive_is_answered_by_what_is_published_by_hand_or_with_nothing_and_reminds_once(
        Provider provider
    )
    {
        await using var house = await TestHost.Open(provider);
        var (staff, dakar, barcelona, montevideo) = (
            await house.Visit(Role.Staff),
            await house.Visit(Role.Member),
            await house.ActsFor(Role.Juror, "ajuntament-de-barcelona"),
            await house.ActsFor(Role.Translator, "intendencia-de-montevideo")
        );
        var path = await Begin(staff, "Young people", 5);
        Assert.Equal(HttpStatusCode.NotFound, (await dakar.Get(path)).Status);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await Press(staff, path, "#manage", "Open")).Status);
        foreach (var member in (string[])["ville-de-dakar", "ajuntament-de-barcelona", "intendencia-de-montevideo"])
            Assert.Equal(HttpStatusCode.Redirect, (await staff.Submit(path, "#ask", ("named", member))).Status);
        Assert.Equal(
            HttpStatusCode.UnprocessableEntity,
            (await staff.Submit(path, "#ask", ("named", "ville-de-dakar"))).Status
        );
        Assert.Contains("3 members", (await staff.Get(path)).Text("#manage"));
        Assert.Equal(HttpStatusCode.Redirect, (await Press(staff, path, "#manage", "Open")).Status);
        Assert.Contains(
            await house.LettersTo("member@example.org"),
            l =>
                l.Subject.Contains("Young people", StringComparison.Ordinal)
                && l.Text.Contains(path[3..], StringComparison.Ordinal)
        );
        Assert.Contains("Young people", (await dakar.Get("/en/workspace")).Body);

        // By itself: what a member publishes from now on.
        await house.Within(async services =>
        {
            var (db, register) = (services.GetRequiredService<PlenariaDb>(), services.GetRequiredService<Register>());
            var member = await services
                .GetRequiredService<Plenaria.Members.IMembers>()
                .Find("ajuntament-de-barcelona", default);
            await register.Publish(
                new(
                    Reference.Of("OIDP", "X", "1"),
                    "experience",
                    "/experiences/joves",
                    LocalizedText.Original(Language.Catalan, "Joves que decideixen"),
                    LocalizedText.Empty
                )
                {
                    Member = member!.Id,
                },
                LocalizedText.Empty,
                Audience.Public,
                default
            );
            services
                .GetRequiredService<Plenaria.Platform.Journal.Journal>()
                .Append(house.Acting(), "test", "experiences.published", null, new { });
            await db.SaveChangesAsync();
        });
        Assert.Contains("Joves que decideixen", (await dakar.Get(path)).Text("#answered ~ ul"));
        Assert.DoesNotContain("Young people", (await barcelona.Get("/en/workspace")).Body);
        // By hand: a publication that was there before; and nothing.
        Assert.Equal(
            HttpStatusCode.UnprocessableEntity,
            (await dakar.Submit(path, "#asked ~ ul form", ("with", "no such thing"))).Status
        );
        Assert.Equal(
            HttpStatusCode.Redirect,
            (
                await dakar.Submit(
                    path,
                    "#asked ~ ul form",
                    ("with", "https://network.example/fr/experiences/budget-participatif-de-fissel")
                )
            ).Status
        );
        Assert.Contains("Fissel", (await montevideo.Get(path)).Text("#answered ~ ul"));
        await house.Within(services => services.GetRequiredService<DriveStore>().Remind(default));
        await house.Within(services => services.GetRequiredService<DriveStore>().Remind(default));
        Assert.Single(
            await house.LettersTo("translator@example.org"),
            l => l.Subject.StartsWith("One week left", StringComparison.Ordinal)
        );
        Assert.DoesNotContain(
            await house.LettersTo("juror@example.org"),
            l => l.Subject.StartsWith("One week left", StringComparison.Ordinal)
        );
        Assert.Equal(
            HttpStatusCode.Redirect,
            (await Press(montevideo, path, "#asked ~ ul form", "Nothing", ("note", "Next year"))).Status
        );
        Assert.Contains("Next year", (await staff.Get(path)).Text("#answered ~ ul"));
        var csv = await staff.Get(path + "/answers.csv");
        Assert.Contains("Next year", csv.Body);
        Assert.Contains("OIDP-X-1", csv.Body);
        Assert.Equal(HttpStatusCode.Forbidden, (await dakar.Get(path + "/answers.csv")).Status);
        // An answer may be undone by who gave it.
        Assert.Equal(HttpStatusCode.Redirect, (await dakar.Submit(path, "#answered ~ ul form", [])).Status);
        Assert.Contains("Young people", (await dakar.Get("/en/workspace")).Body);
        Assert.Equal(HttpStatusCode.Redirect, (await Press(staff, path, "#manage", "Close")).Status);
        Assert.DoesNotContain("Young people", (await dakar.Get("/en/workspace")).Body);
    }

    [Theory, BothDatabases]
    public async Task An_office_asks_members_of_its_territory_only(Provider provider)
    {
        await using var house = await TestHost.Open(provider);
        var office = await house.WorksFor("dakar");
        var path = await Begin(office, "Forums of the villages", 30);
        Assert.Equal(
            HttpStatusCode.UnprocessableEntity,
            (await office.Submit(path, "#ask", ("named", "ajuntament-de-barcelona"))).Status
        );
        Assert.Equal(
            HttpStatusCode.UnprocessableEntity,
            (await office.Submit(path, "#ask", ("country", "Brazil"))).Status
        );
        Assert.Equal(HttpStatusCode.Redirect, (await office.Submit(path, "#ask", ("country", "Senegal"))).Status);
        Assert.Contains("5 members", (await office.Get(path)).Text("#manage"));
        // What another began it does not look after.
        Assert.DoesNotContain(
            "manage",
            (await office.Get("/en/exchange/drives/1")).Page.QuerySelector("main")!.InnerHtml
        );
    }

    [Theory, BothDatabases]
    public async Task A_member_that_told_nothing_for_a_year_is_invited_once_a_year_unless_it_declined(Provider provider)
    {
        await using var house = await TestHost.Open(provider);
        async Task Age(string table, string column, DateTimeOffset at) =>
            await house.Within(async services =>
            {
                var db = services.GetRequiredService<PlenariaDb>();
                var sql = "UPDATE " + table + " SET " + column + " = {0}";
                await db.Database.ExecuteSqlRawAsync(sql, db.IsSqlite ? at.UtcTicks : (object)at);
            });
        Task Run() => house.Within(services => services.GetRequiredService<ContributionReminderJob>().Run(default));
        async Task<int> Invited() =>
            (
                await house.Within(async services =>
                    await services
                        .GetRequiredService<PlenariaDb>()
                        .Set<Plenaria.Correspondence.OutboxMessage>()
                        .CountAsync(l => l.To == "member@example.org" && l.Text.Contains("/experiences/new"))
                )
            );
        await Run();
        Assert.Equal(0, await Invited());
        await Age("register_entries", "published_at", DateTimeOffset.UtcNow.AddYears(-2));
        await Run();
        await Run();
        Assert.Equal(1, await Invited());
        await Age("exchange_nudges", "last_at", DateTimeOffset.UtcNow.AddDays(-370));
        await Run();
        Assert.Equal(2, await Invited());
        var city = await house.Visit(Role.Member);
        Assert.Equal(
            HttpStatusCode.Redirect,
            (await city.Submit("/en/exchange/nudges/ville-de-dakar", "main form", [])).Status
        );
        Assert.Contains("The invitation is not sent.", (await city.Get("/en/exchange/nudges/ville-de-dakar")).Body);
        Assert.Equal(HttpStatusCode.NotFound, (await city.Get("/en/exchange/nudges/ajuntament-de-barcelona")).Status);
        await Age("exchange_nudges", "last_at", DateTimeOffset.UtcNow.AddDays(-370));
        await Run();
        Assert.Equal(2, await Invited());
    }
}
