using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Plenaria.Platform.Data;
using Plenaria.Platform.Home;
using Plenaria.Platform.Language;
using Plenaria.Platform.Register;
using Plenaria.Search;
using Plenaria.Thesaurus;

namespace Plenaria.Experiences.Catalogue;

/// <summary>A topic of practices, and how many have it.</summary>
internal sealed record TopicCount(string Label, int Count, string Address);

/// <summary>The newest practices as cards, and the topics of all.</summary>
internal sealed record HomePracticesView(IReadOnlyList<Experience> Newest, IReadOnlyList<TopicCount> Topics);

/// <summary>The practices of the home page.</summary>
internal sealed class HomePractices(PlenariaDb db, SearchService search, ThesaurusService thesaurus) : IHomePageBlock
{
    private const int Cards = 3,
        MostTopics = 12;

    private const string Topic = "topic",
        Scheme = "practices:";

    public async Task<object?> GetModelAsync(Language reader, CancellationToken cancel)
    {
        var newest = await db.Set<Experience>()
            .AsNoTracking()
            .Where(e => e.State == EditorialState.Published)
            .OrderByDescending(e => e.PublishedAt)
            .Take(Cards)
            .ToListAsync(cancel);
        return newest.Count < HomePageBlock.Fewest
            ? null
            : new HomePracticesView(newest, await TopicsAsync(reader, cancel));
    }

    private async Task<IReadOnlyList<TopicCount>> TopicsAsync(Language reader, CancellationToken cancel)
    {
        var filters = new SearchFilters(QueryCollection.Empty, ("kind", ExperienceStore.Kind));
        var found = await search.Find(filters.Wish(reader, Audience.Public, take: 0), cancel);
        var terms = await thesaurus.Read(cancel);
        return
        [
            .. found
                .Counts[Topic]
                .Where(c => c.Key.StartsWith(Scheme, StringComparison.Ordinal))
                .OrderByDescending(c => c.Value)
                .Take(MostTopics)
                .Select(c => new TopicCount(
                    terms.Label(c.Key, reader),
                    c.Value,
                    filters.Toggled($"/{reader}/experiences", Topic, c.Key)
                )),
        ];
    }
}

/// <summary>For the home page: how many practices are published, as the list that it leads to says.</summary>
internal sealed class HomeCount(SearchService search, Localizer texts) : IHomePageFigures
{
    public async Task<IReadOnlyList<HomePageFigure>> GetAsync(Language reader, CancellationToken cancel)
    {
        var filters = new SearchFilters(QueryCollection.Empty, ("kind", ExperienceStore.Kind));
        var count = (await search.Find(filters.Wish(reader, Audience.Public, take: 0), cancel)).Total;
        return [new(count, texts.Count(reader, "experiences.home.practices", count), "/experiences")];
    }
}
