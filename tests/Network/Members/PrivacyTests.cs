using System.Net;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Plenaria.Members;
using Plenaria.Members.Applications;
using Plenaria.Members.Outreach;
using Plenaria.Members.People;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;
using Plenaria.Platform.Jobs;
using Plenaria.Platform.Journal;

namespace Plenaria.Tests.Network.Members;

public class PrivacyTests
{
    private const string Id = "01900000-0000-7000-8000-000000000201",
        Self = $"/en/members/people/{Id}",
        Data = $"{Self}/data.json";

    private static Task Talk(TestHost house) =>
        house.Within(async services =>
        {
            var db = services.GetRequiredService<PlenariaDb>();
            var member = await db.Set<Member>().SingleAsync(m => m.Slug == "ville-de-dakar");
            db.Add(
                new Activity
                {
                    Id = Guid.CreateVersion7(),
                    Member = member.Id,
                    Person = new(Guid.Parse(Id)),
                    Kind = ActivityKind.Call,
                    At = house.Acting().At,
                    Text = "Will call back on Monday.",
                    ByName = "test",
                }
            );
            services
                .GetRequiredService<Journal>()
                .Append(house.Acting(), member.Stream, "members.outreach-logged", null, new { kind = "Call" });
            await db.SaveChangesAsync();
        });

    [Theory, BothDatabases]
    public async Task Everything_kept_about_a_person_is_theirs_and_staffs_to_take_and_nobody_elses(Provider provider)
    {
        await using var house = await TestHost.Open(provider);
        await Talk(house);
        Assert.Equal(HttpStatusCode.Redirect, (await house.Visit().Get(Data)).Status);
        foreach (var role in (Role[])[Role.Regional, Role.Juror, Role.Editor])
            Assert.Equal(HttpStatusCode.Forbidden, (await (await house.Visit(role)).Get(Data)).Status);
        var city = await house.Visit(Role.Member);
        Assert.Contains("data.json", (await city.Get(Self)).Body);
        Assert.DoesNotContain("/people/erase", (await city.Get(Self)).Body);
        foreach (var visitor in (Browser[])[city, await house.Visit(Role.Staff)])
        {
            var all = JsonDocument.Parse((await visitor.Get(Data)).Body).RootElement;
            Assert.Equal("member@example.org", all.GetProperty("person").GetProperty("email").GetString());
            Assert.Equal(
                "VotingDelegate",
                all.GetProperty("records")
                    .GetProperty("members_representations.Person")[0]
                    .GetProperty("role")
                    .GetString()
            );
            Assert.Equal(
                "Will call back on Monday.",
                all.GetProperty("records").GetProperty("members_activities.Person")[0].GetProperty("text").GetString()
            );
            Assert.Contains(
                all.GetProperty("journal").EnumerateArray(),
                l => l.GetProperty("act").GetString() == "members.person-added"
            );
        }
        Assert.Equal(
            HttpStatusCode.NotFound,
            (await city.Get($"/en/members/people/{Guid.NewGuid()}/data.json")).Status
        );
    }

