using System.Collections;
using System.Data.Common;
using System.Net;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.Extensions.DependencyInjection;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;
using Plenaria.Platform.Language;
using Plenaria.Platform.Modules;
using Plenaria.Platform.Subjects;

namespace Plenaria.Tests.Network.Members;

/// <summary>
/// A row is written for every column that any module claims for accounts: a new claim is tried here without being
/// named.
/// </summary>
public class ErasureTests
{
    private const string Person = "01900000-0000-7000-8000-000000000201",
        Name = "Zenobia Quxworth";

    [Theory, BothDatabases]
    public async Task What_an_account_wrote_in_any_module_is_exported_and_nameless_or_gone_once_it_is_erased(
        Provider provider
    )
    {
        await using var house = await TestHost.Open(provider);
        var staff = await house.Visit(Role.Staff);
        var claims = house
            .Services.GetRequiredService<ModuleCatalog>()
            .All.SelectMany(m => m.Declared<AccountColumn>().Select(c => (Module: m, Claim: c)))
            .Where(c => c.Claim.Claim != AccountClaim.Cleared)
            .ToList();
        Assert.True(claims.Select(c => c.Module.Name).Distinct().Count() >= 8);
        var account = await house.Within(async services =>
        {
            var db = services.GetRequiredService<PlenariaDb>();
            var key = (await db.Set<Account>().SingleAsync(a => a.Email == "member@example.org")).Id;
            await db.Database.ExecuteSqlAsync($"UPDATE access_accounts SET name = {Name} WHERE id = {key.Value}");
            await WithoutForeignKeys(
                db,
                async () =>
                {
                    foreach (var (module, claim) in claims)
                        await Plant(db, claim, key, keepsWording: module.Declared<RecordedWording>().Any());
                }
            );
            return key;
        });

        var all = JsonDocument.Parse((await staff.Get($"/en/members/people/{Person}/data.json")).Body).RootElement;
        var exported = all.GetProperty("written")
            .EnumerateArray()
            .ToDictionary(w => w.GetProperty("kind").GetString()!, w => w.GetProperty("records"));
        var page = await staff.Get($"/en/members/people/erase?person={Person}");
        await house.Within(services =>
        {
            var (db, texts) = (services.GetRequiredService<PlenariaDb>(), services.GetRequiredService<Localizer>());
            foreach (var (_, claim) in claims)
            {
                var kind = $"{Table(db, claim)}.{claim.Account ?? claim.Name}";
                Assert.True(exported.ContainsKey(kind), $"{kind} is not exported");
                Assert.NotEqual("", exported[kind][0].GetProperty("title").GetString());
                Assert.Contains(texts.Get(Kernel.Language.English, claim.Label), page.Text("main"));
            }
            return Task.CompletedTask;
        });
        Assert.Contains("Kept as it is", page.Text("main"));

        var erased = await staff.Submit(
            page,
            "main form",
            ("Input.Reason", "Asked for it"),
            ("Input.Confirmed", "true")
        );
        Assert.Equal(HttpStatusCode.Redirect, erased.Status);
        await house.Within(async services =>
        {
            var db = services.GetRequiredService<PlenariaDb>();
            foreach (var (module, claim) in claims)
                await RequireErased(db, claim, account, module.Declared<RecordedWording>().Any());
        });
    }

    private static async Task RequireErased(PlenariaDb db, AccountColumn claim, AccountId account, bool keepsWording)
    {
        var of = $"{Table(db, claim)}.{claim.Account}.{claim.Name}";
        var theirs = claim.Account is null ? 0 : await Count(db, claim, (claim.Account, account));
        switch (claim.Claim)
        {
            case AccountClaim.Owned:
                Assert.True(theirs == 0, $"{of} is still there");
                break;
            case AccountClaim.Kept:
                Assert.True(theirs > 0, $"{of} is gone");
                break;
            case AccountClaim.Authored:
                Assert.True(claim.Account is null || theirs > 0, $"{of} is gone");
                if (claim.Name is not { } name)
                    break;
                var left = await Count(db, claim, (name, Name));
                // Somebody else's account has the same name: it is theirs.
                var others = claim.Account is not null && keepsWording ? 1 : 0;
                Assert.True(left == others, $"{of} names them {left} times");
                break;
            default:
                Assert.Fail($"{of}: nothing says what becomes of {claim.Claim}");
                break;
        }
    }

    /// <summary>
    /// A row of theirs; where a name stands beside the account, one without an account, and one of somebody else who
    /// has the same name.
    /// </summary>
    private static async Task Plant(PlenariaDb db, AccountColumn claim, AccountId account, bool keepsWording)
    {
        var of = new AccountId(Guid.NewGuid());
        if (claim.Account is null || await Count(db, claim, (claim.Account, account)) == 0 || claim.Name is not null)
            await Insert(db, claim, account);
        if (claim is not { Account: { } column, Name: not null })
            return;
        if (Entity(db, claim).FindProperty(column)!.IsNullable)
            await Insert(db, claim, null);
        if (keepsWording)
            await Insert(db, claim, of);
    }

