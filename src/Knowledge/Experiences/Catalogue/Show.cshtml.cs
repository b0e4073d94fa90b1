using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Plenaria.Members;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;
using Plenaria.Platform.Language;
using Plenaria.Platform.Site;
using Plenaria.Search;
using Plenaria.Thesaurus;

namespace Plenaria.Experiences.Catalogue;

/// <summary>A practice, whole. Before it is published only its people and the editors of its country see it.</summary>
[AllowAnonymous, Cacheable]
internal sealed class ShowModel(
    ExperienceStore experiences,
    PlenariaDb db,
    IMembers members,
    ThesaurusService thesaurus,
    SearchService search,
    CurrentUser visitor,
    PageLocalizer phrases
) : PageModel, IRerenderable
{
    private Vocabulary _vocabulary = null!;

    public Experience Experience { get; private set; } = null!;
    public OperationContext? Editing { get; private set; }

    /// <summary>Whether this visitor reads for the editors of its country.</summary>
    public bool MayDecide { get; private set; }
    public MemberLine? Owner { get; private set; }
    public Completeness Completeness { get; private set; } = null!;
    public Experience? PartOf { get; private set; }
    public IReadOnlyList<Experience> Parts { get; private set; } = [];
    public IReadOnlyList<Experience> Related { get; private set; } = [];
    public IReadOnlyList<SearchHit> Like { get; private set; } = [];
    public IReadOnlyList<(Adoption Adoption, string? Path)> Adoptions { get; private set; } = [];

    public string Permanent => $"{this.Site()}r/{Experience.Reference}";
    public string Linked => CitationWriter.Linked(Experience, Owner, phrases.Language, this.Site());

    public string Label(string term) => _vocabulary.Label(term, phrases.Language);

    public string SchemeName(string key) =>
        _vocabulary.Schemes.FirstOrDefault(s => s.Key == key)?.Label.For(phrases.Language) ?? key;

    public async Task<IActionResult> OnGetAsync(string slug, CancellationToken cancel) =>
        await Load(slug, cancel) ? Page() : NotFound();

    public async Task RerenderAsync(CancellationToken cancel)
    {
        if (!await Load((string)RouteData.Values["slug"]!, cancel))
            throw new RuleViolationException("platform.changed-meanwhile");
    }

    public Task<IActionResult> OnPostSubmitAsync(string slug, int version, CancellationToken cancel) =>
        Act(slug, version, "experiences.submitted", (e, acting) => e.Submit(acting.At), false, cancel);

    public Task<IActionResult> OnPostPublishAsync(string slug, int version, CancellationToken cancel) =>
        Act(slug, version, "experiences.published", (e, acting) => e.Publish(acting.At), true, cancel);

    public Task<IActionResult> OnPostGiveBackAsync(
        string slug,
        int version,
        string? remark,
        CancellationToken cancel
    ) => Act(slug, version, "experiences.given-back", (e, _) => e.GiveBack(remark), true, cancel);

    public Task<IActionResult> OnPostArchiveAsync(string slug, int version, CancellationToken cancel) =>
        Act(slug, version, "experiences.archived", (e, _) => e.Archive(), true, cancel);

    public Task<IActionResult> OnPostReviewedAsync(string slug, int version, CancellationToken cancel) =>
        Act(slug, version, "experiences.reviewed", (e, acting) => e.Reviewed(acting.At), true, cancel);

    public Task<IActionResult> OnPostStillTrueAsync(string slug, int version, CancellationToken cancel) =>
        Act(slug, version, "experiences.confirmed", (e, acting) => e.ConfirmedOn = acting.Today, false, cancel);

    public async Task<IActionResult> OnPostConfirmAsync(string slug, Guid adoption, CancellationToken cancel) =>
        await (
            from a in db.Set<Adoption>()
            join e in db.Set<Experience>() on a.Experience equals e.Id
            where a.Id == adoption && e.Slug == slug
            select a
        ).SingleOrDefaultAsync(cancel)
            is { } said
            ? await Act(slug, null, "experiences.adoption-confirmed", (_, _) => said.IsConfirmed = true, false, cancel)
            : NotFound();

    private async Task<IActionResult> Act(
        string slug,
        int? version,
        string act,
        Action<Experience, OperationContext> change,
        bool byEditors,
        CancellationToken cancel
    )
    {
        if (
            await experiences.Find(slug, cancel, toEdit: true) is not { } experience
            || await experiences.Editing(experience, visitor, cancel) is not { } acting
        )
            return await experiences.Find(slug, cancel) is { IsPublic: true }
                ? throw new ForbiddenException(ExperiencesModule.Write)
                : NotFound();
        if (byEditors && !await members.MayIn(acting, ExperiencesModule.Edit, experience.Country, cancel))
            throw new ForbiddenException(ExperiencesModule.Edit);
        if (version is { } seen)
            PlenariaDb.RequireVersion(experience, seen);
        await experiences.Change(experience, act, acting, () => change(experience, acting), cancel);
        return Redirect($"/{phrases.Language}{experience.Path}");
    }

    private async Task<bool> Load(string slug, CancellationToken cancel)
    {
        if (await experiences.Find(slug, cancel) is not { } experience)
            return false;
        Editing = await experiences.Editing(experience, visitor, cancel);
        if (!experience.IsPublic && Editing is null)
            return false;
        Experience = experience;
        _vocabulary = await thesaurus.Read(cancel);
        Completeness = Completeness.From(experience);
        MayDecide =
            Editing is not null && await members.MayIn(Editing, ExperiencesModule.Edit, experience.Country, cancel);
        var adoptions = await db.Set<Adoption>()
            .AsNoTracking()
            .Where(a => a.Experience == experience.Id && (a.IsConfirmed || Editing != null))
            .OrderBy(a => a.At)
            .ToListAsync(cancel);
        var lines = await members.Lines(
            [.. adoptions.Select(a => a.Member).Append(experience.Owner).OfType<MemberId>()],
            cancel
        );
        Owner = experience.Owner is { } owner ? lines.GetValueOrDefault(owner) : null;
        await LoadRelatives(experience, cancel);
        var told = adoptions.Select(a => a.Told).OfType<Guid>().ToList();
        var tellings =
            told.Count == 0
                ? []
                : await db.Set<Experience>()
                    .AsNoTracking()
                    .Where(e => told.Contains(e.Id))
                    .ToDictionaryAsync(e => e.Id, cancel);
        Adoptions =
        [
            .. adoptions.Select(a =>
                (
                    a,
                    a.Told is { } t && tellings.TryGetValue(t, out var telling) && telling.IsPublic ? telling.Path
                    : a.Member is { } m ? lines.GetValueOrDefault(m)?.Path
                    : null
                )
            ),
        ];
        var subject = experience.FirstOf("practices") ?? experience.FirstOf("topics") ?? experience.FirstOf("issues");
        if (experience.IsPublic && subject is not null)
            Like = [.. (
                    await search.Find(
                        new(null, phrases.Language, visitor.Reads)
                        {
                            Wanted = new Dictionary<string, IReadOnlyCollection<string>>
                            {
                                ["kind"] = [ExperienceStore.Kind],
                                ["topic"] = [subject],
                            },
                            Order = SearchOrder.Newest,
                            Take = 6,
                        },
                        cancel
                    )
                ).Hits.Where(h => h.Entry.Reference != experience.Reference).Take(5)];
        HttpContext.Features.Set(new CacheTags(Marks(experience, told, subject)));
        return true;
    }

    // One query by keys alone and one by the whole: with a condition or an order that another index has, SQLite reads
    // all published practices through that.
    private async Task LoadRelatives(Experience experience, CancellationToken cancel)
    {
        var all = db.Set<Experience>().AsNoTracking();
        var named = experience.PartOf is { } whole ? [.. experience.Related, whole] : experience.Related;
        var others = named.Count == 0 ? [] : await all.Where(e => named.Contains(e.Id)).ToListAsync(cancel);
        others = [.. others.Where(e => e.IsPublic).OrderBy(e => e.Number)];
        PartOf = others.Find(e => e.Id == experience.PartOf);
        Related = others.FindAll(e => experience.Related.Contains(e.Id));
        var parts = await all.Where(e => e.PartOf == experience.Id).ToListAsync(cancel);
        Parts = [.. parts.Where(e => e.IsPublic).OrderBy(e => e.Number)];
    }

    // The practices named here, published or not yet, and those of its subject.
    private static HashSet<string> Marks(Experience experience, List<Guid> told, string? subject) =>
        [
            experience.Id.ToString(),
            .. experience.Related.Concat(told).Append(experience.PartOf ?? experience.Id).Select(id => id.ToString()),
            .. subject is null ? (string[])[] : [subject],
        ];
}
