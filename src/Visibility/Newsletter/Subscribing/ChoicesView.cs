using Plenaria.Thesaurus;

namespace Plenaria.Newsletter.Subscribing;

/// <summary>What a page of choices shows: the lists there are, what is chosen, and the terms of the thesaurus.</summary>
internal sealed record ChoicesView(
    IReadOnlyList<MailingList> Lists,
    IReadOnlyCollection<Guid> Chosen,
    ReaderChoices Choices,
    Vocabulary Terms
)
{
    public IReadOnlyList<Concept> Themes => ReaderThemes.In(Terms);
}
