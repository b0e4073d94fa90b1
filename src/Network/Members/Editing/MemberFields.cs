using System.ComponentModel.DataAnnotations;
using Plenaria.Platform.Places;
using Plenaria.Platform.Site;

namespace Plenaria.Members.Editing;

/// <summary>What a form about a member asks.</summary>
internal sealed class MemberFields
{
    public int Version { get; set; }

    [Required(ErrorMessage = "members.name-missing"), StringLength(Member.NameMaxLength)]
    public string? Name { get; set; }
    public MemberKind Kind { get; set; }

    [Required(ErrorMessage = "members.country-missing"), CountryField]
    public string? Country { get; set; }

    [StringLength(Member.CityMaxLength)]
    public string? City { get; set; }
    public PopulationClass? Population { get; set; }

    [StringLength(Member.WebsiteMaxLength), WebAddressField]
    public string? Website { get; set; }
    public MemberClass Class { get; set; }

    [PartialDateField]
    public string? Since { get; set; }

    public void Fill(Member member, Language language)
    {
        (Version, Name, Kind, City, Population, Website) = (
            member.Version,
            member.Name.For(language),
            member.Kind,
            member.City,
            member.Population,
            member.Website
        );
        Country = Countries.NameOf(member.Country, language);
    }

    /// <summary>Carries the form over to the member, but for its periods.</summary>
    public void Apply(Member member, Language language)
    {
        member.Call(member.Name.RewordedAsShown(language, Name));
        member.Settle(Countries.Find(Country)!);
        (member.Kind, member.Population) = (Kind, Population);
        member.City = string.IsNullOrWhiteSpace(City) ? null : City.Trim();
        member.Website = WebAddress.Of(Website);
    }

    // A method: the framework reads every property of a form, also of one it refuses.
    public PartialDate? JoinedOn() => string.IsNullOrWhiteSpace(Since) ? null : PartialDate.Parse(Since.Trim());
}

/// <summary>A country by its name in one of the five languages, or by its code.</summary>
internal sealed class CountryFieldAttribute : ValidationAttribute
{
    public CountryFieldAttribute() => ErrorMessage = "members.country-unknown";

    public override bool IsValid(object? value) =>
        value is not string text || string.IsNullOrWhiteSpace(text) || Countries.Find(text) is not null;
}
