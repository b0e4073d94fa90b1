using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;
using Plenaria.Platform.Journal;
using Plenaria.Platform.Modules;
using Plenaria.Platform.Tasks;

namespace Plenaria.Tests.Platform.Journal;

/// <summary>A change is stored with an entry in the stream of its own record, whichever way it is written.</summary>
public class JournalGuardTests(SharedHosts houses) : IClassFixture<SharedHosts>
{
    private static Account Somebody() =>
        new()
        {
            Id = new(Guid.CreateVersion7()),
            Email = $"{Guid.NewGuid():N}@example.org",
            Name = "Somebody",
            Language = Kernel.Language.English,
            Stamp = Guid.NewGuid(),
        };

    private static AccountGrant GrantOf(Account account) =>
        new()
        {
            Id = Guid.CreateVersion7(),
            AccountId = account.Id,
            Role = Role.Juror,
            ScopeKind = "everywhere",
            ScopeId = Guid.NewGuid(),
        };

    private static HandTask Task(Account of) =>
        new()
        {
            Id = Guid.CreateVersion7(),
            Title = "To do",
            Assignee = of.Id,
            CreatedBy = of.Id,
        };

    private static void Tell(IServiceProvider services, TestHost house, string stream) =>
        services
            .GetRequiredService<Plenaria.Platform.Journal.Journal>()
            .Append(house.Acting(), stream, "test.done", null, new { });

    [Theory, BothDatabases]
    public async Task Each_changed_record_needs_an_entry_in_its_own_stream(Provider provider)
    {
        var house = await houses.On(provider);
        await house.Within(async services =>
        {
            var db = services.GetRequiredService<PlenariaDb>();
            var (one, other) = (Somebody(), Somebody());
            var task = Task(one);
            async Task Refused(string expected)
            {
                var fault = await Assert.ThrowsAsync<InvalidOperationException>(() => db.SaveChangesAsync());
                Assert.Contains(expected, fault.Message);
                db.ClearTracking();
            }
            db.Add(one);
            await Refused($"Account changed and nobody told the journal in {one.Stream}");
            // Of two records, an entry for one is none for the other.
            db.AddRange(one, other);
            Tell(services, house, one.Stream);
            await Refused(other.Stream);
            db.AddRange(one, task);
            Tell(services, house, one.Stream);
            await Refused(task.Stream);
            // What goes along with a record is told in that record's stream, not in another's.
            db.AddRange(one, GrantOf(one));
            Tell(services, house, one.Stream);
            await db.SaveChangesAsync();
            db.Add(GrantOf(one));
            Tell(services, house, other.Stream);
            await Refused(one.Stream);
            // A later save of the same transaction tells for itself.
            await Assert.ThrowsAsync<InvalidOperationException>(() =>
                db.InTransactionAsync(
                    async () =>
                    {
                        db.Add(task);
                        Tell(services, house, task.Stream);
                        await db.SaveChangesAsync();
                        task.Title = "Done";
                        await db.SaveChangesAsync();
                    },
                    default
                )
            );
            db.ClearTracking();
            Assert.False(await db.Set<HandTask>().AnyAsync(t => t.Id == task.Id));
        });
    }

    [Theory, BothDatabases]
    public async Task A_statement_past_the_change_tracker_waits_for_an_entry_in_the_stream_it_states(Provider provider)
    {
        var house = await houses.On(provider);
        await house.Within(async services =>
        {
            var db = services.GetRequiredService<PlenariaDb>();
            var (one, other) = (Somebody(), Somebody());
            db.AddRange(one, other);
            foreach (var account in (Account[])[one, other])
                Tell(services, house, account.Stream);
            await db.SaveChangesAsync();
            Task Rename(string? told) =>
                db.InTransactionAsync(
                    async () =>
                    {
                        await db.UpdateRowsAsync(
                            db.Set<Account>().Where(a => a.Id == one.Id),
                            a => a.SetProperty(x => x.Name, "Renamed"),
                            StatementStreams.Of(one.Stream),
                            default
                        );
                        if (told is not null)
                            Tell(services, house, told);
                        await db.SaveChangesAsync();
                    },
                    default
                );
            Task<string> Name() => db.Set<Account>().Where(a => a.Id == one.Id).Select(a => a.Name).SingleAsync();
            foreach (var told in (string?[])[null, other.Stream])
            {
                var fault = await Assert.ThrowsAsync<InvalidOperationException>(() => Rename(told));
                Assert.Contains(one.Stream, fault.Message);
                Assert.Equal("Somebody", await Name());
            }
            await Rename(one.Stream);
            Assert.Equal("Renamed", await Name());
            // Outside a transaction there is no commit to wait for.
            await Assert.ThrowsAsync<InvalidOperationException>(() =>
                db.DeleteRowsAsync(
                    db.Set<Account>().Where(a => a.Id == one.Id),
                    StatementStreams.Of(one.Stream),
                    default
                )
            );
        });
    }

