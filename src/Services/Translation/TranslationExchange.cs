using Microsoft.EntityFrameworkCore;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;
using Plenaria.Platform.Language;

namespace Plenaria.Translation;

/// <summary>What became of one record of a file that came back.</summary>
/// <param name="Changed">How many of its texts were changed.</param>
/// <param name="Refused">Why it was not taken; null when it was.</param>
/// <param name="Older">Texts whose original changed after the file was made: taken, and marked as behind.</param>
internal sealed record TranslationReturn(
    Reference Reference,
    string Title,
    string Path,
    Kernel.Language Target,
    int Changed,
    string? Refused,
    IReadOnlyList<string> Older,
    IReadOnlyList<string> Unknown
);

/// <summary>Sets of texts on their way out and back.</summary>
internal sealed class TranslationExchange(Translations translations, PlenariaDb db, Localizer say)
{
    /// <summary>Of one translated text, in characters.</summary>
    public const int TextMaxLength = 200_000;

    /// <summary>All texts of these records with what there is of them in the language.</summary>
    /// <exception cref="ForbiddenException">One of them is not this person's to translate.</exception>
    public async Task<IReadOnlyList<SheetText>> Collect(
        IReadOnlyCollection<Reference> references,
        Kernel.Language target,
        OperationContext acting,
        Kernel.Language reader,
        CancellationToken cancel
    )
    {
        var texts = new List<SheetText>();
        foreach (var reference in references)
            if (await translations.Open(reference, target, acting, reader, cancel) is var (record, _))
                texts.AddRange(
                    record
                        .Texts.Where(t => t.Text.Source is { } source && source != target)
                        .Select(t => new SheetText(
                            reference,
                            t.Name,
                            t.Text.Source!.Value,
                            LocalizedText.HashOf(t.Text.In(t.Text.Source.Value)!.Text),
                            t.Text.In(t.Text.Source.Value)!.Text,
                            t.Text.In(target)?.Text
                        ))
                );
        return texts.Count > 0 ? texts : throw new RuleViolationException("translation.nothing-to-do");
    }

    /// <summary>
    /// Takes a file back: record by record, each on its own, so that one that is refused does not hold up the others.
    /// </summary>
    /// <exception cref="RuleViolationException">It is neither of the two kinds of file.</exception>
    public async Task<IReadOnlyList<TranslationReturn>> Return(
        byte[] content,
        OperationContext acting,
        Kernel.Language reader,
        CancellationToken cancel
    )
    {
        var (target, texts) = content.AsSpan().StartsWith("PK"u8) ? TranslationDocx.Read(content) : Xliff.Read(content);
        var results = new List<TranslationReturn>();
        foreach (var group in texts.GroupBy(t => t.Reference))
        {
            TranslationReturn Refuse(string title, string why) => new(group.Key, title, "", target, 0, why, [], []);
            try
            {
                if (group.Any(t => t.Target!.Length > TextMaxLength))
                    throw new RuleViolationException("translation.too-long", ("limit", TextMaxLength));
                if (await translations.Open(group.Key, target, acting, reader, cancel) is not var (record, _))
                {
                    results.Add(
                        Refuse(group.Key.ToString(), say.Get(reader, "translation.unknown", ("reference", group.Key)))
                    );
                    continue;
                }
                var now = record
                    .Texts.Where(t => t.Text.Source is not null)
                    .ToDictionary(
                        t => t.Name,
                        t => (t.Label, Hash: LocalizedText.HashOf(t.Text.In(t.Text.Source!.Value)!.Text))
                    );
                var (changed, unknown) = await translations.Store(
                    record,
                    target,
                    [.. group.Select(t => new Translated(t.Name, t.Target!, t.SourceHash))],
                    null,
                    acting,
                    cancel
                );
                results.Add(
                    new(
                        group.Key,
                        record.Title.For(reader),
                        record.Path,
                        target,
                        changed,
                        null,
                        [
                            .. group
                                .Where(t => now.TryGetValue(t.Name, out var text) && text.Hash != t.SourceHash)
                                .Select(t => now[t.Name].Label),
                        ],
                        unknown
                    )
                );
            }
            catch (ForbiddenException)
            {
                results.Add(Refuse(group.Key.ToString(), say.Get(reader, "translation.not-yours")));
            }
            catch (RuleViolationException broken)
            {
                db.ClearTracking();
                results.Add(Refuse(group.Key.ToString(), say.Get(reader, broken.Key, [.. broken.Arguments])));
            }
            catch (DbUpdateConcurrencyException)
            {
                db.ClearTracking();
                results.Add(Refuse(group.Key.ToString(), say.Get(reader, "platform.changed-meanwhile")));
            }
        }
        return results;
    }
}
