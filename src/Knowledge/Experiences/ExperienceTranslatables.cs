using Microsoft.EntityFrameworkCore;
using Plenaria.Members;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;
using Plenaria.Platform.Language;
using Plenaria.Translation;

namespace Plenaria.Experiences;

/// <summary>Published practices as translators see them: title, summary, the narrative under its headings.</summary>
internal sealed class ExperienceTranslatables(
    PlenariaDb db,
    ExperienceStore experiences,
    IMembers members,
    Localizer texts
) : ITranslatables
{
    public IReadOnlyCollection<string> Kinds { get; } = [ExperienceStore.Kind];

    public async Task<Translatable?> Read(
        Reference reference,
        OperationContext acting,
        Language reader,
        CancellationToken cancel
    ) =>
        await db.Set<Experience>()
            .AsNoTracking()
            .Include(e => e.Authors)
            .SingleOrDefaultAsync(e => e.Reference == reference && e.State == EditorialState.Published, cancel)
            is not { } e
            ? null
            : new(
                e.Reference,
                e.Path,
                e.Title,
                [
                    new("title", texts.Get(reader, "experiences.title"), e.Title),
                    new("summary", texts.Get(reader, "experiences.summary"), e.Summary),
                    .. e
                        .Narrative.Where(n => !n.Value.IsEmpty)
                        .OrderBy(n => n.Key)
                        .Select(n => new TranslatableText(
                            PageLocalizer.Kebab(n.Key.ToString()),
                            texts.Get(reader, $"experiences.heading.{PageLocalizer.Kebab(n.Key.ToString())}"),
                            n.Value
                        )),
                ],
                await MayChange(e, acting, cancel)
            );

    private async Task<bool> MayChange(Experience e, OperationContext acting, CancellationToken cancel) =>
        acting.Can(ExperiencesModule.Write)
            && (
                e.Owner is { } owner && acting.Actor.Grants.Contains(new(Role.Member, Scope.Of(owner)))
                || e.Authors.Exists(a => a.Account == acting.Actor.Id)
            )
        || await members.MayIn(acting, ExperiencesModule.Edit, e.Country, cancel);

    public async Task Write(
        Reference reference,
        Func<string, LocalizedText, LocalizedText> reword,
        OperationContext acting,
        CancellationToken cancel
    )
    {
        var experience = await db.Set<Experience>()
            .Include(e => e.Authors)
            .SingleAsync(e => e.Reference == reference, cancel);
        await experiences.Change(
            experience,
            "experiences.translated",
            acting,
            () =>
            {
                (experience.Title, experience.Summary) = (
                    reword("title", experience.Title),
                    reword("summary", experience.Summary)
                );
                experience.Narrative = experience.Narrative.ToDictionary(
                    n => n.Key,
                    n => reword(PageLocalizer.Kebab(n.Key.ToString()), n.Value)
                );
            },
            cancel
        );
    }
}
