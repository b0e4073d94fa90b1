using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Plenaria.Forms;
using Plenaria.Members.Applications;
using Plenaria.Members.Composition;
using Plenaria.Members.Offices;
using Plenaria.Members.Outreach;
using Plenaria.Members.People;
using Plenaria.Platform.Access;
using Plenaria.Platform.Data;
using Plenaria.Platform.Journal;

namespace Plenaria.Members;

internal static class MembersSample
{
    private sealed record Office(
        string Slug,
        LocalizedText Name,
        LocalizedText Type,
        List<string> Hosts,
        LocalizedText Territory,
        List<string> Regions,
        OfficeStage Stage,
        PartialDate? Opened
    );

    private sealed record Set(string Slug, LocalizedText Name, List<string> Countries);

    private sealed record Target(TargetMeasure Measure, string? Place, long Value, PartialDate Due);

    private sealed record Institution(
        string Name,
        MemberKind Kind,
        string Country,
        PartialDate? Since,
        string? City,
        MemberClass Class = MemberClass.Associate
    );

    private sealed record Delegate(
        Guid Person,
        string Member,
        string Email,
        string Name,
        string Title,
        Language Language
    );

    private sealed record Applied(
        Guid Id,
        string Token,
        string Review,
        string Email,
        Language Language,
        Dictionary<string, List<string>> Answers
    );

    private sealed record Courted(
        string Name,
        string Country,
        MemberKind Kind,
        OutreachSource Source,
        string Note,
        OutreachStage Stage,
        string Step
    );

    private sealed record File(
        List<Office> Offices,
        List<Set> Sets,
        List<Target> Targets,
        List<Institution> Members,
        Delegate Delegate,
        Applied Application,
        Courted Prospect
    );

    public static async Task Load(IServiceProvider services, SampleFolder folder, CancellationToken cancel)
    {
        var sample = folder.Read<File>("members.json");
        var (db, journal) = (services.GetRequiredService<PlenariaDb>(), services.GetRequiredService<Journal>());
        var acting = services.GetRequiredService<SystemActor>().As("sample");
        Guid NewId() => Guid.CreateVersion7(acting.At);
        db.AddRange(
            sample.Sets.Select(s => new CountrySet
            {
                Id = NewId(),
                Slug = s.Slug,
                Name = s.Name,
                Countries = s.Countries,
            })
        );
        db.AddRange(
            sample.Targets.Select(t => new CompositionTarget
            {
                Id = NewId(),
                Measure = t.Measure,
                Place = t.Place,
                Value = t.Value,
                Due = t.Due,
            })
        );
        foreach (var office in sample.Offices)
        {
            var stored = new RegionalOffice
            {
                Id = new(NewId()),
                Slug = office.Slug,
                Name = office.Name,
                Type = office.Type,
                Territory = office.Territory,
                Regions = office.Regions,
                Countries = RegionalOffice.CountriesOf(office.Regions, []),
                Stage = office.Stage,
                Opened = office.Opened,
            };
            stored.Hosts.AddRange(
                office.Hosts.Select(h => new OfficeHost
                {
                    Id = NewId(),
                    Office = stored.Id,
                    Name = h,
                })
            );
            db.Add(stored);
            journal.Append(acting, stored.Stream, "members.office-added", null, new { name = office.Name.ToString() });
        }
        foreach (var set in sample.Sets)
            journal.Append(acting, "places", "members.places-changed", null, new { set = set.Slug });
        foreach (var target in sample.Targets)
            journal.Append(acting, "composition", "members.target-set", null, new { target.Place, target.Value });
        await db.SaveChangesAsync(cancel);
        var members = services.GetRequiredService<MemberStore>();
        foreach (var institution in sample.Members)
        {
            await Add(
                members,
                institution.Name,
                institution.Country,
                institution.Kind,
                acting,
                m =>
                {
                    m.City = institution.City;
                    m.Join(institution.Class, institution.Since, acting.At);
                },
                cancel
            );
            db.ChangeTracker.Clear();
        }
        await AddDelegate(services, sample.Delegate, acting, cancel);
        await AddApplication(services, sample.Application, acting, cancel);
        var prospect = await Add(
            members,
            sample.Prospect.Name,
            sample.Prospect.Country,
            sample.Prospect.Kind,
            acting,
            _ => { },
            cancel
        );
        var courted = new Prospect
        {
            Member = prospect.Id,
            Source = sample.Prospect.Source,
            SourceNote = sample.Prospect.Note,
            NextStep = sample.Prospect.Step,
            NextOn = acting.Today.AddDays(7),
        };
        courted.MoveTo(sample.Prospect.Stage, acting.Today);
        db.Add(courted);
        db.Add(
            new Activity
            {
                Id = NewId(),
                Member = prospect.Id,
                Kind = ActivityKind.Meeting,
                At = acting.At,
                Text = sample.Prospect.Note,
                ByName = "sample",
            }
        );
        journal.Append(
            acting,
            prospect.Stream,
            "members.outreach-begun",
            null,
            new { source = courted.Source.ToString() }
        );
        await db.SaveChangesAsync(cancel);
    }

