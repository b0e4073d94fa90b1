using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;
using Plenaria.Platform.Journal;
using Plenaria.Platform.Modules;

namespace Plenaria.Thesaurus;

/// <summary>
/// The network's one thesaurus: vocabularies with terms in five languages, each change a revision of the whole. Modules
/// bring the terms they begin with (<c>module.Vocabularies</c>); from then on people keep them.
/// </summary>
public sealed class ThesaurusService(IServiceScopeFactory scopes, CacheInvalidation freshness, ModuleCatalog modules)
{
    internal const string Stream = "thesaurus";

    private sealed record Kept(long Generation, Vocabulary Vocabulary);

    private volatile Kept? _kept;

    /// <summary>The terms as they are now.</summary>
    public async ValueTask<Vocabulary> Read(CancellationToken cancel)
    {
        await freshness.Confirm(cancel);
        var generation = freshness.Generation;
        if (_kept is { } kept && kept.Generation == generation)
            return kept.Vocabulary;
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<PlenariaDb>();
        var revision = await db.Set<Revision>().MaxAsync(r => (int?)r.Number, cancel) ?? 0;
        var vocabulary =
            _kept is { } known && known.Vocabulary.Revision == revision
                ? known.Vocabulary
                : new(
                    revision,
                    await db.Set<Scheme>().AsNoTracking().OrderBy(s => s.Order).ToListAsync(cancel),
                    await db.Set<Concept>()
                        .AsNoTracking()
                        .OrderBy(c => c.Scheme)
                        .ThenBy(c => c.Order)
                        .ThenBy(c => c.Code)
                        .ToListAsync(cancel)
                );
        _kept = new(generation, vocabulary);
        return vocabulary;
    }

    /// <summary>The next revision, with what is said of it; the caller changes the terms and saves.</summary>
    internal static async Task<int> Revise(PlenariaDb db, string what, DateTimeOffset at, CancellationToken cancel)
    {
        var number = (await db.Set<Revision>().MaxAsync(r => (int?)r.Number, cancel) ?? 0) + 1;
        db.Add(
            new Revision
            {
                Number = number,
                At = at,
                What = what.Length > Revision.WhatMaxLength ? what[..Revision.WhatMaxLength] : what,
            }
        );
        return number;
    }

    /// <summary>
    /// Enters the vocabularies and terms that modules bring and the thesaurus lacks; changes none that is there.
    /// </summary>
    internal async Task Plant(IServiceProvider services, CancellationToken cancel)
    {
        var db = services.GetRequiredService<PlenariaDb>();
        var schemes = await db.Set<Scheme>().Select(s => s.Key).ToHashSetAsync(cancel);
        var codes = await db.Set<Concept>().Select(c => c.Code).ToHashSetAsync(cancel);
        var acting = services.GetRequiredService<SystemActor>().As("thesaurus");
        var added = new List<Concept>();
        foreach (var brought in modules.Declared<EmbeddedVocabularies>().SelectMany(v => v.Read()))
        {
            if (schemes.Add(brought.Scheme))
                db.Add(
                    new Scheme
                    {
                        Key = brought.Scheme,
                        Label = brought.Label,
                        Order = schemes.Count,
                        Widens = brought.Widens,
                    }
                );
            added.AddRange(
                brought
                    .Concepts.Where(c => codes.Add($"{brought.Scheme}:{c.Code}"))
                    .Select(
                        (c, i) =>
                            new Concept
                            {
                                Code = $"{brought.Scheme}:{c.Code}",
                                Scheme = brought.Scheme,
                                Label = c.Label,
                                Alt = c.Alt ?? [],
                                Note = c.Note ?? LocalizedText.Empty,
                                Broader = c.Broader ?? [],
                                Goals = c.Sdg ?? [],
                                Order = i + 1,
                            }
                    )
            );
        }
        if (added.Count == 0)
            return;
        var revision = await Revise(db, $"{added.Count} terms planted", acting.At, cancel);
        foreach (var concept in added)
            concept.ChangedIn = revision;
        db.AddRange(added);
        services
            .GetRequiredService<Journal>()
            .Append(acting, Stream, "thesaurus.planted", null, new { terms = added.Count, revision });
        await db.SaveChangesAsync(cancel);
    }
}

public static class VocabularyExtensions
{
    /// <summary>
    /// The vocabularies its records are described with, embedded as <c>*.vocabulary.json</c>. A new network's thesaurus
    /// begins with them.
    /// </summary>
    public static ModuleBuilder Vocabularies(this ModuleBuilder module) =>
        module.Add(new EmbeddedVocabularies(module.Assembly));
}

/// <summary>
/// The vocabularies that a module brings: its embedded files <c>*.vocabulary.json</c>, a scheme each.
/// </summary>
public sealed record EmbeddedVocabularies(System.Reflection.Assembly Assembly)
{
    internal IReadOnlyList<EmbeddedScheme> Read() =>
        [
            .. Assembly
                .GetManifestResourceNames()
                .Where(n => n.EndsWith(".vocabulary.json", StringComparison.Ordinal))
                .Select(name =>
                {
                    using var stream = Assembly.GetManifestResourceStream(name)!;
                    return JsonSerializer.Deserialize<EmbeddedScheme>(stream, JsonColumn.Options)!;
                })
                .OrderBy(s => s.Order),
        ];
}

internal sealed record EmbeddedScheme(
    string Scheme,
    int Order,
    LocalizedText Label,
    bool Widens,
    List<EmbeddedConcept> Concepts
);

internal sealed record EmbeddedConcept(
    string Code,
    LocalizedText Label,
    Dictionary<string, List<string>>? Alt,
    LocalizedText? Note,
    List<string>? Broader,
    List<int>? Sdg
);
