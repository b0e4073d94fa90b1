using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Plenaria.Platform.Access;

namespace Plenaria.Platform.Journal.Pages;

/// <summary>Who did what, newest first; of one stream or about one record when asked for it.</summary>
[Allow(PlatformModule.ReadJournal)]
internal sealed class IndexModel(Journal journal, Register.Register register, CurrentUser visitor) : PageModel
{
    private const int Most = 30;
    private static readonly JsonSerializerOptions Readable = new()
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public IReadOnlyList<JournalLine> Lines { get; private set; } = [];
    public Guid? Next { get; private set; }

    /// <summary>The subjects that a permanent link leads to.</summary>
    public IReadOnlySet<string> Published { get; private set; } = new HashSet<string>();

    [BindProperty(SupportsGet = true)]
    public string? About { get; set; }

    [BindProperty(SupportsGet = true)]
    public Guid? Before { get; set; }

    public async Task OnGetAsync(CancellationToken cancel)
    {
        Lines = await journal.Browse(About?.Trim(), Before, Most + 1, cancel);
        if (Lines.Count > Most)
        {
            Lines = [.. Lines.Take(Most)];
            Next = Lines[^1].Id;
        }
        var subjects = Lines
            .Select(l => Reference.TryParse(l.Subject, null, out var subject) ? subject : (Reference?)null)
            .OfType<Reference>()
            .ToHashSet();
        Published = (await register.Read(subjects, visitor.Reads, cancel)).Keys.Select(r => r.ToString()).ToHashSet();
    }

    public static string Indented(JsonElement what) => JsonSerializer.Serialize(what, Readable);
}
