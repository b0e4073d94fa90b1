using System.ComponentModel.DataAnnotations;
using Plenaria.Platform.Places;
using Plenaria.Platform.Site;
using Plenaria.Thesaurus;

namespace Plenaria.Publishing.Content;

/// <summary>What the form asks of an item, in the language of the page.</summary>
internal sealed class ItemFields
{
    public int Version { get; set; }

    [Required(ErrorMessage = "publishing.needs-title"), StringLength(Item.TitleMaxLength)]
    public string? Title { get; set; }

    [StringLength(Item.SummaryMaxLength)]
    public string? Summary { get; set; }

    [StringLength(Item.BodyMaxLength)]
    public string? Body { get; set; }
    public Guid? Office { get; set; }

    [StringLength(80)]
    public string? Country { get; set; }

    [StringLength(Item.PlaceMaxLength)]
    public string? City { get; set; }

    [PartialDateField]
    public string? Date { get; set; }

    [StringLength(Item.AuthorsMaxLength)]
    public string? Authors { get; set; }

    [StringLength(Item.LicenceMaxLength)]
    public string? Licence { get; set; }

    [StringLength(Item.IdentifierMaxLength)]
    public string? Identifier { get; set; }

    [StringLength(Item.UrlMaxLength), WebAddressField]
    public string? Url { get; set; }

    [StringLength(32)]
    public string? Starts { get; set; }

    [StringLength(32)]
    public string? Ends { get; set; }

    [StringLength(Item.ZoneMaxLength)]
    public string? Zone { get; set; }
    public List<string?> Topics { get; set; } = [];

    public void Fill(Item item, Language editing, string zone)
    {
        (Version, Title, Summary, Body) = (
            item.Version,
            item.Title.In(editing)?.Text,
            item.Summary.In(editing)?.Text,
            item.Body.In(editing)?.Text
        );
        (Office, Country, City) = (
            item.Office?.Value,
            item.Country is { } country ? Countries.NameOf(country, editing) : null,
            item.City
        );
        (Date, Authors, Licence, Identifier, Url) = (
            item.Date?.ToString(),
            item.Authors,
            item.Licence,
            item.Identifier,
            item.Url
        );
        Zone = item.Zone ?? zone;
        (Starts, Ends) = (Local(item.StartsAt), Local(item.EndsAt));
        Topics = [.. item.Terms];
    }

    /// <exception cref="RuleViolationException">An answer is none, or two do not fit each other.</exception>
    public void Check()
    {
        if (!string.IsNullOrWhiteSpace(Country) && Countries.Find(Country) is null)
            throw new RuleViolationException("members.country-unknown", ("country", Country));
        if (!string.IsNullOrWhiteSpace(Zone) && !TimeZoneInfo.TryFindSystemTimeZoneById(Zone.Trim(), out _))
            throw new RuleViolationException("publishing.zone-unknown", ("zone", Zone.Trim()));
        if (At(Ends) is { } ends && (At(Starts) is not { } starts || ends < starts))
            throw new RuleViolationException("publishing.end-before-start");
    }

    public void Apply(Item item, Language editing, Vocabulary vocabulary, IReadOnlyCollection<OfficeId> offices)
    {
        item.Title = item.Title.Reworded(editing, Title);
        item.Summary = item.Summary.Reworded(editing, Clean(Summary));
        item.Body = item.Body.Reworded(editing, Clean(Body)?.ReplaceLineEndings("\n"));
        // Who may publish for no office was not asked.
        if (offices.Count > 0)
            item.Office =
                Office is { } office && offices.Contains(new(office)) ? new(office)
                : Office is null ? null
                : item.Office;
        (item.Country, item.City) = (Countries.Find(Country), Clean(City));
        item.Date = PartialDate.TryParse(Date?.Trim(), out var date) ? date : null;
        (item.Authors, item.Licence, item.Identifier, item.Url) = (
            Clean(Authors),
            Clean(Licence),
            Clean(Identifier),
            WebAddress.Of(Url)
        );
        if (item.Kind == ItemKind.Event)
            (item.Zone, item.StartsAt, item.EndsAt) = (Clean(Zone), At(Starts), At(Ends));
        item.Terms =
        [
            .. Topics
                .OfType<string>()
                .Where(t => t.Length > 0 && vocabulary.Of("topics").Any(c => c.Code == t))
                .Distinct()
                .Take(Item.MostTopics),
        ];
    }

    private string? Local(DateTimeOffset? at) => at is { } moment ? PlaceTime.Typed(Zone, moment) : null;

    private DateTimeOffset? At(string? typed) =>
        string.IsNullOrWhiteSpace(typed)
            ? null
            : PlaceTime.Read(Zone?.Trim(), typed)
                ?? throw new RuleViolationException("publishing.time-form", ("typed", typed));

    private static string? Clean(string? typed) => string.IsNullOrWhiteSpace(typed) ? null : typed.Trim();
}
