using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Plenaria.Correspondence;
using Plenaria.Platform.Language;
using Plenaria.Platform.Modules;

namespace Plenaria.Tests.Platform.Correspondence;

/// <summary>Every letter of every module can be worded, and what is shipped keeps the rules that staff keep.</summary>
public partial class LetterTemplateCatalogTests(SharedHosts houses) : IClassFixture<SharedHosts>
{
    // Words of pages and of the journal that have the parts of a letter's key.
    private static readonly string[] OfNoLetter =
    [
        "act.mail.paused",
        "act.mail.reactivated",
        "act.mail.resumed",
        "act.mail.sent-again",
        "act.mail.template-reset",
        "act.mail.template-restored",
        "act.mail.template-saved",
        "members.apply.letter",
        "members.apply.letter.hint",
        "members.duty.letter",
        "members.duty.letter.help",
        "members.people.letter",
        "members.people.letter.hint",
    ];

    [GeneratedRegex(@"\.mail\.|\.letter(\.|$)")]
    private static partial Regex LetterKey { get; }

    [GeneratedRegex(@"""([a-z0-9.-]+\.subject)""")]
    private static partial Regex NamedSubject { get; }

    [GeneratedRegex(
        @"Queue(Requested|UnlessRefused|SignIn|ManyAsync)\(|new LetterDraft\(|: LetterDraft|LetterDraft For"
    )]
    private static partial Regex Writing { get; }

    private async Task<(List<LetterTemplate> Templates, Localizer Texts)> ReadAsync()
    {
        var services = (await houses.On(Provider.Sqlite)).Services;
        return (
            [.. services.GetRequiredService<ModuleCatalog>().Declared<LetterTemplate>()],
            services.GetRequiredService<Localizer>()
        );
    }

    private static IEnumerable<string> Files(string pattern) =>
        Directory
            .EnumerateFiles(Sources.Path("src"), pattern, SearchOption.AllDirectories)
            .Where(f =>
                !f.Contains("/bin/", StringComparison.Ordinal) && !f.Contains("/obj/", StringComparison.Ordinal)
            );

    [Fact]
    public async Task Every_text_that_goes_into_a_letter_belongs_to_a_template()
    {
        var declared = (await ReadAsync()).Templates.SelectMany(t => t.TextKeys).ToHashSet();
        var all = Files("Texts.en.json")
            .SelectMany(f => JsonSerializer.Deserialize<Dictionary<string, string>>(File.ReadAllText(f))!.Keys)
            .ToHashSet();
        // Acts are named on pages and in the journal.
        var named = all.Where(k => LetterKey.IsMatch(k) && !k.StartsWith("act.", StringComparison.Ordinal))
            .Except(OfNoLetter);
        // Letters whose texts are not named by the convention: their subjects stand where they are written.
        var written = Files("*.cs")
            .Select(File.ReadAllText)
            .Where(code => Writing.IsMatch(code))
            .SelectMany(code => NamedSubject.Matches(code).Select(m => m.Groups[1].Value))
            .Where(all.Contains);
        Assert.Equal([], named.Concat(written).Distinct().Where(k => !declared.Contains(k)).Order());
        Assert.Equal([], OfNoLetter.Except(all));
    }

    [Fact]
    public async Task What_is_shipped_keeps_the_rules_and_every_placeholder_is_explained()
    {
        var (templates, texts) = await ReadAsync();
        var faults = new List<string>();
        foreach (var template in templates)
        foreach (var language in Language.All)
        {
            Assert.NotEmpty(texts.Get(language, template.NameKey));
            foreach (var key in template.TextKeys)
            {
                if (
                    WordingRules.FindFault(template, key, language, texts.GetShipped(language, key), texts) is { } fault
                )
                    faults.Add($"{language} {key}: {texts.Get(Language.English, fault.Key, fault.Arguments)}");
                faults.AddRange(
                    WordingRules
                        .FindAllowed(template, key, texts)
                        .Where(n => !texts.Has($"mail.placeholder.{n}"))
                        .Select(n => $"{key}: {n} is not explained")
                );
            }
        }
        Assert.Equal([], faults);
        var keys = templates.SelectMany(t => t.TextKeys).ToList();
        Assert.Equal(keys.Count, keys.Distinct().Count());
    }

    [Fact]
    public async Task Every_letter_is_previewed_in_every_language_without_a_placeholder_left()
    {
        var (templates, texts) = await ReadAsync();
        var house = await houses.On(Provider.Sqlite);
        await house.Within(async s =>
        {
            var example = s.GetRequiredService<LetterExample>();
            foreach (var template in templates)
            foreach (var language in Language.All)
            {
                var shipped = template.TextKeys.ToDictionary(k => k, k => texts.GetShipped(language, k));
                var preview = await example.WriteAsync(template, language, shipped, house.Address, default);
                Assert.DoesNotContain("{", preview.Subject + preview.Text);
                Assert.NotEmpty(preview.Subject + preview.Text);
            }
        });
    }
}
