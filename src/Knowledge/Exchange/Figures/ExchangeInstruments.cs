using Plenaria.Members;
using Plenaria.Platform.Instruments;
using Plenaria.Platform.Language;

namespace Plenaria.Exchange.Figures;

/// <summary>
/// The exchange of the whole network, or of an office with its region's members, as an instrument of the plan.
/// </summary>
internal sealed class ExchangeInstruments(Counting counting, IMembers members, Localizer texts) : IInstruments
{
    public const string All = "network";

    public string Kind => "exchange";

    public async Task<IReadOnlyList<Instrument>> Offer(Language reader, CancellationToken cancel) =>
        [
            new(All, texts.Get(reader, "exchange.of-the-network")),
            .. (await members.Offices(cancel)).Select(o => new Instrument(
                o.Id.ToString(),
                texts.Get(reader, "exchange.of-office", ("office", o.Name.For(reader)))
            )),
        ];

    public async Task<IReadOnlyList<Indicator>> Measure(string key, Period period, CancellationToken cancel)
    {
        var office = Guid.TryParse(key, out var id) ? new OfficeId(id) : (OfficeId?)null;
        if (key != All && !(await members.Offices(cancel)).Any(o => o.Id == office))
            return [];
        string Path(Counted what) =>
            string.Create(
                System.Globalization.CultureInfo.InvariantCulture,
                $"/exchange/counted?what={what}&office={office}&from={period.First:yyyy-MM-dd}&to={period.Last:yyyy-MM-dd}"
            );
        return
        [
            new(
                "exchange.questions-answered",
                (await counting.Answered(office, period.First, period.Last, cancel)).Count,
                Path(Counted.Answered)
            ),
            new(
                "exchange.questions-asked",
                (await counting.Asked(office, period.First, period.Last, cancel)).Count,
                Path(Counted.Asked)
            ),
            new(
                "exchange.collection-entries",
                (await counting.Entries(office, period.First, period.Last, cancel)).Count,
                Path(Counted.Entries)
            ),
        ];
    }
}
