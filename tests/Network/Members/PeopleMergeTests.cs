using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Plenaria.Members;
using Plenaria.Members.Merging;
using Plenaria.Members.Outreach;
using Plenaria.Members.People;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;
using Plenaria.Platform.Journal;

namespace Plenaria.Tests.Network.Members;

public class PeopleMergeTests
{
    /// <summary>Both people, everything that points at them, and what their accounts may do, as text.</summary>
    private static async Task<SortedSet<string>> Facts(PlenariaDb db, IReadOnlyCollection<PersonId> of)
    {
        db.ChangeTracker.Clear();
        var people = await db.Set<Person>().AsNoTracking().Where(p => of.Contains(p.Id)).ToListAsync();
        var accounts = people.Select(p => p.Account).OfType<AccountId>().ToList();
        return
        [
            .. people.Select(p => $"person {p.Id} {PersonMerge.Fields(p)}"),
            .. (await db.Set<Representation>().AsNoTracking().Where(r => of.Contains(r.Person)).ToListAsync()).Select(
                r => $"role {r.Id} {r.Person} {r.Member} {r.Role} {r.Title} {r.From} {r.Until}"
            ),
            .. (
                await db.Set<Activity>()
                    .AsNoTracking()
                    .Where(a => a.Person != null && of.Contains(a.Person.Value))
                    .ToListAsync()
            ).Select(a => $"said {a.Id} {a.Person} {a.Text}"),
            .. (
                await db.Set<AccountGrant>().AsNoTracking().Where(g => accounts.Contains(g.AccountId)).ToListAsync()
            ).Select(g => $"may {g.AccountId} {g.Role} {g.ScopeId}"),
        ];
    }

    private static async Task<PersonId> Somebody(
        IServiceProvider services,
        IReadOnlyList<MemberId> places,
        string name,
        int number,
        Random random,
        OperationContext acting
    )
    {
        var (db, people, members) = (
            services.GetRequiredService<PlenariaDb>(),
            services.GetRequiredService<PeopleStore>(),
            services.GetRequiredService<MemberStore>()
        );
        var person = await people.Meet(
            new(
                name,
                random.Next(3) == 0 ? null : $"p{number}@example.org",
                Language.All[random.Next(5)],
                RepresentationRole.Contact
            )
            {
                Phone = random.Next(2) == 0 ? $"+{number}" : null,
                ShowsName = random.Next(2) == 0,
            },
            acting,
            default
        );
        person.DoNotContact = random.Next(4) == 0;
        await db.SaveChangesAsync();
        foreach (var place in places.Where(_ => random.Next(2) == 0))
        {
            var (role, from) = ((RepresentationRole)random.Next(1, 5), new PartialDate(2000 + random.Next(20)));
            if (person.Email is null)
                db.Add(
                    new Representation
                    {
                        Id = Guid.CreateVersion7(acting.At),
                        Person = person.Id,
                        Member = place,
                        Role = role,
                        From = from,
                    }
                );
            else
                await people.Appoint(
                    await members.Load(place, default, toEdit: true),
                    new(name, person.Email, person.Language, role) { From = from },
                    acting,
                    default
                );
            db.Add(
                new Activity
                {
                    Id = Guid.CreateVersion7(),
                    Member = place,
                    Person = person.Id,
                    Kind = ActivityKind.Call,
                    At = acting.At,
                    Text = $"said {random.Next()}",
                    ByName = "test",
                }
            );
            services
                .GetRequiredService<Journal>()
                .Append(acting, person.Stream, "members.person-edited", null, new { number });
            await db.SaveChangesAsync();
        }
        return person.Id;
    }

    [Theory, BothDatabases]
    public async Task Whatever_two_people_hold_is_all_there_after_a_merge_and_as_before_after_its_undoing(
        Provider provider
    )
    {
        var seed = Environment.TickCount;
        var random = new Random(seed);
        await using var house = await TestHost.Open(provider);
        await house.Within(async services =>
        {
            var (db, merging, acting) = (
                services.GetRequiredService<PlenariaDb>(),
                services.GetRequiredService<PersonMerge>(),
                house.Acting()
            );
            var places = await db.Set<Member>()
                .Where(m => m.Status == MemberStatus.Member)
                .OrderBy(m => m.Slug)
                .Select(m => m.Id)
                .Take(4)
                .ToListAsync();
            for (var i = 0; i < 25; i++)
            {
                var (one, other) = (
                    await Somebody(services, places, $"Person {i}", 2 * i, random, acting),
                    await Somebody(services, places, $"Person {i}", 2 * i + 1, random, acting)
                );
                var before = await Facts(db, [one, other]);
                var merge = await merging.Run(
                    one,
                    other,
                    [.. PersonMerge.FieldNames.Where(_ => random.Next(2) == 0)],
                    acting,
                    default
                );
                var merged = await Facts(db, [one, other]);
                int Rows(SortedSet<string> facts) =>
                    facts.Count(f =>
                        f.StartsWith("role ", StringComparison.Ordinal)
                        || f.StartsWith("said ", StringComparison.Ordinal)
                    );
                Assert.True(Rows(before) == Rows(merged), $"seed {seed}");
                Assert.All(
                    merged.Where(f => !f.StartsWith("may ", StringComparison.Ordinal)),
                    f => Assert.DoesNotContain(other.ToString(), f)
                );
                await merging.Undo(merge.Id, null, acting, default);
                var after = await Facts(db, [one, other]);
                Assert.True(
                    before.SetEquals(after),
                    string.Join('\n', [$"seed {seed}:", .. before.Except(after), "became", .. after.Except(before)])
                );
            }
            await foreach (var fault in services.GetRequiredService<Journal>().Faults(default))
                Assert.Fail(fault);
        });
        Assert.Empty(await MemberTests.Faults(house));
    }

