using Microsoft.Extensions.DependencyInjection;
using Plenaria.Experiences.Catalogue;
using Plenaria.Experiences.Desk;
using Plenaria.Experiences.Figures;
using Plenaria.Experiences.Import;
using Plenaria.Imports;
using Plenaria.Platform.Access;
using Plenaria.Platform.Files;
using Plenaria.Platform.FirstSteps;
using Plenaria.Platform.Home;
using Plenaria.Platform.Instruments;
using Plenaria.Platform.Journal;
using Plenaria.Platform.Modules;
using Plenaria.Platform.Register;
using Plenaria.Platform.Sections;
using Plenaria.Platform.Site;
using Plenaria.Platform.Standing;
using Plenaria.Platform.Subjects;
using Plenaria.Platform.Tasks;
using Plenaria.Platform.Ties;
using Plenaria.Thesaurus;
using Plenaria.Translation;

namespace Plenaria.Experiences;

/// <summary>
/// The knowledge bank: documented practices of citizen participation, written by members, read by everybody.
/// </summary>
public sealed class ExperiencesModule : IModule
{
    /// <summary>To write practices, in the name of a member or for the network.</summary>
    internal const string Write = "experiences.write";

    /// <summary>To read what was submitted and publish it, within one's territory.</summary>
    internal const string Edit = "experiences.edit";

    public void Declare(ModuleBuilder module) =>
        DeclareStreams(module)
            .Services(services =>
                services
                    .AddScoped<ExperienceStore>()
                    .AddScoped<ExperienceBulk>()
                    .AddScoped<ExperienceImport>()
                    .AddScoped<PracticeRows>()
                    .AddScoped<Counting>()
            )
            .Tasks<ExperienceTasks>()
            .Instruments<ExperienceInstruments>()
            .Standing<ExperienceStanding>()
            .Ties<ExperienceTies>()
            .Translatables<ExperienceTranslatables>()
            .Publishes(ExperienceStore.Kind)
            .ContributionPage("/experiences/new", "experiences.tell")
            .References(ExperienceStore.ReferenceLetter, ExperienceStore.Kind)
            .Tab(SectionKeys.Practices, "experiences.tab", "/experiences", order: 10)
            .FirstSteps<Writing.ExperiencesFirstStep>()
            .HomePageFigures<HomeCount>()
            .HomePageBlock<HomePractices>(
                "practices",
                "experiences.home",
                40,
                "/Experiences/Catalogue/_HomePractices.cshtml"
            )
            .Permission(Write, Role.Staff, Role.Regional, Role.Editor, Role.Member)
            .Permission(Edit, Role.Staff, Role.Regional, Role.Editor)
            .Vocabularies()
            .StaffTool(
                StaffToolGroup.Content,
                "experiences.desk",
                "experiences.desk.text",
                "/experiences/desk",
                order: 15,
                Edit
            )
            .Sample(ExperiencesSample.Load)
            .Routes(ExperienceRoutes.Map)
            .Import<PracticeImport>(PracticeImport.Kind)
            .StaffTool(
                StaffToolGroup.Content,
                "experiences.import",
                "experiences.import.tool",
                PracticeImport.Kind.UploadPath,
                order: 16,
                Edit
            )
            .CliCommand(ImportVerb.Make)
            .Files<Experience>(e => e.Media, MayRead)
            .Subject<Experience>(e => e.Owner, SubjectKind.Member)
            .Subject<Adoption>(a => a.Member, SubjectKind.Member)
            .Owned<Author>(a => a.Account, "experiences.records.authors")
            .Authored<ExperienceRevision>(r => r.By, "experiences.records.revisions");

    private static async Task<bool> MayRead(Experience experience, IServiceProvider services, CancellationToken cancel)
    {
        if (experience.IsPublic)
            return true;
        var store = services.GetRequiredService<ExperienceStore>();
        return await store.Find(experience.Slug, cancel) is { } whole
            && await store.Editing(whole, services.GetRequiredService<CurrentUser>(), cancel) is not null;
    }

    // To which stream of the journal each entity belongs.
    private static ModuleBuilder DeclareStreams(ModuleBuilder module) =>
        module
            .Journaled<Experience>("experience", e => e.Stream)
            .JournaledWith<Author, Experience>(a => a.Experience)
            .JournaledWith<ExperienceRevision, Experience>(r => r.Experience)
            .JournaledWith<Adoption, Experience>(a => a.Experience);
}
