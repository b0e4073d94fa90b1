using Plenaria.Platform.Modules;

namespace Plenaria.Platform.Sections;

/// <summary>One of the few entries of the site's navigation. Modules put their pages into it as tabs.</summary>
public sealed record Section(string Key, string TextKey, int Order) : IUniqueDeclaration;

/// <summary>
/// A group of pages within a section: all whose address begins with <paramref name="Path"/>. Shown to whoever holds
/// <paramref name="Permission"/> (to everyone when null).
/// </summary>
public sealed record SectionTab(string Section, string TextKey, string Path, int Order, string? Permission)
    : IUniqueDeclaration
{
    string IUniqueDeclaration.Key => Path;
}

/// <summary>
/// A place of the visitor's own that the header of every page names, for whoever holds
/// <paramref name="Permission"/>.
/// </summary>
public sealed record HeaderLink(string TextKey, string Path, int Order, string Permission);

/// <summary>The sections that stand in every network, as long as a module has a tab in them.</summary>
public static class SectionKeys
{
    public const string Practices = "practices",
        Exchange = "exchange",
        Decisions = "decisions",
        Members = "members",
        News = "news";
}

public static class SectionExtensions
{
    /// <summary>A section of its own, for a module whose pages belong in none that there is.</summary>
    public static ModuleBuilder Section(this ModuleBuilder module, string key, string textKey, int order) =>
        module.Add(new Section(key, textKey, order));

    /// <summary>
    /// Puts the pages whose address begins with <paramref name="path"/> into a section. Every page belongs to the tab,
    /// the staff tool or the workspace page with the longest beginning of its address.
    /// </summary>
    public static ModuleBuilder Tab(
        this ModuleBuilder module,
        string section,
        string textKey,
        string path,
        int order,
        string? permission = null
    ) => module.Add(new SectionTab(section, textKey, path, order, permission));

    /// <summary>A place of the visitor's own in the header of every page.</summary>
    public static ModuleBuilder HeaderLink(
        this ModuleBuilder module,
        string textKey,
        string path,
        int order,
        string permission
    ) => module.Add(new HeaderLink(textKey, path, order, permission));
}
