using Microsoft.EntityFrameworkCore;
using Plenaria.Correspondence;
using Plenaria.Forms;
using Plenaria.Members.Outreach;
using Plenaria.Members.People;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;
using Plenaria.Platform.Journal;
using Plenaria.Platform.Language;
using Plenaria.Platform.Site;

namespace Plenaria.Members.Applications;

/// <summary>
/// What is done with applications, each as one transaction: asked back, found eligible, declined, admitted. The
/// applicant is told by mail.
/// </summary>
internal sealed class Admission(
    PlenariaDb db,
    Journal journal,
    MemberStore members,
    PeopleStore people,
    FormService forms,
    Outbox outbox,
    Network network,
    Localizer texts
)
{
    /// <summary>The kind of letters that tell an applicant what was decided.</summary>
    public const string Kind = "applications";

    public Task AskBack(
        Application application,
        string question,
        Uri site,
        OperationContext acting,
        CancellationToken cancel
    ) =>
        db.InTransactionAsync(
            async () =>
            {
                application.AskBack(question);
                journal.Append(acting, application.Stream, "members.application-asked-back", null, new { question });
                await forms.Reopen(application.Response, question, site, acting, cancel);
                await db.SaveChangesAsync(cancel);
            },
            cancel
        );

    public async Task FindEligible(Application application, OperationContext acting, CancellationToken cancel)
    {
        application.FindEligible();
        journal.Append(acting, application.Stream, "members.application-eligible", null, new { });
        await db.SaveChangesAsync(cancel);
    }

    public async Task Decline(Application application, string reason, OperationContext acting, CancellationToken cancel)
    {
        application.Decline(reason, acting.At);
        journal.Append(acting, application.Stream, "members.application-declined", null, new { reason });
        var sent = await forms.Read(application.Response, cancel);
        await Mail(sent, "declined", cancel, ("reason", reason));
        await db.SaveChangesAsync(cancel);
    }

    /// <summary>
    /// The institution belongs from today: a known one joins, an unknown one is entered; its person may sign in and is
    /// welcomed.
    /// </summary>
    public async Task<Member> Admit(
        Application application,
        MemberClass asWhat,
        Uri site,
        OperationContext acting,
        CancellationToken cancel
    )
    {
        Member member = null!;
        await db.InTransactionAsync(
            async () =>
            {
                // First of all: of two who admit at once, the second stops here.
                application.Admit(acting.At);
                journal.Append(
                    acting,
                    application.Stream,
                    "members.application-admitted",
                    null,
                    new { application.Name, asWhat = asWhat.ToString() }
                );
                await db.SaveChangesAsync(cancel);
                var sent = await forms.Read(application.Response, cancel);
                var answers = sent.Answers;
                var known = await members.Alike(application.Name, application.Country, cancel);
                member = known is not null
                    ? await members.Load(known.Id, cancel, toEdit: true)
                    : new Member
                    {
                        Id = new(Guid.CreateVersion7(acting.At)),
                        Slug = await members.NewSlug(application.Name, cancel),
                        Kind = MemberKind.Other,
                    };
                await members.Change(
                    member,
                    "members.member-admitted",
                    acting,
                    () =>
                    {
                        if (known is null)
                            member.Call(LocalizedText.Original(sent.Language, application.Name));
                        member.Settle(application.Country);
                        Fill(member, answers);
                        member.ConfirmedOn = acting.Today;
                        member.Join(asWhat, PartialDate.On(acting.Today), acting.At);
                    },
                    cancel
                );
                if (await db.Set<Prospect>().SingleOrDefaultAsync(p => p.Member == member.Id, cancel) is { } prospect)
                    prospect.MoveTo(OutreachStage.Joined, acting.Today);
                var applicant = await people.Appoint(
                    member,
                    new Appointment(answers.One("person")!, sent.Email, sent.Language, RepresentationRole.Contact)
                    {
                        Title = answers.One("title"),
                        Phone = answers.One("phone"),
                        ShowsName = answers.Yes("shows-name"),
                        Letter = answers.One("letter"),
                        From = PartialDate.On(acting.Today),
                        IsByMember = true,
                    },
                    acting,
                    cancel
                );
                application.Became(member.Id, applicant.Id);
                journal.Append(
                    acting,
                    application.Stream,
                    "members.application-became",
                    null,
                    new { member = member.Slug }
                );
                await Mail(
                    sent,
                    "welcome",
                    cancel,
                    ("member", member.Name),
                    ("sign", new Uri(site, $"/{sent.Language}/sign-in?return=/{sent.Language}/membership")),
                    ("logo", new Uri(site, $"/{sent.Language}/logo")),
                    ("page", new Uri(site, $"/{sent.Language}{member.Path}"))
                );
                await db.SaveChangesAsync(cancel);
            },
            cancel
        );
        return member;
    }

    private static void Fill(Member member, Answers answers)
    {
        member.Kind = Enum.Parse<MemberKind>(answers.One("kind")!);
        member.City = answers.One("city") ?? member.City;
        member.Population = answers.One("population") is { } population
            ? Enum.Parse<PopulationClass>(population)
            : member.Population;
        member.Website = WebAddress.Of(answers.One("website")) ?? member.Website;
        member.Languages = answers.Of("languages") is { Count: > 0 } languages
            ? [.. languages.Select(l => Language.Parse(l))]
            : member.Languages;
        member.ElectionOn = answers.One("election") is { } election ? PartialDate.Parse(election) : member.ElectionOn;
    }

    private async Task Mail(
        Answered sent,
        string what,
        CancellationToken cancel,
        params IEnumerable<(string Name, object? Value)> more
    )
    {
        (string Name, object? Value)[] values =
        [
            ("network", (await network.Profile(cancel)).Name),
            ("person", sent.Answers.One("person")),
            ("institution", sent.Answers.One("name")),
            .. more,
        ];
        outbox.Queue(
            new(
                sent.Email,
                sent.Language,
                texts.Get(sent.Language, $"members.mail.{what}.subject", values),
                texts.Get(sent.Language, $"members.mail.{what}.text", values)
            )
            {
                Kind = Kind,
            }
        );
    }
}
