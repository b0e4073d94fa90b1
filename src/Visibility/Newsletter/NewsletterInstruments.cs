using Microsoft.EntityFrameworkCore;
using Plenaria.Newsletter.Issues;
using Plenaria.Newsletter.Subscribing;
using Plenaria.Platform.Data;
using Plenaria.Platform.Instruments;
using Plenaria.Platform.Language;

namespace Plenaria.Newsletter;

/// <summary>The public newsletter as an instrument of the plan: issues sent in a period, and who reads them.</summary>
internal sealed class NewsletterInstruments(PlenariaDb db, IssueStore issues, Localizer texts) : IInstruments
{
    private const string All = "public",
        Archive = "/newsletter";

    public string Kind => IssueStore.Kind;

    public Task<IReadOnlyList<Instrument>> Offer(Language reader, CancellationToken cancel) =>
        Task.FromResult<IReadOnlyList<Instrument>>([new(All, texts.Get(reader, "newsletter.title"))]);

    public async Task<IReadOnlyList<Indicator>> Measure(string key, Period period, CancellationToken cancel)
    {
        if (key != All)
            return [];
        var until = IssueStore.EndOf(period.Last);
        return
        [
            new(
                "newsletter.issues-sent",
                await issues.QueryArchive(period.First, period.Last).CountAsync(cancel),
                $"{Archive}?from={period.First:yyyy-MM-dd}&to={period.Last:yyyy-MM-dd}"
            ),
            new(
                "newsletter.subscribers",
                await db.Set<Subscriber>()
                    .CountAsync(
                        s =>
                            s.ConfirmedAt < until
                            && (s.UnsubscribedAt == null || s.UnsubscribedAt >= until)
                            && s.State != SubscriberState.Unconfirmed,
                        cancel
                    ),
                Archive
            ),
        ];
    }
}
