using System.Text.Encodings.Web;
using System.Text.Json;

namespace Plenaria.Plans.Import;

/// <summary>What <c>plan import --dry-run --json</c> prints: the tree as others rely on it.</summary>
internal static class DryRun
{
    private static readonly JsonSerializerOptions Readable = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static string Json(PlanDraft draft, int year, Language language) =>
        JsonSerializer.Serialize(
            new
            {
                year,
                language = language.Code,
                title = draft.Title?.Text ?? "",
                preamble = draft.Preamble.Select(p => p.Text),
                directions = draft.Directions.Select(d => new
                {
                    title = d.Title.Text,
                    summaryTitle = d.SummaryTitle?.Text,
                    text = Text(d.Text),
                    actions = d.Actions.Select(a => new { title = a.Title.Text, text = Text(a.Text) }),
                }),
                notUnderstood = draft.NotUnderstood.Select(p => p.Text),
            },
            Readable
        );

    public static string Text(IEnumerable<Passage> passages) => string.Join("\n\n", passages.Select(p => p.Text));
}
