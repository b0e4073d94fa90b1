using Plenaria.Platform.Access;
using Plenaria.Platform.Language;
using Plenaria.Platform.Places;

namespace Plenaria.Forms;

/// <summary>A form as it is asked now.</summary>
/// <param name="Stored">What staff made of it; null for a module's form that they left as it is.</param>
internal sealed record OpenForm(IFormKind Kind, StoredForm? Stored, FormDefinition Definition)
{
    /// <summary>When the phase of this moment ends; null where it has no end, or there is none.</summary>
    public ZonedMoment? ClosesAfter(DateTimeOffset at) =>
        Stored?.StateAt(at) == FormState.Open && Stored.TurnsAt(at) is { } closes ? new(closes, Stored.Zone) : null;

    /// <exception cref="RuleViolationException">Nothing is taken at this moment: not yet, not any more, not between two
    /// phases.</exception>
    public void DemandOpen(DateTimeOffset at)
    {
        if (Stored?.StateAt(at) is not { } state || state == FormState.Open)
            return;
        throw new RuleViolationException(
            $"forms.state.{PageLocalizer.Kebab(state.ToString())}.refused",
            ("at", Stored.TurnsAt(at) is { } turn ? new ZonedMoment(turn, Stored.Zone) : null)
        );
    }
}

/// <summary>A form that staff built: what was sent is read by staff and goes nowhere by itself.</summary>
internal sealed class StoredFormKind(StoredForm form, Localizer texts) : IFormKind
{
    public string Key => form.Key;

    public FormDefinition Define(Localizer t) => form.Draft;

    public Task Take(Sent sent, OperationContext acting, CancellationToken cancel) => Task.CompletedTask;

    public string ReadPermission => FormsModule.Read;

    public Task<string> Says(Guid response, Kernel.Language reader, CancellationToken cancel) =>
        Task.FromResult(texts.Get(reader, "forms.says.received"));
}
