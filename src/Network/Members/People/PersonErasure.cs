using System.Linq.Expressions;
using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Plenaria.Members.Applications;
using Plenaria.Members.Offices;
using Plenaria.Members.Outreach;
using Plenaria.Platform.Data;

namespace Plenaria.Members.People;

/// <summary>
/// Takes a person's name, address and telephone out of every text that this module keeps, whichever table it stands
/// in, and out of the forms they filled in. Within a transaction of the caller, who saves.
/// </summary>
internal sealed class PersonErasure(PlenariaDb db, Merging.PersonMerge merging)
{
    private const string FormResponses = "forms_responses",
        FormReviews = "forms_reviews",
        Given = "Given";

    /// <summary>Answers of a form that describe the person who sends it.</summary>
    private static readonly string[] PersonalAnswers = ["person", "title", "phone", "letter"];

    // What an institution is called is about the institution, also where it is called after somebody. Who wrote
    // something is known by the account: another may have the same name, as may another person.
    private static readonly HashSet<(Type, string)> Kept =
    [
        (typeof(OfficeHost), nameof(OfficeHost.Name)),
        (typeof(Application), nameof(Application.Name)),
        (typeof(Activity), nameof(Activity.ByName)),
        (typeof(Suggestion), nameof(Suggestion.ByName)),
    ];
    private static readonly HashSet<Type> KeptWhole = [typeof(Member), typeof(Person), typeof(Segment)];
    private static readonly MethodInfo ClearRows = typeof(PersonErasure).GetMethod(
        nameof(ClearAsync),
        BindingFlags.Instance | BindingFlags.NonPublic
    )!;

    /// <summary>The hashes of all letters in which an institution named this person, now and before.</summary>
    public async Task<HashSet<string>> LettersAsync(Person person, CancellationToken cancel)
    {
        var letters = person.Represents.Select(r => r.Letter).OfType<string>().ToHashSet();
        foreach (var response in await ResponsesAsync(person, cancel))
            if (response.TryGetValue("letter", out var hashes))
                letters.UnionWith(hashes);
        return letters;
    }

    /// <summary>What the records said that went into this one by merges that hold.</summary>
    public Task<IReadOnlyList<Merging.PersonFields>> MergedIntoAsync(PersonId person, CancellationToken cancel) =>
        merging.MergedIntoAsync(person, cancel);

    /// <param name="email">The address they had; the person's own is gone by now.</param>
    public async Task ClearAsync(
        PersonId person,
        PersonTraces traces,
        string? email,
        IReadOnlyCollection<MemberId> members,
        CancellationToken cancel
    )
    {
        var tables = db
            .Model.GetEntityTypes()
            .Where(e =>
                e.ClrType.Assembly == typeof(Person).Assembly && !KeptWhole.Contains(e.ClrType)
                || e.GetTableName() is FormResponses or FormReviews
            );
        foreach (var table in tables.ToList())
            await (Task)
                ClearRows.MakeGenericMethod(table.ClrType).Invoke(this, [table, traces, email, members, cancel])!;
        await merging.EraseAsync(person, cancel);
        // A view of the list that looks for somebody by name has no use any more. Its query is an address, with
        // its escapes.
        foreach (var segment in await db.Set<Segment>().ToListAsync(cancel))
            if (traces.IsIn(segment.Name) || traces.IsIn(Uri.UnescapeDataString(segment.Query.Replace('+', ' '))))
                db.Remove(segment);
    }

    private async Task ClearAsync<T>(
        IEntityType table,
        PersonTraces traces,
        string? email,
        IReadOnlyCollection<MemberId> members,
        CancellationToken cancel
    )
        where T : class
    {
        var texts = table
            .GetProperties()
            .Where(p =>
                p.ClrType == typeof(string)
                && p.PropertyInfo is not null
                && !p.IsPrimaryKey()
                && !Kept.Contains((typeof(T), p.Name))
            )
            .ToList();
        var answers = table.FindProperty(Given);
        if (texts.Count == 0 && answers is null)
            return;
        var responses = answers is null ? [] : await ResponseIdsAsync(members, cancel);
        foreach (
            var row in await db.Set<T>().Where(MayName<T>(table, texts, traces, members, responses)).ToListAsync(cancel)
        )
        {
            var entry = db.Entry(row);
            var isTheirs =
                email is not null
                && texts.Exists(t =>
                    t.Name == "Email"
                    && string.Equals((string?)entry.Property(t).CurrentValue, email, StringComparison.OrdinalIgnoreCase)
                );
            foreach (var text in texts)
                if (
                    entry.Property(text).CurrentValue is string said
                    && traces.RemoveFrom(said) is var left
                    && left != said
                )
                    entry.Property(text).CurrentValue = left;
            if (answers is not null && entry.Property(answers).CurrentValue is Dictionary<string, List<string>> given)
                entry.Property(answers).CurrentValue = Cleared(given, traces, isTheirs);
        }
    }

