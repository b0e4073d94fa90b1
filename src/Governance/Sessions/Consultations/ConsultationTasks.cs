using Microsoft.EntityFrameworkCore;
using Plenaria.Comments;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;
using Plenaria.Platform.Language;
using Plenaria.Platform.Tasks;

namespace Plenaria.Sessions.Consultations;

/// <summary>
/// For a member that is asked, what it has not spoken about; for the Secretariat, what waits for its answer.
/// </summary>
internal sealed class ConsultationTasks(
    PlenariaDb db,
    ConsultationStore store,
    CommentService comments,
    Localizer texts,
    TimeProvider time
) : ITaskSource
{
    private const int Most = 10;

    public async Task<IReadOnlyList<Waiting>> For(CurrentUser visitor, Language language, CancellationToken cancel)
    {
        if (!visitor.May(SessionsModule.TakePart))
            return [];
        var (mine, answers) = (visitor.Who.Represents, visitor.May(SessionsModule.Network));
        var open = db.Set<Consultation>().AsNoTracking().Where(c => c.State == ConsultationState.Open);
        var (said, unanswered) = (comments.Query().Where(c => c.WithdrawnAt == null), store.QueryUnanswered());
        List<Waiting> waiting = [];
        foreach (
            var c in await open.Where(c =>
                    c.Asked.Any(a => mine.Contains(a.Member))
                    && !said.Any(x => x.Record == c.Id && mine.Contains(x.Member!.Value))
                )
                .OrderBy(c => c.Until)
                .Take(Most)
                .ToListAsync(cancel)
        )
            if (c.Takes(time.GetUtcNow()))
                waiting.Add(
                    new(
                        texts.Get(language, "consultations.task.asked", ("title", c.Title.For(language))),
                        c.Path,
                        PartialDate.On(c.Until)
                    )
                );
        if (answers)
            foreach (
                var it in await open.Select(c => new
                    {
                        Consultation = c,
                        Count = unanswered.Count(x => x.Record == c.Id),
                    })
                    .Where(x => x.Count > 0)
                    .OrderBy(x => x.Consultation.Until)
                    .Take(Most)
                    .ToListAsync(cancel)
            )
                waiting.Add(
                    new(
                        texts.Count(
                            language,
                            "consultations.task.answer",
                            it.Count,
                            ("title", it.Consultation.Title.For(language))
                        ),
                        it.Consultation.Path + "/desk",
                        null
                    )
                );
        return waiting;
    }
}
