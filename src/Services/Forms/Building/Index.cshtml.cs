using Microsoft.AspNetCore.Mvc.RazorPages;
using Plenaria.Platform.Access;
using Plenaria.Platform.Language;
using Plenaria.Platform.Places;

namespace Plenaria.Forms.Building;

/// <summary>All forms: those that staff built, and those that modules bring.</summary>
[Allow(FormsModule.Build)]
internal sealed class IndexModel(FormStore store, CurrentUser visitor, PageLocalizer phrases) : PageModel
{
    private DateTimeOffset _now;

    public IReadOnlyList<FormLine> Forms { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken cancel) =>
        (_now, Forms) = (visitor.Acting().At, await store.ListAsync(cancel));

    public string StateKeyOf(FormLine form) =>
        $"forms.state.{PageLocalizer.Kebab((form.Stored?.StateAt(_now) ?? FormState.Open).ToString())}";

    public string? TurnOf(FormLine form) =>
        form.Stored is { } stored && stored.TurnsAt(_now) is { } turn
            ? new ZonedMoment(turn, stored.Zone).For(phrases.Language)
            : null;
}
