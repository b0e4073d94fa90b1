using Plenaria.Platform.Access;
using Plenaria.Platform.Language;
using Plenaria.Platform.Tasks;

namespace Plenaria.Requests;

/// <summary>Requests that wait for the people of a member.</summary>
internal sealed class RequestTasks(RequestStore requests, Localizer texts) : ITaskSource
{
    private const int Most = 20;

    public async Task<IReadOnlyList<Waiting>> For(CurrentUser visitor, Language language, CancellationToken cancel) =>
        [
            .. (await requests.PendingAsync(visitor.Who.Represents, cancel))
                .DistinctBy(p => p.Request.Id)
                .Take(Most)
                .Select(p => new Waiting(
                    texts.Get(language, "requests.task", ("title", p.Request.Title.For(language))),
                    "/requests/mine",
                    PartialDate.On(p.Request.Due)
                )),
        ];
}
