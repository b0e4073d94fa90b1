using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Plenaria.Correspondence;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;
using Plenaria.Platform.Journal;
using Plenaria.Platform.Language;
using Plenaria.Platform.Site;

namespace Plenaria.Members.People;

/// <summary>
/// After local elections: whose people may have changed, and one round of mail that asks them to confirm.
/// </summary>
[Allow(MembersModule.Edit)]
internal sealed class ElectionsModel(
    PlenariaDb db,
    Territory territory,
    MemberStore members,
    Journal journal,
    Outbox outbox,
    Network network,
    Localizer texts,
    CurrentUser visitor,
    PageLocalizer phrases
) : PageModel, IRerenderable
{
    /// <summary>Whoever was written to within so many days is not written to again.</summary>
    public const int Pause = 21;

    private const string Act = "members.asked-to-confirm";

    public IReadOnlyList<(Member Member, IReadOnlyList<Person> People, DateTimeOffset? WrittenAt)> Passed
    {
        get;
        private set;
    } = [];

    [BindProperty(SupportsGet = true)]
    public int? Written { get; set; }

    public Task OnGetAsync(CancellationToken cancel) => RerenderAsync(cancel);

    public async Task RerenderAsync(CancellationToken cancel)
    {
        var passed = await DelegateDesignation.Passed(
            db,
            await territory.Of(visitor.Acting(), cancel),
            members.Today,
            cancel
        );
        var ids = passed.Select(m => m.Id).ToList();
        var people = (
            await (
                from r in db.Set<Representation>()
                join p in db.Set<Person>() on r.Person equals p.Id
                where r.Until == null && p.Email != null && !p.DoNotContact && ids.Contains(r.Member)
                select new { r.Member, p }
            )
                .AsNoTracking()
                .ToListAsync(cancel)
        ).ToLookup(x => x.Member, x => x.p);
        var written = await FindWrittenAsync([.. passed.Select(m => m.Stream)], cancel);
        Passed =
        [
            .. passed.Select(member =>
                (
                    member,
                    (IReadOnlyList<Person>)[.. people[member.Id].DistinctBy(p => p.Id)],
                    written[member.Stream].Max()
                )
            ),
        ];
    }

    // When each member was asked, as the journal of each says it.
    private async Task<ILookup<string, DateTimeOffset?>> FindWrittenAsync(
        IReadOnlyCollection<string> streams,
        CancellationToken cancel
    ) =>
        (
            await db.Set<JournalEntry>()
                .Where(e => streams.Contains(e.Stream) && e.Act == Act)
                .Select(e => new { e.Stream, e.At })
                .ToListAsync(cancel)
        ).ToLookup(e => e.Stream, e => (DateTimeOffset?)e.At);

    public async Task<IActionResult> OnPostAsync(CancellationToken cancel)
    {
        await RerenderAsync(cancel);
        var acting = visitor.Acting();
        var (name, written) = ((await network.Profile(cancel)).Name, 0);
        var due = Passed.Where(p => p.People.Count > 0 && !(p.WrittenAt > acting.At.AddDays(-Pause))).ToList();
        var readers = await outbox.FindReadersAsync(
            AppointmentNotices.Kind,
            due.SelectMany(d => d.People).Select(p => p.Email!),
            cancel
        );
        foreach (var (member, people, _) in due)
        {
            foreach (var person in people.Where(p => readers.Reaches(p.Email!)))
            {
                (string, object?)[] values =
                [
                    ("person", person.Name),
                    ("institution", member.Name),
                    ("network", name),
                    ("date", member.ElectionOn),
                    ("people", new Uri(this.Site(), $"/{person.Language}{member.Path}/people")),
                    ("details", new Uri(this.Site(), $"/{person.Language}{member.Path}/details")),
                ];
                var (subject, text) = (
                    texts.Get(person.Language, "members.mail.confirm.subject", values),
                    texts.Get(person.Language, "members.mail.confirm.text", values)
                );
                outbox.Queue(new(person.Email!, person.Language, subject, text), readers);
                written++;
            }
            journal.Append(acting, member.Stream, Act, null, new { letters = people.Count });
        }
        await db.SaveChangesAsync(cancel);
        return Redirect($"/{phrases.Language}/members/elections?written={written}");
    }
}
