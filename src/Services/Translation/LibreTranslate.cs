using System.Net.Http.Json;
using System.Text.Json.Serialization;
using Microsoft.Extensions.Configuration;

namespace Plenaria.Translation;

/// <summary>
/// Where a translation service answers, from the settings <c>Translation:Url</c> and <c>Translation:Key</c>. Without an
/// address there is none.
/// </summary>
internal sealed record TranslationOptions(Uri? Url, string? Key)
{
    public static TranslationOptions From(IConfiguration settings) =>
        new(
            string.IsNullOrWhiteSpace(settings["Url"]) ? null
                : Uri.TryCreate(settings["Url"]!.TrimEnd('/') + "/", UriKind.Absolute, out var url)
                && url.Scheme is "http" or "https"
                    ? url
                : throw new InvalidOperationException(
                    "Translation:Url is an address such as https://translate.example."
                ),
            settings["Key"]
        );
}

/// <summary>
/// A service that speaks LibreTranslate's HTTP interface: <c>POST /translate</c> with <c>q</c>, <c>source</c>,
/// <c>target</c>, <c>format</c> and <c>api_key</c>.
/// </summary>
internal sealed class LibreTranslate(HttpClient http, TranslationOptions options) : IMachineTranslation
{
    // A service may refuse a request that is too long: each is one record's texts, and those of a long one go in
    // several.
    private const int MostCharacters = 10_000;

    private sealed record Asked(
        [property: JsonPropertyName("q")] IReadOnlyList<string> Texts,
        [property: JsonPropertyName("source")] string From,
        [property: JsonPropertyName("target")] string To,
        [property: JsonPropertyName("format")] string Format,
        [property: JsonPropertyName("api_key")] string? Key
    );

    private sealed record Answered([property: JsonPropertyName("translatedText")] List<string>? Texts);

    public bool IsOn => options.Url is not null;

    public async Task<IReadOnlyList<string>> Translate(
        IReadOnlyList<string> texts,
        Kernel.Language from,
        Kernel.Language to,
        CancellationToken cancel
    )
    {
        if (options.Url is not { } url)
            throw new RuleViolationException("translation.machine-off");
        var translated = new List<string>();
        var batch = new List<string>();
        foreach (var text in texts)
        {
            if (batch.Count > 0 && batch.Sum(t => t.Length) + text.Length > MostCharacters)
            {
                translated.AddRange(await Ask(url, batch, from, to, cancel));
                batch = [];
            }
            batch.Add(text);
        }
        if (batch.Count > 0)
            translated.AddRange(await Ask(url, batch, from, to, cancel));
        return translated;
    }

    private async Task<IReadOnlyList<string>> Ask(
        Uri url,
        List<string> texts,
        Kernel.Language from,
        Kernel.Language to,
        CancellationToken cancel
    )
    {
        try
        {
            using var answer = await http.PostAsJsonAsync(
                new Uri(url, "translate"),
                new Asked(texts, from.Code, to.Code, "text", options.Key),
                cancel
            );
            if (
                answer.IsSuccessStatusCode
                && (await answer.Content.ReadFromJsonAsync<Answered>(cancel))?.Texts is { } said
                && said.Count == texts.Count
            )
                return said;
        }
        catch (Exception fault)
            when (fault is HttpRequestException or System.Text.Json.JsonException or TaskCanceledException
                && !cancel.IsCancellationRequested
            ) { }
        throw new RuleViolationException("translation.machine-failed", ("host", url.Host));
    }
}
