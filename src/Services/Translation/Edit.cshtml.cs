using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Plenaria.Platform.Access;
using Plenaria.Platform.Language;
using Plenaria.Platform.Site;

namespace Plenaria.Translation;

/// <summary>A record's texts side by side: the original to read, the translation to write.</summary>
[Allow(Translations.Translate), RequestFormLimits(ValueLengthLimit = 1 << 20)]
internal sealed class EditModel(
    Translations translations,
    IMachineTranslation machine,
    CurrentUser visitor,
    PageLocalizer phrases
) : PageModel, IRerenderable
{
    public Translatable Record { get; private set; } = null!;
    public TranslationTask? Given { get; private set; }
    public Kernel.Language Target { get; private set; }

    /// <summary>What was typed, by the name of the text, when a form came back.</summary>
    public Dictionary<string, string?> Said { get; set; } = [];
    public bool HasMachine =>
        machine.IsOn
        && Record.Texts.Any(t => t.Text.Source is { } source && source != Target && t.Text.In(Target) is null);

    public string Now(TranslatableText text) => Said.GetValueOrDefault(text.Name) ?? text.Text.In(Target)?.Text ?? "";

    public string Seen(TranslatableText text) => LocalizedText.HashOf(text.Text.In(Target)?.Text ?? "");

    public async Task<IActionResult> OnGetAsync(string reference, string target, CancellationToken cancel) =>
        await Load(reference, target, cancel) ? Page() : NotFound();

    public async Task RerenderAsync(CancellationToken cancel)
    {
        if (!await Load((string)RouteData.Values["reference"]!, (string)RouteData.Values["target"]!, cancel))
            throw new RuleViolationException("platform.changed-meanwhile");
    }

    public Task<IActionResult> OnPostAsync(string reference, string target, CancellationToken cancel) =>
        Save(reference, target, isDone: false, cancel);

    public Task<IActionResult> OnPostDoneAsync(string reference, string target, CancellationToken cancel) =>
        Save(reference, target, isDone: true, cancel);

    public async Task<IActionResult> OnPostMachineAsync(string reference, string target, CancellationToken cancel)
    {
        if (!await Load(reference, target, cancel))
            return NotFound();
        await translations.ByMachine(Record, Target, visitor.Acting(), cancel);
        return Redirect($"/{phrases.Language}/translations/{Record.Reference}/{Target}");
    }

    private async Task<IActionResult> Save(string reference, string target, bool isDone, CancellationToken cancel)
    {
        var (said, seen) = (Posted("said"), Posted("seen"));
        Said = said.ToDictionary(s => s.Key, s => (string?)s.Value);
        if (!await Load(reference, target, cancel))
            return NotFound();
        if (said.Values.Any(t => t.Length > TranslationExchange.TextMaxLength))
            throw new RuleViolationException("translation.too-long", ("limit", TranslationExchange.TextMaxLength));
        // What nobody wrote and what a machine wrote and nobody touched stays as it is, until it is said to be done.
        var incoming = said.Where(s =>
                Record.Texts.FirstOrDefault(t => t.Name == s.Key) is { } text
                && (isDone || s.Value.ReplaceLineEndings("\n").Trim() != (text.Text.In(Target)?.Text ?? ""))
            )
            .Select(s => new Translated(s.Key, s.Value))
            .ToList();
        await translations.Store(Record, Target, incoming, seen, visitor.Acting(), cancel);
        if (isDone && Given is { IsOpen: true })
            await translations.Finish(Given, visitor.Acting(), cancel);
        return Redirect(
            isDone
                ? $"/{phrases.Language}/translations"
                : $"/{phrases.Language}/translations/{Record.Reference}/{Target}"
        );
    }

    /// <summary>The fields <c>name[key]</c>, by key; of two with one key the first.</summary>
    private Dictionary<string, string> Posted(string name) =>
        Request
            .Form.Where(f => f.Key.StartsWith(name + "[", StringComparison.Ordinal) && f.Key.EndsWith(']'))
            .ToDictionary(
                f => f.Key[(name.Length + 1)..^1],
                f => (f.Value[0] ?? "").Replace("\0", "", StringComparison.Ordinal)
            );

    private async Task<bool> Load(string reference, string target, CancellationToken cancel)
    {
        if (
            !Reference.TryParse(reference, null, out var known)
            || !Kernel.Language.TryParse(target, out var language)
            || await translations.Open(known, language, visitor.Acting(), phrases.Language, cancel)
                is not var (record, task)
        )
            return false;
        (Record, Given, Target) = (record, task, language);
        return true;
    }
}
