using Microsoft.EntityFrameworkCore;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;
using Plenaria.Platform.Journal;

namespace Plenaria.Thesaurus;

/// <summary>Counts of a file taken in: new terms, changed ones, and those that already said the same.</summary>
internal sealed record ThesaurusImport(
    int Taken,
    int Changed,
    int Unchanged,
    IReadOnlyList<(string Code, string Rule)> Refused
);

/// <summary>Changes to the thesaurus by people: each is a revision and an entry of the journal.</summary>
internal sealed class ThesaurusEditor(PlenariaDb db, Journal journal)
{
    public const string Manage = "thesaurus.manage";

    public Task<Concept?> Load(string code, CancellationToken cancel) =>
        db.Set<Concept>().SingleOrDefaultAsync(c => c.Code == code, cancel);

    public async Task<Concept> Add(
        string scheme,
        LocalizedText label,
        OperationContext acting,
        CancellationToken cancel
    )
    {
        var code = ConceptCode.Of(scheme, label.For(Kernel.Language.English));
        if (await db.Set<Concept>().AnyAsync(c => c.Code == code, cancel))
            throw new RuleViolationException("thesaurus.taken", ("code", code));
        var concept = new Concept
        {
            Code = code,
            Scheme = scheme,
            Order =
                (await db.Set<Concept>().Where(c => c.Scheme == scheme).MaxAsync(c => (int?)c.Order, cancel) ?? 0) + 1,
        };
        db.Add(concept);
        return concept;
    }

    /// <summary>Stores what the caller changed of a term.</summary>
    public async Task Save(Concept concept, string act, OperationContext acting, CancellationToken cancel)
    {
        await Check(concept, cancel);
        concept.ChangedIn = await ThesaurusService.Revise(db, $"{act} {concept.Code}", acting.At, cancel);
        journal.Append(
            acting,
            ThesaurusService.Stream,
            act,
            null,
            new
            {
                code = concept.Code,
                label = concept.Label.ToString(),
                broader = concept.Broader,
                replacedBy = concept.ReplacedBy ?? "",
                revision = concept.ChangedIn,
            }
        );
        await db.SaveChangesAsync(cancel);
    }

    /// <summary>
    /// Enters a SKOS file: new terms are added, known ones made to say what it says. Terms it does not name stay.
    /// </summary>
    public async Task<ThesaurusImport> Import(
        Stream content,
        bool dryRun,
        OperationContext acting,
        CancellationToken cancel
    )
    {
        acting.Require(Manage);
        var (read, taken, changed, unchanged, refused) = (Skos.Read(content), 0, 0, 0, new List<(string, string)>());
        var schemes = await db.Set<Scheme>().ToDictionaryAsync(s => s.Key, cancel);
        var known = await db.Set<Concept>().ToDictionaryAsync(c => c.Code, cancel);
        var codes = read.Select(c => c.Code).Concat(known.Keys).ToHashSet();
        foreach (var said in read)
        {
            if (!schemes.ContainsKey(said.Scheme))
                refused.Add((said.Code, "thesaurus.import.unknown-scheme"));
            else if (said.Label.IsEmpty || said.Label.Wordings.Any(w => w.Value.Text.Length > Concept.LabelMaxLength))
                refused.Add((said.Code, "thesaurus.import.label"));
            else if (said.Broader.Exists(b => !codes.Contains(b) || b == said.Code))
                refused.Add((said.Code, "thesaurus.import.broader"));
            else if (!known.TryGetValue(said.Code, out var concept))
            {
                taken++;
                db.Add(
                    concept = new()
                    {
                        Code = said.Code,
                        Scheme = said.Scheme,
                        Order = 1_000,
                    }
                );
                known[said.Code] = concept;
                Apply(said, concept);
            }
            else if (Same(said, concept))
                unchanged++;
            else
            {
                changed++;
                Apply(said, concept);
            }
        }
        if (known.Values.FirstOrDefault(c => Loops(c, known)) is { } loop)
            throw new RuleViolationException("thesaurus.loop", ("code", loop.Code));
        if (dryRun || taken + changed == 0)
        {
            db.ClearTracking();
            return new(taken, changed, unchanged, refused);
        }
        var revision = await ThesaurusService.Revise(db, $"{taken + changed} terms imported", acting.At, cancel);
        foreach (
            var entry in db
                .ChangeTracker.Entries<Concept>()
                .Where(e => e.State is EntityState.Added or EntityState.Modified)
        )
            entry.Entity.ChangedIn = revision;
        journal.Append(
            acting,
            ThesaurusService.Stream,
            "thesaurus.imported",
            null,
            new
            {
                taken,
                changed,
                unchanged,
                refused = refused.Count,
                revision,
            }
        );
        await db.SaveChangesAsync(cancel);
        return new(taken, changed, unchanged, refused);
    }

    private async Task Check(Concept concept, CancellationToken cancel)
    {
        var known = await db.Set<Concept>()
            .AsNoTracking()
            .Where(c => c.Code != concept.Code)
            .ToDictionaryAsync(c => c.Code, cancel);
        foreach (var named in concept.Broader.Concat(concept.ReplacedBy is { } next ? [next] : []))
            if (!known.ContainsKey(named))
                throw new RuleViolationException("thesaurus.unknown", ("code", named));
        known[concept.Code] = concept;
        if (Loops(concept, known))
            throw new RuleViolationException("thesaurus.loop", ("code", concept.Code));
    }

    /// <summary>Whether a term is, over others, wider than itself, or was merged into itself.</summary>
    private static bool Loops(Concept concept, Dictionary<string, Concept> known)
    {
        var seen = new HashSet<string>();
        bool Reaches(string code) =>
            code == concept.Code || seen.Add(code) && known.TryGetValue(code, out var next) && Next(next).Any(Reaches);
        return Next(concept).Any(Reaches);
    }

    private static List<string> Next(Concept concept) => concept.ReplacedBy is { } next ? [next] : concept.Broader;

    private static void Apply(SkosConcept said, Concept concept) =>
        (
            concept.Label,
            concept.Alt,
            concept.Note,
            concept.Broader,
            concept.Goals,
            concept.IsDeprecated,
            concept.ReplacedBy
        ) = (said.Label, said.Alt, said.Note, said.Broader, said.Goals, said.IsDeprecated, said.ReplacedBy);

    private static bool Same(SkosConcept said, Concept concept) =>
        Says(said.Label) == Says(concept.Label)
        && Says(said.Note) == Says(concept.Note)
        && said.Broader.SequenceEqual(concept.Broader)
        && said.Goals.SequenceEqual(concept.Goals)
        && said.IsDeprecated == concept.IsDeprecated
        && said.ReplacedBy == concept.ReplacedBy
        && said.Alt.Count == concept.Alt.Count
        && said.Alt.All(a => concept.Alt.TryGetValue(a.Key, out var kept) && kept.SequenceEqual(a.Value));

    private static string Says(LocalizedText text) =>
        string.Join('\n', text.Wordings.Select(w => $"{w.Key} {w.Value.Text}"));
}