    [Theory, BothDatabases]
    public async Task Rows_written_in_bulk_wait_for_an_entry_in_their_own_stream(Provider provider)
    {
        var house = await houses.On(provider);
        await house.Within(async services =>
        {
            var (db, bulk) = (services.GetRequiredService<PlenariaDb>(), services.GetRequiredService<Bulk>());
            var (one, other) = (Somebody(), Somebody());
            Task Write(string told) =>
                db.InTransactionAsync(
                    async () =>
                    {
                        await bulk.Insert<Account>([one, other], default);
                        await Plenaria.Platform.Journal.Journal.AppendBulk(
                            bulk,
                            house.Acting(),
                            [(one.Stream, "test.done", new { })],
                            default
                        );
                        Tell(services, house, told);
                        await db.SaveChangesAsync();
                    },
                    default
                );
            var fault = await Assert.ThrowsAsync<InvalidOperationException>(() => Write("test"));
            Assert.Contains(other.Stream, fault.Message);
            Assert.False(await db.Set<Account>().AnyAsync(a => a.Id == one.Id));
            db.ClearTracking();
            await Write(other.Stream);
            Assert.True(await db.Set<Account>().AnyAsync(a => a.Id == one.Id));
        });
    }

    [Fact]
    public async Task Every_entity_says_its_stream_or_that_it_has_none()
    {
        var house = await houses.On(Provider.Sqlite);
        await house.Within(services =>
        {
            var claims = services
                .GetRequiredService<ModuleCatalog>()
                .Declared<JournaledEntity>()
                .ToLookup(c => c.Entity);
            var entities = services
                .GetRequiredService<PlenariaDb>()
                .Model.GetEntityTypes()
                .Select(e => e.ClrType)
                .ToList();
            Assert.Equal(
                [],
                entities
                    .Where(e => !e.IsAssignableTo(typeof(INotJournaled)) && e != typeof(JournalEntry))
                    .Where(e => !claims.Contains(e))
                    .Select(e => e.Name)
                    .Order()
            );
            Assert.All(entities.Where(e => e.IsAssignableTo(typeof(INotJournaled))), e => Assert.Empty(claims[e]));
            // A record with a stream of its own is not left with its kind alone.
            Assert.All(
                entities.Where(e => e.GetProperty("Stream") is not null && claims.Contains(e)),
                e => Assert.Contains(claims[e], c => c.Stream is not null)
            );
            Assert.All(
                claims.SelectMany(c => c).Where(c => c.Parent is not null),
                c => Assert.True(claims.Contains(c.Parent!))
            );
            return System.Threading.Tasks.Task.CompletedTask;
        });
    }

    // Opens connections of their own, reads, or writes tables past the model: each of them with its reason.
    private static readonly Dictionary<string, string> Commands = new()
    {
        ["Archive.cs"] = "puts a whole house back, its journal included",
        ["Bulk.cs"] = "states the streams of its rows",
        ["CacheInvalidation.cs"] = "reads",
        ["Databases.cs"] = "before there is a model",
        ["FileColumn.cs"] = "reads",
        ["SecureDeletion.cs"] = "settings of a connection",
        ["Subjects.cs"] = "states the streams it is given",
        ["WriteLog.cs"] = "moves the log into the file",
    };

    private static readonly Dictionary<string, string> Wrappers = new()
    {
        ["Archive.cs"] = "puts a whole house back, its journal included",
        ["PlenariaDb.cs"] = "the statements that state their streams",
        ["RepeatedFormFilter.cs"] = "its query is of SubmittedForm, and not in the statement",
    };

