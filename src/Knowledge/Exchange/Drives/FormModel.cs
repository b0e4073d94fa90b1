using Microsoft.AspNetCore.Mvc.RazorPages;
using Plenaria.Exchange.Asking;
using Plenaria.Platform.Language;
using Plenaria.Platform.Site;
using Plenaria.Thesaurus;

namespace Plenaria.Exchange.Drives;

/// <summary>What the pages that begin and change a drive share.</summary>
internal abstract class FormModel(DriveStore drives, ThesaurusService thesaurus, PageLocalizer phrases)
    : PageModel,
        IRerenderable
{
    public DriveFields Input { get; set; } = new();
    public IReadOnlyList<Concept> Topics { get; private set; } = [];
    public IReadOnlyList<string> Kinds { get; private set; } = [];
    public virtual object? Stored => null;

    protected IReadOnlyCollection<string> Codes => [.. Topics.Select(t => t.Code)];

    public virtual async Task RerenderAsync(CancellationToken cancel)
    {
        Topics = TopicChoice.Of(await thesaurus.Read(cancel), phrases.Language);
        Kinds = await drives.Kinds(cancel);
    }
}
