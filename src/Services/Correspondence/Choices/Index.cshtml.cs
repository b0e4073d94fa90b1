using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;
using Plenaria.Platform.Language;
using Plenaria.Platform.Site;

namespace Plenaria.Correspondence;

/// <summary>Which letters somebody gets, and how often; and which always come, and why.</summary>
[Authorize]
internal sealed class IndexModel(
    PlenariaDb db,
    PreferenceStore store,
    Accounts accounts,
    Outbox outbox,
    CurrentUser visitor,
    PageLocalizer phrases
) : PageModel, IRerenderable
{
    private IReadOnlyList<LetterKind> _kinds = [];
    private AccountAddress _reader = null!;
    private ReaderPreferences? _preferences;
    private HashSet<string> _written = [];

    public IEnumerable<LetterKind> Chosen => Concerning.Where(k => k.IsChosen);

    // Test letters go to staff who ask for one a moment before.
    public IEnumerable<LetterKind> Always =>
        Concerning.Where(k => k.Choice == LetterChoice.Always && k.Key != LetterKind.Test);

    /// <summary>Kinds that are chosen on another page, alone or in more detail.</summary>
    public IEnumerable<LetterKind> Elsewhere =>
        Concerning.Where(k => k.Choice == LetterChoice.Elsewhere || k.ChoicePath is not null);

    // By the reader's roles; and what they were written before or chose already.
    private IEnumerable<LetterKind> Concerning =>
        _kinds.Where(k =>
            k.Roles.Count == 0
            || visitor.Who.Grants.Any(g => k.Roles.Contains(g.Role))
            || _written.Contains(k.Key)
            || _preferences?.Rhythms.ContainsKey(k.Key) == true
        );

    /// <summary>Letters to the address came back, or were complained of.</summary>
    public bool IsSuppressed { get; private set; }

    /// <summary>Somebody asked that this address gets no mail on the network's initiative.</summary>
    public bool IsRefusing { get; private set; }

    /// <summary>The form was sent as it stood.</summary>
    [BindProperty(SupportsGet = true)]
    public bool Unchanged { get; set; }

    public LetterRhythm RhythmOf(LetterKind kind) => _preferences?.RhythmOf(kind.Key) ?? LetterRhythm.AtOnce;

    public Task OnGetAsync(CancellationToken cancel) => RerenderAsync(cancel);

    public async Task RerenderAsync(CancellationToken cancel)
    {
        _reader = (await accounts.Reach([visitor.Who.Id!.Value], cancel))[0];
        _kinds = await store.ReadKindsAsync(cancel);
        _preferences = await store.FindAsync(_reader.Email, cancel);
        _written = (
            await db.Set<OutboxMessage>()
                .Where(l => l.To == _reader.Email)
                .Select(l => l.Kind)
                .Distinct()
                .ToListAsync(cancel)
        ).ToHashSet();
        IsSuppressed = await db.Set<SuppressedAddress>().AnyAsync(s => s.Address == _reader.Email, cancel);
        IsRefusing = (await outbox.FindRefusingAsync([_reader.Email], cancel)).Count > 0;
    }

    public async Task<IActionResult> OnPostAsync(Dictionary<string, string> choices, CancellationToken cancel)
    {
        await RerenderAsync(cancel);
        var chosen = choices.ToDictionary(
            c => c.Key,
            c =>
                Enum.TryParse<LetterRhythm>(c.Value, out var rhythm)
                    ? rhythm
                    : throw new RuleViolationException("mail.choices.unknown")
        );
        var before = await store.ChooseAsync(_reader, chosen, visitor.Acting(), cancel);
        if (before.Count == 0)
            return Redirect($"/{phrases.Language}{LetterFoot.Page}?unchanged=true");
        this.OfferUndo(LetterFoot.Page, null, before.Select(b => ($"choices[{b.Key}]", (object?)b.Value.ToString())));
        return Redirect($"/{phrases.Language}{LetterFoot.Page}");
    }
}