    private static IEntityType Entity(PlenariaDb db, AccountColumn claim) => db.Model.FindEntityType(claim.Entity)!;

    private static string Table(PlenariaDb db, AccountColumn claim) => Entity(db, claim).GetTableName()!;

    private static async Task<int> Count(PlenariaDb db, AccountColumn claim, (string Property, object Value) where)
    {
        await using var command = db.Database.GetDbConnection().CreateCommand();
        await db.Database.OpenConnectionAsync();
        var property = Entity(db, claim).FindProperty(where.Property)!;
        command.CommandText =
            $"SELECT COUNT(*) FROM \"{Table(db, claim)}\" WHERE \"{property.GetColumnName()}\" = @value";
        Add(command, "@value", property, where.Value);
        return Convert.ToInt32(await command.ExecuteScalarAsync(), System.Globalization.CultureInfo.InvariantCulture);
    }

    private static async Task Insert(PlenariaDb db, AccountColumn claim, AccountId? account)
    {
        await using var command = db.Database.GetDbConnection().CreateCommand();
        var columns = new List<string>();
        foreach (var property in Entity(db, claim).GetProperties())
        {
            var value =
                property.Name == claim.Account ? account
                : property.Name == claim.Name ? Name
                : property.IsNullable ? null
                : Made(property);
            if (value is null)
                continue;
            Add(command, $"@p{columns.Count}", property, value);
            columns.Add(property.GetColumnName());
        }
        var names = string.Join(", ", columns.Select(c => $"\"{c}\""));
        var values = string.Join(", ", columns.Select((_, i) => $"@p{i}"));
        command.CommandText = $"INSERT INTO \"{Table(db, claim)}\" ({names}) VALUES ({values})";
        await command.ExecuteNonQueryAsync();
    }

    private sealed record Json(string Text);

    private static void Add(DbCommand command, string name, IProperty property, object value)
    {
        if (value is Json json)
        {
            var parameter = command.CreateParameter();
            (parameter.ParameterName, parameter.Value) = (name, json.Text);
            command.Parameters.Add(parameter);
            return;
        }
        if (property.ClrType == typeof(Guid?) && value is AccountId account)
            value = account.Value;
        command.Parameters.Add(property.GetRelationalTypeMapping().CreateParameter(command, name, value));
    }

    /// <summary>Any value that the column takes, unlike that of another row.</summary>
    private static object Made(IProperty property)
    {
        var type = Nullable.GetUnderlyingType(property.ClrType) ?? property.ClrType;
        if (type == typeof(string))
        {
            var text = $"x{Guid.NewGuid():N}";
            return property.GetMaxLength() is { } most && most < text.Length ? text[..most] : text;
        }
        if (type == typeof(LocalizedText))
            return LocalizedText.Original(Kernel.Language.English, "x");
        if (type == typeof(Reference))
            return Reference.Of("X", Random.Shared.Next(1_000_000, int.MaxValue));
        if (type == typeof(Kernel.Language))
            return Kernel.Language.English;
        if (type == typeof(Role))
            return Role.Member;
        if (type == typeof(PartialDate))
            return new PartialDate(2020);
        if (type == typeof(DateTimeOffset))
            return DateTimeOffset.UtcNow;
        if (type == typeof(DateOnly))
            return DateOnly.FromDateTime(DateTime.UtcNow);
        if (type == typeof(byte[]))
            return Guid.NewGuid().ToByteArray();
        if (type == typeof(int) || type == typeof(long))
            return Convert.ChangeType(
                Random.Shared.Next(1_000_000, int.MaxValue),
                type,
                System.Globalization.CultureInfo.InvariantCulture
            );
        if (type.IsEnum)
            return Enum.GetValues(type).GetValue(0)!;
        if (type == typeof(Guid))
            return Guid.NewGuid();
        if (type.GetMethod("From", [typeof(Guid)]) is { } from)
            return from.Invoke(null, [Guid.NewGuid()])!;
        if (property.GetTypeMapping().Converter?.ProviderClrType == typeof(string))
            return new Json(type.IsAssignableTo(typeof(IList)) ? "[]" : "{}");
        return Activator.CreateInstance(type)!;
    }

    // What a row belongs to is not what is tried here.
    private static async Task WithoutForeignKeys(PlenariaDb db, Func<Task> work)
    {
        await db.Database.OpenConnectionAsync();
        var (off, on) = db.IsSqlite
            ? ("PRAGMA foreign_keys = OFF", "PRAGMA foreign_keys = ON")
            : ("SET session_replication_role = replica", "SET session_replication_role = DEFAULT");
        await db.Database.ExecuteSqlRawAsync(off);
        await work();
        await db.Database.ExecuteSqlRawAsync(on);
        await db.Database.CloseConnectionAsync();
    }
}