    private static async Task<Member> Add(
        MemberStore members,
        string name,
        string country,
        MemberKind kind,
        OperationContext acting,
        Action<Member> more,
        CancellationToken cancel
    )
    {
        var member = new Member
        {
            Id = new(Guid.CreateVersion7(acting.At)),
            Slug = await members.NewSlug(name, cancel),
            Kind = kind,
        };
        await members.Change(
            member,
            "members.member-added",
            acting,
            () =>
            {
                member.Call(LocalizedText.Original(Language.Spanish, name));
                member.Settle(country);
                more(member);
            },
            cancel
        );
        return member;
    }

    /// <summary>The account that stands for a member's delegate acts for one member, as delegates do.</summary>
    private static async Task AddDelegate(
        IServiceProvider services,
        Delegate given,
        OperationContext acting,
        CancellationToken cancel
    )
    {
        var (db, accounts) = (services.GetRequiredService<PlenariaDb>(), services.GetRequiredService<Accounts>());
        var member = await db.Set<Member>().SingleAsync(m => m.Match == Member.MatchOf(given.Member, "SN"), cancel);
        var person = new Person
        {
            Id = new(given.Person),
            Email = given.Email,
            Language = given.Language,
        };
        person.Call(given.Name);
        db.Add(person);
        var journal = services.GetRequiredService<Journal>();
        journal.Append(acting, person.Stream, "members.person-added", null, new { person = person.Id.ToString() });
        await db.SaveChangesAsync(cancel);
        await services
            .GetRequiredService<PeopleStore>()
            .Appoint(
                member,
                new(given.Name, given.Email, given.Language, RepresentationRole.VotingDelegate) { Title = given.Title },
                acting,
                cancel
            );
        await accounts.Revoke(person.Account!.Value, Role.Member, Scope.Everywhere, acting, cancel);
        await db.SaveChangesAsync(cancel);
    }

    private static async Task AddApplication(
        IServiceProvider services,
        Applied given,
        OperationContext acting,
        CancellationToken cancel
    )
    {
        var (db, forms) = (services.GetRequiredService<PlenariaDb>(), services.GetRequiredService<FormService>());
        // Two of them: one still being filled in, which its pages show, and one to decide about.
        await forms.Plant(
            "membership",
            given.Email,
            given.Language,
            given.Token,
            given.Answers,
            acting,
            cancel,
            given.Review
        );
        var sent = await forms.Plant(
            "membership",
            given.Email,
            given.Language,
            given.Token + "-sent",
            given.Answers,
            acting,
            cancel,
            isSent: true
        );
        db.Add(
            new Application
            {
                Id = given.Id,
                Response = sent,
                Name = given.Answers["name"][0],
                Country = given.Answers["country"][0],
                ReceivedAt = acting.At,
            }
        );
        services
            .GetRequiredService<Journal>()
            .Append(
                acting,
                $"application:{given.Id}",
                "members.application-received",
                null,
                new { name = given.Answers["name"][0] }
            );
        await db.SaveChangesAsync(cancel);
    }
}
