using System.Text.Json;

namespace Plenaria.Platform.Site;

/// <summary>
/// How the API writes what is neither number nor plain text: texts as objects by language, choices as words with
/// hyphens.
/// </summary>
public static class ApiJson
{
    public static Dictionary<string, string> Texts(LocalizedText text) =>
        text.Wordings.ToDictionary(w => w.Key.Code, w => w.Value.Text);

    public static string Word<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString());
}
