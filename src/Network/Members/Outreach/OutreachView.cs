using Microsoft.EntityFrameworkCore;
using Plenaria.Members.People;
using Plenaria.Platform.Data;
using Plenaria.Platform.Journal;
using Plenaria.Platform.Language;

namespace Plenaria.Members.Outreach;

/// <summary>A line of the timeline: what happened, what was said of it, and by whom.</summary>
internal sealed record Moment(DateTimeOffset At, string Title, string? Text, string? Who);

/// <summary>Somebody to ask for, as what they act for the institution.</summary>
internal sealed record ContactLine(Person Person, RepresentationRole Role, string? Title, bool IsPast);

/// <summary>One field of what is known: the newest first, what was known before beneath.</summary>
internal sealed record FactView(Fact Newest, IReadOnlyList<Fact> Before, bool IsOld);

/// <summary>What the page of a prospect shows beside its forms.</summary>
internal sealed class OutreachView(
    PlenariaDb db,
    OutreachStore outreach,
    MemberStore members,
    WarmPath paths,
    Journal journal,
    PageLocalizer phrases
)
{
    private const string Logged = "members.outreach-logged";

    public string? ReferredBy { get; private set; }
    public string? ReferredPath { get; private set; }
    public IReadOnlyDictionary<AccountId, string> Colleagues { get; private set; } =
        new Dictionary<AccountId, string>();
    public IReadOnlyList<ContactLine> People { get; private set; } = [];
    public IReadOnlyList<FactView> Facts { get; private set; } = [];
    public IReadOnlyList<Introduction> Introductions { get; private set; } = [];
    public IReadOnlyList<Moment> Timeline { get; private set; } = [];
    public MembershipEffect? Effect { get; private set; }
    public string Owner { get; private set; } = "";

    public async Task Load(ProspectView of, CancellationToken cancel)
    {
        var (prospect, member) = (of.Prospect, of.Member);
        Colleagues = await outreach.Colleagues(cancel);
        Owner = prospect.Owner is not { } owner
            ? phrases["members.outreach.owner.none"]
            : Colleagues.GetValueOrDefault(owner, phrases["members.outreach.owner.other"]);
        if (
            prospect.ReferredBy is { } by
            && await db.Set<Member>().AsNoTracking().SingleAsync(m => m.Id == by, cancel) is var friend
        )
            (ReferredBy, ReferredPath) = (friend.Name.For(phrases.Language), friend.Path);
        People =
        [
            .. of
                .People.Select(p =>
                    (
                        Person: p,
                        Acts: p.Represents.Where(r => r.Member == member.Id)
                            .OrderBy(r => r.IsPresent ? 0 : 1)
                            .ThenBy(r => r.Role)
                            .First()
                    )
                )
                .Select(p => new ContactLine(p.Person, p.Acts.Role, p.Acts.Title, !p.Acts.IsPresent))
                .OrderBy(p => p.IsPast),
        ];
        var old = outreach.Today.AddYears(-2);
        Facts =
        [
            .. of
                .Facts.GroupBy(f => Folding.Fold(f.Field))
                .OrderBy(g => g.Key, StringComparer.Ordinal)
                .Select(g => new FactView(g.First(), [.. g.Skip(1)], g.First().AsOf.Last < old)),
        ];
        Introductions = await paths.To(member, of.People, phrases.Language, cancel);
        Effect = member.IsPresent
            ? null
            : MembershipEffect.Of(await members.Counts(cancel), member.Country, member.Region);
        Timeline = await Merge(of, cancel);
    }

    public string Percent(double part) => part.ToString("P1", phrases.Language.Culture);

    // What was logged stands there in its own words; the journal's line of it would say it twice.
    private async Task<IReadOnlyList<Moment>> Merge(ProspectView of, CancellationToken cancel)
    {
        var people = of.People.ToDictionary(p => p.Id, p => p.Name);
        var lines = await journal.Read(of.Member.Stream, 2 * OutreachStore.TimelineLength, cancel);
        return
        [
            .. of
                .Activities.Select(a => new Moment(
                    a.At,
                    a.Person is { } with && people.TryGetValue(with, out var name)
                        ? phrases[
                            "members.outreach.kind.with",
                            ("kind", phrases.Name("members.outreach.kind", a.Kind)),
                            ("name", name)
                        ]
                        : phrases.Name("members.outreach.kind", a.Kind),
                    a.Text,
                    a.ByName
                ))
                .Concat(
                    lines
                        .Where(l => l.Act != Logged)
                        .Select(l => new Moment(l.At, phrases.Act(l.Act), Detail(of, l), l.Who))
                )
                .OrderByDescending(m => m.At)
                .Take(OutreachStore.TimelineLength),
        ];
    }

    private string? Detail(ProspectView of, JournalLine line) =>
        line.Act == "members.outreach-moved" && Enum.TryParse<OutreachStage>(line.Detail("after"), out var stage)
            ? phrases.Name("members.outreach.stage", stage)
        : line.Act == "members.outreach-fact-added" ? $"{line.Detail("field")}: {ValueOf(of, line)}"
        : null;

    // Entries of earlier versions hold the value itself.
    private static string? ValueOf(ProspectView of, JournalLine line) =>
        Guid.TryParse(line.Detail("fact"), out var id)
            ? of.Facts.FirstOrDefault(f => f.Id == id)?.Value
            : line.Detail("value");
}
