using Plenaria.Platform.Instruments;
using Plenaria.Platform.Language;
using Plenaria.Platform.Places;

namespace Plenaria.Members;

/// <summary>
/// The members of a region, as an instrument of the plan: binding an action to it lets the plan count them.
/// </summary>
internal sealed class MembersByRegion(MemberStore members, Localizer texts) : IInstruments
{
    public string Kind => "members-by-region";

    public Task<IReadOnlyList<Instrument>> Offer(Language reader, CancellationToken cancel) =>
        Task.FromResult<IReadOnlyList<Instrument>>([
            .. Regions.All.Select(r => new Instrument(
                r,
                texts.Get(reader, "members.in-region", ("region", texts.Get(reader, $"region.{r}")))
            )),
        ]);

    public async Task<IReadOnlyList<Indicator>> Measure(string key, Period period, CancellationToken cancel)
    {
        if (!Regions.All.Contains(key))
            return [];
        var count = await members.Count(new(Region: key, From: period.First, To: period.Last), cancel);
        var days = string.Create(
            System.Globalization.CultureInfo.InvariantCulture,
            $"&from={period.First:yyyy-MM-dd}&to={period.Last:yyyy-MM-dd}"
        );
        return [new("members.count", count, $"/members?region={key}{days}")];
    }
}
