using System.Text.RegularExpressions;

namespace Plenaria.Tests.Architecture;

public partial class PagesTests(SharedHosts houses) : IClassFixture<SharedHosts>
{
    [Fact]
    public async Task The_walks_visit_every_page()
    {
        var house = await houses.On(Provider.Sqlite);
        Assert.Equal(Visits.Announced(house.Services).Keys.Order(), Visits.All.Select(v => v.Route).Order());
    }

    [GeneratedRegex(@"(?:<entry-link [^>]*>|action-title"">)\s*@T\.Text\([\w.]*Title\)|@T\.LanguageTag\([\w.]*Title\)")]
    private static partial Regex UnmarkedTitle { get; }

    [Fact]
    public void Titles_in_lists_say_their_language_by_one_rule()
    {
        var pages = Directory
            .EnumerateFiles(Sources.Path("src"), "*.cshtml", SearchOption.AllDirectories)
            .Select(p => (Path: p, Text: File.ReadAllText(p)))
            .ToList();
        Assert.Contains(pages, p => p.Text.Contains("@T.ListTitle(", StringComparison.Ordinal));
        Assert.Empty(pages.Where(p => UnmarkedTitle.IsMatch(p.Text)).Select(p => p.Path));
    }
}
