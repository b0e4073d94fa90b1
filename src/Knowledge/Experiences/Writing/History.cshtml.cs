using DiffPlex.DiffBuilder;
using DiffPlex.DiffBuilder.Model;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;
using Plenaria.Platform.Language;
using Plenaria.Thesaurus;

namespace Plenaria.Experiences.Writing;

/// <summary>How a practice came to read as it does: each revision, and what it changed.</summary>
[Allow(ExperiencesModule.Write)]
internal sealed class HistoryModel(
    ExperienceStore experiences,
    PlenariaDb db,
    ThesaurusService thesaurus,
    CurrentUser visitor,
    PageLocalizer phrases
) : PageModel
{
    public Experience Experience { get; private set; } = null!;
    public IReadOnlyList<ExperienceRevision> Revisions { get; private set; } = [];
    public int Revision { get; private set; }
    public IReadOnlyList<(string Name, IReadOnlyList<DiffPiece> Lines)> Changes { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(string slug, int? revision, CancellationToken cancel)
    {
        if (
            await experiences.Find(slug, cancel) is not { } experience
            || await experiences.Editing(experience, visitor, cancel) is null
        )
            return NotFound();
        Experience = experience;
        Revisions = await db.Set<ExperienceRevision>()
            .AsNoTracking()
            .Where(r => r.Experience == experience.Id)
            .OrderByDescending(r => r.Number)
            .ToListAsync(cancel);
        if (Revisions.FirstOrDefault(r => r.Number == (revision ?? Revisions[0].Number)) is not { } shown)
            return NotFound();
        Revision = shown.Number;
        var vocabulary = await thesaurus.Read(cancel);
        var before = Revisions.FirstOrDefault(r => r.Number == shown.Number - 1)?.Texts ?? [];
        Changes =
        [
            .. shown
                .Texts.Keys.Union(before.Keys)
                .Order(StringComparer.Ordinal)
                .Select(name =>
                    (
                        Name: name,
                        Before: before.GetValueOrDefault(name, ""),
                        After: shown.Texts.GetValueOrDefault(name, "")
                    )
                )
                .Where(c => c.Before != c.After)
                .Select(c =>
                    c.Name == "terms"
                        ? (c.Name, Before: Labels(c.Before, vocabulary), After: Labels(c.After, vocabulary))
                        : c
                )
                .Select(c =>
                    (
                        NameOf(c.Name),
                        (IReadOnlyList<DiffPiece>)
                            [
                                .. InlineDiffBuilder
                                    .Diff(c.Before, c.After)
                                    .Lines.Where(l => l.Type != ChangeType.Unchanged),
                            ]
                    )
                ),
        ];
        return Page();
    }

    private string Labels(string terms, Vocabulary vocabulary) =>
        string.Join(
            '\n',
            terms.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(t => vocabulary.Label(t, phrases.Language))
        );

    // "problem.pt" is a heading and a language; a fact has no language.
    private string NameOf(string name)
    {
        var field = name.Split('.')[0];
        var said = Enum.GetValues<NarrativeHeading>().Any(h => PageLocalizer.Kebab(h.ToString()) == field)
            ? phrases[$"experiences.heading.{field}"]
            : phrases[$"experiences.field.{field}"];
        return field.Length == name.Length ? said : $"{said} ({name[(field.Length + 1)..]})";
    }
}
