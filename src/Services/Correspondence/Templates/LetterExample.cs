using Plenaria.Platform.Language;
using Plenaria.Platform.Site;

namespace Plenaria.Correspondence;

/// <summary>A placeholder as staff read it beside the texts.</summary>
/// <param name="Name">With its brackets.</param>
/// <param name="Meaning">What it stands for.</param>
internal sealed record PlaceholderView(string Name, string Meaning, bool IsNecessary);

/// <summary>A letter with example values, as its reader gets it.</summary>
internal sealed record LetterPreview(string? Subject, string Text);

/// <summary>Writes letters with example values: none that is anybody's, no link that does anything.</summary>
internal sealed class LetterExample(Localizer texts, Network network, TimeProvider time)
{
    /// <param name="worded">The texts of the letter by their keys.</param>
    /// <param name="site">Where links lead: to the network's front page.</param>
    public async Task<LetterPreview> WriteAsync(
        LetterTemplate template,
        Kernel.Language language,
        IReadOnlyDictionary<string, string> worded,
        Uri site,
        CancellationToken cancel
    )
    {
        var profile = await network.Profile(cancel);
        var names = worded.Values.SelectMany(Localizer.PlaceholdersOf).Distinct();
        var values = names.Select(n => (Name: n, Value: (object?)ValueOf(n, language, profile, site))).ToList();
        // A sentence that is put into the text is called as its placeholder.
        var sentences = template
            .TextKeys.Where(k => template.IsLine(k) && !LetterTemplate.IsSubject(k))
            .Select(k => (Name: k[(k.LastIndexOf('.') + 1)..], Text: Localizer.Fill(language, worded[k], values)))
            .ToList();
        values.InsertRange(0, sentences.Select(s => (s.Name, (object?)s.Text)));
        var embedded = Localizer.PlaceholdersOf(worded[template.Main]);
        var text = template.Main == template.Subject ? "" : Localizer.Fill(language, worded[template.Main], values);
        var beside = sentences.Where(s => !embedded.Contains(s.Name)).Select(s => s.Text);
        return new(
            template.Subject is { } subject ? Localizer.Fill(language, worded[subject], values) : null,
            string.Join("\n\n", beside.Prepend(text))
        );
    }

    /// <summary>The placeholders of a letter, with what they stand for.</summary>
    public IReadOnlyList<PlaceholderView> Describe(LetterTemplate template, Kernel.Language reader) =>
        [
            .. template
                .TextKeys.SelectMany(k => WordingRules.FindAllowed(template, k, texts))
                .Distinct()
                .Order(StringComparer.Ordinal)
                .Select(n => new PlaceholderView(
                    WordingRules.Write(n),
                    MeaningOf(n, reader),
                    Placeholder.Find(n).IsNecessary
                )),
        ];

    // A name that only a module outside this program knows says what it can.
    private string MeaningOf(string name, Kernel.Language reader) =>
        texts.Has($"mail.placeholder.{name}") ? texts.Get(reader, $"mail.placeholder.{name}") : name;

    private object ValueOf(string name, Kernel.Language language, NetworkProfile profile, Uri site)
    {
        var placeholder = Placeholder.Find(name);
        return placeholder.Kind switch
        {
            PlaceholderKind.Link => new Uri(site, $"/{language}"),
            PlaceholderKind.Code => "123 456",
            PlaceholderKind.Number => 3,
            PlaceholderKind.Day => PartialDate.On(DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime).AddDays(14)),
            _ => name switch
            {
                "network" => profile.Name,
                "language" => language.OwnName,
                _ => placeholder.ExampleKey is { } key ? texts.Get(language, key) : name,
            },
        };
    }
}