    [Theory, BothDatabases]
    public async Task An_erased_person_is_named_nowhere_may_do_nothing_and_their_roles_and_dates_stay(Provider provider)
    {
        await using var house = await TestHost.Open(provider);
        await Talk(house);
        var (city, staff) = (await house.Visit(Role.Member), await house.Visit(Role.Staff));
        Assert.Equal(HttpStatusCode.OK, (await city.Get("/en/members/ville-de-dakar/people")).Status);
        var before = JsonDocument.Parse((await staff.Get(Data)).Body).RootElement;
        var name = before.GetProperty("person").GetProperty("name").GetString()!;
        var erase = await staff.Get($"/en/members/people/erase?person={Id}");
        Assert.Contains(name, erase.Body);
        Assert.Equal(
            HttpStatusCode.UnprocessableEntity,
            (await staff.Submit(erase, "main form", ("Input.Reason", "Asked for it"))).Status
        );
        Assert.Equal(
            HttpStatusCode.UnprocessableEntity,
            (await staff.Submit(erase, "main form", ("Input.Confirmed", "true"))).Status
        );
        Assert.Equal(HttpStatusCode.OK, (await city.Get(Self)).Status);
        Assert.Equal(
            HttpStatusCode.Redirect,
            (
                await staff.Submit(erase, "main form", ("Input.Reason", "Asked for it"), ("Input.Confirmed", "true"))
            ).Status
        );

        var people = await staff.Get("/en/members/ville-de-dakar/people");
        Assert.DoesNotContain(name, people.Body);
        Assert.DoesNotContain("member@example.org", people.Body);
        Assert.Contains("Erased person", people.Text(".actions"));
        Assert.Contains("Voting delegate", people.Text(".actions"));
        Assert.Equal(HttpStatusCode.OK, (await staff.Get(Self)).Status);
        var data = JsonDocument.Parse((await staff.Get(Data)).Body).RootElement;
        Assert.Equal(JsonValueKind.Null, data.GetProperty("person").GetProperty("email").ValueKind);
        JsonElement Role0(JsonElement all) =>
            all.GetProperty("records").GetProperty("members_representations.Person")[0];
        Assert.Equal(Role0(before).GetProperty("from").ToString(), Role0(data).GetProperty("from").ToString());
        Assert.Equal(house.Acting().Today.ToString("O"), Role0(data).GetProperty("until").GetString());
        Assert.Equal(JsonValueKind.Null, Role0(data).GetProperty("title").ValueKind);
        Assert.DoesNotContain("Monday", data.GetProperty("records").ToString());

        // The right to vote is gone, and the right to act, also where a door was left open.
        var voters = await house.Within(async services =>
        {
            var member = await services
                .GetRequiredService<PlenariaDb>()
                .Set<Member>()
                .SingleAsync(m => m.Slug == "ville-de-dakar");
            var accounts = services.GetRequiredService<Accounts>();
            return await accounts.Holding(Role.Delegate, Scope.Of(member.Id), house.Acting().At, default);
        });
        Assert.Empty(voters);
        foreach (var path in (string[])["/en/members/ville-de-dakar/people", Self, Data])
            Assert.Equal(HttpStatusCode.Redirect, (await city.Get(path)).Status);
        Assert.Equal(
            HttpStatusCode.UnprocessableEntity,
            (await staff.Submit(erase, "main form", ("Input.Reason", "Again"), ("Input.Confirmed", "true"))).Status
        );
        await house.Within(async services =>
        {
            var journal = services.GetRequiredService<Journal>();
            var line = (await journal.Read($"person:{Id}", 1, default))[0];
            Assert.Equal(("members.person-erased", "Asked for it"), (line.Act, line.Why));
            var ended = (await journal.Read("member:ville-de-dakar", 1, default))[0];
            Assert.Equal("members.role-ended", ended.Act);
            Assert.DoesNotContain(name, ended.What.ToString());
            await foreach (var fault in journal.Faults(default))
                Assert.Fail(fault);
        });
        Assert.Empty(await MemberTests.Faults(house));
    }

