using Microsoft.EntityFrameworkCore;
using Plenaria.Forms;
using Plenaria.Members.Outreach;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;
using Plenaria.Platform.Journal;
using Plenaria.Platform.Language;

namespace Plenaria.Members.Applications;

/// <summary>
/// The form with which an institution asks to belong. What was sent becomes an application, and whoever the network was
/// already talking with is seen to have applied.
/// </summary>
internal sealed class MembershipForm(PlenariaDb db, Journal journal, MemberStore members, Localizer texts) : IFormKind
{
    public string Key => "membership";
    public string ReadPermission => MembersModule.Edit;

    /// <summary>Questions whose answers people read, and the program does not.</summary>
    private static readonly string[] Free = ["why", "practices"];

    public IReadOnlyCollection<string> Needed =>
        [.. Define(texts).Fields.Where(f => f.Type != AnswerType.Heading).Select(f => f.Key).Except(Free)];

    public FormDefinition Define(Localizer t)
    {
        FormField Ask(string key, AnswerType type, bool required = false, bool hint = false, bool isPublic = false) =>
            new(key, type, t.Everywhere($"members.apply.{key}"))
            {
                IsRequired = required,
                // A superior reads what is sent in the institution's name.
                Visibility = isPublic ? AnswerVisibility.Public : AnswerVisibility.Reviewers,
                Hint = hint ? t.Everywhere($"members.apply.{key}.hint") : LocalizedText.Empty,
            };
        List<FormChoice> Choices<T>(string prefix)
            where T : struct, Enum =>
            [
                .. Enum.GetValues<T>()
                    .Select(v => new FormChoice(
                        v.ToString(),
                        t.Everywhere($"{prefix}.{PageLocalizer.Kebab(v.ToString())}")
                    )),
            ];
        string[] governments = [nameof(MemberKind.LocalGovernment), nameof(MemberKind.RegionalGovernment)];
        return new(
            Key,
            t.Everywhere("members.apply"),
            t.Everywhere("members.apply.intro"),
            [
                Ask("institution", AnswerType.Heading),
                Ask("name", AnswerType.Text, required: true, hint: true, isPublic: true) with
                {
                    MaxCharacters = Member.NameMaxLength,
                },
                new("kind", AnswerType.Choice, t.Everywhere("members.kind"))
                {
                    IsRequired = true,
                    Visibility = AnswerVisibility.Public,
                    Choices = Choices<MemberKind>("members.kind"),
                },
                new("country", AnswerType.Country, t.Everywhere("members.country"))
                {
                    IsRequired = true,
                    Visibility = AnswerVisibility.Public,
                    Hint = t.Everywhere("members.country.hint"),
                },
                new("city", AnswerType.Text, t.Everywhere("members.city"))
                {
                    Visibility = AnswerVisibility.Public,
                    MaxCharacters = Member.CityMaxLength,
                },
                new("population", AnswerType.Choice, t.Everywhere("members.population"))
                {
                    Visibility = AnswerVisibility.Public,
                    Choices = Choices<PopulationClass>("members.population"),
                    When = new("kind", [.. governments]),
                },
                new("website", AnswerType.Url, t.Everywhere("members.website"))
                {
                    Visibility = AnswerVisibility.Public,
                    MaxCharacters = Member.WebsiteMaxLength,
                },
                Ask("languages", AnswerType.Choices) with
                {
                    Visibility = AnswerVisibility.Public,
                    Choices =
                    [
                        .. Language.All.Select(l => new FormChoice(l.Code, LocalizedText.Original(l, l.OwnName))),
                    ],
                },
                Ask("election", AnswerType.Date, hint: true) with
                {
                    When = new("kind", [.. governments]),
                },
                Ask("why-heading", AnswerType.Heading),
                Ask("why", AnswerType.LongText, required: true, hint: true) with
                {
                    MaxWords = 300,
                },
                Ask("practices", AnswerType.LongText, hint: true) with
                {
                    MaxWords = 300,
                },
                Ask("person-heading", AnswerType.Heading),
                Ask("person", AnswerType.Text, required: true) with
                {
                    MaxCharacters = People.Person.NameMaxLength,
                },
                Ask("title", AnswerType.Text, required: true, hint: true) with
                {
                    MaxCharacters = People.Representation.TitleMaxLength,
                },
                Ask("phone", AnswerType.Phone) with
                {
                    MaxCharacters = People.Person.PhoneMaxLength,
                },
                Ask("shows-name", AnswerType.YesNo, hint: true),
                Ask("letter", AnswerType.File, hint: true),
                Ask("duties-heading", AnswerType.Heading, hint: true),
                Ask("duties", AnswerType.YesNo, required: true),
            ]
        );
    }

    public async Task<IReadOnlyList<(string Field, RuleViolationException Fault)>> Check(
        Sent sent,
        CancellationToken cancel
    )
    {
        var faults = new List<(string, RuleViolationException)>();
        if (
            await members.Alike(sent.Answers.One("name")!, sent.Answers.One("country")!, cancel) is
            { IsPresent: true } known
        )
            faults.Add(("name", new("members.apply.known", ("name", known.Name))));
        if (!sent.Answers.Yes("duties"))
            faults.Add(("duties", new("members.apply.duties-needed")));
        return faults;
    }

    public async Task Take(Sent sent, OperationContext acting, CancellationToken cancel)
    {
        var (name, country) = (sent.Answers.One("name")!, sent.Answers.One("country")!);
        if (await db.Set<Application>().SingleOrDefaultAsync(a => a.Response == sent.Response, cancel) is { } again)
        {
            again.SentAgain(name, country);
            journal.Append(acting, again.Stream, "members.application-again", null, new { name, country });
            return;
        }
        var application = new Application
        {
            Id = Guid.CreateVersion7(acting.At),
            Response = sent.Response,
            Name = name,
            Country = country,
            ReceivedAt = acting.At,
        };
        db.Add(application);
        journal.Append(acting, application.Stream, "members.application-received", null, new { name, country });
        if (
            await members.Alike(name, country, cancel) is { } known
            && await db.Set<Prospect>().SingleOrDefaultAsync(p => p.Member == known.Id, cancel)
                is { IsOpen: true } prospect
        )
        {
            prospect.MoveTo(OutreachStage.Applied, acting.Today);
            journal.Append(
                acting,
                known.Stream,
                "members.outreach-moved",
                null,
                new { stage = prospect.Stage.ToString(), application = application.Id }
            );
        }
    }

    public async Task<string> Says(Guid response, Language reader, CancellationToken cancel) =>
        await db.Set<Application>().AsNoTracking().SingleOrDefaultAsync(a => a.Response == response, cancel)
            is { } application
            ? texts.Get(
                reader,
                $"members.applications.says.{PageLocalizer.Kebab(application.State.ToString())}",
                ("reason", application.Reason)
            )
            : "";
}
