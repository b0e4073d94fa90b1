using Plenaria.Platform.Instruments;
using Plenaria.Platform.Language;
using Plenaria.Platform.Places;

namespace Plenaria.Experiences.Figures;

/// <summary>The knowledge bank of a region, or of the world, as an instrument of the plan.</summary>
internal sealed class ExperienceInstruments(Counting counting, Localizer texts) : IInstruments
{
    public string Kind => "experiences-by-region";

    public Task<IReadOnlyList<Instrument>> Offer(Language reader, CancellationToken cancel) =>
        Task.FromResult<IReadOnlyList<Instrument>>([
            new(Counting.World, texts.Get(reader, "experiences.of-the-world")),
            .. Regions.All.Select(r => new Instrument(
                r,
                texts.Get(reader, "experiences.of-region", ("region", texts.Get(reader, $"region.{r}")))
            )),
        ]);

    public async Task<IReadOnlyList<Indicator>> Measure(string key, Period period, CancellationToken cancel)
    {
        if (key != Counting.World && !Regions.All.Contains(key))
            return [];
        var (published, adopted) = (
            await counting.Published(key, period.First, period.Last, cancel),
            await counting.Adopted(key, period.First, period.Last, cancel)
        );
        string Path(Counted what) =>
            string.Create(
                System.Globalization.CultureInfo.InvariantCulture,
                $"/experiences/counted?what={what}&region={key}&from={period.First:yyyy-MM-dd}&to={period.Last:yyyy-MM-dd}"
            );
        return
        [
            new("experiences.count", published.Count, Path(Counted.Practices)),
            new(
                "experiences.contributors",
                published.Select(e => e.Owner).OfType<MemberId>().Distinct().LongCount(),
                Path(Counted.Contributors)
            ),
            new("experiences.adoptions", adopted.Count, Path(Counted.Adoptions)),
        ];
    }
}