    /// <summary>Statements past the change tracker in the sources: where, and of which entity or table.</summary>
    private static IEnumerable<(string File, string What, string? Of)> Statements() =>
        from file in Directory.EnumerateFiles(Sources.Path("src"), "*.cs", SearchOption.AllDirectories)
        where
            !file.Contains("/obj/", StringComparison.Ordinal)
            && !file.Contains("/bin/", StringComparison.Ordinal)
            && !file.Contains("/Migrations/", StringComparison.Ordinal)
        let code = File.ReadAllText(file)
        from statement in Statements(code)
        select (Path.GetFileName(file), statement.What, statement.Of);

    private static IEnumerable<(string What, string? Of)> Statements(string code) =>
        [
            .. Regex
                .Matches(code, @"\.Execute(?:Update|Delete)(?:Async)?\(")
                .Select(m =>
                {
                    // Back to where the statement begins: the first set in it is what it changes.
                    var begin = code.LastIndexOfAny([';', '{', '}'], m.Index) + 1;
                    var of = Regex.Match(code[begin..m.Index], @"Set<(?:\w+\.)*(\w+)>\(\)");
                    return ("rows", of.Success ? of.Groups[1].Value : null);
                }),
            .. Regex
                .Matches(
                    code,
                    @"ExecuteSql(?:Raw|Interpolated)?(?:Async)?\(\s*\$?@?""([^;]*?)"
                        + @"(?:UPDATE|INSERT INTO|DELETE FROM)\s+\\?""?([\w{}.]+)"
                )
                .Select(m => ("table", (string?)m.Groups[2].Value)),
            .. Regex.Matches(code, @"\.CreateCommand\(").Select(_ => ("command", (string?)null)),
        ];

    [Fact]
    public async Task Statements_past_the_change_tracker_state_their_stream()
    {
        var house = await houses.On(Provider.Sqlite);
        await house.Within(services =>
        {
            var free = services
                .GetRequiredService<PlenariaDb>()
                .Model.GetEntityTypes()
                .Where(e => e.ClrType.IsAssignableTo(typeof(INotJournaled)))
                .SelectMany(e => new[] { e.ClrType.Name, e.GetTableName()! })
                .ToHashSet();
            var found = Statements().ToList();
            Assert.Contains(("SignIns.cs", "rows", "SignInSession"), found);
            Assert.Contains(("MemberStore.cs", "table", "members_counts"), found);
            Assert.Equal(
                Commands.Keys.Order(StringComparer.Ordinal),
                found.Where(f => f.What == "command").Select(f => f.File).Distinct().Order(StringComparer.Ordinal)
            );
            Assert.Equal(
                [],
                found
                    .Where(f => f.What != "command" && !Wrappers.ContainsKey(f.File))
                    .Where(f => f.Of is null || !free.Contains(f.Of))
                    .Select(f => $"{f.File}: {f.What} of {f.Of ?? "?"}")
                    .Order()
            );
            return System.Threading.Tasks.Task.CompletedTask;
        });
    }

    [Theory]
    [InlineData(
        "await db.Set<Person>().Where(p => db.Set<SignInSession>().Any()).ExecuteDeleteAsync(cancel);",
        "Person"
    )]
    [InlineData("var rows = Row(identity).ExecuteUpdateAsync(f => f);", null)]
    [InlineData("db.Database.ExecuteSqlAsync($\"UPDATE members_people SET name = {name}\")", "members_people")]
    [InlineData("db.Database.ExecuteSqlRawAsync($\"DELETE FROM \\\"{table.Name}\\\"\", cancel)", "{table.Name}")]
    public void A_statement_is_found_with_what_it_changes(string code, string? of) =>
        Assert.Equal(of, Assert.Single(Statements(code)).Of);

    [Fact]
    public void Only_an_erasure_goes_through_the_whole_house_under_one_entry() =>
        Assert.Equal(
            ["Privacy.cs"],
            Directory
                .EnumerateFiles(Sources.Path("src"), "*.cs", SearchOption.AllDirectories)
                .Where(f => Regex.IsMatch(File.ReadAllText(f), @"\bdb\.RecordAllIn\("))
                .Select(f => Path.GetFileName(f))
        );
}
