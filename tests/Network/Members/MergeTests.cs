using System.Globalization;
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

public class MergeTests(SharedHosts houses) : IClassFixture<SharedHosts>
{
    private static Member Institution(string name, string country, OperationContext acting)
    {
        var member = new Member
        {
            Id = new(Guid.CreateVersion7()),
            Slug = $"{MemberStore.Plain(name, "m")}-{Guid.NewGuid():N}"[..40],
            Kind = MemberKind.LocalGovernment,
        };
        member.Call(LocalizedText.Original(Language.English, name));
        member.Settle(country);
        return member;
    }

    /// <summary>
    /// Every row of every table that points at an institution, and the institutions themselves, as text.
    /// </summary>
    private static async Task<SortedSet<string>> Facts(PlenariaDb db, IReadOnlyCollection<MemberId> of)
    {
        var facts = new SortedSet<string>(StringComparer.Ordinal);
        db.ChangeTracker.Clear();
        void Add<T>(IEnumerable<T> rows)
            where T : class
        {
            foreach (var row in rows)
                facts.Add(
                    $"{typeof(T).Name} "
                        + string.Join(
                            ", ",
                            db.Entry(row)
                                .Properties.Where(p => p.Metadata.Name is not "Version")
                                .Select(p =>
                                    $"{p.Metadata.Name}={(p.CurrentValue is System.Collections.IEnumerable list and not string ? string.Join('/', list.Cast<object>()) : Convert.ToString(p.CurrentValue, CultureInfo.InvariantCulture))}"
                                )
                        )
                );
        }
        Add(await db.Set<Member>().Where(m => of.Contains(m.Id)).ToListAsync());
        Add(await db.Set<Membership>().Where(m => of.Contains(m.MemberId)).ToListAsync());
        Add(await db.Set<Representation>().Where(r => of.Contains(r.Member)).ToListAsync());
        Add(await db.Set<Prospect>().Where(p => of.Contains(p.Member)).ToListAsync());
        Add(await db.Set<Activity>().Where(a => of.Contains(a.Member)).ToListAsync());
        Add(await db.Set<Fact>().Where(f => of.Contains(f.Member)).ToListAsync());
        db.ChangeTracker.Clear();
        return facts;
    }

    private static async Task<(Member One, Member Other)> Pair(
        PlenariaDb db,
        Journal journal,
        OperationContext acting,
        Random random,
        int number
    )
    {
        var (one, other) = (
            Institution($"Ville {number}", "SN", acting),
            Institution($"Ville de {number}", "SN", acting)
        );
        var person = new Person
        {
            Id = new(Guid.CreateVersion7()),
            Email = $"p{number}@example.org",
            Language = Language.French,
        };
        person.Call($"Person {number}");
        db.Add(person);
        foreach (var member in (Member[])[one, other])
        {
            for (var i = random.Next(3); i > 0; i--)
            {
                member.Join((MemberClass)random.Next(3), new(2000 + 5 * (3 - i)), acting.At);
                if (i > 1 || random.Next(2) == 0)
                    member.Leave(new(2002 + 5 * (3 - i)), $"reason {random.Next()}", new(2026, 1, 1));
            }
            (member.City, member.Website) = (
                random.Next(2) == 0 ? $"City {random.Next(9)}" : null,
                random.Next(2) == 0 ? $"https://{random.Next(99)}.example.org/" : null
            );
            db.Add(member);
            for (var i = random.Next(3); i > 0; i--)
                db.Add(
                    new Activity
                    {
                        Id = Guid.CreateVersion7(),
                        Member = member.Id,
                        Person = random.Next(2) == 0 ? person.Id : null,
                        Kind = (ActivityKind)random.Next(4),
                        At = acting.At.AddDays(-random.Next(900)),
                        Text = $"said {random.Next()}",
                        ByName = "test",
                        MessageId = random.Next(2) == 0 ? $"<{i}@{number}>" : null,
                    }
                );
            for (var i = random.Next(3); i > 0; i--)
                db.Add(
                    new Fact
                    {
                        Id = Guid.CreateVersion7(),
                        Member = member.Id,
                        Field = "mayor",
                        Value = $"{random.Next()}",
                        Source = "press",
                        AsOf = new(2000 + random.Next(20)),
                        Confidence = (Confidence)random.Next(3),
                    }
                );
            if (random.Next(2) == 0)
                db.Add(
                    new Representation
                    {
                        Id = Guid.CreateVersion7(),
                        Person = person.Id,
                        Member = member.Id,
                        Role = (RepresentationRole)random.Next(5),
                        Title = $"title {random.Next()}",
                        From = new(2000 + random.Next(20)),
                        Letter = random.Next(2) == 0 ? new string('a', 64) : null,
                    }
                );
            if (random.Next(3) == 0)
                db.Add(
                    new Prospect
                    {
                        Member = member.Id,
                        Source = OutreachSource.Event,
                        SourceNote = $"{random.Next()}",
                    }
                );
        }
        foreach (var stream in (string[])[one.Stream, other.Stream, person.Stream])
            journal.Append(acting, stream, "members.member-added", null, new { number });
        return (one, other);
    }