    [Theory, BothDatabases]
    public async Task No_text_of_this_module_names_an_erased_person_and_their_letters_are_gone(Provider provider)
    {
        await using var house = await TestHost.Open(provider);
        const string name = "Marcelline Okafor-Núñez",
            email = "marcelline@example.org",
            phone = "+34 600 700 800",
            letters = "/en/members/ville-de-dakar/people";
        var (staff, city) = (await house.Visit(Role.Staff), await house.Visit(Role.Member));
        byte[] signed = [.. "%PDF-1.4\nsigned by hand\n%%EOF"u8],
            shared = [.. "%PDF-1.4\nshared\n%%EOF"u8];
        foreach (var (role, file) in ((string, byte[])[])[("Alternate", signed), ("Coordinator", shared)])
        {
            var named = await city.Upload(
                await city.Get(letters),
                "#add + form",
                ("letter", "letter.pdf", file),
                ("Input.Name", name),
                ("Input.Email", email),
                ("Input.Phone", phone),
                ("Input.Role", role),
                ("Input.Title", "Mayor")
            );
            Assert.Equal(HttpStatusCode.Redirect, named.Status);
        }
        await city.Upload(
            await city.Get(letters),
            "#add + form",
            ("letter", "letter.pdf", shared),
            ("Input.Name", "Somebody Else"),
            ("Input.Email", "else@example.org"),
            ("Input.Role", "Coordinator")
        );
        var (id, kept, gone) = await house.Within(async services =>
        {
            var (db, acting) = (services.GetRequiredService<PlenariaDb>(), house.Acting());
            var person = await db.Set<Person>().SingleAsync(p => p.Email == email);
            var member = await db.Set<Member>().SingleAsync(m => m.Slug == "ville-de-dakar");
            var prospect = await db.Set<Member>().SingleAsync(m => m.Slug == "city-of-example");
            db.Add(
                new Activity
                {
                    Id = Guid.CreateVersion7(),
                    Member = prospect.Id,
                    Kind = ActivityKind.Mail,
                    At = acting.At,
                    Text = $"{name.ToUpperInvariant()} <{email}> wrote; ring 34-600.700.800",
                    ByName = "test",
                }
            );
            db.Add(
                new Activity
                {
                    Id = Guid.CreateVersion7(),
                    Member = prospect.Id,
                    Kind = ActivityKind.Note,
                    At = acting.At,
                    Text = "Said.",
                    By = person.Account,
                    ByName = name,
                }
            );
            db.Add(
                new Fact
                {
                    Id = Guid.CreateVersion7(),
                    Member = prospect.Id,
                    Field = "mayor",
                    Value = "Okafor-Núñez, Marcelline",
                    Source = $"letter of {name}",
                    AsOf = new(2020),
                    Confidence = Confidence.High,
                }
            );
            db.Add(
                new Suggestion
                {
                    Id = Guid.CreateVersion7(),
                    Member = prospect.Id,
                    Text = $"Write to {email}",
                    By = person.Account!.Value,
                    ByName = name,
                    At = acting.At,
                }
            );
            db.Add(
                new Segment
                {
                    Id = Guid.CreateVersion7(),
                    Name = "Hers",
                    Query = $"?q={Uri.EscapeDataString(name)}",
                }
            );
            (await db.Set<Prospect>().SingleAsync(p => p.Member == prospect.Id)).SourceNote = $"by {name}";
            var journal = services.GetRequiredService<Journal>();
            foreach (var stream in (string[])[prospect.Stream, Segments.Stream])
                journal.Append(acting, stream, "members.outreach-logged", null, new { });
            var forms = services.GetRequiredService<Plenaria.Forms.FormService>();
            var response = await forms.Plant(
                "membership",
                email,
                Language.French,
                "her-answers",
                new()
                {
                    ["name"] = ["Ville"],
                    ["person"] = [name],
                    ["phone"] = [phone],
                    ["title"] = ["Mayor"],
                    ["why"] = [$"Because {name} says so"],
                },
                acting,
                default,
                isSent: true
            );
            var application = new Application
            {
                Id = Guid.CreateVersion7(),
                Response = response,
                Name = "Ville",
                Country = "SN",
                ReceivedAt = acting.At,
            };
            application.Decline($"{name} withdrew it", acting.At);
            db.Add(application);
            journal.Append(acting, application.Stream, "members.application-declined", null, new { });
            await db.SaveChangesAsync();
            var hashes = person
                .Represents.Concat(await db.Set<Representation>().Where(r => r.Person == person.Id).ToListAsync())
                .Select(r => r.Letter!)
                .Distinct()
                .ToList();
            var others = await db.Set<Representation>()
                .Where(r => r.Person != person.Id && r.Letter != null)
                .Select(r => r.Letter!)
                .ToListAsync();
            return (person.Id, hashes.Single(others.Contains), hashes.Single(h => !others.Contains(h)));
        });
        Assert.Equal(HttpStatusCode.OK, (await staff.Get($"/files/{gone}")).Status);
        Assert.NotEmpty(await Naming(house));
        var erased = await staff.Submit(
            $"/en/members/people/erase?person={id}",
            "main form",
            ("Input.Reason", $"{name} asked for it"),
            ("Input.Confirmed", "true")
        );
        Assert.Equal(HttpStatusCode.Redirect, erased.Status);
        Assert.Empty(await Naming(house));
        Assert.Equal(HttpStatusCode.NotFound, (await staff.Get($"/files/{gone}")).Status);
        Assert.Equal(HttpStatusCode.OK, (await staff.Get($"/files/{kept}")).Status);
        await house.Within(async services =>
        {
            var line = (await services.GetRequiredService<Journal>().Read($"person:{id}", 9, default)).Single(l =>
                l.Act == "members.person-erased"
            );
            Assert.Equal("— asked for it", line.Why);
        });
        Assert.Empty(house.Data.EnumerateFiles(gone, SearchOption.AllDirectories));
        Assert.Empty(await MemberTests.Faults(house));

        // Every text column of this module and of the forms, as the database holds it.
        async Task<List<string>> Naming(TestHost of) =>
            await of.Within(async services =>
            {
                var (db, found) = (services.GetRequiredService<PlenariaDb>(), new List<string>());
                foreach (
                    var entity in db
                        .Model.GetEntityTypes()
                        .Where(e =>
                            e.GetTableName() is { } t
                            && (
                                t.StartsWith("members_", StringComparison.Ordinal)
                                || t.StartsWith("forms_", StringComparison.Ordinal)
                            )
                        )
                )
                foreach (
                    var column in entity
                        .GetProperties()
                        .Where(p => (p.GetTypeMapping().Converter?.ProviderClrType ?? p.ClrType) == typeof(string))
                )
                {
                    var sql =
                        $"SELECT CAST(\"{column.GetColumnName()}\" AS TEXT) AS \"Value\" FROM \"{entity.GetTableName()}\" WHERE \"{column.GetColumnName()}\" IS NOT NULL";
                    foreach (var text in await db.Database.SqlQueryRaw<string>(sql).ToListAsync())
                        if (
                            new[] { "marcelline", "okafor", "600 700", "600.700" }.Any(t =>
                                text.Contains(t, StringComparison.OrdinalIgnoreCase)
                            )
                        )
                            found.Add($"{entity.GetTableName()}.{column.GetColumnName()}: {text}");
                }
                return found;
            });
    }

