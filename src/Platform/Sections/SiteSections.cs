using Plenaria.Platform.Access;
using Plenaria.Platform.Modules;
using Plenaria.Platform.Site;

namespace Plenaria.Platform.Sections;

/// <summary>A section with those of its tabs that the visitor may open: at least one.</summary>
public sealed record SectionView(Section Section, IReadOnlyList<SectionTab> Tabs)
{
    public string Path => Tabs[0].Path;
}

/// <summary>A link of the breadcrumb: the key of its text, and its address without the language.</summary>
public sealed record Crumb(string TextKey, string Path);

/// <summary>
/// Where a page stands: in a section and tab, or among the visitor's own pages, or in the staff area.
/// </summary>
public sealed record PagePlace(SectionView? Section, SectionTab? Tab, IReadOnlyList<Crumb> Crumbs)
{
    public static PagePlace None { get; } = new(null, null, []);
}

/// <summary>The sections of the site as the visitor sees them, and where in them a page stands.</summary>
public sealed class SiteSections(Contributions contributions, CurrentUser visitor)
{
    public const string StaffArea = "/staff",
        Workspace = "/workspace";

    private IReadOnlyList<SectionView>? _sections;

    /// <summary>Those with a tab for this visitor, in their order.</summary>
    public async Task<IReadOnlyList<SectionView>> GetSectionsAsync(CancellationToken cancel)
    {
        if (_sections is not null)
            return _sections;
        var tabs = (await contributions.DeclaredAsync<SectionTab>(cancel))
            .Where(t => t.Permission is null || visitor.May(t.Permission))
            .OrderBy(t => t.Order)
            .ToLookup(t => t.Section);
        return _sections = [
            .. (await contributions.DeclaredAsync<Section>(cancel))
                .Where(s => tabs.Contains(s.Key))
                .OrderBy(s => s.Order)
                .Select(s => new SectionView(s, [.. tabs[s.Key]])),
        ];
    }

    /// <summary>The header's links to the visitor's own places.</summary>
    public async Task<IReadOnlyList<HeaderLink>> GetHeaderLinksAsync(CancellationToken cancel) =>
        [
            .. (await contributions.DeclaredAsync<HeaderLink>(cancel))
                .Where(l => visitor.May(l.Permission))
                .OrderBy(l => l.Order),
        ];

    /// <summary>
    /// Where the page of this address stands. <paramref name="path"/> is without the language; the breadcrumb leaves
    /// the page itself out.
    /// </summary>
    public async Task<PagePlace> FindAsync(string path, CancellationToken cancel)
    {
        var sections = await GetSectionsAsync(cancel);
        var (best, place) = (0, PagePlace.None);
        foreach (var section in sections)
        foreach (var tab in section.Tabs.Where(t => Begins(path, t.Path) && t.Path.Length > best))
            (best, place) = (tab.Path.Length, Of(section, tab));
        foreach (var tool in await contributions.DeclaredAsync<StaffTool>(cancel))
            if (visitor.May(tool.Permission) && Begins(path, tool.Path) && tool.Path.Length > best)
                (best, place) = (tool.Path.Length, Of("site.staff-area", StaffArea, tool.TextKey, tool.Path));
        foreach (var page in await contributions.DeclaredAsync<WorkspacePage>(cancel))
            if (visitor.IsSignedIn && Begins(path, page.Path) && page.Path.Length > best)
                (best, place) = (page.Path.Length, Of("access.workspace", Workspace, page.TextKey, page.Path));
        return place with { Crumbs = [.. place.Crumbs.Where(c => c.Path != path)] };
    }

    /// <summary>
    /// The address of a page without the language it begins with: <c>/members</c> of <c>/en/members</c>.
    /// </summary>
    public static string WithoutLanguage(string? path) => path is { Length: > 3 } ? path[3..] : "";

    private static PagePlace Of(SectionView section, SectionTab tab) =>
        new(section, tab, [new(section.Section.TextKey, section.Path), new(tab.TextKey, tab.Path)]);

    private static PagePlace Of(string areaKey, string area, string textKey, string path) =>
        new(null, null, [new(areaKey, area), new(textKey, path)]);

    private static bool Begins(string path, string with) =>
        path == with || path.StartsWith(with, StringComparison.Ordinal) && path[with.Length] == '/';
}
