using Microsoft.Extensions.DependencyInjection;
using Plenaria.Correspondence;
using Plenaria.Platform.Jobs;
using Plenaria.Platform.Journal;
using Plenaria.Platform.Modules;
using Plenaria.Platform.Subjects;

namespace Plenaria.Search;

/// <summary>
/// Finds what is in the register, by words and by facets, and keeps searches that people come back to.
/// </summary>
public sealed class SearchModule : IModule
{
    public void Declare(ModuleBuilder module) =>
        module
            .AlwaysOn()
            .Services(services =>
                services
                    .AddSingleton(new SearchIndexOptions(TimeSpan.FromMilliseconds(100)))
                    .AddSingleton<SearchIndex>()
                    .AddScoped<SearchService>()
            )
            .Add(
                new LetterKind(
                    SavedSearchLetters.Kind,
                    "search.letters",
                    "search.letters.why",
                    LetterPriority.Ordinary,
                    LetterChoice.Optional
                )
                {
                    ChoicePath = "/searches",
                }
            )
            .WorkspacePage("search.saved.door", "/searches", order: 30)
            .Routes(SearchRoutes.Map)
            .LetterTemplate("search.digest", "search.template.digest", "search.digest.subject", "search.digest.text")
            .Job("search-digests", TimeSpan.FromHours(1), SavedSearchLetters.Send)
            .Check("search", SearchIndex.Faults)
            .Owned<SavedSearch>(s => s.Account, "search.records")
            .Journaled<SavedSearch>("saved-search", s => s.Stream);
}
