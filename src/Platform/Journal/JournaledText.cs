using System.Text.Json;

namespace Plenaria.Platform.Journal;

/// <summary>
/// A text as an entry of the journal keeps it where the act can be undone: with all its languages, and how each came
/// about.
/// </summary>
public static class JournaledText
{
    public static object Write(LocalizedText text) =>
        text.Wordings.ToDictionary(
            w => w.Key.Code,
            w => new
            {
                text = w.Value.Text,
                // Stale is what a reader concludes, from what it was translated of.
                state = (w.Value.State == WordingState.Stale ? WordingState.Human : w.Value.State).ToString(),
                of = w.Value.SourceHash,
            }
        );

    public static LocalizedText Read(JsonElement written) =>
        LocalizedText.From(
            written
                .EnumerateObject()
                .Select(w =>
                    KeyValuePair.Create(
                        Kernel.Language.Parse(w.Name),
                        new Wording(
                            w.Value.GetProperty("text").GetString()!,
                            Enum.Parse<WordingState>(w.Value.GetProperty("state").GetString()!),
                            w.Value.GetProperty("of").GetString()
                        )
                    )
                )
        );
}
