using Plenaria.Platform.Access;
using Plenaria.Platform.Site;
using Plenaria.Platform.Site.Requests;

namespace Plenaria.Platform.Panels;

/// <summary>
/// A line of a panel: what it says, where it leads (without the language, or a whole address), what stands small beside
/// it.
/// </summary>
public sealed record PanelLine(string Label, string? Path, string? Note = null)
{
    /// <summary>A record, by its title: in the reader's language, or in the best that it has.</summary>
    public PanelLine(LocalizedText title, Kernel.Language reader, string? path, string? note = null)
        : this(title.For(reader), path, note)
    {
        if (title.Best(reader) is var (found, _) && found != reader)
            Language = found;
    }

    /// <summary>The language of the label, where it is not the page's.</summary>
    public Kernel.Language? Language { get; }
}

/// <summary>A block that one module puts on another's page.</summary>
public sealed record Panel(string Title, IReadOnlyList<PanelLine> Lines)
{
    /// <summary>Markdown that stands above the lines.</summary>
    public LocalizedText Text { get; init; } = LocalizedText.Empty;

    /// <summary>What a reader may do here, below the lines: as buttons.</summary>
    public IReadOnlyList<PanelLine> Actions { get; init; } = [];

    /// <summary>Where the panel stands among those of its page, from the top.</summary>
    public int Order { get; init; }
}

/// <summary>A page that shows blocks of other modules, and what it is about.</summary>
/// <param name="Page">The kind of page: <c>home</c>, <c>footer</c>, <c>office</c>, <c>member-year</c>,
/// <c>entry</c>.</param>
/// <param name="Subject">The office's or member's id, or the entry's reference; empty where the page is about nothing
/// but itself.</param>
/// <param name="Year">The year that a page of years shows.</param>
public sealed record Slot(string Page, string Subject = "", int? Year = null)
{
    public const string OfficePage = "office";

    public static Slot Home { get; } = new("home");
    public static Slot Footer { get; } = new("footer");

    public static Slot Office(Guid office) => new(OfficePage, office.ToString());

    public static Slot MemberYear(Guid member, int year) => new("member-year", member.ToString(), year);

    /// <summary>The page of something that stands in the register.</summary>
    public static Slot Entry(string reference) => new("entry", reference);
}

/// <summary>What a module shows on the pages of others.</summary>
public interface IPanels
{
    /// <summary>Its panels for this page and this reader; none where it has nothing to show there.</summary>
    Task<IReadOnlyList<Panel>> GetAsync(
        Slot slot,
        CurrentUser visitor,
        Kernel.Language reader,
        CancellationToken cancel
    );
}

/// <summary>
/// All panels of a page, for <c>_Panels.cshtml</c> and pages that lay them out in a way of their own.
/// </summary>
public sealed class PanelService(
    Contributions contributions,
    UsedPaths paths,
    CurrentUser visitor,
    Language.PageLocalizer phrases
)
{
    public async Task<IReadOnlyList<Panel>> GetAsync(Slot slot, CancellationToken cancel = default)
    {
        var all = new List<Panel>();
        foreach (var source in await contributions.GetAsync<IPanels>(cancel))
        foreach (var panel in await source.GetAsync(slot, visitor, phrases.Language, cancel))
            all.Add(await WithUsedPathsAsync(panel, cancel));
        return [.. all.OrderBy(p => p.Order)];
    }

    // Editors write addresses into panels, and may name one of a module that was switched off later.
    private async Task<Panel> WithUsedPathsAsync(Panel panel, CancellationToken cancel)
    {
        async Task<bool> IsUsed(PanelLine line) =>
            line.Path is not { } path
            || await paths.ContainsAsync(path.StartsWith('/') ? $"/{phrases.Language}{path}" : path, cancel);
        var (lines, actions) = (new List<PanelLine>(), new List<PanelLine>());
        foreach (var line in panel.Lines)
            lines.Add(await IsUsed(line) ? line : line with { Path = null });
        foreach (var action in panel.Actions)
            if (await IsUsed(action))
                actions.Add(action);
        return panel with { Lines = lines, Actions = actions };
    }
}
