using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Plenaria.Correspondence;
using Plenaria.Forms;
using Plenaria.Imports;
using Plenaria.Members.Applications;
using Plenaria.Members.Composition;
using Plenaria.Members.Directory;
using Plenaria.Members.Import;
using Plenaria.Members.Merging;
using Plenaria.Members.Offices;
using Plenaria.Members.Outreach;
using Plenaria.Members.People;
using Plenaria.Platform.Access;
using Plenaria.Platform.Bodies;
using Plenaria.Platform.Data;
using Plenaria.Platform.Files;
using Plenaria.Platform.FirstSteps;
using Plenaria.Platform.Home;
using Plenaria.Platform.Instruments;
using Plenaria.Platform.Journal;
using Plenaria.Platform.Modules;
using Plenaria.Platform.Register;
using Plenaria.Platform.Sections;
using Plenaria.Platform.Standing;
using Plenaria.Platform.Subjects;
using Plenaria.Platform.Tasks;
using Plenaria.Platform.Ties;

namespace Plenaria.Members;

/// <summary>The institutions of the network, who acts for them, and the Secretariat's regional offices.</summary>
public sealed class MembersModule : IModule
{
    /// <summary>To look for new members and win back those that left.</summary>
    internal const string Outreach = "members.outreach";
    internal const string Edit = "members.edit",
        Merge = "members.merge",
        ManageOffices = "members.offices";

    /// <summary>To act for a member: its own people, and whoever looks after it.</summary>
    internal const string Represent = "members.represent";

    /// <summary>To see everything that is kept about a person, and to erase it.</summary>
    internal const string Privacy = "members.privacy";

    /// <summary>To see the members one acts for.</summary>
    internal const string Own = "members.own";