    private static async Task MergeAndUndo(TestHost house, int pairs, int seed)
    {
        var random = new Random(seed);
        await house.Within(async services =>
        {
            var (db, journal, merging) = (
                services.GetRequiredService<PlenariaDb>(),
                services.GetRequiredService<Journal>(),
                services.GetRequiredService<MemberMerge>()
            );
            var acting = house.Acting();
            var members = services.GetRequiredService<MemberStore>();
            var made = new List<(MemberId One, MemberId Other)>();
            for (var i = 0; i < pairs; i++)
            {
                var (one, other) = await Pair(db, journal, acting, random, i);
                made.Add((one.Id, other.Id));
                if (i % 50 == 49 || i == pairs - 1)
                {
                    await db.SaveChangesAsync();
                    db.ChangeTracker.Clear();
                }
            }
            foreach (var (one, other) in made)
            {
                var before = await Facts(db, [one, other]);
                var taken = MemberMerge.FieldNames.Where(_ => random.Next(2) == 0).ToList();
                var merge = await merging.Run(one, other, taken, acting, default);
                var merged = await Facts(db, [one, other]);
                // Nothing is lost: as many rows, and each says what it said but for whom it is of.
                Assert.True(
                    before.Count == merged.Count,
                    $"seed {seed}: {before.Count} facts before, {merged.Count} after"
                );
                Assert.All(
                    merged.Where(f => f.StartsWith("Membership ", StringComparison.Ordinal)),
                    f => Assert.Contains($"MemberId={one}", f)
                );
                await merging.Undo(await db.Set<Merge>().SingleAsync(m => m.Id == merge.Id), acting, default);
                var after = await Facts(db, [one, other]);
                Assert.True(
                    before.SetEquals(after),
                    $"seed {seed}:\n{string.Join('\n', before.Except(after))}\nbecame\n{string.Join('\n', after.Except(before))}"
                );
                db.ChangeTracker.Clear();
            }
        });
    }

    [Theory, BothDatabases]
    public async Task Whatever_two_records_hold_is_all_there_after_a_merge_and_as_before_after_its_undoing(
        Provider provider
    )
    {
        var seed = Environment.TickCount;
        TestContext.Current.TestOutputHelper?.WriteLine($"seed {seed}");
        await using var house = await TestHost.Open(provider);
        await MergeAndUndo(house, 100, seed);
    }

    [Fact]
    public async Task Ten_thousand_pairs_when_asked_for()
    {
        // `MERGE_PAIRS=10000`: minutes, not for every run.
        if (
            !int.TryParse(
                Environment.GetEnvironmentVariable("MERGE_PAIRS"),
                NumberStyles.None,
                CultureInfo.InvariantCulture,
                out var pairs
            )
        )
            pairs = 20;
        await using var house = await TestHost.Open(Provider.Sqlite);
        await MergeAndUndo(house, pairs, 42);
    }

