using Plenaria.Platform.Access;
using Plenaria.Platform.Decisions;

namespace Plenaria.Sessions.Minutes;

/// <summary>The minutes of an earlier session are approved.</summary>
internal sealed class MinutesApproval(MinutesStore minutes) : IDecidable
{
    public const string Key = "Minutes";

    public async Task<IReadOnlyList<DecidableRecord>> ListAsync(CancellationToken cancel) =>
        [
            .. (await minutes.Waiting(cancel)).Select(m => new DecidableRecord(
                m.Session,
                m.Title,
                $"/plenaries/{m.Session}/minutes"
            )),
        ];

    public async Task<string?> FreezeAsync(
        Reference about,
        PartialDate on,
        OperationContext acting,
        CancellationToken cancel
    ) => await minutes.Freeze(about, cancel);

    public Task AdoptAsync(AdoptedDecision adopted, OperationContext acting, CancellationToken cancel) =>
        minutes.Approve(adopted.About, adopted.Resolution, acting, cancel);
}
