using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Plenaria.Platform.Data;

internal sealed class IdConverter<T>() : ValueConverter<T, Guid>(id => id.Value, value => Read(value))
    where T : struct, IId<T>
{
    private static T Read(Guid value) => T.From(value);
}

/// <summary>For values that write themselves as text and read themselves back.</summary>
internal sealed class ParsableConverter<T>() : ValueConverter<T, string>(value => value.ToString()!, text => Read(text))
    where T : IParsable<T>
{
    private static T Read(string text) => T.Parse(text, null);
}

internal sealed class PeriodConverter()
    : ValueConverter<Period, string>(period => period.ToString(), text => Period.Parse(text));

internal sealed class LocalizedTextConverter()
    : ValueConverter<LocalizedText, string>(
        text => JsonSerializer.Serialize(text, JsonColumn.Options),
        json => JsonSerializer.Deserialize<LocalizedText>(json, JsonColumn.Options)!
    );

/// <summary>SQLite keeps instants as UTC ticks: they sort and compare as numbers.</summary>
internal sealed class TicksConverter()
    : ValueConverter<DateTimeOffset, long>(at => at.UtcTicks, ticks => new DateTimeOffset(ticks, TimeSpan.Zero));

public static class JsonColumn
{
    /// <summary>How values are written in columns.</summary>
    public static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters =
        {
            new JsonStringEnumConverter(),
            new LocalizedTextJson(),
            new ParsableJson<PartialDate>(),
            new ParsableJson<Reference>(),
            new ParsableJson<Kernel.Language>(),
            new ParsableJson<Access.Role>(),
            new PeriodJson(),
        },
    };

    /// <summary>
    /// Keeps a small value or list as one JSON text. Never queried in SQL: what is queried gets a column.
    /// </summary>
    public static PropertyBuilder<T> HasJson<T>(this PropertyBuilder<T> property)
        where T : class?
    {
        property.HasConversion(
            value => JsonSerializer.Serialize(value, Options),
            json => JsonSerializer.Deserialize<T>(json, Options)!,
            new ValueComparer<T>(
                (a, b) => JsonSerializer.Serialize(a, Options) == JsonSerializer.Serialize(b, Options),
                value => JsonSerializer.Serialize(value, Options).GetHashCode(StringComparison.Ordinal),
                value => JsonSerializer.Deserialize<T>(JsonSerializer.Serialize(value, Options), Options)!
            )
        );
        return property;
    }
}

/// <summary>
/// <c>{"es":{"t":"…"},"en":{"t":"…","s":"human","h":"…"}}</c>; a plain string is an English original.
/// </summary>
internal sealed class LocalizedTextJson : JsonConverter<LocalizedText>
{
    private sealed record Stored(
        [property: JsonPropertyName("t")] string Text,
        [property: JsonPropertyName("s")] string? State = null,
        [property: JsonPropertyName("h")] string? Hash = null
    );

    public override LocalizedText Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options)
    {
        var stored = JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(ref reader, options)!;
        // Files written by people say {"es":"…","en":"…"}: the first is the original, the others are its translations.
        if (stored.Values.All(v => v.ValueKind == JsonValueKind.String))
        {
            var text = LocalizedText.Empty;
            foreach (var (code, words) in stored)
                text = text.IsEmpty
                    ? LocalizedText.Original(Kernel.Language.Parse(code), words.GetString()!)
                    : text.WithTranslation(Kernel.Language.Parse(code), words.GetString()!);
            return text;
        }
        return LocalizedText.From(
            stored.Select(s =>
            {
                var kept = s.Value.Deserialize<Stored>()!;
                var state = kept.State is null
                    ? WordingState.Original
                    : Enum.Parse<WordingState>(kept.State, ignoreCase: true);
                return KeyValuePair.Create(Kernel.Language.Parse(s.Key), new Wording(kept.Text, state, kept.Hash));
            })
        );
    }

    public override void Write(Utf8JsonWriter writer, LocalizedText value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        foreach (var (language, wording) in value.Wordings)
        {
            writer.WriteStartObject(language.Code);
            writer.WriteString("t", wording.Text);
            if (wording.State != WordingState.Original)
            {
                // Stale is what a reader concludes; what is kept is how the translation was made.
                writer.WriteString("s", wording.State == WordingState.Machine ? "machine" : "human");
                writer.WriteString("h", wording.SourceHash);
            }
            writer.WriteEndObject();
        }
        writer.WriteEndObject();
    }
}

public sealed class ParsableJson<T> : JsonConverter<T>
    where T : IParsable<T>
{
    public override T Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) =>
        T.Parse(reader.GetString()!, null);

    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.ToString());
}

public sealed class PeriodJson : JsonConverter<Period>
{
    public override Period Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) =>
        Period.Parse(reader.GetString()!);

    public override void Write(Utf8JsonWriter writer, Period value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.ToString());
}
