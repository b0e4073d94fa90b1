using System.Globalization;
using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Plenaria.Platform.Language;

/// <summary>
/// The interface's words: <c>Texts.{language}.json</c> of every module, flat keys. A placeholder is <c>{name}</c>; a
/// counted text has the keys <c>key#one</c> and <c>key#other</c> and the placeholder <c>{count}</c>.
/// </summary>
public sealed partial class Localizer
{
    // A language is read when it is first spoken.
    private readonly Dictionary<Kernel.Language, Lazy<Dictionary<string, string>>> _texts;

    private readonly ITextOverrides? _overrides;

    /// <param name="assemblies">Those that embed texts.</param>
    /// <param name="overrides">What the network words otherwise; null where nothing is.</param>
    public Localizer(IEnumerable<Assembly> assemblies, ITextOverrides? overrides = null)
    {
        _overrides = overrides;
        _texts = Kernel.Language.All.ToDictionary(
            language => language,
            language => new Lazy<Dictionary<string, string>>(() => Read(assemblies, language))
        );
    }

    private static Dictionary<string, string> Read(IEnumerable<Assembly> assemblies, Kernel.Language language)
    {
        var texts = new Dictionary<string, string>();
        foreach (var assembly in assemblies)
            if (assembly.GetManifestResourceStream($"Texts.{language.Code}.json") is { } stream)
                using (stream)
                    foreach (var (key, text) in JsonSerializer.Deserialize<Dictionary<string, string>>(stream)!)
                        texts.Add(key, text);
        return texts;
    }

    /// <summary>
    /// The text, its placeholders filled. An unknown key is a bug and throws, so that a test meets it. What the network
    /// words otherwise is taken only where a value is given for each of its placeholders.
    /// </summary>
    public string Get(Kernel.Language language, string key, params IEnumerable<(string Name, object? Value)> values)
    {
        var shipped = GetShipped(language, key);
        var all = values as IReadOnlyCollection<(string Name, object? Value)> ?? [.. values];
        return
            _overrides?.Find(language, key) is { } worded
            && PlaceholdersOf(worded).All(name => all.Any(v => v.Name == name))
            ? Fill(language, worded, all)
            : Fill(language, shipped, all);
    }

    /// <summary>The text as it is shipped, its placeholders not filled, whatever the network words otherwise.</summary>
    public string GetShipped(Kernel.Language language, string key) =>
        _texts[language].Value.TryGetValue(key, out var text)
            ? text
            : throw new KeyNotFoundException($"No text '{key}' in {language.Code}.");

    /// <summary>The names of the placeholders in a text, each once.</summary>
    public static IReadOnlySet<string> PlaceholdersOf(string text) =>
        Placeholder().Matches(text).Select(m => m.Groups[1].Value).ToHashSet();

    /// <summary>The singular or plural of a counted text, after the language's own rule (CLDR).</summary>
    public string Count(
        Kernel.Language language,
        string key,
        long count,
        params IEnumerable<(string Name, object? Value)> values
    )
    {
        // French and Portuguese count nothing as one; the others count it as many. Millions do not occur.
        var one =
            language == Kernel.Language.French || language == Kernel.Language.Portuguese ? count is 0 or 1 : count == 1;
        return Get(language, $"{key}#{(one ? "one" : "other")}", values.Append(("count", count)));
    }

    public bool Has(string key) => _texts[Kernel.Language.English].Value.ContainsKey(key);

    /// <summary>A text with its placeholders filled; those without a value stay as they are.</summary>
    public static string Fill(
        Kernel.Language language,
        string text,
        IReadOnlyCollection<(string Name, object? Value)> values
    ) =>
        values.Count == 0
            ? text
            : Placeholder()
                .Replace(
                    text,
                    match =>
                    {
                        foreach (var (name, value) in values)
                            if (name == match.Groups[1].Value)
                                return Write(language, value);
                        return match.Value;
                    }
                );

    private static string Write(Kernel.Language language, object? value) =>
        value switch
        {
            null => "",
            PartialDate date => date.For(language),
            Period period => period.For(language),
            LocalizedText text => text.For(language),
            Places.ZonedMoment moment => moment.For(language),
            int or long => string.Format(language.Culture, "{0:N0}", value),
            DateOnly date => PartialDate.On(date).For(language),
            IFormattable formattable => formattable.ToString(null, language.Culture),
            _ => value.ToString() ?? "",
        };

    /// <summary>The language a program's user reads, from the environment; English when it is none of ours.</summary>
    public static Kernel.Language Operator =>
        Kernel.Language.TryParse(CultureInfo.CurrentUICulture.TwoLetterISOLanguageName, out var language)
            ? language
            : Kernel.Language.English;

    [GeneratedRegex(@"\{([a-z]+)\}", RegexOptions.IgnoreCase)]
    private static partial Regex Placeholder();
}

/// <summary>The words of the present page, in the language of its address.</summary>
public sealed class PageLocalizer(Localizer texts)
{
    public Kernel.Language Language { get; private set; }

    /// <summary>Called once, by the front door.</summary>
    public void Speak(Kernel.Language language) => Language = language;

    public string this[string key] => texts.Get(Language, key);
    public string this[string key, params IEnumerable<(string Name, object? Value)> values] =>
        texts.Get(Language, key, values);

    public string Count(string key, long count, params IEnumerable<(string Name, object? Value)> values) =>
        texts.Count(Language, key, count, values);

    /// <summary>The name of an enumeration's value, from the key <c>{prefix}.{value-in-kebab-case}</c>.</summary>
    public string Name<T>(string prefix, T value)
        where T : struct, Enum => this[$"{prefix}.{Kebab(value.ToString())}"];

    /// <summary>The same within a sentence: without its capital.</summary>
    public string Within<T>(string prefix, T value)
        where T : struct, Enum =>
        Name(prefix, value) is { Length: > 0 } name ? char.ToLower(name[0], Language.Culture) + name[1..] : "";

    /// <summary>What the journal's word for an act means, from the key <c>act.{act}</c>.</summary>
    public string Act(string act) => this[$"act.{act}"];

    /// <summary>Whether the word is one of the journal's.</summary>
    public bool HasAct(string act) => texts.Has($"act.{act}");

    /// <summary>What a job that runs by itself does; its name where no module has words for it.</summary>
    public string Job(string name) => texts.Has($"job.{name}") ? this[$"job.{name}"] : name;

    public string Date(PartialDate date) => date.For(Language);

    public string Day(DateTimeOffset at) => PartialDate.On(DateOnly.FromDateTime(at.UtcDateTime)).For(Language);

    public string Moment(DateTimeOffset at) => $"{Day(at)}, {at.UtcDateTime.ToString("t", Language.Culture)} UTC";

    /// <summary>How large a file is, rounded up, as people say it.</summary>
    public string Size(long bytes) =>
        bytes < 1_000_000
            ? $"{Number((bytes + 999) / 1_000)} kB"
            : $"{(bytes / 1e6).ToString("0.0", Language.Culture)} MB";

    public string Number(long number) => number.ToString("N0", Language.Culture);

    /// <summary>How an enumeration's value is written in keys of texts.</summary>
    public static string Kebab(string name) =>
        string.Concat(
            name.Select((c, i) => char.IsUpper(c) ? (i > 0 ? "-" : "") + char.ToLowerInvariant(c) : c.ToString())
        );
}