    /// <summary>
    /// Reads every column of every table, whatever module it is of, and every file of the data directory.
    /// </summary>
    [Theory, BothDatabases]
    public async Task No_table_of_any_module_and_no_file_names_an_erased_person(Provider provider)
    {
        await using var house = await TestHost.Open(provider);
        var (city, staff) = (await house.Visit(Role.Member), await house.Visit(Role.Staff));
        // Seldom names, so that what is found is theirs.
        const string Name = "Zenobia Quxworth",
            Phone = "+221 33 987 65 43",
            Email = "member@example.org";
        await house.Within(async services =>
        {
            var db = services.GetRequiredService<PlenariaDb>();
            var account = await db.Set<Account>().SingleAsync(a => a.Email == Email);
            account.Name = Name;
            var person = await db.Set<Person>().SingleAsync(p => p.Email == Email);
            person.Call(Name);
            person.Phone = Phone;
            foreach (var stream in (string[])[person.Stream, account.Stream])
                services
                    .GetRequiredService<Journal>()
                    .Append(house.Acting(), stream, "members.person-edited", null, new { name = Name, phone = Phone });
            await db.SaveChangesAsync();
        });
        // A question, an answer, and a letter signed by the institution.
        var asked = await city.Submit(
            await city.Get("/en/exchange/ask"),
            "main form",
            ("Input.Title", "Is anybody there?"),
            ("Input.Text", "A question to the network.")
        );
        await city.Submit(await city.Get(asked.Location!), "form[action*=Post]", ("Input.Text", "An answer of ours."));
        Assert.Contains(Name, (await house.Visit().Get(asked.Location!)).Body);
        await staff.Upload(
            await staff.Get("/en/members/ville-de-dakar/people"),
            "main form[enctype]",
            ("letter", "letter.pdf", System.Text.Encoding.UTF8.GetBytes($"%PDF-1.7 We name {Name}")),
            ("Input.Name", Name),
            ("Input.Email", Email),
            ("Input.Role", "Coordinator")
        );
        Assert.NotEmpty(await Traces(house, Name, Phone, Email));

        var erase = await staff.Get($"/en/members/people/erase?person={Id}");
        Assert.Equal(
            HttpStatusCode.Redirect,
            (
                await staff.Submit(erase, "main form", ("Input.Reason", "Asked for it"), ("Input.Confirmed", "true"))
            ).Status
        );

        Assert.Equal([], await Traces(house, Name, Phone, Email));
        if (provider == Provider.Sqlite)
        {
            await house.Within(s => ExpiredRowsJob.Run(s, default));
            Assert.Equal([], InDatabaseFiles(house, Name, Phone, Email));
        }
        Assert.DoesNotContain(Name, (await house.Visit().Get(asked.Location!)).Body);
        Assert.Equal(HttpStatusCode.Redirect, (await city.Get("/en/workspace")).Status);
        await house.Within(async services =>
        {
            await foreach (var fault in services.GetRequiredService<Journal>().Faults(default))
                Assert.Fail(fault);
        });
    }

