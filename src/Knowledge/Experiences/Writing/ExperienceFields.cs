using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http;
using Plenaria.Platform.Places;
using Plenaria.Platform.Site;
using Plenaria.Thesaurus;

namespace Plenaria.Experiences.Writing;

/// <summary>What the full form asks of a practice, in the language of the page.</summary>
internal sealed class ExperienceFields
{
    public int Version { get; set; }

    [Required(ErrorMessage = "experiences.title-missing"), StringLength(Experience.TitleMaxLength)]
    public string? Title { get; set; }

    [StringLength(Experience.SummaryMaxLength)]
    public string? Summary { get; set; }
    public List<string?> Narrative { get; set; } = [];

    [StringLength(80)]
    public string? Country { get; set; }

    [StringLength(Experience.PlaceMaxLength)]
    public string? City { get; set; }

    [Range(-90d, 90d, ErrorMessage = "experiences.latitude")]
    public double? Latitude { get; set; }

    [Range(-180d, 180d, ErrorMessage = "experiences.longitude")]
    public double? Longitude { get; set; }

    [PartialDateField]
    public string? Start { get; set; }

    [PartialDateField]
    public string? End { get; set; }
    public bool IsOngoing { get; set; }

    [Range(0, 10_000_000_000, ErrorMessage = "experiences.whole-number")]
    public long? Participants { get; set; }

    [Range(0, 1_000_000_000_000, ErrorMessage = "experiences.whole-number")]
    public long? Cost { get; set; }

    [RegularExpression("[A-Za-z]{3}", ErrorMessage = "experiences.currency-form")]
    public string? Currency { get; set; }

    [StringLength(Experience.ContactMaxLength)]
    public string? ContactName { get; set; }

    [StringLength(Experience.ContactMaxLength), EmailAddress(ErrorMessage = "access.not-an-address")]
    public string? ContactEmail { get; set; }

    /// <summary>The reference or address of the practice this one is a part of.</summary>
    [StringLength(Experience.SlugMaxLength)]
    public string? PartOf { get; set; }

    [StringLength(1_000)]
    public string? Related { get; set; }

    public void Fill(Experience e, Language editing)
    {
        (Version, Title, Summary) = (e.Version, e.Title.In(editing)?.Text, e.Summary.In(editing)?.Text);
        Narrative =
        [
            .. Enum.GetValues<NarrativeHeading>()
                .Select(h => e.Narrative.TryGetValue(h, out var text) ? text.In(editing)?.Text : null),
        ];
        (Country, City, Latitude, Longitude) = (
            e.Country is { } country ? Countries.NameOf(country, editing) : null,
            e.City,
            e.Latitude,
            e.Longitude
        );
        (Start, End, IsOngoing, Participants, Cost, Currency) = (
            e.Start?.ToString(),
            e.End?.ToString(),
            e.IsOngoing == true,
            e.Participants,
            e.Cost,
            e.Currency
        );
        (ContactName, ContactEmail) = (e.ContactName, e.ContactEmail);
    }

    /// <summary>Carries the form over. Dates, the place and links between practices were looked at before.</summary>
    public void Apply(Experience e, Language editing)
    {
        if (!string.IsNullOrWhiteSpace(Title))
            e.Title = e.Title.Reworded(editing, Title);
        e.Summary = e.Summary.Reworded(editing, Summary);
        var narrative = new Dictionary<NarrativeHeading, LocalizedText>(e.Narrative);
        foreach (var heading in Enum.GetValues<NarrativeHeading>())
        {
            var text = narrative
                .GetValueOrDefault(heading, LocalizedText.Empty)
                .Reworded(editing, Narrative.ElementAtOrDefault((int)heading));
            if (text.IsEmpty)
                narrative.Remove(heading);
            else
                narrative[heading] = text;
        }
        e.Narrative = narrative;
        (e.Country, e.City, e.Latitude, e.Longitude) = (Countries.Find(Country), Clean(City), Latitude, Longitude);
        (e.Start, e.End, e.IsOngoing) = (
            Date(Start),
            Date(End),
            IsOngoing ? true
            : e.IsOngoing is null ? null
            : false
        );
        (e.Participants, e.Cost, e.Currency) = (
            Participants,
            Cost,
            Cost is null ? null : Clean(Currency)?.ToUpperInvariant()
        );
        (e.ContactName, e.ContactEmail) = (Clean(ContactName), Clean(ContactEmail));
    }

    /// <exception cref="RuleViolationException">Two answers do not fit each other, or a text is too long.</exception>
    public void Check()
    {
        if (!string.IsNullOrWhiteSpace(Country) && Countries.Find(Country) is null)
            throw new RuleViolationException("members.country-unknown", ("country", Country));
        if (Date(Start) is { } start && Date(End) is { } end && end.Last < start.First)
            throw new RuleViolationException("experiences.end-before-start");
        if (Cost is not null && string.IsNullOrWhiteSpace(Currency))
            throw new RuleViolationException("experiences.currency-missing");
        if (Latitude is null != Longitude is null)
            throw new RuleViolationException("experiences.both-coordinates");
        if (Narrative.Exists(n => n?.Length > Experience.TextMaxLength))
            throw new RuleViolationException("experiences.text-too-long", ("limit", Experience.TextMaxLength));
    }

    /// <summary>The terms chosen in the form, by name or by what they are called.</summary>
    /// <exception cref="RuleViolationException">Nobody knows a term, or there are more than the question
    /// takes.</exception>
    public static List<string> TermsOf(IFormCollection form, Vocabulary vocabulary, Language editing)
    {
        var terms = new List<string>();
        foreach (var trait in DescriptorSchemes.All)
        {
            var chosen = form[$"t.{trait.Scheme}"]
                .Where(v => !string.IsNullOrWhiteSpace(v))
                .Select(v => v!.Trim())
                .Select(v =>
                    vocabulary.Exact(v) is { } exact && exact.Scheme == trait.Scheme
                        ? exact.Code
                        : vocabulary
                            .Of(trait.Scheme)
                            .FirstOrDefault(c =>
                                Folding.Fold(c.Label.For(editing)) == Folding.Fold(v)
                                || c.Label.Wordings.Any(w => Folding.Fold(w.Value.Text) == Folding.Fold(v))
                            )
                            ?.Code
                            ?? throw new RuleViolationException(
                                "experiences.term-unknown",
                                ("term", v.Length > 80 ? v[..80] : v)
                            )
                )
                .Distinct()
                .ToList();
            if (chosen.Count > trait.Most)
                throw new RuleViolationException(
                    "experiences.too-many-terms",
                    ("vocabulary", vocabulary.Schemes.First(s => s.Key == trait.Scheme).Label),
                    ("most", trait.Most)
                );
            terms.AddRange(chosen);
        }
        return terms;
    }

    private static PartialDate? Date(string? typed) => PartialDate.TryParse(typed?.Trim(), out var date) ? date : null;

    private static string? Clean(string? typed) => string.IsNullOrWhiteSpace(typed) ? null : typed.Trim();
}
