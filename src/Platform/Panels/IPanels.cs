using Plenaria.Platform.Access;

namespace Plenaria.Platform.Panels;

/// <summary>A line of a panel: what it says, where it leads (without the language), what stands small beside it.</summary>
public sealed record PanelLine(string Says, string? Path, string? Beside = null);

/// <summary>A block that one module puts on another's page.</summary>
public sealed record Panel(string Title, IReadOnlyList<PanelLine> Lines);

/// <summary>What a module shows on the pages of others. The slot names the page (<c>office</c>, <c>member</c>), the subject what it is about.</summary>
public interface IPanels
{
    Task<Panel?> For(string slot, Guid subject, Visitor visitor, Kernel.Language reader, CancellationToken cancel);
}