    /// <summary>Which of the words the files of an embedded database hold, in rows or in free space.</summary>
    private static List<string> InDatabaseFiles(TestHost house, params string[] words)
    {
        var file = new SqliteConnectionStringBuilder(house.ConnectionString).DataSource;
        var found = new List<string>();
        foreach (var path in new[] { file, file + "-wal" }.Where(File.Exists))
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using var reader = new StreamReader(stream, System.Text.Encoding.Latin1);
            var text = reader.ReadToEnd();
            found.AddRange(words.Where(w => text.Contains(w, StringComparison.OrdinalIgnoreCase)));
        }
        return found;
    }

    private static async Task<List<string>> Traces(TestHost house, params string[] words)
    {
        var found = new List<string>();
        await house.Within(async services =>
        {
            var db = services.GetRequiredService<PlenariaDb>();
            await db.Database.OpenConnectionAsync();
            foreach (
                var table in db
                    .Model.GetEntityTypes()
                    .Select(e => e.GetTableName()!)
                    .Distinct()
                    .Order(StringComparer.Ordinal)
            )
            {
                await using var command = db.Database.GetDbConnection().CreateCommand();
                command.CommandText = $"SELECT * FROM \"{table}\"";
                await using var rows = await command.ExecuteReaderAsync();
                while (await rows.ReadAsync())
                    for (var i = 0; i < rows.FieldCount; i++)
                    {
                        var text = rows.GetValue(i) switch
                        {
                            byte[] bytes => System.Text.Encoding.UTF8.GetString(bytes),
                            var value => Convert.ToString(value, System.Globalization.CultureInfo.InvariantCulture)
                                ?? "",
                        };
                        found.AddRange(
                            words
                                .Where(w => text.Contains(w, StringComparison.OrdinalIgnoreCase))
                                .Select(w => $"{table}.{rows.GetName(i)}: {w}")
                        );
                    }
            }
        });
        foreach (
            var file in Directory.EnumerateFiles(
                Path.Combine(house.Data.FullName, "files"),
                "*",
                SearchOption.AllDirectories
            )
        )
        {
            var text = await File.ReadAllTextAsync(file);
            found.AddRange(
                words
                    .Where(w => text.Contains(w, StringComparison.OrdinalIgnoreCase))
                    .Select(w => $"{Path.GetFileName(file)}: {w}")
            );
        }
        return [.. found.Distinct()];
    }
}
