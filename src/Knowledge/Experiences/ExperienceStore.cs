using Microsoft.EntityFrameworkCore;
using Plenaria.Members;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;
using Plenaria.Platform.Files;
using Plenaria.Platform.Journal;
using Plenaria.Platform.Language;
using Plenaria.Platform.Register;
using Plenaria.Platform.Site;
using Plenaria.Thesaurus;

namespace Plenaria.Experiences;

/// <summary>
/// Reads and changes practices. Every change keeps a revision, tells the journal, and the register when it is public.
/// </summary>
internal sealed class ExperienceStore(
    PlenariaDb db,
    Journal journal,
    Register register,
    Network network,
    IMembers members,
    FileStore files,
    ThesaurusService thesaurus
)
{
    public const string Kind = "experience",
        ReferenceLetter = "E";

    public Task<Experience?> Find(string slug, CancellationToken cancel, bool toEdit = false) =>
        (toEdit ? db.Set<Experience>() : db.Set<Experience>().AsNoTracking())
            .Include(e => e.Authors)
            .SingleOrDefaultAsync(e => e.Slug == slug, cancel);

    /// <summary>A new practice, in its author's hands. Saved by <see cref="Change"/>.</summary>
    public async Task<Experience> New(LocalizedText title, OperationContext acting, CancellationToken cancel)
    {
        var number = await NextNumber(cancel);
        var experience = new Experience
        {
            Id = Guid.CreateVersion7(acting.At),
            Number = number,
            Slug = (await Slugs([title], cancel))[0],
            Reference = ReferenceOf((await network.Profile(cancel)).Prefix, number),
            Title = title,
            CreatedAt = acting.At,
        };
        if (acting.Actor.Id is { } author)
            experience.Authors.Add(new() { Experience = experience.Id, Account = author });
        db.Add(experience);
        return experience;
    }

    public async Task<int> NextNumber(CancellationToken cancel) =>
        (await db.Set<Experience>().MaxAsync(e => (int?)e.Number, cancel) ?? 0) + 1;

    public static Reference ReferenceOf(string prefix, int number) =>
        Reference.Of(
            prefix,
            ReferenceLetter,
            number.ToString("00000", System.Globalization.CultureInfo.InvariantCulture)
        );

    /// <summary>Addresses made of titles that nobody has yet, each once.</summary>
    public async Task<IReadOnlyList<string>> Slugs(IReadOnlyList<LocalizedText> titles, CancellationToken cancel)
    {
        var wanted = titles.Select(t => SlugOf(t.For(t.Source ?? Language.English))).ToList();
        var beginnings = wanted.Distinct().ToList();
        var taken = (
            await db.Set<Experience>().Where(e => beginnings.Contains(e.Slug)).Select(e => e.Slug).ToListAsync(cancel)
        ).ToHashSet();
        taken.UnionWith(["new", "mine", "desk", "counted"]);
        var slugs = new List<string>(wanted.Count);
        foreach (var slug in wanted)
        {
            var free = slug;
            for (
                var i = 2;
                !taken.Add(free) || free != slug && await db.Set<Experience>().AnyAsync(e => e.Slug == free, cancel);
                i++
            )
                free = $"{slug}-{i}";
            slugs.Add(free);
        }
        return slugs;
    }

    public static string SlugOf(string title) =>
        Folding.Slug(title, Experience.SlugMaxLength - 10) is { Length: > 0 } slug ? slug : "practice";

    /// <summary>The practice of this reference or address.</summary>
    /// <exception cref="RuleViolationException">There is none.</exception>
    public async Task<Guid> Named(string named, CancellationToken cancel)
    {
        var slug = named[(named.LastIndexOf('/') + 1)..];
        var reference = Reference.TryParse(slug.ToUpperInvariant(), null, out var parsed) ? parsed : default;
        return await db.Set<Experience>()
                .AsNoTracking()
                .Where(e => e.Slug == slug || e.Reference == reference)
                .Select(e => (Guid?)e.Id)
                .FirstOrDefaultAsync(cancel)
            ?? throw new RuleViolationException("experiences.unknown", ("name", named));
    }

    /// <summary>Carries a change out and stores it with its revision.</summary>
    /// <param name="keepsRevision">False while somebody is typing: a draft kept every few seconds is one
    /// revision.</param>
    public async Task Change(
        Experience experience,
        string act,
        OperationContext acting,
        Action change,
        CancellationToken cancel,
        bool keepsRevision = true
    )
    {
        var vocabulary = await thesaurus.Read(cancel);
        var marks = Marks(experience, vocabulary).ToHashSet();
        change();
        marks.UnionWith(Marks(experience, vocabulary));
        experience.ChangedAt = acting.At;
        if (keepsRevision)
            await Revise(experience, acting, cancel);
        if (experience.IsPublic)
            await Publish(experience, cancel);
        else if (experience.State == EditorialState.Archived)
        {
            await register.Withdraw(experience.Reference, cancel);
            await files.Narrow(experience.Media.Select(m => m.Hash).OfType<string>(), cancel);
        }
        journal.Append(
            acting,
            experience.Stream,
            act,
            experience.Reference,
            new
            {
                title = experience.Title.ToString(),
                state = experience.State.ToString(),
                country = experience.Country ?? "",
            },
            marks
        );
        await db.SaveChangesAsync(cancel);
    }

    /// <summary>
    /// By what pages know that they show a practice: itself, the whole it is part of, and its subjects with all above
    /// them. Nothing shows a draft.
    /// </summary>
    private static IEnumerable<string> Marks(Experience experience, Vocabulary vocabulary) =>
        experience.IsPublic
            ?
            [
                experience.Id.ToString(),
                .. experience.PartOf is { } whole ? (string[])[whole.ToString()] : [],
                .. vocabulary.WithBroader(experience.Terms),
            ]
            : [];

    private async Task Publish(Experience experience, CancellationToken cancel)
    {
        var (publication, body) = Publication(experience);
        await register.Publish(publication, body, Audience.Public, cancel);
        await files.Widen(experience.Media.Select(m => m.Hash).OfType<string>(), Audience.Public, cancel);
    }

    /// <summary>What the register is told of a practice, and the running text that search reads.</summary>
    public static (Publication Publication, LocalizedText Body) Publication(Experience e) =>
        (
            new(e.Reference, Kind, e.Path, e.Title, e.Summary)
            {
                Member = e.Owner,
                Place = e.Country,
                Date = e.Start ?? e.End,
                Topics = e.Terms,
                Texts = [e.Title, e.Summary, .. e.Narrative.Values],
            },
            Body(e)
        );

    private static LocalizedText Body(Experience experience)
    {
        var source = experience.Title.Source ?? Language.English;
        var said = Language
            .All.Select(l =>
                (
                    Language: l,
                    Text: string.Join(
                        "\n\n",
                        experience
                            .Narrative.OrderBy(n => n.Key)
                            .Select(n => n.Value.In(l)?.Text)
                            .OfType<string>()
                            .Append(experience.City)
                    )
                )
            )
            .Where(s => s.Text.Length > 0)
            .ToDictionary(s => s.Language, s => s.Text);
        var body = said.TryGetValue(source, out var original)
            ? LocalizedText.Original(source, original)
            : LocalizedText.Empty;
        foreach (var (language, text) in said)
            if (language != source)
                body = body.IsEmpty ? LocalizedText.Original(language, text) : body.WithTranslation(language, text);
        return body;
    }

    private async Task Revise(Experience experience, OperationContext acting, CancellationToken cancel)
    {
        var last = await db.Set<ExperienceRevision>()
            .AsNoTracking()
            .Where(r => r.Experience == experience.Id)
            .OrderByDescending(r => r.Number)
            .FirstOrDefaultAsync(cancel);
        var said = Texts(experience);
        if (
            last is not null
            && last.Texts.Count == said.Count
            && last.Texts.All(t => said.TryGetValue(t.Key, out var now) && now == t.Value)
        )
            return;
        db.Add(
            new ExperienceRevision
            {
                Experience = experience.Id,
                Number = (last?.Number ?? 0) + 1,
                At = acting.At,
                By = acting.Actor.Id,
                InTheNameOf = acting.OnBehalfOf?.Name,
                Texts = said,
            }
        );
    }

    /// <summary>All a practice says, by name: what a revision keeps.</summary>
    public static Dictionary<string, string> Texts(Experience e)
    {
        var said = new Dictionary<string, string>();
        void Add(string name, LocalizedText text)
        {
            foreach (var (language, wording) in text.Wordings)
                said[$"{name}.{language}"] = wording.Text;
        }
        void Fact(string name, object? value)
        {
            if (
                value is not null
                && Convert.ToString(value, System.Globalization.CultureInfo.InvariantCulture) is { Length: > 0 } text
            )
                said[name] = text;
        }
        Add("title", e.Title);
        Add("summary", e.Summary);
        foreach (var (heading, text) in e.Narrative)
            Add(PageLocalizer.Kebab(heading.ToString()), text);
        Fact("country", e.Country);
        Fact("city", e.City);
        Fact("start", e.Start?.ToString());
        Fact("end", e.End?.ToString());
        Fact("number", e.Participants);
        Fact("cost", e.Cost is { } cost ? $"{cost} {e.Currency}" : null);
        Fact("terms", string.Join('\n', e.Terms));
        Fact("media", string.Join('\n', e.Media.Select(m => $"{m.Name} {m.Address}")));
        return said;
    }

    /// <summary>
    /// Who may change a practice: its authors, the people of its owner, the editors of its country. Null when not.
    /// </summary>
    public async Task<OperationContext?> Editing(Experience experience, CurrentUser visitor, CancellationToken cancel)
    {
        var acting = visitor.Acting();
        if (!acting.Can(ExperiencesModule.Write))
            return null;
        if (experience.Owner is { } owner && acting.Actor.Grants.Contains(new(Role.Member, Scope.Of(owner))))
            return acting with
            {
                OnBehalfOf = (await members.Lines([owner], cancel)).TryGetValue(owner, out var member)
                    ? new(owner, member.Name.ToString())
                    : acting.OnBehalfOf,
            };
        return
            experience.Authors.Exists(a => a.Account == acting.Actor.Id)
            || await members.MayIn(acting, ExperiencesModule.Edit, experience.Country, cancel)
            ? acting
            : null;
    }
}
