using System.Collections.Frozen;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Plenaria.Platform.Data;
using Plenaria.Platform.Language;
using Plenaria.Platform.Modules;

namespace Plenaria.Correspondence;

/// <summary>The words of a letter in one language that cannot be used in this version.</summary>
/// <param name="Faults">By the keys of its texts.</param>
internal sealed record UnusableWording(
    LetterTemplate Template,
    Kernel.Language Language,
    IReadOnlyDictionary<string, RuleViolationException> Faults
);

/// <summary>
/// The words of all letters that the network changed, in memory. They are few, and asked for only when a letter is
/// written: the table is then looked at again, unless that was a moment ago (<see cref="CacheInvalidation.Trust"/>), so
/// that what another node or a command changed is seen as well. Words that cannot be used are left out whole, and the
/// shipped ones stand in their place.
/// </summary>
internal sealed class WordingOverrides(
    IServiceScopeFactory scopes,
    ModuleCatalog modules,
    TimeProvider time,
    ILogger<WordingOverrides> log
) : ITextOverrides
{
    private sealed record Kept(
        IReadOnlyList<(Guid Id, int Version)> Versions,
        FrozenDictionary<(Kernel.Language, string), string> Texts,
        IReadOnlyList<UnusableWording> Unusable
    );

    private static readonly Kept Nothing = new([], FrozenDictionary<(Kernel.Language, string), string>.Empty, []);

    private readonly FrozenSet<string> _keys = modules
        .Declared<LetterTemplate>()
        .SelectMany(t => t.TextKeys)
        .ToFrozenSet();

    private readonly Lock _turn = new();
    private volatile Kept _kept = Nothing;
    private long _askedAt = long.MinValue;

    public string? Find(Kernel.Language language, string key) =>
        _keys.Contains(key) ? Read().Texts.GetValueOrDefault((language, key)) : null;

    /// <summary>What this version cannot use.</summary>
    public IReadOnlyList<UnusableWording> FindUnusable() => Read().Unusable;

    /// <summary>This process stored a change: the next letter sees it.</summary>
    public void Forget() => Volatile.Write(ref _askedAt, long.MinValue);

    private bool IsFresh =>
        Volatile.Read(ref _askedAt) is var at
        && at != long.MinValue
        && time.GetElapsedTime(at) < CacheInvalidation.Trust;

    // Texts are asked for without waiting, in the middle of a page: the few rows are read there and then.
    private Kept Read()
    {
        if (IsFresh)
            return _kept;
        lock (_turn)
        {
            if (IsFresh)
                return _kept;
            var asked = time.GetTimestamp();
            try
            {
                using var scope = scopes.CreateScope();
                var services = scope.ServiceProvider;
                _kept = Load(
                    services.GetRequiredService<PlenariaDb>().Set<LetterWording>().AsNoTracking(),
                    services.GetRequiredService<Localizer>()
                );
            }
            // Providers wrap a lost connection each in its own way. A letter leaves with the words known last.
            catch (Exception fault)
            {
                log.LogWarning(fault, "The words of letters could not be read.");
            }
            Volatile.Write(ref _askedAt, asked);
            return _kept;
        }
    }

    private Kept Load(IQueryable<LetterWording> rows, Localizer localizer)
    {
        var versions = rows.OrderBy(w => w.Id)
            .Select(w => new { w.Id, w.Version })
            .ToList()
            .ConvertAll(w => (w.Id, w.Version));
        if (versions.SequenceEqual(_kept.Versions))
            return _kept;
        var templates = modules.Declared<LetterTemplate>().ToDictionary(t => t.Key);
        var (texts, unusable) = (new Dictionary<(Kernel.Language, string), string>(), new List<UnusableWording>());
        foreach (var wording in rows.ToList())
        {
            if (!templates.TryGetValue(wording.Template, out var template))
                continue;
            var faults = FindFaults(template, wording, localizer);
            if (faults.Count > 0)
                unusable.Add(new(template, wording.Language, faults));
            else
                foreach (var key in template.TextKeys.Where(wording.Texts.ContainsKey))
                    texts[(wording.Language, key)] = wording.Texts[key];
        }
        return new(versions, texts.ToFrozenDictionary(), unusable);
    }

    /// <summary>What keeps the words from being used in this version, by the keys of the letter's texts.</summary>
    public static IReadOnlyDictionary<string, RuleViolationException> FindFaults(
        LetterTemplate template,
        LetterWording wording,
        Localizer texts
    )
    {
        var faults = new Dictionary<string, RuleViolationException>();
        foreach (var key in template.TextKeys.Where(wording.Texts.ContainsKey))
            if (WordingRules.FindFault(template, key, wording.Language, wording.Texts[key], texts) is { } fault)
                faults[key] = fault;
        return faults;
    }
}