    [Theory, BothDatabases]
    public async Task Two_records_become_one_on_every_page_and_two_again(Provider provider)
    {
        await using var house = await TestHost.Open(provider);
        var staff = await house.Visit(Role.Staff);
        foreach (
            var (name, site) in ((string, string)[])
                [("Ville de Fatick", "fatick.example.org"), ("Commune de Fatick", "")]
        )
            Assert.Equal(
                HttpStatusCode.Redirect,
                (
                    await staff.Submit(
                        "/fr/members/new",
                        "main form",
                        ("Input.Name", name),
                        ("Input.Country", "SN"),
                        ("Input.Website", site),
                        ("Input.Since", "2011")
                    )
                ).Status
            );
        Assert.Contains("Fatick", (await staff.Get("/fr/members/duplicates")).Text(".actions"));
        var total = (await house.Visit().Get("/api/v1/composition")).Body;
        Assert.Equal(
            HttpStatusCode.UnprocessableEntity,
            (
                await staff.Submit(
                    "/fr/members/merge?one=ville-de-fatick&other=ville-de-fatick",
                    "main form[method=post]"
                )
            ).Status
        );
        const string both = "/fr/members/merge?one=commune-de-fatick&other=ville-de-fatick";
        var (compare, late) = (await staff.Get(both), await staff.Get(both));
        Assert.Equal(
            HttpStatusCode.Redirect,
            (await staff.Submit(compare, "main form[method=post]", ("Taken", "website"))).Status
        );
        Assert.Contains("fatick.example.org", (await house.Visit().Get("/fr/members/commune-de-fatick")).Body);
        var old = await house.Visit().Get("/fr/members/ville-de-fatick");
        Assert.Equal((HttpStatusCode.MovedPermanently, "/fr/members/commune-de-fatick"), (old.Status, old.Location));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await staff.Submit(late, "main form[method=post]")).Status);
        Assert.Empty(await MemberTests.Faults(house));
        Assert.Equal(HttpStatusCode.Redirect, (await staff.Submit("/fr/members/duplicates", ".history form")).Status);
        Assert.Equal(HttpStatusCode.OK, (await house.Visit().Get("/fr/members/ville-de-fatick")).Status);
        Assert.DoesNotContain("fatick.example.org", (await house.Visit().Get("/fr/members/commune-de-fatick")).Body);
        Assert.Equal(total, (await house.Visit().Get("/api/v1/composition")).Body);
        Assert.Empty(await MemberTests.Faults(house));
        // Found to be two, they are not asked about again.
        const string apart = ".actions form:has([aria-label*='Fatick'])";
        Assert.Equal(HttpStatusCode.Redirect, (await staff.Submit("/fr/members/duplicates", apart)).Status);
        Assert.DoesNotContain("Fatick", (await staff.Get("/fr/members/duplicates")).Text(".actions"));
    }

    [Fact]
    public async Task Every_column_that_points_at_an_institution_or_a_person_is_claimed()
    {
        var house = await houses.On(Provider.Sqlite);
        await house.Within(services =>
        {
            var claimed = services
                .GetRequiredService<Plenaria.Platform.Modules.ModuleCatalog>()
                .Declared<Plenaria.Platform.Subjects.SubjectColumn>()
                .Select(s => $"{s.Entity.Name}.{s.Property}")
                .ToHashSet();
            var pointing = services
                .GetRequiredService<PlenariaDb>()
                .Model.GetEntityTypes()
                .SelectMany(e =>
                    e.GetProperties()
                        .Where(p =>
                            (Nullable.GetUnderlyingType(p.ClrType) ?? p.ClrType) is var type
                            && (type == typeof(MemberId) || type == typeof(PersonId))
                            && !(e.ClrType == typeof(Member) && p.Name == "Id")
                            && !(e.ClrType == typeof(Person) && p.Name == "Id")
                        )
                        .Select(p => $"{e.ClrType.Name}.{p.Name}")
                );
            Assert.DoesNotContain(pointing, p => !claimed.Contains(p));
            return Task.CompletedTask;
        });
    }

    [Theory]
    [InlineData("Ajuntament de Barcelona", "City of Barcelona", true)]
    [InlineData("Ville de Thiès", "Commune de Thies", true)]
    [InlineData("Prefeitura de Canoas", "Prefeitura de Porto Alegre", false)]
    [InlineData("Municipalidad de Rosario", "Municipalidad de Rosaryo", true)]
    [InlineData("City of York", "City of New York", true)]
    [InlineData("Ville de Lyon", "Ville de Dakar", false)]
    public void Names_are_alike_by_the_words_that_tell_institutions_apart(string one, string other, bool alike) =>
        Assert.Equal(alike, Duplicates.Likeness(Duplicates.Telling(one), Duplicates.Telling(other)) >= 0.99);
}