    public void Declare(ModuleBuilder module) =>
        DeclareStreams(DeclareTemplates(module))
            .Services(services =>
                services
                    .AddScoped<IMembers, MembersApi>()
                    .AddScoped<MemberPublishing>()
                    .AddScoped<MemberStore>()
                    .AddScoped<MemberRows>()
                    .AddScoped<ChoiceWords>()
                    .AddScoped<Territory>()
                    .AddScoped<PeopleStore>()
                    .AddScoped<PersonErasure>()
                    .AddScoped<ContactPreferences>()
                    .AddScoped<IMailPreferences, ContactPreferences>()
                    .AddScoped<RepresentationRights>()
                    .AddScoped<AppointmentNotices>()
                    .AddScoped<RepresentationService>()
                    .AddScoped<Privacy>()
                    .AddScoped<Duplicates>()
                    .AddScoped<MergeSteps>()
                    .AddScoped<Merging.MemberMerge>()
                    .AddScoped<PersonMerge>()
                    .AddScoped<JournaledMerges>()
                    .AddScoped<Admission>()
                    .AddScoped<OutreachStore>()
                    .AddScoped<WarmPath>()
                    .AddScoped<OutreachView>()
                    .AddScoped<Segments>()
                    .AddScoped<Targets>()
            )
            .LetterKind(
                Admission.Kind,
                "members.letters.applications",
                "members.letters.applications.why",
                LetterPriority.Ordinary,
                LetterChoice.Always,
                Role.Member
            )
            .LetterKind(
                AppointmentNotices.Kind,
                "members.letters.membership",
                "members.letters.membership.why",
                LetterPriority.Ordinary,
                LetterChoice.Optional,
                Role.Member
            )
            .FirstSteps<MembersFirstStep>()
            .Tasks<ApplicationTasks>()
            .Tasks<PeopleTasks>()
            .Tasks<OutreachTasks>()
            .Tasks<OfficeTasks>()
            .Tasks<RefusedMailTasks>()
            .Instruments<MembersByRegion>()
            .Instruments<TargetInstruments>()
            .Instruments<OfficeInstruments>()
            .Body<OfficeBodies>(OfficeBodies.Kind, "members.offices.body", Role.Regional)
            .Ties<MemberTies>()
            .Ties<ApplicationTies>()
            .Standing<Standing.MembersStanding>()
            .Form<MembershipForm>()
            .MailReader<OutreachMail>()
            .Scopes<OfficeScopes>()
            .Scopes<MemberScopes>()
            .Publishes(MemberPublishing.Kind)
            .References(MemberPublishing.ReferenceLetter, MemberPublishing.Kind)
            .Tab(SectionKeys.Members, "members.tab", "/members", order: 10)
            .Tab(SectionKeys.Members, "members.offices", "/offices", order: 20)
            .Tab(SectionKeys.Members, "members.composition", "/composition", order: 30)
            .HomePageFigures<HomeFigures>()
            .HomePageBlock<HomeMap>(
                "members-map",
                "members.home.map",
                60,
                "/Members/Directory/_HomeMap.cshtml",
                isPicture: true
            )
            .HomePageBlock<HomeJoin>("join", "members.home.join", 90, "/Members/Applications/_HomeJoin.cshtml")
            // It takes people out of its own tables itself: institutions are called after people.
            .KeepsWording()
            .Permission(Edit, Role.Staff, Role.Regional)
            .Permission(Outreach, Role.Staff, Role.Regional)
            .Permission(Merge, Role.Staff)
            .Permission(ManageOffices, Role.Staff)
            .Permission(Privacy, Role.Staff)
            .Permission(Represent, Role.Staff, Role.Regional, Role.Member)
            .Permission(Own, Role.Member)
            .HeaderLink("members.mine", "/membership", order: 10, Own)
            .StaffTool(
                StaffToolGroup.Members,
                "members.applications",
                "members.applications.text",
                "/members/applications",
                order: 10,
                Edit
            )
            .StaffTool(
                StaffToolGroup.Members,
                "members.elections",
                "members.elections.text",
                "/members/elections",
                order: 25,
                Edit
            )
            .StaffTool(
                StaffToolGroup.Members,
                "members.duplicates",
                "members.duplicates.text",
                "/members/duplicates",
                order: 30,
                Merge
            )
            .StaffTool(
                StaffToolGroup.Members,
                "members.offices.tool",
                "members.offices.tool.text",
                "/offices/new",
                order: 35,
                ManageOffices
            )
            .Routes(Standing.StandingRoutes.Map)
            .Routes(ApplicationRoutes.Map)
            .Routes(PrivacyRoutes.Map)
            .Files<Representation>(r => r.Letter, MayReadLetter)
            .Subject<Membership>(m => m.MemberId, SubjectKind.Member)
            .Subject<Member>(m => m.Parent, SubjectKind.Member)
            .Subject<Representation>(r => r.Member, SubjectKind.Member)
            .Subject<Prospect>(p => p.Member, SubjectKind.Member)
            .Subject<Prospect>(p => p.ReferredBy, SubjectKind.Member)
            .Subject<Activity>(a => a.Member, SubjectKind.Member)
            .Subject<Fact>(f => f.Member, SubjectKind.Member)
            .Subject<OfficeHost>(h => h.Member, SubjectKind.Member)
            .Subject<Application>(a => a.Member, SubjectKind.Member)
            .Subject<Suggestion>(s => s.Member, SubjectKind.Member)
            // What a merge says of itself, and of an earlier one, stays.
            .Subject<Member>(m => m.MergedInto, SubjectKind.Member, follows: false)
            .Subject<Merging.Merge>(m => m.Kept, SubjectKind.Member, follows: false)
            .Subject<Merging.Merge>(m => m.Gone, SubjectKind.Member, follows: false)
            .Subject<NotDuplicatePair>(a => a.One, SubjectKind.Member, follows: false)
            .Subject<NotDuplicatePair>(a => a.Other, SubjectKind.Member, follows: false)
            .Subject<Representation>(r => r.Person, SubjectKind.Person)
            .Subject<Application>(a => a.Applicant, SubjectKind.Person)
            .Subject<Activity>(a => a.Person, SubjectKind.Person)
            .Subject<PeopleMerge>(m => m.Kept, SubjectKind.Person, follows: false)
            .Subject<PeopleMerge>(m => m.Gone, SubjectKind.Person, follows: false)
            .Authored<Activity>(a => a.By, a => a.ByName, "members.records.activities")
            .Authored<Suggestion>(s => s.By, s => s.ByName, "members.records.suggestions")
            .Authored<Prospect>(p => p.Owner, "members.records.prospects")
            .Authored<Representation>(r => r.NamedBy, "members.records.roles")
            .Authored<Merging.Merge>(m => m.By, "members.records.merges")
            .Authored<PeopleMerge>(m => m.By, "members.records.merges")
            .Cleared<PeopleMerge>(m => m.Before)
            .Cleared<PeopleMerge>(m => m.Other)
            .Kept<Person>(p => p.Account, "members.records.person", "members.records.person.kept")
            .Routes(MemberRoutes.Map)
            .Routes(OutreachRoutes.Map)
            .StaffTool(
                StaffToolGroup.Members,
                "members.outreach",
                "members.outreach.text",
                "/outreach",
                order: 20,
                Outreach
            )
            .CliCommand(ImportVerb.Make)
            .Import<MemberImport>(MemberImport.Kind)
            .Routes(ImportRoutes.Map)
            .StaffTool(
                StaffToolGroup.Members,
                "members.import",
                "members.import.tool",
                MemberImport.Kind.UploadPath,
                order: 12,
                Edit
            )
            .Check("members", MemberCheck.Faults)
            .AfterUpgrade((services, cancel) => services.GetRequiredService<MemberStore>().Reckon(cancel))
            .AfterUpgrade((services, cancel) => services.GetRequiredService<JournaledMerges>().CarryOverAsync(cancel))
            .AfterUpgrade((services, cancel) => services.GetRequiredService<MemberPublishing>().PublishAll(cancel))
            .Sample(MembersSample.Load);

