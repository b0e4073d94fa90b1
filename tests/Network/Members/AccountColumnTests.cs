using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.Extensions.DependencyInjection;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;
using Plenaria.Platform.Modules;
using Plenaria.Platform.Subjects;

namespace Plenaria.Tests.Network.Members;

/// <summary>What names an account, or an author, is claimed by its module: an erasure forgets none of it.</summary>
public class AccountColumnTests(SharedHosts houses) : IClassFixture<SharedHosts>
{
    private static readonly Regex AuthorName = new("^(By|Author|Responsible)$|(By|Author|Person)Name$"),
        AccountKey = new("^(By|Author|Actor|Account|Owner|Assignee)(Id)?$");

    /// <summary>Columns that name an account or an author, also within composed values.</summary>
    private static IEnumerable<string> Naming(IModel model) =>
        from entity in model.GetEntityTypes()
        from property in entity.GetProperties()
        where property.PropertyInfo is not null && !(entity.ClrType == typeof(Account) && property.IsPrimaryKey())
        where
            Names(property.PropertyInfo!)
            || property.GetTypeMapping().Converter is not null && Within(property.ClrType, []).Any(Names)
        select $"{entity.ClrType.Name}.{property.Name}";

    private static bool Names(PropertyInfo property)
    {
        var type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        return type == typeof(AccountId)
            || type == typeof(string) && AuthorName.IsMatch(property.Name)
            || type == typeof(Guid) && AccountKey.IsMatch(property.Name);
    }

    /// <summary>The properties of a type, of what it is made of, and of what that is made of.</summary>
    private static IEnumerable<PropertyInfo> Within(Type type, HashSet<Type> seen)
    {
        if (!seen.Add(type))
            yield break;
        foreach (var part in type.GetGenericArguments())
        foreach (var property in Within(part, seen))
            yield return property;
        if (type.Assembly.GetName().Name?.StartsWith("Plenaria.", StringComparison.Ordinal) != true)
            yield break;
        foreach (var property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            yield return property;
            foreach (var inner in Within(property.PropertyType, seen))
                yield return inner;
        }
    }

    private static IEnumerable<string> Claimed(IEnumerable<AccountColumn> claims) =>
        claims.SelectMany(c =>
            new[] { c.Account, c.Name }.OfType<string>().Select(property => $"{c.Entity.Name}.{property}")
        );

    [Fact]
    public async Task Every_column_that_names_an_account_or_an_author_is_claimed()
    {
        var house = await houses.On(Provider.Sqlite);
        await house.Within(services =>
        {
            var naming = Naming(services.GetRequiredService<PlenariaDb>().Model).ToList();
            // What the walk finds: a column, a name alone, a key without its type, and values within values.
            foreach (
                var known in (string[])
                    ["Comment.By", "Comment.ByName", "Erratum.By", "JournalEntry.Actor", "PeopleMerge.Other"]
            )
                Assert.Contains(known, naming);
            var claims = services.GetRequiredService<ModuleCatalog>().Declared<AccountColumn>();
            Assert.Equal([], naming.Except(Claimed(claims)).Order());
            return Task.CompletedTask;
        });
    }

    [Fact]
    public async Task A_claim_says_what_it_is_of_and_a_composed_value_is_found_by_the_person()
    {
        var house = await houses.On(Provider.Sqlite);
        await house.Within(services =>
        {
            var texts = services.GetRequiredService<Plenaria.Platform.Language.Localizer>();
            var modules = services.GetRequiredService<ModuleCatalog>();
            var people = modules
                .Declared<SubjectColumn>()
                .Where(s => s.Kind == SubjectKind.Person)
                .Select(s => s.Entity)
                .ToHashSet();
            foreach (var claim in modules.Declared<AccountColumn>())
            {
                if (claim.Claim == AccountClaim.Cleared)
                    Assert.Contains(claim.Entity, people);
                else
                    Assert.True(texts.Has(claim.Label), claim.Label);
                Assert.Equal(claim.Claim == AccountClaim.Kept, claim.Reason is not null);
                Assert.True(claim.Reason is null || texts.Has(claim.Reason), claim.Reason);
            }
            return Task.CompletedTask;
        });
    }
}
