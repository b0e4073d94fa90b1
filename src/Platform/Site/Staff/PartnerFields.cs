using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.DependencyInjection;
using Plenaria.Platform.Language;

namespace Plenaria.Platform.Site.Staff;

/// <summary>The row of a partner; one without a name is none.</summary>
internal sealed class PartnerFields : IValidatableObject
{
    private const int EmptyRows = 2;

    [StringLength(NetworkPartner.NameMaxLength)]
    public string? Name { get; set; }

    [WebAddressField]
    public string? Website { get; set; }

    /// <summary>The rows of those that are there, and some for others.</summary>
    public static List<PartnerFields> Of(List<NetworkPartner> partners) =>
        [
            .. partners.Select(p => new PartnerFields { Name = p.Name, Website = p.Website.ToString() }),
            .. Enumerable
                .Range(0, Math.Min(EmptyRows, NetworkPartner.MaxCount - partners.Count))
                .Select(_ => new PartnerFields()),
        ];

    public NetworkPartner? Read() =>
        string.IsNullOrWhiteSpace(Name) || WebAddress.Of(Website) is not { } website
            ? null
            : new(Name.Trim(), new(website));

    public IEnumerable<ValidationResult> Validate(ValidationContext context)
    {
        if (string.IsNullOrWhiteSpace(Name) != string.IsNullOrWhiteSpace(Website))
            yield return new(
                context.GetRequiredService<PageLocalizer>()["site.settings.partner.both"],
                [string.IsNullOrWhiteSpace(Name) ? nameof(Name) : nameof(Website)]
            );
    }
}
