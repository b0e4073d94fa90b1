using Microsoft.EntityFrameworkCore;
using Plenaria.Platform.Access;
using Plenaria.Platform.Bodies;
using Plenaria.Platform.Data;
using Plenaria.Platform.Language;
using Plenaria.Platform.Panels;

namespace Plenaria.Sessions;

/// <summary>
/// On an office's page: its latest sessions, drafts too for whoever plans them, and the way to plan another.
/// </summary>
internal sealed class OfficePanel(PlenariaDb db, BodyService bodies, Localizer texts) : IPanels
{
    private const int Most = 10;

    public async Task<IReadOnlyList<Panel>> GetAsync(
        Slot slot,
        CurrentUser visitor,
        Language reader,
        CancellationToken cancel
    )
    {
        if (slot.Page != Slot.OfficePage || !Guid.TryParse(slot.Subject, out var office))
            return [];
        var body = (await bodies.ListAsync(cancel)).FirstOrDefault(b => b.Key.Owner == Scope.Of(new OfficeId(office)));
        var plans = body is not null && visitor.MayLead(body.Key);
        var latest = await db.Set<Session>()
            .AsNoTracking()
            .Where(s => s.BodyId == office && (plans || s.State != SessionState.Draft))
            .OrderByDescending(s => s.StartsAt)
            .Take(Most)
            .ToListAsync(cancel);
        if (latest.Count == 0 && !plans)
            return [];
        return
        [
            new(
                texts.Get(reader, "sessions.door"),
                [
                    .. latest.Select(s => new PanelLine(
                        s.Title,
                        reader,
                        s.Path + (s.IsPublic ? "" : "/plan"),
                        Convening.When(s, reader)
                    )),
                ]
            )
            {
                Actions = plans ? [new(texts.Get(reader, "sessions.new"), $"/plenaries/new?Body={body!.Key}")] : [],
            },
        ];
    }
}
