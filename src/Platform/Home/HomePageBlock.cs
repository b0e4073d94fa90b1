using Plenaria.Platform.Modules;

namespace Plenaria.Platform.Home;

/// <summary>
/// A block of the home page. <paramref name="Key"/> names it in the settings, where the network orders and hides
/// blocks; <paramref name="Partial"/> is the view that draws what <paramref name="Source"/> returns. The first block of
/// the page that <paramref name="IsPicture"/> stands beside the network's name, at the top.
/// </summary>
public sealed record HomePageBlock(string Key, string TextKey, int Order, string Partial, Type Source, bool IsPicture)
    : IUniqueDeclaration
{
    /// <summary>
    /// What lists fewer says little and is left out, but for what is next: that is a date, and something to do.
    /// </summary>
    public const int Fewest = 3;
}

/// <summary>Reads what a block of the home page shows: what everybody may read.</summary>
public interface IHomePageBlock
{
    /// <summary>The model of the block's view; null while there is too little to show.</summary>
    Task<object?> GetModelAsync(Kernel.Language reader, CancellationToken cancel);
}

/// <summary>A number that says how large the network is, and where what was counted is listed.</summary>
/// <param name="Label">What was counted, in the number's plural.</param>
/// <param name="Path">Without the language.</param>
public sealed record HomePageFigure(long Value, string Label, string Path);

/// <summary>Figures of one module for the row of figures on the home page.</summary>
public interface IHomePageFigures
{
    Task<IReadOnlyList<HomePageFigure>> GetAsync(Kernel.Language reader, CancellationToken cancel);
}

/// <summary>Something that takes place at a time and a place, or is open until then.</summary>
/// <param name="Zone">The IANA zone of the place: the day is that of its clocks.</param>
/// <param name="Kind">What it is, in the reader's language.</param>
/// <param name="Path">Without the language.</param>
public sealed record UpcomingItem(
    DateTimeOffset StartsAt,
    string Zone,
    string Kind,
    LocalizedText Title,
    string Path,
    string? Place
)
{
    /// <summary>Null of a day on which something ends, and where the end is not known.</summary>
    public DateTimeOffset? EndsAt { get; init; }

    /// <summary>
    /// What to do about it, as the label of a button that leads to its page; null leaves it at its details.
    /// </summary>
    public string? Button { get; init; }
}

/// <summary>What a module has coming that everybody may know of.</summary>
public interface IUpcoming
{
    /// <summary>The next ones, earliest first, at most as many as asked for.</summary>
    Task<IReadOnlyList<UpcomingItem>> GetAsync(
        DateTimeOffset now,
        int count,
        Kernel.Language reader,
        CancellationToken cancel
    );
}

public static class HomePageExtensions
{
    /// <summary>A block of the home page, in the order that the network did not change.</summary>
    /// <param name="key">Names the block in the settings.</param>
    /// <param name="textKey">The text that names it to whoever orders the blocks.</param>
    /// <param name="isPicture">Whether it may stand beside the network's name at the top of the page.</param>
    /// <param name="partial">The view's path from the root: <c>/Plans/Tracker/_Home.cshtml</c>.</param>
    public static ModuleBuilder HomePageBlock<T>(
        this ModuleBuilder module,
        string key,
        string textKey,
        int order,
        string partial,
        bool isPicture = false
    )
        where T : class, IHomePageBlock =>
        module
            .Add(new HomePageBlock(key, textKey, order, partial, typeof(T), isPicture))
            .Contribute<IHomePageBlock, T>();

    public static ModuleBuilder HomePageFigures<T>(this ModuleBuilder module)
        where T : class, IHomePageFigures => module.Contribute<IHomePageFigures, T>();

    public static ModuleBuilder Upcoming<T>(this ModuleBuilder module)
        where T : class, IUpcoming => module.Contribute<IUpcoming, T>();
}