    [Theory, BothDatabases]
    public async Task Two_records_of_one_person_become_one_and_two_again_and_the_right_to_act_goes_along(
        Provider provider
    )
    {
        await using var house = await TestHost.Open(provider);
        const string merge = "/en/members/people/merge",
            self = "01900000-0000-7000-8000-000000000201";
        var (staff, city) = (await house.Visit(Role.Staff), await house.Visit(Role.Member));
        Assert.Equal(HttpStatusCode.Forbidden, (await city.Get(merge)).Status);
        var name = (await staff.Get($"/en/members/people/{self}")).Text("h1");
        Assert.Equal(
            HttpStatusCode.Redirect,
            (
                await staff.Submit(
                    "/en/members/ajuntament-de-barcelona/people",
                    "#add + form",
                    ("Input.Name", name),
                    ("Input.Phone", "+34 93 000 00 00"),
                    ("Input.Role", "Contact")
                )
            ).Status
        );
        Assert.Equal(HttpStatusCode.Forbidden, (await city.Get("/en/members/ajuntament-de-barcelona/people")).Status);
        var compare = (await staff.Get(merge))
            .Page.QuerySelectorAll("#alike ~ .actions a")
            .Single(a => a.GetAttribute("href")!.Contains(self, StringComparison.Ordinal))
            .GetAttribute("href")!;
        Assert.Equal(
            HttpStatusCode.UnprocessableEntity,
            (await staff.Submit($"{merge}?one={self}&other={self}", "form.merge")).Status
        );
        var (page, late) = (await staff.Get(compare), await staff.Get(compare));
        Assert.Contains("+34 93 000 00 00", page.Text("form.merge"));
        Assert.Equal(HttpStatusCode.Redirect, (await staff.Submit(page, "form.merge", ("Taken", "phone"))).Status);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await staff.Submit(late, "form.merge")).Status);
        var person = await staff.Get($"/en/members/people/{self}");
        Assert.Contains("Ajuntament de Barcelona", person.Text(".history"));
        Assert.Contains("+34 93 000 00 00", person.Text(".page-head"));
        // One person, one way in: they act for both now.
        Assert.Equal(HttpStatusCode.OK, (await city.Get("/en/members/ajuntament-de-barcelona/people")).Status);

        var (undo, again) = (await staff.Get(merge), await staff.Get(merge));
        Assert.Equal(HttpStatusCode.Redirect, (await staff.Submit(undo, ".history form")).Status);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await staff.Submit(again, ".history form")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await city.Get("/en/members/ajuntament-de-barcelona/people")).Status);
        Assert.Equal(HttpStatusCode.OK, (await city.Get("/en/members/ville-de-dakar/people")).Status);
        Assert.Contains(name, (await staff.Get("/en/members/ajuntament-de-barcelona/people")).Text(".actions"));
        Assert.DoesNotContain("+34 93 000 00 00", (await staff.Get($"/en/members/people/{self}")).Text(".page-head"));

        // Who was erased does not come back by an undoing.
        Assert.Equal(HttpStatusCode.Redirect, (await staff.Submit(await staff.Get(compare), "form.merge")).Status);
        var open = await staff.Get(merge);
        Assert.Equal(
            HttpStatusCode.Redirect,
            (
                await staff.Submit(
                    $"/en/members/people/erase?person={self}",
                    "main form",
                    ("Input.Reason", "Asked for it"),
                    ("Input.Confirmed", "true")
                )
            ).Status
        );
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await staff.Submit(open, ".history form")).Status);
        Assert.DoesNotContain(name, (await staff.Get(merge)).Body);
        await house.Within(async services =>
        {
            var erased = new PersonId(Guid.Parse(self));
            var merges = services.GetRequiredService<PlenariaDb>().Set<PeopleMerge>();
            Assert.False(await merges.AnyAsync(m => m.Kept == erased || m.Gone == erased));
        });
    }

    private static async Task<(PersonId One, PersonId Other)> PairAsync(
        IServiceProvider services,
        OperationContext acting
    )
    {
        var places = await services
            .GetRequiredService<PlenariaDb>()
            .Set<Member>()
            .Where(m => m.Status == MemberStatus.Member)
            .OrderBy(m => m.Slug)
            .Select(m => m.Id)
            .Take(4)
            .ToListAsync();
        var (name, random) = ($"Person {Guid.NewGuid():N}", new Random());
        return (
            await Somebody(services, places, name, random.Next(1_000, int.MaxValue), random, acting),
            await Somebody(services, places, name, random.Next(1_000, int.MaxValue), random, acting)
        );
    }

    [Theory, BothDatabases]
    public async Task A_merge_is_undone_however_much_the_journal_grew_since(Provider provider)
    {
        await using var house = await TestHost.Open(provider);
        await house.Within(async services =>
        {
            var (db, merging, journal, acting) = (
                services.GetRequiredService<PlenariaDb>(),
                services.GetRequiredService<PersonMerge>(),
                services.GetRequiredService<Journal>(),
                house.Acting()
            );
            var (one, other) = await PairAsync(services, acting);
            var before = await Facts(db, [one, other]);
            var merge = await merging.Run(one, other, ["name"], acting, default);
            for (var i = 0; i < 600; i++)
                journal.Append(acting, PersonMerge.Stream, PersonMerge.Merged, null, new { merge = Guid.NewGuid() });
            await db.SaveChangesAsync();
            await merging.Undo(merge.Id, null, acting, default);
            Assert.Equal(before, await Facts(db, [one, other]));
            Assert.Equal(
                acting.At.UtcDateTime,
                (await db.Set<PeopleMerge>().SingleAsync()).UndoneAt!.Value.UtcDateTime,
                TimeSpan.FromMilliseconds(1)
            );
            await Assert.ThrowsAsync<RuleViolationException>(() => merging.Undo(merge.Id, null, acting, default));
        });
    }

    /// <summary>As the journal held a merge before merges had a table.</summary>
    private static async Task MoveIntoJournalAsync(
        IServiceProvider services,
        PeopleMerge merge,
        OperationContext acting
    )
    {
        var (db, journal) = (services.GetRequiredService<PlenariaDb>(), services.GetRequiredService<Journal>());
        journal.Append(
            acting,
            PersonMerge.Stream,
            PersonMerge.Merged,
            null,
            new
            {
                merge = merge.Id,
                kept = merge.Kept.Value,
                gone = merge.Gone.Value,
                moves = merge.Moves,
                before = merge.Before,
                other = merge.Other with
                {
                    Confirmed = null,
                },
                unconfirmed = merge.Other.Confirmed,
            }
        );
        await db.SaveChangesAsync();
        await db.Set<PeopleMerge>().Where(m => m.Id == merge.Id).ExecuteDeleteAsync();
        db.ChangeTracker.Clear();
    }

    [Theory, BothDatabases]
    public async Task Merges_that_stood_in_the_journal_alone_are_carried_over_and_can_be_undone(Provider provider)
    {
        await using var house = await TestHost.Open(provider);
        await house.Within(async services =>
        {
            var (db, merging, acting) = (
                services.GetRequiredService<PlenariaDb>(),
                services.GetRequiredService<PersonMerge>(),
                house.Acting()
            );
            var (one, other) = await PairAsync(services, acting);
            var before = await Facts(db, [one, other]);
            var open = await merging.Run(one, other, ["name"], acting, default);
            await MoveIntoJournalAsync(services, open, acting);
            var (third, fourth) = await PairAsync(services, acting);
            var undone = await merging.Run(third, fourth, [], acting, default);
            await merging.Undo(undone.Id, null, acting, default);
            await MoveIntoJournalAsync(services, undone, acting);

            await services.GetRequiredService<JournaledMerges>().CarryOverAsync(default);
            await services.GetRequiredService<JournaledMerges>().CarryOverAsync(default);
            db.ChangeTracker.Clear();
            var carried = await db.Set<PeopleMerge>().AsNoTracking().ToDictionaryAsync(m => m.Id);
            Assert.Equal(2, carried.Count);
            Assert.Equal((open.Kept, open.Gone), (carried[open.Id].Kept, carried[open.Id].Gone));
            Assert.Equal(open.Moves.Count, carried[open.Id].Moves.Count);
            Assert.Equal(open.Before, carried[open.Id].Before);
            Assert.Null(carried[open.Id].UndoneAt);
            Assert.NotNull(carried[undone.Id].UndoneAt);
            await merging.Undo(open.Id, null, acting, default);
            Assert.Equal(before, await Facts(db, [one, other]));

            // What was merged into somebody who was erased since stays where it is, whatever they were called.
            var (fifth, sixth) = await PairAsync(services, acting);
            await MoveIntoJournalAsync(services, await merging.Run(fifth, sixth, [], acting, default), acting);
            var person = await db.Set<Person>().SingleAsync(p => p.Id == fifth);
            person.Erase();
            services
                .GetRequiredService<Journal>()
                .Append(acting, person.Stream, "members.person-erased", null, new { });
            await db.SaveChangesAsync();
            await services.GetRequiredService<JournaledMerges>().CarryOverAsync(default);
            Assert.False(await db.Set<PeopleMerge>().AnyAsync(m => m.Kept == fifth));
        });
        Assert.Empty(await MemberTests.Faults(house));
    }
}