    // The letter that names a person is read by whoever looks after the member.
    private static async Task<bool> MayReadLetter(
        Representation role,
        IServiceProvider services,
        CancellationToken cancel
    ) =>
        await services
            .GetRequiredService<PlenariaDb>()
            .Set<Member>()
            .SingleOrDefaultAsync(m => m.Id == role.Member, cancel)
            is { } member
        && await services.GetRequiredService<RepresentationService>().LooksAfter(member, cancel);

    // To which stream of the journal each entity belongs.
    private static ModuleBuilder DeclareStreams(ModuleBuilder module) =>
        module
            .Journaled<Member>("member", m => m.Stream)
            .JournaledWith<Membership, Member>(m => m.MemberId)
            .JournaledWith<Prospect, Member>(p => p.Member)
            .JournaledWith<Activity, Member>(a => a.Member)
            .JournaledWith<Activity, Person>(a => a.Person)
            .JournaledWith<Fact, Member>(f => f.Member)
            .JournaledWith<Suggestion, Member>(s => s.Member)
            .Journaled<Segment>(Segments.Stream)
            .Journaled<Application>("application", a => a.Stream)
            .Journaled<Person>("person", p => p.Stream)
            .JournaledWith<Representation, Member>(r => r.Member)
            .JournaledWith<Representation, Person>(r => r.Person)
            .Journaled<RegionalOffice>("office", o => o.Stream)
            .JournaledWith<OfficeHost, RegionalOffice>(h => h.Office)
            .JournaledWith<OfficeReport, RegionalOffice>(r => r.Office)
            .Journaled<CountrySet>("places")
            .Journaled<CompositionTarget>("composition")
            .Journaled<NotDuplicatePair>("merges")
            .JournaledWith<Merging.Merge, Member>(m => m.Kept)
            .Journaled<PeopleMerge>(PersonMerge.Stream);

    // The letters whose words the network may change.
    private static ModuleBuilder DeclareTemplates(ModuleBuilder module) =>
        module
            .LetterTemplateOf("members.welcome", "members.template.welcome", "members.mail.welcome")
            .LetterTemplateOf("members.declined", "members.template.declined", "members.mail.declined")
            .LetterTemplateOf("members.confirm", "members.template.confirm", "members.mail.confirm")
            .LetterTemplateOf("members.role-named", "members.template.role-named", "members.mail.role-named")
            .LetterTemplateOf(
                "members.role-unconfirmed",
                "members.template.role-unconfirmed",
                "members.mail.role-unconfirmed"
            )
            .LetterTemplateOf("members.role-ended", "members.template.role-ended", "members.mail.role-ended");
}
