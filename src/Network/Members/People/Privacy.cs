using System.Collections;
using System.Globalization;
using System.Linq.Expressions;
using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Plenaria.Members.Applications;
using Plenaria.Members.Merging;
using Plenaria.Members.Outreach;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;
using Plenaria.Platform.Files;
using Plenaria.Platform.Journal;
using Plenaria.Platform.Modules;
using Plenaria.Platform.Subjects;

namespace Plenaria.Members.People;

/// <summary>
/// What is kept about a person: all of it to take away, and its erasure. Every column that a module claims for persons
/// is read, so that nothing is forgotten.
/// </summary>
internal sealed class Privacy(
    PlenariaDb db,
    ModuleCatalog modules,
    PeopleStore people,
    PersonErasure erasure,
    Accounts accounts,
    FileStore files,
    Journal journal
)
{
    private const int MostLines = 10_000;
    private static readonly MethodInfo RowsOf = typeof(Privacy).GetMethod(
        nameof(Rows),
        BindingFlags.Instance | BindingFlags.NonPublic
    )!;

    public async Task<object> Export(Person person, CancellationToken cancel)
    {
        var records = new SortedDictionary<string, object>(StringComparer.Ordinal);
        foreach (var claim in modules.Declared<SubjectColumn>().Where(c => c.Kind == SubjectKind.Person))
            records[$"{db.Model.FindEntityType(claim.Entity)!.GetTableName()}.{claim.Property}"] = await (Task<
                List<Dictionary<string, object?>>
            >)
                RowsOf.MakeGenericMethod(claim.Entity).Invoke(this, [claim.Property, person.Id, cancel])!;
        var written = await accounts.Records.ReadAsync(person.Account, [person.Name], cancel);
        var lines = await JournalAsync(person, cancel);
        return new
        {
            person = Plain([person])[0],
            records,
            written = written.Select(w => new
            {
                module = w.Module,
                kind = $"{w.Table}.{w.Column}",
                erasing = w.Claim switch
                {
                    AccountClaim.Owned => "deleted",
                    AccountClaim.Authored => "stays without the name",
                    _ => "stays",
                },
                records = w.Records.Select(r => new
                {
                    title = r.Title,
                    at = r.At,
                    path = r.Path,
                }),
            }),
            journal = lines
                .OrderBy(l => l.At)
                .Select(l => new
                {
                    at = l.At,
                    act = l.Act,
                    what = l.What,
                }),
        };
    }

    /// <summary>What modules hold of what the person wrote or owns, and what erasing does with it.</summary>
    public Task<IReadOnlyList<AccountRecordCount>> CountAsync(Person person, CancellationToken cancel) =>
        accounts.Records.CountAsync(person.Account, [person.Name], cancel);

    /// <summary>
    /// The journal's entries about a person: all of their own streams, and of the streams of members, forms and merges
    /// those that name them.
    /// </summary>
    public async Task<IReadOnlyList<JournalLine>> JournalAsync(Person person, CancellationToken cancel)
    {
        var lines = new List<JournalLine>();
        foreach (var stream in OwnStreams(person))
            lines.AddRange(await journal.Read(stream, MostLines, cancel));
        // Once they are erased, only their key is left to look for.
        var traces = person.IsErased ? null : PersonTraces.Of(person);
        var key = person.Id.ToString();
        bool Names(string? text) =>
            text is not null && (text.Contains(key, StringComparison.OrdinalIgnoreCase) || traces?.IsIn(text) == true);
        foreach (var stream in await SharedStreamsAsync(person, cancel))
            lines.AddRange((await journal.Read(stream, MostLines, cancel)).Where(l => Names(l.What?.ToString())));
        return lines;
    }

    /// <summary>The streams whose entries are all about this person.</summary>
    public static IReadOnlyList<string> OwnStreams(Person person) =>
        person.Account is { } account ? [person.Stream, $"account:{account}"] : [person.Stream];

    /// <summary>The streams of which some entries may name this person.</summary>
    public async Task<IReadOnlyList<string>> SharedStreamsAsync(Person person, CancellationToken cancel)
    {
        var ids = person.Represents.Select(r => r.Member).Distinct().ToList();
        if (ids.Count == 0)
            ids = await db.Set<Representation>()
                .Where(r => r.Person == person.Id)
                .Select(r => r.Member)
                .Distinct()
                .ToListAsync(cancel);
        var members = await db.Set<Member>().AsNoTracking().Where(m => ids.Contains(m.Id)).ToListAsync(cancel);
        var applications = await db.Set<Application>()
            .AsNoTracking()
            .Where(a => a.Member != null && ids.Contains(a.Member.Value))
            .ToListAsync(cancel);
        return
        [
            Merging.PersonMerge.Stream,
            .. members.Select(m => m.Stream),
            .. applications.Select(a => a.Stream),
            .. applications.Select(a => $"form:{a.Response}"),
        ];
    }

    /// <summary>
    /// Takes away who it was. That somebody held a role, and when, stays: figures of the past remain true. Present
    /// roles end today, and with them the right to act.
    /// </summary>
    public async Task Erase(Person person, OperationContext acting, CancellationToken cancel)
    {
        IReadOnlyCollection<string> letters = [];
        await db.InTransactionAsync(async () => letters = await EraseRows(person, acting, cancel), cancel);
        // Bytes do not come back with a transaction that fails: they go once the rows have gone.
        await files.RemoveUnused(letters, cancel);
    }

    private async Task<IReadOnlyCollection<string>> EraseRows(
        Person person,
        OperationContext acting,
        CancellationToken cancel
    )
    {
        if (person.IsErased)
            throw new RuleViolationException("members.people.erased-already");
        // Their name stands in rows of any stream; that it was taken out is told once, in their own.
        db.RecordAllIn(person.Stream);
        var present = person.Represents.FindAll(r => r.IsPresent);
        var all = person.Represents.Select(r => r.Member).Distinct().ToList();
        var members = await db.Set<Member>().Where(m => all.Contains(m.Id)).ToDictionaryAsync(m => m.Id, cancel);
        var (traces, email, letters) = (
            PersonTraces.Of(person),
            person.Email,
            await erasure.LettersAsync(person, cancel)
        );
        // The reason stays in the journal: whoever names the person in it would keep the name.
        acting = acting with
        {
            Reason = traces.RemoveFrom(acting.Reason),
        };
        var merged = await erasure.MergedIntoAsync(person.Id, cancel);
        await erasure.ClearAsync(person.Id, traces, email, all, cancel);
        foreach (var other in merged.Where(o => PersonMerge.Account(o) is { } account && account != person.Account))
            await accounts.ErasePerson(
                PersonMerge.Account(other),
                [other.Name, other.Email, other.Phone],
                OwnStreams(person),
                acting,
                cancel
            );
        await accounts.ErasePerson(
            person.Account,
            [person.Name, person.Email, person.Phone],
            OwnStreams(person),
            acting,
            cancel
        );
        person.Erase();
        // Rows changed, and the journal is told so: what they said stays out of it.
        journal.Append(
            acting,
            person.Stream,
            "members.person-erased",
            null,
            new { rolesEnded = present.Count, letters = letters.Count }
        );
        await people.Leave(
            person,
            [.. present.Select(r => (r, members[r.Member], (PersonId?)null))],
            PartialDate.On(acting.Today),
            null,
            acting,
            cancel
        );
        await db.UpdateRowsAsync(
            db.Set<Activity>().Where(a => a.Person == person.Id),
            a => a.SetProperty(x => x.Text, Person.Nobody),
            StatementStreams.Of(person.Stream),
            cancel
        );
        return letters;
    }

    private async Task<List<Dictionary<string, object?>>> Rows<T>(
        string column,
        PersonId person,
        CancellationToken cancel
    )
        where T : class
    {
        var row = Expression.Parameter(typeof(T));
        var isTheirs = Expression.Equal(
            Expression.Convert(Expression.Property(row, column), typeof(PersonId?)),
            Expression.Constant(person, typeof(PersonId?))
        );
        return Plain(
            await db.Set<T>().AsNoTracking().Where(Expression.Lambda<Func<T, bool>>(isTheirs, row)).ToListAsync(cancel)
        );
    }

    private List<Dictionary<string, object?>> Plain<T>(IEnumerable<T> rows)
        where T : class
    {
        var columns = db
            .Model.FindEntityType(typeof(T))!
            .GetProperties()
            .Where(p => p.PropertyInfo is not null)
            .ToList();
        return
        [
            .. rows.Select(row =>
                columns.ToDictionary(
                    c => char.ToLowerInvariant(c.Name[0]) + c.Name[1..],
                    c => Value(c.PropertyInfo!.GetValue(row))
                )
            ),
        ];
    }

    private static object? Value(object? value) =>
        value switch
        {
            null or bool or int or long or string => value,
            DateTimeOffset at => at,
            IEnumerable list => list.Cast<object?>().Select(Value).ToList(),
            _ => Convert.ToString(value, CultureInfo.InvariantCulture),
        };
}
