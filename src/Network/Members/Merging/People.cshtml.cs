using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Plenaria.Members.People;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;
using Plenaria.Platform.Language;

namespace Plenaria.Members.Merging;

/// <summary>People of one name who may be one; two of them side by side; and what was merged, to be undone.</summary>
[Allow(MembersModule.Merge)]
internal sealed class PeopleModel(
    PlenariaDb db,
    PersonMerge merging,
    Accounts accounts,
    CurrentUser visitor,
    PageLocalizer phrases
) : PairModel
{
    public const int Most = 50;

    public IReadOnlyList<(Person One, Person Other)> Pairs { get; private set; } = [];
    public IReadOnlyList<MergeLine> Merges { get; private set; } = [];
    public Person? Kept { get; private set; }
    public Person? Gone { get; private set; }

    public override object? Stored => Kept is null || Gone is null ? null : $"{Kept.Version}-{Gone.Version}";

    public override async Task RerenderAsync(CancellationToken cancel)
    {
        (Kept, Gone) = (await Find(One, cancel), await Find(Other, cancel));
        var names = await db.Set<Person>()
            .Where(p => p.Folded != "")
            .GroupBy(p => p.Folded)
            .Where(g => g.Count() > 1)
            .Select(g => g.Key)
            .OrderBy(n => n)
            .Take(Most)
            .ToListAsync(cancel);
        Pairs =
        [
            .. (await db.Set<Person>().AsNoTracking().Where(p => names.Contains(p.Folded)).ToListAsync(cancel))
                .GroupBy(p => p.Folded)
                .OrderBy(g => g.Key, StringComparer.Ordinal)
                .SelectMany(g =>
                    g.OrderBy(p => p.Id.Value).ToList() is var alike ? alike.Skip(1).Select(p => (alike[0], p)) : []
                ),
        ];
        var merges = await (
            from merge in db.Set<PeopleMerge>()
            join kept in db.Set<Person>() on merge.Kept equals kept.Id
            where merge.UndoneAt == null
            orderby merge.At descending
            select new { merge, kept }
        )
            .AsNoTracking()
            .Take(Most)
            .ToListAsync(cancel);
        var writers = await accounts.Names([.. merges.Select(m => m.merge.By).OfType<AccountId>()], cancel);
        Merges =
        [
            .. merges.Select(m =>
                MergeLine.Of(m.merge, Called(m.merge.Other.Name), Called(m.kept.Name), m.kept.Path, writers)
            ),
        ];
    }

    // A name is the same in all languages.
    private LocalizedText Called(string name) => LocalizedText.Original(phrases.Language, name);

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        await LoadAsCompared(cancel);
        await merging.Run(Kept!.Id, Gone!.Id, [.. Taken.Intersect(PersonMerge.FieldNames)], visitor.Acting(), cancel);
        return Redirect($"/{phrases.Language}{Kept.Path}");
    }

    public async Task<IActionResult> OnPostUndoAsync(Guid merge, int version, CancellationToken cancel)
    {
        await merging.Undo(merge, version, visitor.Acting(), cancel);
        return Redirect($"/{phrases.Language}/members/people/merge");
    }

    /// <param name="word">A person's key or mail address.</param>
    private async Task<Person?> Find(string? word, CancellationToken cancel)
    {
        if (string.IsNullOrWhiteSpace(word))
            return null;
        var people = db.Set<Person>().AsNoTracking().Where(p => p.Folded != "");
        if (Guid.TryParse(word, out var id))
            return await people.SingleOrDefaultAsync(p => p.Id == new PersonId(id), cancel);
        var email = Accounts.Normal(word);
        return await people.Where(p => p.Email == email).OrderBy(p => p.Id).FirstOrDefaultAsync(cancel);
    }

    /// <summary>A field as people read it.</summary>
    public static string Say(Person person, string field) =>
        field switch
        {
            "name" => person.Name,
            "email" => person.Email,
            "phone" => person.Phone,
            _ => person.Language.OwnName,
        } ?? "";
}
