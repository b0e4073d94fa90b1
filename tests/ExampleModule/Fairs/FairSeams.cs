using Plenaria.Platform.Access;
using Plenaria.Platform.Decisions;
using Plenaria.Platform.Language;
using Plenaria.Platform.Panels;
using Plenaria.Platform.Tasks;

namespace Plenaria.ExampleModule;

/// <summary>On the home page: the fairs that the members approved.</summary>
internal sealed class FairPanels(FairStore fairs, Localizer texts) : IPanels
{
    public async Task<IReadOnlyList<Panel>> GetAsync(
        Slot slot,
        CurrentUser visitor,
        Language reader,
        CancellationToken cancel
    )
    {
        if (slot != Slot.Home)
            return [];
        var approved = (await fairs.AllAsync(cancel)).FindAll(f => f.ApprovedBy is not null);
        return approved.Count == 0
            ? []
            :
            [
                new(
                    texts.Get(reader, "fairs.title"),
                    [.. approved.Select(f => new PanelLine(f.Title.For(reader), "/fairs"))]
                ),
            ];
    }
}

/// <summary>What waits for whoever keeps the fairs: those that no body has approved.</summary>
internal sealed class FairTasks(FairStore fairs, Localizer texts) : ITaskSource
{
    public async Task<IReadOnlyList<Waiting>> For(CurrentUser visitor, Language language, CancellationToken cancel) =>
        visitor.May(ExampleModule.Edit)
            ?
            [
                .. (await fairs.AllAsync(cancel))
                    .Where(f => f.ApprovedBy is null)
                    .Select(f => new Waiting(
                        texts.Get(language, "fairs.waiting", ("title", f.Title.For(language))),
                        "/fairs",
                        null
                    )),
            ]
            : [];
}

/// <summary>A body approves that a fair is held.</summary>
internal sealed class FairApproval(FairStore fairs) : IDecidable
{
    public const string Key = "ApproveFair";

    public async Task<IReadOnlyList<DecidableRecord>> ListAsync(CancellationToken cancel) =>
        [
            .. (await fairs.AllAsync(cancel))
                .Where(f => f.ApprovedBy is null)
                .Select(f => new DecidableRecord(f.Reference, f.Title, "/fairs")),
        ];

    public async Task<string?> FreezeAsync(
        Reference about,
        PartialDate on,
        OperationContext acting,
        CancellationToken cancel
    ) =>
        (await fairs.GetAsync(about, cancel)).ApprovedBy is null
            ? null
            : throw new RuleViolationException("platform.changed-meanwhile");

    public async Task AdoptAsync(AdoptedDecision adopted, OperationContext acting, CancellationToken cancel) =>
        fairs.Approve(await fairs.GetAsync(adopted.About, cancel), adopted.Resolution, acting);
}
