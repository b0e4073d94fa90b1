using Microsoft.EntityFrameworkCore;
using Plenaria.Comments;
using Plenaria.Members;
using Plenaria.Platform.Data;
using Plenaria.Platform.Language;
using Plenaria.Platform.Ties;

namespace Plenaria.Exchange;

/// <summary>
/// That one member answered a question of another which the whole network reads. What is written in private ties
/// nobody here.
/// </summary>
internal sealed class ExchangeTies(PlenariaDb db, CommentService comments, IMembers members, Localizer texts) : ITies
{
    public async Task<IReadOnlyList<Tie>> Of(
        IReadOnlyCollection<TieEnd> ends,
        Language reader,
        CancellationToken cancel
    )
    {
        var answers = await AnswersAsync([.. ends.Select(e => e.Member).Where(m => m is not null)], cancel);
        var names = await members.Lines([.. answers.SelectMany(a => new[] { a.By, a.Asked }).Distinct()], cancel);
        return
        [
            .. answers
                .Where(a => names.ContainsKey(a.By) && names.ContainsKey(a.Asked))
                .Select(a => new Tie(
                    TieEnd.Of(a.By),
                    TieEnd.Of(a.Asked),
                    texts.Get(
                        reader,
                        "exchange.tie",
                        ("member", names[a.By].Name),
                        ("asked", names[a.Asked].Name),
                        ("question", a.Title)
                    ),
                    PartialDate.On(DateOnly.FromDateTime(a.At.UtcDateTime)),
                    null,
                    $"/exchange/{a.Number}"
                )),
        ];
    }

    private sealed record Answer(MemberId By, DateTimeOffset At, MemberId Asked, int Number, string Title);

    private Task<List<Answer>> AnswersAsync(MemberId?[] institutions, CancellationToken cancel) =>
        comments
            .QueryShown()
            .Where(c => c.IsAnswer && c.Member != null)
            .Join(
                db.Set<Thread>().Where(t => t.Kind == ThreadKind.Network && t.Member != null),
                c => c.Record,
                t => t.Id,
                (c, t) => new { Comment = c, Thread = t }
            )
            .Where(a => institutions.Contains(a.Comment.Member) || institutions.Contains(a.Thread.Member))
            .Where(a => a.Comment.Member != a.Thread.Member)
            .Select(a => new Answer(
                a.Comment.Member!.Value,
                a.Comment.At,
                a.Thread.Member!.Value,
                a.Thread.Number,
                a.Thread.Title
            ))
            .ToListAsync(cancel);
}
