namespace Plenaria.Correspondence;

/// <summary>What a provider says of a letter.</summary>
/// <param name="Id">What the provider calls it: the same one is told again until it is answered.</param>
/// <param name="References">What names the letter: its Message-ID, or the address it returns to.</param>
internal sealed record ProviderEvent(
    string Source,
    string Id,
    string Recipient,
    IReadOnlyList<string> References,
    BounceKind Kind,
    string Reason
);
