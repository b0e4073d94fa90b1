using Microsoft.EntityFrameworkCore;
using Plenaria.Comments;
using Plenaria.Exchange.Figures;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;
using Plenaria.Platform.Home;
using Plenaria.Platform.Language;
using Plenaria.Platform.Panels;

namespace Plenaria.Exchange;

/// <summary>
/// What this module shows elsewhere: questions without an answer on the home page, comments beside a publication, an
/// office's answers and collections, a member's year.
/// </summary>
internal sealed class ExchangePanels(PlenariaDb db, CommentService comments, Counting counting, Localizer texts)
    : IPanels
{
    private const int Shown = 3,
        MostCollections = 10,
        SaysLength = 200;

    public async Task<IReadOnlyList<Panel>> GetAsync(
        Slot slot,
        CurrentUser visitor,
        Language reader,
        CancellationToken cancel
    ) =>
        slot.Page switch
        {
            "home" => await Waiting(reader, cancel),
            "entry" when Reference.TryParse(slot.Subject, null, out var reference) => await Beside(
                reference,
                visitor,
                reader,
                cancel
            ),
            "office" when Guid.TryParse(slot.Subject, out var office) => await OfOffice(
                new(office),
                visitor,
                reader,
                cancel
            ),
            "member-year" when Guid.TryParse(slot.Subject, out var member) && slot.Year is { } year => await OfYear(
                new(member),
                year,
                reader,
                cancel
            ),
            _ => [],
        };

    /// <summary>The newest questions that nobody has answered.</summary>
    private async Task<IReadOnlyList<Panel>> Waiting(Language reader, CancellationToken cancel)
    {
        var said = comments.QueryShown();
        var open = await db.Set<Thread>()
            .AsNoTracking()
            .Where(t => t.Kind == ThreadKind.Network && !t.Withdrawn)
            .Where(t => !said.Any(c => c.Record == t.Id && c.IsAnswer))
            .OrderByDescending(t => t.At)
            .Take(Shown)
            .ToListAsync(cancel);
        return open.Count < HomePageBlock.Fewest
            ? []
            :
            [
                new(
                    texts.Get(reader, "exchange.panel.waiting"),
                    [
                        .. open.Select(t => new PanelLine(
                            LocalizedText.Original(t.Language, t.Title),
                            reader,
                            t.Path,
                            PartialDate.On(DateOnly.FromDateTime(t.At.UtcDateTime)).For(reader)
                        )),
                    ]
                )
                {
                    Actions = [new(texts.Get(reader, "exchange.panel.waiting.all"), "/exchange")],
                    Order = 15,
                },
            ];
    }

    private async Task<IReadOnlyList<Panel>> Beside(
        Reference reference,
        CurrentUser visitor,
        Language reader,
        CancellationToken cancel
    )
    {
        var last = await (
            from m in comments.QueryShown()
            join t in db.Set<Thread>() on m.Record equals t.Id
            where t.Kind == ThreadKind.Comment && t.About == reference && !t.Withdrawn
            orderby m.At descending, m.Id descending
            select new { m, t.Number }
        )
            .Take(Shown)
            .ToListAsync(cancel);
        var actions = new List<PanelLine>();
        // A question is answered where it stands.
        if (
            visitor.May(ExchangeModule.TakePart)
            && !await db.Set<Thread>().AnyAsync(t => t.Reference == reference, cancel)
        )
            actions.Add(new(texts.Get(reader, "exchange.ask-or-comment"), $"/exchange/about/{reference}"));
        if (visitor.IsSignedIn)
            actions.Add(new(texts.Get(reader, "exchange.keep"), $"/bookmarks/{reference}"));
        return last.Count + actions.Count == 0
            ? []
            :
            [
                new(
                    texts.Get(reader, "exchange.panel.comments"),
                    [
                        .. last.Select(l => new PanelLine(
                            LocalizedText.Original(
                                l.m.Text.Source ?? reader,
                                Folding.Cut(l.m.Text.ToString().ReplaceLineEndings(" "), SaysLength)
                            ),
                            reader,
                            $"/exchange/{l.Number}",
                            $"{l.m.ByName}, {l.m.Institution} · "
                                + PartialDate.On(DateOnly.FromDateTime(l.m.At.UtcDateTime)).For(reader)
                        )),
                    ]
                )
                {
                    Actions = actions,
                    Order = 50,
                },
            ];
    }

    private async Task<IReadOnlyList<Panel>> OfOffice(
        OfficeId office,
        CurrentUser visitor,
        Language reader,
        CancellationToken cancel
    )
    {
        var answered = await counting.AnsweredEver(office, cancel);
        var collections = await db.Set<Collection>()
            .AsNoTracking()
            .Where(c => c.Office == office && c.IsPublic)
            .OrderByDescending(c => c.ChangedAt)
            .Take(MostCollections)
            .Select(c => new
            {
                c.Title,
                c.Slug,
                Entries = c.Entries.Count,
            })
            .ToListAsync(cancel);
        var panels = new List<Panel>();
        if (answered > 0 || visitor.May(ExchangeModule.TakePart))
            panels.Add(
                new(
                    texts.Get(reader, "exchange.panel.office"),
                    [new(texts.Count(reader, "exchange.questions-answered", answered), null)]
                )
                {
                    Actions = visitor.May(ExchangeModule.TakePart)
                        ? [new(texts.Get(reader, "exchange.ask-office"), $"/exchange/office?office={office}")]
                        : [],
                    Order = 40,
                }
            );
        if (collections.Count > 0)
            panels.Add(
                new(
                    texts.Get(reader, "exchange.panel.collections"),
                    [
                        .. collections.Select(c => new PanelLine(
                            c.Title,
                            reader,
                            $"/collections/{c.Slug}",
                            texts.Count(reader, "exchange.entries", c.Entries)
                        )),
                    ]
                )
                {
                    Order = 41,
                }
            );
        return panels;
    }

    private async Task<IReadOnlyList<Panel>> OfYear(
        MemberId member,
        int year,
        Language reader,
        CancellationToken cancel
    )
    {
        var (start, end) = (
            new DateTimeOffset(year, 1, 1, 0, 0, 0, TimeSpan.Zero),
            new DateTimeOffset(year + 1, 1, 1, 0, 0, 0, TimeSpan.Zero)
        );
        var asked = await db.Set<Thread>()
            .CountAsync(
                t => t.Member == member && t.Kind == ThreadKind.Network && !t.Withdrawn && t.At >= start && t.At < end,
                cancel
            );
        var answered = await (
            from m in comments.QueryShown()
            join t in db.Set<Thread>() on m.Record equals t.Id
            where
                t.Kind == ThreadKind.Network
                && !t.Withdrawn
                && m.IsAnswer
                && m.Member == member
                && m.At >= start
                && m.At < end
            select t.Id
        )
            .Distinct()
            .CountAsync(cancel);
        return asked + answered == 0
            ? []
            :
            [
                new(
                    texts.Get(reader, "exchange.panel.year"),
                    [
                        new(texts.Count(reader, "exchange.questions-asked", asked), null),
                        new(texts.Count(reader, "exchange.questions-answered", answered), null),
                    ]
                )
                {
                    Order = 60,
                },
            ];
    }
}