    private static Dictionary<string, List<string>> Cleared(
        Dictionary<string, List<string>> given,
        PersonTraces traces,
        bool isTheirs
    )
    {
        isTheirs |= given.TryGetValue("person", out var named) && named.Exists(traces.IsIn);
        return given
            .Where(g => !isTheirs || !PersonalAnswers.Contains(g.Key))
            .ToDictionary(g => g.Key, g => g.Value.ConvertAll(v => traces.RemoveFrom(v)!));
    }

    /// <summary>
    /// The rows worth reading: those with one of the terms in a text, and all of the members for which the person
    /// acted.
    /// </summary>
    private static Expression<Func<T, bool>> MayName<T>(
        IEntityType table,
        List<IProperty> texts,
        PersonTraces traces,
        IReadOnlyCollection<MemberId> members,
        IReadOnlyCollection<Guid> responses
    )
    {
        var row = Expression.Parameter(typeof(T));
        Expression any = Expression.Constant(false);
        var contains = typeof(string).GetMethod(nameof(string.Contains), [typeof(string)])!;
        var lower = typeof(string).GetMethod(nameof(string.ToLower), [])!;
        Expression Has(Expression text, string term) => Expression.Call(text, contains, Expression.Constant(term));
        foreach (var text in texts.Select(t => Expression.Property(row, t.PropertyInfo!)))
        {
            var isThere = Expression.NotEqual(text, Expression.Constant(null, typeof(string)));
            foreach (var term in traces.Terms)
            {
                // SQLite's lower() knows the letters of ASCII only.
                var found = Expression.OrElse(Has(text, term), Has(text, term.ToUpperInvariant()));
                found = Expression.OrElse(found, Has(Expression.Call(text, lower), term.ToLowerInvariant()));
                any = Expression.OrElse(any, Expression.AndAlso(isThere, found));
            }
        }
        if (table.FindProperty("Member") is { PropertyInfo: { } member } && member.PropertyType == typeof(MemberId))
            any = Expression.OrElse(any, Within(members, Expression.Property(row, member)));
        if (table.FindProperty(Given) is not null)
            any = Expression.OrElse(any, Within(responses, Expression.Property(row, "Id")));
        return Expression.Lambda<Func<T, bool>>(any, row);
    }

    private static MethodCallExpression Within<TKey>(IReadOnlyCollection<TKey> keys, Expression key) =>
        Expression.Call(
            typeof(Enumerable),
            nameof(Enumerable.Contains),
            [typeof(TKey)],
            Expression.Constant(keys.ToList()),
            key
        );

    private Task<List<Guid>> ResponseIdsAsync(IReadOnlyCollection<MemberId> members, CancellationToken cancel) =>
        db.Set<Application>()
            .Where(a => a.Member != null && members.Contains(a.Member.Value))
            .Select(a => a.Response)
            .ToListAsync(cancel);

    // Forms are Platform's and their rows internal to it: read by the model's metadata until Forms has a method for it.
    private async Task<List<Dictionary<string, List<string>>>> ResponsesAsync(Person person, CancellationToken cancel)
    {
        var table = db.Model.GetEntityTypes().Single(e => e.GetTableName() == FormResponses);
        var read = typeof(PersonErasure)
            .GetMethod(nameof(AnswersAsync), BindingFlags.Instance | BindingFlags.NonPublic)!
            .MakeGenericMethod(table.ClrType);
        return await (Task<List<Dictionary<string, List<string>>>>)read.Invoke(this, [table, person, cancel])!;
    }

    private async Task<List<Dictionary<string, List<string>>>> AnswersAsync<T>(
        IEntityType table,
        Person person,
        CancellationToken cancel
    )
        where T : class
    {
        var traces = PersonTraces.Of(person);
        var ids = await ResponseIdsAsync([.. person.Represents.Select(r => r.Member).Distinct()], cancel);
        var texts = table.GetProperties().Where(p => p.Name == "Email").ToList();
        var rows = await db.Set<T>()
            .AsNoTracking()
            .Where(MayName<T>(table, texts, traces, [], ids))
            .ToListAsync(cancel);
        return
        [
            .. rows.Select(r =>
                    (
                        Email: (string)texts[0].PropertyInfo!.GetValue(r)!,
                        Given: (Dictionary<string, List<string>>)table.FindProperty(Given)!.PropertyInfo!.GetValue(r)!
                    )
                )
                .Where(r =>
                    r.Email == person.Email || r.Given.TryGetValue("person", out var named) && named.Exists(traces.IsIn)
                )
                .Select(r => r.Given),
        ];
    }
}
