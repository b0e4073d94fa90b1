using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Plenaria.Kernel;

/// <summary>
/// The one byte sequence of a JSON value, after RFC 8785 (JSON Canonicalization Scheme). Numbers are whole and
/// within ±2^53−1; anything finer travels as a string, so the scheme's number formatting never comes into play.
/// </summary>
public static class CanonicalJson
{
    private const long Largest = (1L << 53) - 1;

    public static byte[] Of(object value)
    {
        var text = new StringBuilder();
        Write(text, value as JsonNode ?? JsonSerializer.SerializeToNode(value, JsonSerializerOptions.Web));
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static void Write(StringBuilder text, JsonNode? node)
    {
        switch (node)
        {
            case null:
                text.Append("null");
                break;
            case JsonObject members:
                text.Append('{');
                var first = true;
                // RFC 8785 section 3.2.3: members sort by their UTF-16 code units.
                foreach (var (name, value) in members.OrderBy(m => m.Key, StringComparer.Ordinal))
                {
                    if (!first)
                        text.Append(',');
                    first = false;
                    WriteString(text, name);
                    text.Append(':');
                    Write(text, value);
                }
                text.Append('}');
                break;
            case JsonArray items:
                text.Append('[');
                for (var i = 0; i < items.Count; i++)
                {
                    if (i > 0)
                        text.Append(',');
                    Write(text, items[i]);
                }
                text.Append(']');
                break;
            default:
                WriteScalar(text, node);
                break;
        }
    }

    private static void WriteScalar(StringBuilder text, JsonNode node)
    {
        switch (node.GetValueKind())
        {
            case JsonValueKind.String:
                WriteString(text, node.GetValue<string>());
                break;
            case JsonValueKind.True:
                text.Append("true");
                break;
            case JsonValueKind.False:
                text.Append("false");
                break;
            default:
                if (
                    !long.TryParse(
                        node.ToJsonString(),
                        NumberStyles.AllowLeadingSign,
                        CultureInfo.InvariantCulture,
                        out var number
                    )
                    || Math.Abs(number) > Largest
                )
                    throw new ArgumentException(
                        $"{node.ToJsonString()} is not a whole number within ±2^53−1; write it as a string."
                    );
                text.Append(CultureInfo.InvariantCulture, $"{number}");
                break;
        }
    }

    // Section 3.2.2.2: only the quote, the backslash and the control characters are escaped.
    private static void WriteString(StringBuilder text, string value)
    {
        text.Append('"');
        foreach (var c in value)
            _ = c switch
            {
                '"' => text.Append("\\\""),
                '\\' => text.Append("\\\\"),
                '\b' => text.Append("\\b"),
                '\t' => text.Append("\\t"),
                '\n' => text.Append("\\n"),
                '\f' => text.Append("\\f"),
                '\r' => text.Append("\\r"),
                < ' ' => text.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}"),
                _ => text.Append(c),
            };
        text.Append('"');
    }
}
