using System.Text.Json;
using System.Text.RegularExpressions;

namespace Plenaria.Tests.Architecture;

/// <summary>
/// The interface says the same in every language, with the same placeholders and plurals, and says it in that language.
/// </summary>
public class TextsTests
{
    private static readonly string[] Codes = ["ca", "en", "es", "fr", "pt"];

    private static IEnumerable<string> Folders() =>
        Directory
            .EnumerateFiles(Sources.Path("src"), "Texts.en.json", SearchOption.AllDirectories)
            .Where(f =>
                !f.Contains("/bin/", StringComparison.Ordinal) && !f.Contains("/obj/", StringComparison.Ordinal)
            )
            .Select(f => Path.GetDirectoryName(f)!);

    private static Dictionary<string, string> Read(string folder, string code) =>
        JsonSerializer.Deserialize<Dictionary<string, string>>(
            File.ReadAllText(Path.Combine(folder, $"Texts.{code}.json"))
        )!;

    private static string[] Placeholders(string text) =>
        [.. Regex.Matches(text, @"\{[a-z]+\}").Select(m => m.Value).Distinct().Order()];

    [Fact]
    public void Every_language_has_the_same_keys_and_placeholders()
    {
        foreach (var folder in Folders())
        {
            var english = Read(folder, "en");
            foreach (var code in Codes)
            {
                var texts = Read(folder, code);
                Assert.Equal(english.Keys.Order(), texts.Keys.Order());
                Assert.All(
                    texts,
                    t =>
                        Assert.True(
                            Placeholders(t.Value).SequenceEqual(Placeholders(english[t.Key])),
                            $"{code} {t.Key}: {t.Value}"
                        )
                );
                Assert.All(texts, t => Assert.False(string.IsNullOrWhiteSpace(t.Value), $"{code} {t.Key} is empty"));
            }
            Assert.All(
                english.Keys.Where(k => k.EndsWith("#one", StringComparison.Ordinal)),
                k => Assert.Contains(k.Replace("#one", "#other", StringComparison.Ordinal), english.Keys)
            );
        }
    }

    [Fact]
    public void A_text_equal_to_the_english_or_catalan_equal_to_spanish_has_a_listed_reason()
    {
        var reasons = JsonSerializer.Deserialize<Dictionary<string, string>>(
            File.ReadAllText(Sources.Path("tests", "Architecture", "same-texts.json"))
        )!;
        var same = new List<string>();
        foreach (var folder in Folders())
        {
            var (english, spanish) = (Read(folder, "en"), Read(folder, "es"));
            foreach (var code in Codes.Except(["en"]))
            foreach (var (key, text) in Read(folder, code))
                if (text == english[key] || code == "ca" && text == spanish[key])
                    same.Add($"{code} {key}");
        }
        Assert.Equal([], same.Except(reasons.Keys).Order());
        Assert.Equal([], reasons.Keys.Except(same).Order());
    }

    [Fact]
    public void Every_text_is_used_and_every_key_that_is_used_exists()
    {
        var code = string.Join(
            '\n',
            Directory
                .EnumerateFiles(Sources.Path("src"), "*.*", SearchOption.AllDirectories)
                .Where(f =>
                    (f.EndsWith(".cs", StringComparison.Ordinal) || f.EndsWith(".cshtml", StringComparison.Ordinal))
                    && !f.Contains("/obj/", StringComparison.Ordinal)
                    && !f.Contains("/bin/", StringComparison.Ordinal)
                )
                .Select(File.ReadAllText)
        );
        var all = Folders().SelectMany(f => Read(f, "en").Keys).ToHashSet();
        var quoted = Regex
            .Matches(code, @"""([a-z0-9-]+(?:\.[a-z0-9-]+)+)""")
            .Select(m => m.Groups[1].Value)
            .ToHashSet();
        // Keys that are put together from a prefix and a value: T.Name("plans.state", …), T[$"region.{code}"].
        var prefixes = Regex
            .Matches(code, @"(?:Name\(""([a-z.-]+)"",|\$""([a-z.-]+)\.\{)")
            .Select(m => m.Groups[1].Value + m.Groups[2].Value)
            .Where(p => p.Length > 0)
            .ToHashSet();
        Assert.Equal(
            [],
            all.Select(k => k.Split('#')[0])
                .Distinct()
                .Where(k => !quoted.Contains(k) && !prefixes.Any(p => k.StartsWith(p + ".", StringComparison.Ordinal)))
                .Order()
        );
    }
}
