using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Plenaria.Platform.Access;

namespace Plenaria.Members.Outreach;

/// <summary>What the list of prospects is narrowed to. Without a stage it shows those still being followed.</summary>
/// <param name="Countries">Where the reader works; null for everywhere.</param>
internal sealed record OutreachFilter(
    string? Region = null,
    string? Country = null,
    OutreachStage? Stage = null,
    AccountId? Owner = null,
    OutreachSource? Source = null,
    string? Words = null,
    bool Due = false,
    bool Lapsed = false,
    IReadOnlyCollection<string>? Countries = null
);

/// <summary>
/// The same as the list's address says it: what its form sends, what a segment keeps, what the file is asked for with.
/// </summary>
internal sealed record OutreachQuery(
    [FromQuery] string? Region,
    [FromQuery] string? Country,
    [FromQuery] OutreachStage? Stage,
    [FromQuery] string? Owner,
    [FromQuery] OutreachSource? Source,
    [FromQuery] string? Q,
    [FromQuery] bool? Due,
    [FromQuery] bool? Lapsed
)
{
    /// <summary>Whoever reads: a segment of one's own work is everybody's.</summary>
    public const string Mine = "me";

    public OutreachFilter For(CurrentUser reader, IReadOnlyCollection<string>? countries) =>
        new(
            Region,
            Country?.ToUpperInvariant(),
            Stage,
            Owner == Mine ? reader.Who.Id
                : Guid.TryParse(Owner, out var id) ? new AccountId(id)
                : null,
            Source,
            Q,
            Due == true,
            Lapsed == true,
            countries
        );

    /// <summary>The choices made, by the names the address gives them.</summary>
    public Dictionary<string, string> Choices() =>
        new Dictionary<string, string?>
        {
            ["region"] = Region,
            ["country"] = Country,
            ["stage"] = Stage?.ToString(),
            ["owner"] = Owner,
            ["source"] = Source?.ToString(),
            ["q"] = Q?.Trim(),
            ["due"] = Due == true ? "true" : null,
            ["lapsed"] = Lapsed == true ? "true" : null,
        }
            .Where(p => !string.IsNullOrEmpty(p.Value))
            .ToDictionary(p => p.Key, p => p.Value!);

    public string Address(string path, string? after = null) =>
        path
        + QueryString.Create(
            (after is null ? Choices() : Choices().Append(new("after", after))).Select(p =>
                KeyValuePair.Create(p.Key, (string?)p.Value)
            )
        );
}
