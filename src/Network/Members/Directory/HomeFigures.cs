using Plenaria.Platform.Home;
using Plenaria.Platform.Language;

namespace Plenaria.Members.Directory;

/// <summary>For the home page: how many members there are, and in how many countries.</summary>
internal sealed class HomeFigures(MemberStore members, Localizer texts) : IHomePageFigures
{
    public async Task<IReadOnlyList<HomePageFigure>> GetAsync(Language reader, CancellationToken cancel)
    {
        var counts = await members.Counts(cancel);
        var (all, countries) = (counts.Sum(c => c.Count), counts.Select(c => c.Country).Distinct().Count());
        return
        [
            new(all, texts.Count(reader, "members.home.members", all), "/members"),
            new(countries, texts.Count(reader, "members.home.countries", countries), "/composition"),
        ];
    }
}
