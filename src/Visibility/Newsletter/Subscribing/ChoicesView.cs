using Plenaria.Thesaurus;

namespace Plenaria.Newsletter.Subscribing;

/// <summary>What a page of choices shows.</summary>
/// <param name="Terms">Of the thesaurus: readers choose their themes among them.</param>
internal sealed record ChoicesView(
    IReadOnlyList<MailingList> Lists,
    IReadOnlyCollection<Guid> Chosen,
    ReaderChoices Choices,
    Vocabulary Terms
)
{
    public IReadOnlyList<Concept> Themes => ReaderThemes.In(Terms);
}
